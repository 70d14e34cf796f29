package import Cryptography
package import WebAuthn

/// An authenticator with one passkey (ES256), and the browser before it: makes what `WebAuthn`
/// checks, or something else where a test says so.
///
/// It writes its own CBOR and JSON, so that no mistake of the readers is in what they read.
package struct VirtualAuthenticator: Sendable {
    /// Touched, and verified who touched: bits 0 and 2.
    package static let touchedAndVerified: UInt8 = 0x05

    package let credentialID: [UInt8]
    package let privateKey: P256PrivateKey

    /// What the authenticator is asked for; its hash is in what it signs.
    package var relyingPartyID: String
    /// Of the page that asks.
    package var origin: String
    /// Whether the browser says that the page lies in another site's.
    package var isCrossOrigin = false
    /// More members of the client data, as JSON text: `,"topOrigin":"https://…"`.
    package var furtherMembers = ""
    /// Bits 0 to 4 of the authenticator data.
    package var flags = VirtualAuthenticator.touchedAndVerified
    /// A CBOR map; empty: no extensions.
    package var extensions: [UInt8] = []
    /// Whether each answer counts one more, as security keys do; others keep 0 for ever.
    package var isCounting = false
    /// The counter in the last answer.
    package var signCount: UInt32 = 0

    /// Makes a passkey for a site, whose page asks for it.
    package init(relyingPartyID: String, origin: String) throws {
        self.relyingPartyID = relyingPartyID
        self.origin = origin
        credentialID = try SecureRandom.bytes(count: 32)
        privateKey = try P256PrivateKey()
    }

    package var publicKey: PasskeyPublicKey { PasskeyPublicKey(privateKey.publicKey) }

    /// What `navigator.credentials.create` gives.
    package mutating func register(
        challenge: [UInt8]
    ) -> (clientDataJSON: [UInt8], attestationObject: [UInt8]) {
        if isCounting { signCount += 1 }
        let count = UInt16(credentialID.count)
        let aaguid = [UInt8](repeating: 0, count: 16)
        let length = [UInt8(count >> 8), UInt8(count & 0xFF)]
        let credential: [UInt8] = aaguid + length + credentialID + publicKey.coseKey
        let data = authenticatorData(credential: credential)
        // {"fmt": "none", "attStmt": {}, "authData": data}
        var object: [UInt8] = [0xA3]
        for text in ["fmt", "none", "attStmt"] {
            object.append(0x60 | UInt8(text.utf8.count))
            object += text.utf8
        }
        object.append(0xA0)
        object.append(0x60 | UInt8("authData".utf8.count))
        object += "authData".utf8
        // The shortest head.
        if data.count < 256 {
            object += [0x58, UInt8(data.count)]
        } else {
            object += [0x59, UInt8(data.count >> 8), UInt8(data.count & 0xFF)]
        }
        object += data
        return (clientData(type: "webauthn.create", challenge), object)
    }

    /// What `navigator.credentials.get` gives.
    package mutating func answer(_ challenge: [UInt8]) throws -> PasskeyAssertion {
        if isCounting { signCount += 1 }
        let data = authenticatorData(credential: [])
        let json = clientData(type: "webauthn.get", challenge)
        return PasskeyAssertion(
            credentialID: credentialID,
            authenticatorData: data,
            clientDataJSON: json,
            signature: try privateKey.sign(data + SHA256.hash(json).bytes)
        )
    }

    /// An answer with other parts, signed as they are.
    package func signed(
        authenticatorData: [UInt8],
        clientDataJSON: [UInt8]
    ) throws -> PasskeyAssertion {
        PasskeyAssertion(
            credentialID: credentialID,
            authenticatorData: authenticatorData,
            clientDataJSON: clientDataJSON,
            signature: try privateKey.sign(
                authenticatorData + SHA256.hash(clientDataJSON).bytes
            )
        )
    }

    /// The client data as browsers write it (WebAuthn level 3, §5.8.1.1).
    package func clientData(type: String, _ challenge: [UInt8]) -> [UInt8] {
        let text = Base64URL.encode(challenge)
        return Array(
            (#"{"type":"\#(type)","challenge":"\#(text)","origin":"\#(origin)","#
                + #""crossOrigin":\#(isCrossOrigin)\#(furtherMembers)}"#).utf8
        )
    }

    private func authenticatorData(credential: [UInt8]) -> [UInt8] {
        var flags = flags
        if !credential.isEmpty { flags |= 0x40 }
        if !extensions.isEmpty { flags |= 0x80 }
        let count = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: signCount >> $0) }
        let hash = SHA256.hash(Array(relyingPartyID.utf8)).bytes
        return hash + [flags] + count + credential + extensions
    }
}
