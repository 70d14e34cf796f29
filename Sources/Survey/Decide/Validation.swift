import Cryptography

/// Shape checks that need no state.
enum Validation {
    static let identifierByteCount = 1...64
    static let nameByteCount = 1...400
    static let reasonByteCount = 1...2000
    /// Paragraph numbers of a directive.
    static let itemByteCount = 0...32

    static func identifier(_ text: String, _ field: String) throws(Rejection) {
        guard !text.isEmpty else { throw Rejection(.commandIncomplete, field) }
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isPlain, identifierByteCount.contains(text.utf8.count) else {
            throw Rejection(.identifierMalformed, field)
        }
        // Readable by everybody for ever, so never a citizen id: not of a person, and not typed
        // where a household's or an order's identifier belongs.
        guard !CitizenID.isWritten(in: text) else {
            throw Rejection(.identifierIsCitizenId, field)
        }
    }

    @discardableResult
    static func day(_ text: String, _ field: String) throws(Rejection) -> Day {
        guard !text.isEmpty else { throw Rejection(.commandIncomplete, field) }
        if let day = Day(iso: text) { return day }
        throw Rejection(Day.looksBuddhist(text) ? .dateLooksBuddhist : .dateMalformed, field)
    }

    static func optionalDay(_ text: String, _ field: String) throws(Rejection) -> Day? {
        text.isEmpty ? nil : try day(text, field)
    }

    static func period(_ from: Day?, _ to: Day?, _ field: String) throws(Rejection) {
        if let from, let to, to < from { throw Rejection(.periodReversed, field) }
    }

    /// Origins become note key names: no space, no plus (c2sp.org/signed-note).
    static func origin(_ origin: String) throws(Rejection) {
        let isPlain = origin.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "+") }
        guard isPlain, (1...200).contains(origin.utf8.count) else {
            throw Rejection(.originMalformed, origin)
        }
    }

    static func list(_ count: Int, atMost maximum: Int, _ field: String) throws(Rejection) {
        guard count <= maximum else { throw Rejection(.listTooLong, field) }
    }

    /// What a log's first record names: origin, eight hexadecimal digits, and base64 of the
    /// signature type Ed25519 and the key (C2SP signed-note).
    static func logKey(_ logKey: String, origin: String) throws(Rejection) {
        let parts = logKey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard logKey.utf8.count <= 300, parts.count == 3, parts[0] == origin,
            parts[1].utf8.count == 8, Hex.decode(parts[1]) != nil,
            let key = Base64.decode(parts[2]), key.count == 33, key[0] == 1,
            // The key id is the beginning of SHA-256(name || newline || type || key).
            SHA256.hash(Array("\(origin)\n".utf8) + key).hex.hasPrefix(parts[1])
        else { throw Rejection(.logKeyMalformed, logKey) }
    }

    /// Sealed bytes end with the tag; the nonce is the one size of AES-256-GCM in use here.
    static func sealed(_ sealed: Sealed, _ subject: String) throws(Rejection) {
        guard sealed.nonce.count == AES256GCM.Nonce.byteCount,
            Limit.ciphertextByteCount.contains(sealed.ciphertext.count)
        else { throw Rejection(.sealedMalformed, subject) }
    }

    /// One certificate in which nobody's citizen id can be read: it is there for everybody, for ever.
    static func certificate(
        _ der: [UInt8],
        _ subject: @autoclosure () -> String
    ) throws(Rejection) -> Certificate {
        guard let certificate = try? Certificate(der: der) else {
            throw Rejection(.certificateMalformed, subject())
        }
        try withoutCitizenID(der, subject())
        return certificate
    }

    /// A certificate or a signature, all of it.
    static func withoutCitizenID(
        _ der: [UInt8],
        _ subject: @autoclosure () -> String
    ) throws(Rejection) {
        guard !CitizenID.isFound(inDER: der) else {
            throw Rejection(.certificateHoldsCitizenId, subject())
        }
    }

    static func actor(_ actor: Actor) throws(Rejection) {
        try identifier(actor.user, "actor.user")
        try identifier(actor.capacity, "actor.capacity")
        try identifier(actor.authentication, "actor.authentication")
    }
}

/// Bounds that keep every event's JSON below 60,000 bytes, so that it fits a record with its
/// envelope; a test builds the largest event of each kind.
enum Limit {
    static let coveredCodes = 64
    static let deadlines = 24
    /// Added and removed ones together in an amendment.
    static let appointments = 400
    static let minimumSignatures: UInt32 = 99
    /// Of one village in one LAO; more is a slip of the keyboard.
    static let targetCount: UInt32 = 100_000
    /// Of a questionnaire as protobuf JSON.
    static let editionByteCount = 55_000
    /// Of all certificates that are trusted at once; in base64 a third more.
    static let rootsByteCount = 40_000
    /// Of a signature with its certificates; real ones have 2 to 10 KiB.
    static let cmsByteCount = 40_000
    /// Of what an authenticator signs; without extensions it is 37 bytes.
    static let authenticatorDataByteCount = 1024
    /// As long as RSA of 8192 bits; others have some 70 bytes.
    static let passkeySignatureByteCount = 1024
    /// At least one byte beside the tag.
    static let ciphertextByteCount = (AES256GCM.tagByteCount + 1)...32_768
    /// Years; the oldest age ever verified is 122.
    static let age: UInt32 = 130
}
