package import Cryptography
package import DurableFiles
package import TransparencyLog

/// A witness (c2sp.org/tlog-witness v1.0.0).
///
/// It cosigns what of a log is consistent with all that it saw before, and nothing else. WITNESS.md
/// says what that is worth.
///
/// Everything here blocks its thread while it waits for the disk or for other requests.
package struct Witness: Sendable {
    /// With which key others verify its cosignatures.
    package var verifierKey: VerifierKey { cosigner.verifierKey }

    let cosigner: Cosigner
    let logs: [VerifierKey]
    let state: StateFolder

    /// The most bytes of a request.
    package static let requestByteCountMax = AddCheckpointRequest.byteCountMax

    /// Opens a witness over a state folder that `create` made, which also knows its name.
    ///
    /// The name of each log's key is the log's origin.
    package init(
        privateKey: Ed25519PrivateKey,
        stateFolder: String,
        logs: [VerifierKey],
        replace: @escaping DurableFile.Replace = DurableFile.replacing
    ) throws(WitnessError) {
        guard !logs.isEmpty else {
            throw WitnessError(.noLogs, "The policy names no log whose checkpoints to cosign.")
        }
        let name = try StateFolder.owner(of: stateFolder).name
        cosigner = try Self.cosigner(name, privateKey)
        state = try StateFolder(stateFolder, of: cosigner.verifierKey, replace: replace)
        self.logs = logs
    }

    /// The same with the key in a file.
    package init(
        keyFile: String,
        stateFolder: String,
        logs: [VerifierKey]
    ) throws(WitnessError) {
        let privateKey: Ed25519PrivateKey
        do {
            privateKey = try Ed25519PrivateKey(pem: try PrivateFile.read(keyFile))
        } catch let error as FileError {
            throw WitnessError(key: error)
        } catch let error as CryptographyError {
            throw WitnessError(.keyUnusable, "\(keyFile): \(error.reason)")
        } catch {
            throw WitnessError(.keyUnusable, "\(keyFile): \(error)")
        }
        try self.init(privateKey: privateKey, stateFolder: stateFolder, logs: logs)
    }

    /// Makes a new witness: a key file, and the state folder that belongs to it for life.
    ///
    /// The key is PKCS#8 PEM of mode 0600. Neither may be there already, but for an empty folder.
    package static func create(
        keyFile: String,
        stateFolder: String,
        name: String
    ) throws(WitnessError) {
        let privateKey: Ed25519PrivateKey
        let pem: [UInt8]
        do {
            privateKey = try .generate()
            pem = try privateKey.pem()
        } catch {
            throw WitnessError(.keyUnusable, error.reason)
        }
        // The name and the folder are judged before anything is made.
        _ = try cosigner(name, privateKey)
        try StateFolder.requireVacant(stateFolder)
        do {
            try DurableFile.create(keyFile, pem)
        } catch {
            throw WitnessError(key: error)
        }
        try create(stateFolder: stateFolder, name: name, privateKey: privateKey)
    }

    /// Makes the state folder of a witness whose key is new.
    package static func create(
        stateFolder: String,
        name: String,
        privateKey: Ed25519PrivateKey
    ) throws(WitnessError) {
        try StateFolder.create(stateFolder, of: try cosigner(name, privateKey).verifierKey)
    }

    /// How the address of a log's checkpoint names the log (c2sp.org/tlog-witness v1.0.0, "Monitor
    /// Retrieval Mechanism").
    package static func originHash(_ origin: String) -> String {
        SHA256.hash(Array(origin.utf8)).hex
    }

    private static func cosigner(
        _ name: String,
        _ privateKey: Ed25519PrivateKey
    ) throws(WitnessError) -> Cosigner {
        do {
            return try Cosigner(name: name, privateKey: privateKey)
        } catch {
            throw WitnessError(.nameInvalid, error.reason)
        }
    }
}
