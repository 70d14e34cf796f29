import Audit
import Cryptography
import EvidenceContainer
import Ledger
import TransparencyLog

/// Reads what a bundle is made of out of its files, and says which of it proves nothing.
struct BundleReading {
    /// A record whose bytes are under the checkpoint's root.
    struct Record {
        let bytes: [UInt8]
        let recorded: RecordedEvent
        let proof: InclusionProof
    }

    private(set) var findings = FindingList()
    /// In the order of the log.
    private(set) var records: [Record] = []
    private(set) var checkpoint: Checkpoint?
    /// Nil where a checkpoint or all records are missing; what could not be read is left out.
    private(set) var contents: BundleContents?

    /// The bytes of the cosigned checkpoint, which every proof repeats.
    private var cosigned: ArraySlice<UInt8> = []

    init(_ container: EvidenceContainer, heartbeat: () -> Void) {
        guard let stored = readCheckpoint(container), let checkpoint else { return }
        var entries: [BundleContents.Entry] = []
        let indexes = container.files.compactMap { file in
            BundleName.number(in: file.name, "records/", ".json")
        }
        guard indexes.count <= BundleContents.recordCountMax else {
            let most = BundleContents.recordCountMax
            add(.fileWrong, nil, "it has \(indexes.count) records, and a bundle at most \(most)")
            return
        }
        for index in indexes.sorted() {
            heartbeat()
            guard let record = container.contents(of: BundleName.record(index)) else { continue }
            if let read = read(Array(record), index, container, checkpoint) {
                records.append(read)
                entries.append(BundleContents.Entry(record: read.bytes, proof: read.proof))
            }
        }
        guard !entries.isEmpty else {
            add(.noRecords, nil, "the bundle has no records")
            return
        }
        contents = BundleContents(
            entries: entries,
            checkpoint: stored,
            policy: container.contents(of: BundleName.policy).map { Array($0) }
        )
    }

    private mutating func add(_ code: FindingCode, _ index: UInt64?, _ reason: String) {
        findings.add(code, index, reason)
    }

    private mutating func readCheckpoint(_ container: EvidenceContainer) -> StoredCheckpoint? {
        guard let noteBytes = container.contents(of: BundleName.checkpoint),
            let cosigned = container.contents(of: BundleName.cosigned)
        else {
            add(.checkpointMalformed, nil, "the bundle has no checkpoint")
            return nil
        }
        guard cosigned.starts(with: noteBytes) else {
            add(.checkpointMismatch, nil, "\(BundleName.cosigned) is of another checkpoint")
            return nil
        }
        do throws(TransparencyLogError) {
            let note = try SignedNote(bytes: Array(noteBytes))
            let checkpoint = try Checkpoint(text: note.text)
            // One signature is the log's; its line is what stock tools take from the end.
            guard note.signatures.count == 1 else {
                throw TransparencyLogError(.malformedNote, "More than the log signed it.")
            }
            _ = try SignedNote(bytes: Array(cosigned))
            self.cosigned = cosigned
            self.checkpoint = checkpoint
            return StoredCheckpoint(
                treeSize: checkpoint.treeHead.treeSize,
                noteBytes: Array(noteBytes),
                cosignatureLines: cosigned.dropFirst(noteBytes.count)
                    .split(separator: UInt8(ascii: "\n")).map { Array($0) },
                timestamps: timestamps(container)
            )
        } catch {
            add(.checkpointMalformed, nil, "the checkpoint: \(error)")
            return nil
        }
    }

    /// Numbered from 1; a gap shows when the files are made again.
    private func timestamps(_ container: EvidenceContainer) -> [[UInt8]] {
        container.files.compactMap { file in
            BundleName.number(in: file.name, "timestamps/", ".tst").map { ($0, file.contents) }
        }.sorted { $0.0 < $1.0 }.map { Array($0.1) }
    }

    private mutating func read(
        _ bytes: [UInt8],
        _ index: UInt64,
        _ container: EvidenceContainer,
        _ checkpoint: Checkpoint
    ) -> Record? {
        guard let proof = readProof(index, container) else { return nil }
        do throws(TransparencyLogError) {
            let leafHash = MerkleTree.leafHash(of: bytes)
            try proof.check(leafHash: leafHash, in: checkpoint.treeHead)
        } catch {
            add(.proofInvalid, index, "its bytes are not in the log: \(error)")
            return nil
        }
        guard bytes.count <= RecordLimit.byteCount, unsafe bytes.span.bytes.isOneLineOfUTF8 else {
            add(.recordMalformed, index, "not one line of valid UTF-8 of at most 65,535 bytes")
            return nil
        }
        do {
            let scanned = try RecordScanner.scan(unsafe bytes.span.bytes)
            let eventJSON = Array(bytes[scanned.eventBytes])
            let event = try EventCodec.decode(eventJSON)
            guard scanned.envelope.index == index else {
                add(.recordMisplaced, index, "it names itself record \(scanned.envelope.index)")
                return nil
            }
            guard EventCodec.encode(event) == eventJSON else {
                add(.recordMalformed, index, "its event has not the one form of an event")
                return nil
            }
            let recorded = RecordedEvent(envelope: scanned.envelope, event: event)
            return Record(bytes: bytes, recorded: recorded, proof: proof)
        } catch {
            add(.recordMalformed, index, "\(error)")
            return nil
        }
    }

    private mutating func readProof(
        _ index: UInt64,
        _ container: EvidenceContainer
    ) -> InclusionProof? {
        guard let bytes = container.contents(of: BundleName.proof(index)) else {
            add(.proofInvalid, index, "nothing proves that it is in the log")
            return nil
        }
        // Else some thousand small proofs would each have a large checkpoint to be compared with.
        guard bytes.count > cosigned.count, bytes.suffix(cosigned.count).elementsEqual(cosigned)
        else {
            add(.proofInvalid, index, "its proof is not under \(BundleName.cosigned)")
            return nil
        }
        do throws(TransparencyLogError) {
            let proof = try TLogProof(bytes: Array(bytes))
            guard proof.inclusion.leafIndex == index else {
                add(.proofInvalid, index, "the proof is of record \(proof.inclusion.leafIndex)")
                return nil
            }
            return proof.inclusion
        } catch {
            add(.proofInvalid, index, "its proof: \(error)")
            return nil
        }
    }
}
