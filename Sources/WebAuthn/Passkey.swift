/// What a registration that holds says.
package struct PasskeyRegistration: Sendable, Hashable {
    /// By what the authenticator finds the passkey again; 16 to 1,023 bytes.
    package let credentialID: [UInt8]

    /// The key that its assertions are checked with.
    package let publicKey: PasskeyPublicKey

    /// The authenticator's counter; many keep it at 0.
    package let signCount: UInt32

    /// Says what was registered.
    package init(credentialID: [UInt8], publicKey: PasskeyPublicKey, signCount: UInt32) {
        self.credentialID = credentialID
        self.publicKey = publicKey
        self.signCount = signCount
    }
}

/// What an authenticator answers when somebody signs in or signs with a passkey; nothing of it is
/// believed until `WebAuthn.verify` returns.
package struct PasskeyAssertion: Sendable, Hashable {
    /// Which passkey answers.
    package let credentialID: [UInt8]

    /// The relying party's hash, flags and counter, as the authenticator signed them.
    package let authenticatorData: [UInt8]

    /// Challenge and origin, as the browser wrote them.
    package let clientDataJSON: [UInt8]

    /// Over `authenticatorData` and SHA-256 of `clientDataJSON`, in the form of its algorithm.
    package let signature: [UInt8]

    /// At least as many as make them unlike each other (§4, "Credential ID"); longer ones are refused
    /// (level 3, §7.1).
    package static let credentialIDByteCounts = 16...1023

    /// The counter that the authenticator data states, nothing of it checked; nil where that is too
    /// short for one.
    package var signCount: UInt32? {
        guard authenticatorData.count >= AuthenticatorData.fixedByteCount else { return nil }
        return AuthenticatorData.signCount(in: authenticatorData)
    }

    /// Every name and value that can be read in the client data, which may hold more of them than
    /// anybody checks; all of it where it is no JSON.
    package var clientDataTexts: [String] {
        guard let value = try? JSONValue.decode(clientDataJSON) else {
            return [String(decoding: clientDataJSON, as: UTF8.self)]
        }
        return value.texts
    }

    /// Takes the four parts as the browser gives them.
    package init(
        credentialID: [UInt8],
        authenticatorData: [UInt8],
        clientDataJSON: [UInt8],
        signature: [UInt8]
    ) {
        self.credentialID = credentialID
        self.authenticatorData = authenticatorData
        self.clientDataJSON = clientDataJSON
        self.signature = signature
    }
}
