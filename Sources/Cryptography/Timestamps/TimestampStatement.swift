import COpenSSL

/// What an authority signs (TSTInfo, RFC 3161 §2.4.2).
@safe
struct TimestampStatement: ~Copyable {
    private let info: OpaquePointer

    /// Reads a statement, nothing before or after it.
    init(der: [UInt8]) throws(CryptographyError) {
        let info = unsafe DER.decode(der) { input, byteCount in
            unsafe d2i_TS_TST_INFO(nil, input, byteCount)
        } free: { info in
            unsafe TS_TST_INFO_free(info)
        }
        guard let info = unsafe info else {
            throw .draining(.malformedTimestamp, "The token holds no timestamp.")
        }
        guard
            unsafe TS_TST_INFO_get_version(info) == 1,
            // What is critical and unknown may change what all the rest means.
            unsafe TS_TST_INFO_get_ext_by_critical(info, 1, -1) < 0
        else {
            unsafe TS_TST_INFO_free(info)
            throw Self.malformed("is of version 1 and without critical extensions")
        }
        unsafe self.info = info
    }

    deinit {
        unsafe TS_TST_INFO_free(info)
    }

    func unixMicroseconds() throws(CryptographyError) -> Int64 {
        guard
            let time = unsafe TS_TST_INFO_get_time(info),
            let seconds = unsafe ASN1.unixSeconds(time),
            let microseconds = unsafe Self.fraction(of: ASN1.bytes(time))
        else {
            throw Self.malformed("has its time in UTC, with seconds")
        }
        return seconds * 1_000_000 + microseconds
    }

    func accuracyMicroseconds() throws(CryptographyError) -> Int64? {
        guard let accuracy = unsafe TS_TST_INFO_get_accuracy(info) else {
            return nil
        }
        // A century of seconds: what is longer says nothing.
        let seconds = try unsafe Self.part(TS_ACCURACY_get_seconds(accuracy), upTo: 3_155_760_000)
        let millis = try unsafe Self.part(TS_ACCURACY_get_millis(accuracy), upTo: 999)
        let micros = try unsafe Self.part(TS_ACCURACY_get_micros(accuracy), upTo: 999)
        return (seconds * 1_000 + millis) * 1_000 + micros
    }

    private static func part(
        _ part: UnsafePointer<ASN1_INTEGER>?,
        upTo limit: Int64
    ) throws(CryptographyError) -> Int64 {
        guard let part = unsafe part else {
            return 0
        }
        var value: Int64 = -1
        guard unsafe ASN1_INTEGER_get_int64(&value, part) == 1, (0...limit).contains(value) else {
            throw malformed("has an accuracy that is a length of time")
        }
        return value
    }

    func imprint() throws(CryptographyError) -> Digest {
        let message = unsafe TS_TST_INFO_get_msg_imprint(info)
        guard
            let algorithm = unsafe TS_MSG_IMPRINT_get_algo(message),
            let bytes = unsafe TS_MSG_IMPRINT_get_msg(message),
            unsafe OBJ_obj2nid(algorithm.pointee.algorithm) == NID_sha256,
            let digest = unsafe Digest(bytes: ASN1.bytes(bytes))
        else {
            throw Self.malformed("is over a SHA-256 digest")
        }
        return digest
    }

    func nonce() throws(CryptographyError) -> [UInt8]? {
        guard let nonce = unsafe TS_TST_INFO_get_nonce(info) else {
            return nil
        }
        guard unsafe ASN1_STRING_type(nonce) == V_ASN1_INTEGER else {
            throw Self.malformed("has a positive nonce")
        }
        return unsafe Array(ASN1.bytes(nonce).drop { byte in byte == 0 })
    }

    func serialHex() throws(CryptographyError) -> String {
        guard let serial = unsafe TS_TST_INFO_get_serial(info) else {
            throw Self.malformed("has a serial number")
        }
        return unsafe ASN1.hex(serial)
    }

    func policy() throws(CryptographyError) -> String {
        guard
            let object = unsafe TS_TST_INFO_get_policy_id(info),
            let policy = unsafe ASN1.dotted(object)
        else {
            throw Self.malformed("names its policy")
        }
        return policy
    }

    /// The authority as it calls itself, where it does so by a name of the directory.
    func authority() throws(CryptographyError) -> String? {
        guard
            let name = unsafe TS_TST_INFO_get_tsa(info),
            unsafe name.pointee.type == GEN_DIRNAME
        else {
            return nil
        }
        return try unsafe Certificate.text(of: name.pointee.d.directoryName)
    }

    /// Whether the certificate has the name that the statement gives, where it gives one
    /// (RFC 3161 §2.4.2: "one of the subject names included in the certificate").
    func isBy(_ signer: Certificate) throws(CryptographyError) -> Bool {
        guard let name = unsafe TS_TST_INFO_get_tsa(info) else {
            return true
        }
        let x509 = try unsafe signer.x509()
        defer { unsafe X509_free(x509) }
        if unsafe name.pointee.type == GEN_DIRNAME,
            unsafe X509_NAME_cmp(name.pointee.d.directoryName, X509_get_subject_name(x509)) == 0
        {
            return true
        }
        let names = unsafe OpaquePointer(X509_get_ext_d2i(x509, NID_subject_alt_name, nil, nil))
        defer {
            unsafe OPENSSL_sk_pop_free(names) { name in
                unsafe GENERAL_NAME_free(name?.assumingMemoryBound(to: GENERAL_NAME.self))
            }
        }
        return unsafe elements(of: names).contains { other in
            unsafe GENERAL_NAME_cmp(name, UnsafeMutablePointer<GENERAL_NAME>(other)) == 0
        }
    }
}

extension TimestampStatement {
    /// Reads `20251201000000Z` or `20251201000000.25Z` strictly (RFC 3161 §2.4.2), and returns the
    /// microseconds after the point; libcrypto leaves them out and lets other zones through.
    private static func fraction(of text: [UInt8]) -> Int64? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard
            text.count >= 15,
            text.last == UInt8(ascii: "Z"),
            text[..<14].allSatisfy(digits.contains)
        else {
            return nil
        }
        let rest = text[14...].dropLast()
        guard !rest.isEmpty else {
            return 0
        }
        let decimals = rest.dropFirst()
        guard
            rest.first == UInt8(ascii: "."),
            !decimals.isEmpty,
            decimals.allSatisfy(digits.contains)
        else {
            return nil
        }
        var microseconds: Int64 = 0
        for place in 0..<6 {
            let digit =
                place < decimals.count ? decimals[decimals.startIndex + place] : digits.lowerBound
            microseconds = microseconds * 10 + Int64(digit - digits.lowerBound)
        }
        return microseconds
    }

    private static func malformed(_ complaint: String) -> CryptographyError {
        CryptographyError(.malformedTimestamp, "A timestamp \(complaint).")
    }
}
