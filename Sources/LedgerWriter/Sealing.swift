import Cryptography
import Foundation
package import Ledger
package import Survey

/// Sealing personal data into an event, and opening it again (design.md 8).
extension Vault {
    /// Seals the personal data of a draft, if it has some, into its event.
    @available(*, noasync)
    func seal(
        _ draft: inout Draft,
        keyID: UInt64?,
        stream: String,
        commandID: CommandID
    ) throws {
        guard let personal = draft.personal else { return }
        draft.event.seal(
            try seal(personal, keyID: keyID, stream: stream, commandID: commandID)
        )
    }

    /// Seals `personal` under an existing key, or under a new one.
    ///
    /// The associated data is `stream`, a zero byte and the command id: a sealed value moved to
    /// another stream or command does not open.
    @available(*, noasync)
    package func seal(
        _ personal: [UInt8],
        keyID: UInt64?,
        stream: String,
        commandID: CommandID
    ) throws -> Sealed {
        let (id, key) = try keyID.map { ($0, try existingKey($0, stream)) } ?? makeKey()
        var cipher = try AES256GCM()
        let nonce = try makeNonce()
        var sealed = Sealed()
        sealed.keyID = id
        sealed.nonce = Data(nonce.bytes)
        sealed.ciphertext = Data(
            try cipher.seal(
                personal,
                key: key,
                nonce: nonce,
                associatedData: Self.associatedData(stream, commandID)
            )
        )
        return sealed
    }

    private func existingKey(_ id: UInt64, _ stream: String) throws -> SymmetricKey {
        guard let key = try key(id) else { throw Rejection(.personalDataErased, stream) }
        return key
    }

    /// The plain bytes; nil when the key was destroyed.
    @available(*, noasync)
    package func open(
        _ sealed: Sealed,
        stream: String,
        commandID: CommandID
    ) throws -> [UInt8]? {
        guard let key = try key(sealed.keyID) else { return nil }
        guard let nonce = AES256GCM.Nonce(bytes: Array(sealed.nonce)) else {
            throw CryptographyError(.authenticationFailed, "The nonce is not 12 bytes.")
        }
        var cipher = try AES256GCM()
        return try cipher.open(
            Array(sealed.ciphertext),
            key: key,
            nonce: nonce,
            associatedData: Self.associatedData(stream, commandID)
        )
    }

    private static func associatedData(_ stream: String, _ commandID: CommandID) -> [UInt8] {
        var bytes = Array(stream.utf8)
        bytes.append(0)
        commandID.append(to: &bytes)
        return bytes
    }
}
