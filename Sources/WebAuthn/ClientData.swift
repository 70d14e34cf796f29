import Cryptography

/// What the browser says of the question and of the page that asked it (WebAuthn §5.8.1).
struct ClientData: Sendable, Hashable {
    /// What was asked of the authenticator.
    enum Ceremony: String, Sendable {
        case create = "webauthn.create"
        case get = "webauthn.get"
    }

    /// Real ones have 100 to some 300 bytes.
    static let byteCountLimit = 4096

    let type: String
    let challenge: String
    let origin: String

    /// Whether the page lay inside another site's, or the browser says inside which one.
    let isCrossOrigin: Bool

    init(json: [UInt8]) throws(WebAuthnError) {
        guard json.count <= Self.byteCountLimit,
            case .object(let members)? = try? JSONValue.decode(json)
        else { throw Self.malformed }
        // More members than these may come, and do (§5.8.1.2).
        var values: [String: JSONValue] = [:]
        for member in members { values[member.name] = member.value }
        guard
            case .string(let type) = values["type"],
            case .string(let challenge) = values["challenge"],
            case .string(let origin) = values["origin"]
        else { throw Self.malformed }
        self.type = type
        self.challenge = challenge
        self.origin = origin
        let isMarked: Bool
        switch values["crossOrigin"] {
        case nil: isMarked = false
        case .boolean(let value): isMarked = value
        default: throw Self.malformed
        }
        isCrossOrigin = isMarked || values["topOrigin"] != nil
    }

    func check(_ ceremony: Ceremony, challenge: [UInt8]) throws(WebAuthnError) {
        guard type == ceremony.rawValue else {
            throw WebAuthnError(
                .clientDataTypeMismatch,
                "The client data is of another ceremony than \(ceremony.rawValue)."
            )
        }
        // The one spelling of base64url: nothing is decoded that another reader takes otherwise.
        guard !challenge.isEmpty, self.challenge == Base64URL.encode(challenge) else {
            throw WebAuthnError(
                .challengeMismatch,
                "The passkey answered another challenge than this one."
            )
        }
    }

    func checkOrigin(of party: RelyingParty) throws(WebAuthnError) {
        try checkOrigin(party.allows(origin: origin))
    }

    func checkOrigin(ofRelyingPartyID id: String) throws(WebAuthnError) {
        try checkOrigin(RelyingParty.isOrigin(origin, of: id))
    }

    private func checkOrigin(_ isAllowed: Bool) throws(WebAuthnError) {
        guard isAllowed else {
            throw WebAuthnError(
                .originMismatch,
                "The page that asked is not one of the relying party's."
            )
        }
        guard !isCrossOrigin else {
            throw WebAuthnError(
                .crossOrigin,
                "The page that asked lay inside a page of another site."
            )
        }
    }

    private static var malformed: WebAuthnError {
        WebAuthnError(
            .clientDataMalformed,
            "Client data is a JSON object with type, challenge and origin, each once."
        )
    }
}
