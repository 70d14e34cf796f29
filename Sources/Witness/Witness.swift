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
        let privateKey = try Self.readKey(keyFile)
        try self.init(privateKey: privateKey, stateFolder: stateFolder, logs: logs)
    }

    /// Makes a new witness: a key file, and the state folder that belongs to it for life.
    ///
    /// The key is PKCS#8 PEM of mode 0600. Neither may be there already, but for an empty folder and
    /// for what this call leaves when it is killed: then the same call again comes to the end.
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
        // The name, the folder and the key file are judged before anything is made.
        let cosigner = try cosigner(name, privateKey)
        try StateFolder.requireVacant(stateFolder)
        let hasKey = try isPresent(keyFile)
        if hasKey, try !StateFolder.isBegun(stateFolder) { throw keyExists(keyFile) }
        let creation = try StateFolder.Creation(stateFolder)
        if hasKey {
            let made = try self.cosigner(name, try readKey(keyFile))
            guard try creation.isBegun(of: made.verifierKey) else { throw keyExists(keyFile) }
        } else {
            try creation.begin(of: cosigner.verifierKey)
            do {
                try DurableFile.create(keyFile, pem)
            } catch {
                throw WitnessError(key: error)
            }
        }
        try creation.finish()
    }

    private static func isPresent(_ keyFile: String) throws(WitnessError) -> Bool {
        do {
            return try DurableFile.isPresent(keyFile)
        } catch {
            throw WitnessError(key: error)
        }
    }

    private static func keyExists(_ keyFile: String) -> WitnessError {
        WitnessError(
            .alreadyExists,
            "\(keyFile) exists already, and not from an interrupted --new-key of this name and"
                + " folder: a new witness takes a new key"
        )
    }

    private static func readKey(_ keyFile: String) throws(WitnessError) -> Ed25519PrivateKey {
        do {
            return try Ed25519PrivateKey(pem: try PrivateFile.read(keyFile))
        } catch let error as FileError {
            throw WitnessError(key: error)
        } catch let error as CryptographyError {
            throw WitnessError(.keyUnusable, "\(keyFile): \(error.reason)")
        } catch {
            throw WitnessError(.keyUnusable, "\(keyFile): \(error)")
        }
    }

    /// Makes the state folder of a witness whose key is new.
    package static func create(
        stateFolder: String,
        name: String,
        privateKey: Ed25519PrivateKey
    ) throws(WitnessError) {
        let cosigner = try cosigner(name, privateKey)
        let creation = try StateFolder.Creation(stateFolder)
        try creation.begin(of: cosigner.verifierKey)
        try creation.finish()
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
