import COpenSSL

/// Values inside certificates, signatures and timestamps, as Swift has them.
enum ASN1 {
    /// The bytes of a string, or of the magnitude of an integer.
    static func bytes(_ string: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        let count = unsafe Int(ASN1_STRING_length(string))
        guard count > 0, let start = unsafe ASN1_STRING_get0_data(string) else {
            return []
        }
        return unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
    }

    /// A string of any alphabet as text; what is not text at all is read as UTF-8 all the same, so
    /// that nobody hides a name by giving it another type.
    static func text(_ string: UnsafePointer<ASN1_STRING>) -> String {
        var start: UnsafeMutablePointer<UInt8>?
        let count = unsafe ASN1_STRING_to_UTF8(&start, string)
        defer { unsafe CRYPTO_free(start, nil, 0) }
        guard count >= 0, let start = unsafe start else {
            return unsafe String(decoding: bytes(string), as: UTF8.self)
        }
        return unsafe String(
            decoding: UnsafeBufferPointer(start: start, count: Int(count)),
            as: UTF8.self
        )
    }

    /// An integer in lower-case hexadecimal, whole bytes, with a sign where it is negative.
    static func hex(_ integer: UnsafePointer<ASN1_INTEGER>) -> String {
        let isNegative = unsafe ASN1_STRING_type(integer) == V_ASN1_NEG_INTEGER
        return unsafe (isNegative ? "-" : "") + Hex.encode(bytes(integer))
    }

    /// An object identifier in its dotted form.
    static func dotted(_ object: OpaquePointer) -> String? {
        // RFC 2578 §3.5 allows 128 numbers; none in use has a dozen.
        var text = [CChar](repeating: 0, count: 256)
        let count = unsafe OBJ_obj2txt(&text, Int32(text.count), object, 1)
        guard count > 0, count < text.count else {
            return nil
        }
        return String(decoding: text.prefix(Int(count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whole seconds since 1970; nil where the text is no time.
    static func unixSeconds(_ time: UnsafePointer<ASN1_TIME>) -> Int64? {
        guard let epoch = unsafe ASN1_TIME_set(nil, 0) else {
            return nil
        }
        defer { unsafe ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
            return nil
        }
        return Int64(days) * 86_400 + Int64(seconds)
    }

    /// Seconds since 1970 as a certificate or a signature writes them; the caller's to free.
    static func time(
        unixSeconds: Int64
    ) throws(CryptographyError) -> UnsafeMutablePointer<ASN1_TIME> {
        guard let time = unsafe ASN1_TIME_set(nil, Int(unixSeconds)) else {
            throw .draining(.libraryFailure, "A time lies outside the years 0 to 9999.")
        }
        return unsafe time
    }
}

/// The elements of a libcrypto stack, borrowed from it.
func elements(of stack: OpaquePointer?) -> [OpaquePointer] {
    unsafe (0..<max(0, OPENSSL_sk_num(stack))).compactMap { index in
        unsafe OpaquePointer(OPENSSL_sk_value(stack, index))
    }
}

/// Lends bytes to libcrypto as a file to read from.
@unsafe
func withReader(
    _ bytes: [UInt8],
    _ body: (OpaquePointer?) throws(CryptographyError) -> [UInt8]
) throws(CryptographyError) -> [UInt8] {
    guard bytes.count < Int32.max else {
        throw CryptographyError(.messageTooLong, "A message may have \(Int32.max - 1) bytes.")
    }
    // One byte more than counted, so that no bytes have an address as well.
    let padded = bytes + [0]
    return try unsafe padded.withUnsafeBufferPointer {
        (padded) throws(CryptographyError) -> [UInt8] in
        let reader = unsafe BIO_new_mem_buf(padded.baseAddress, Int32(bytes.count))
        defer { unsafe BIO_free(reader) }
        return try unsafe body(reader)
    }
}
