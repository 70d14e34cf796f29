import Cryptography
import LMDB
package import Ledger
package import LedgerReader
package import Survey
package import TransparencyLog

/// Making a new ledger: directory, keys, vault and record 0.
package enum LedgerCreation {
    /// Creates everything, or leaves nothing new behind.
    ///
    /// The directory may exist if it is empty. The master key is random, or follows from the
    /// passphrase. Returns the log's verifier key.
    @available(*, noasync)
    package static func create(
        _ directory: LedgerDirectory,
        origin: String,
        recordedAt: RecordTime,
        commandID: CommandID,
        actor: Actor,
        masterPassphrase: [UInt8]? = nil
    ) throws -> VerifierKey {
        let logKey = try Ed25519PrivateKey.generate()
        // The one thing a verifier key can object to is its name.
        guard let verifierKey = try? VerifierKey(name: origin, ed25519: logKey.publicKey) else {
            throw Rejection(.originMalformed, origin)
        }
        var created = LedgerCreated()
        created.origin = origin
        created.logKey = verifierKey.vkey
        created.formatVersion = RecordLimit.formatVersion
        var event = Event()
        event.kind = .ledgerCreated(created)
        // Whatever the rules refuse, they refuse before anything is made.
        let position = LogPosition(treeSize: 0, rootHash: { MerkleTree.emptyRoot })
        let act = Act(actor: actor, occurredOn: nil, recordedOn: recordedAt.bangkokDay)
        try State().admit(event, act: act, position: position)
        let claim = try DirectoryClaim(directory)
        do {
            try claim.makeFolders()
            try KeyFiles.create(directory.logKeyFile, logKey.pem())
            let file: MasterKeyFile =
                masterPassphrase == nil
                ? .key(directory.masterKeyFile) : .scrypt(directory.masterScryptFile)
            let masterKey = try file.create(passphrase: masterPassphrase)
            _ = try Vault(directory, masterKey: masterKey, creates: true)
            // Record 0 comes last: without it there is no ledger, with it everything is there.
            try append(event, directory, recordedAt, commandID, actor)
            try claim.sync()
        } catch {
            claim.removeTraces()
            throw LedgerError(caught: error)
        }
        return verifierKey
    }

    private static func append(
        _ event: Event,
        _ directory: LedgerDirectory,
        _ recordedAt: RecordTime,
        _ commandID: CommandID,
        _ actor: Actor
    ) throws {
        let store = try LedgerStore(directory, access: .create)
        let envelope = Envelope(
            index: 0,
            previous: .zero,
            recordedAt: recordedAt,
            stream: event.stream,
            streamVersion: 0,
            commandID: commandID,
            actor: actor
        )
        guard let record = RecordEncoder.encode(envelope, eventJSON: EventCodec.encode(event))
        else {
            preconditionFailure("record 0 is small")
        }
        var head = LedgerHead.empty
        head.append(record, keyID: nil)
        try store.environment.write { transaction in
            var layout: [UInt8] = []
            layout.append(bigEndian: LedgerStore.layoutVersion)
            try transaction.put(store.meta, LedgerKey.format, layout, mode: .insert)
            // No command asked for record 0, so no retry can present its id.
            try store.append(
                record,
                kind: .ledgerCreated,
                authenticationCode: [UInt8](repeating: 0, count: 16),
                &transaction
            )
            try transaction.put(store.meta, LedgerKey.head, head.encoded)
        }
        try HeadFileWriter(directory, origin: event.ledgerCreated.origin).write(head.range.treeHead)
    }
}
