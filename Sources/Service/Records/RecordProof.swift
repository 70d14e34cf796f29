import Console
import Cryptography
import LedgerReader
import TransparencyLog

/// That a record is in the tree of a size, and the checkpoint that states the tree, if there is one.
struct RecordProof: Sendable {
    let json: JSON

    init(
        of index: UInt64,
        treeSize: UInt64,
        checkpoint: StoredCheckpoint?,
        _ snapshot: borrowing LedgerSnapshot
    ) throws {
        let inclusion = try snapshot.inclusionProof(recordIndex: index, treeSize: treeSize)
        let leafHash = try snapshot.store.leafHash(
            index,
            head: snapshot.head,
            snapshot.transaction
        )
        var members: [(String, JSON)] = [
            ("index", .unsigned(index)), ("treeSize", .unsigned(treeSize)),
            ("leafHash", .string(leafHash.hex)),
            ("rootHash", .string(try snapshot.rootHash(treeSize: treeSize).hex)),
            ("path", .array(inclusion.path.map { .string($0.hex) })),
        ]
        if let checkpoint {
            let note = try checkpoint.cosigned()
            let proof = try TLogProof(inclusion: inclusion, note: note)
            members += [
                ("checkpoint", .string(String(decoding: note.encoded, as: UTF8.self))),
                ("tlogProof", .string(String(decoding: proof.encoded, as: UTF8.self))),
            ]
        }
        json = .object(members)
    }
}
