/// The object that a registration answers with (WebAuthn §6.5.4).
enum Attestation {
    /// Real ones have 200 bytes to some 6 KiB, with the certificates of a statement.
    static let byteCountLimit = 16_384

    /// The authenticator data in it.
    ///
    /// What it states of the authenticator's maker is not judged.
    static func authenticatorData(in object: [UInt8]) throws(WebAuthnError) -> [UInt8] {
        guard object.count <= byteCountLimit, case .map(let members)? = try? CBOR.decode(object)
        else { throw malformed("is a CBOR map of at most \(byteCountLimit) bytes") }
        var values: [CBOR: CBOR] = [:]
        for member in members { values[member.key] = member.value }
        guard
            values.count == 3,
            case .text(let format) = values[.text("fmt")],
            let statement = values[.text("attStmt")],
            case .bytes(let data) = values[.text("authData")]
        else { throw malformed("holds fmt, attStmt and authData") }
        switch statement {
        case .map(let members):
            guard format != "none" || members.isEmpty else {
                throw malformed("of the format none states nothing")
            }
        // A list of several statements (Level 3 §8.9).
        case .array where format == "compound": break
        default: throw malformed("has a map for its statement")
        }
        return data
    }

    private static func malformed(_ rule: String) -> WebAuthnError {
        WebAuthnError(.attestationMalformed, "An attestation object \(rule).")
    }
}
