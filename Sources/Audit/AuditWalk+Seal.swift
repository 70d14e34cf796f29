import Cryptography
import Ledger
import Survey
import TransparencyLog

/// What others than the log say of its checkpoints: witnesses, time-stamping authorities, and
/// checkpoints that somebody kept.
extension AuditWalk {
    /// The cosignatures of a stored checkpoint, as far as the policy knows who made them.
    mutating func checkCosignatures(_ stored: StoredCheckpoint, _ name: String) {
        guard trust.policy != nil else { return }
        do throws(TransparencyLogError) {
            try endorse(try stored.cosigned(), treeSize: stored.treeSize)
        } catch {
            // That too few witnesses have seen it is no fault of this checkpoint: a later one may
            // have more. Whether any has enough is asked at the end.
            guard error.code != .quorumNotReached, error.code != .noKnownSignature else { return }
            findings.add(.cosignatureInvalid, nil, "\(name): \(error)")
        }
    }

    /// A checkpoint from outside, whose tree is the one of now, must be the log's.
    mutating func checkKnown(_ note: SignedNote, of known: KnownHead) {
        guard checks.contains(.signatures), isSigned(note, of: known) else { return }
        // Another root is a finding of its own, and then it endorses nothing that is here.
        guard known.rootHash == range.rootHash else { return }
        do throws(TransparencyLogError) {
            try endorse(note, treeSize: known.treeSize)
        } catch {
            guard error.code != .quorumNotReached, error.code != .noKnownSignature else { return }
            findings.add(.cosignatureInvalid, nil, "\(known.witness): \(error)", by: known.witness)
        }
    }

    /// Whether the log's key in force signed it, as far as the records tell; if not, a finding.
    mutating func isSigned(_ note: SignedNote, of known: KnownHead) -> Bool {
        do throws(TransparencyLogError) {
            try note.requireLogSignature(state.logKey(treeSize: known.treeSize))
            return true
        } catch {
            findings.add(
                .checkpointUnsigned,
                nil,
                "\(known.witness): \(error)",
                by: known.witness
            )
            return false
        }
    }

    private mutating func endorse(
        _ note: SignedNote,
        treeSize: UInt64
    ) throws(TransparencyLogError) {
        guard let policy = trust.policy else { return }
        let endorsement = try policy.evaluate(note)
        // The note must be of the tree that was walked: of another, it says nothing here.
        guard endorsement.checkpoint.treeHead == range.treeHead,
            endorsement.checkpoint.origin == origin, treeSize >= seal.endorsedTreeSize ?? 0
        else { return }
        seal.endorsedTreeSize = treeSize
        seal.witnesses = endorsement.cosignatures.map { Seal.Witness($0) }
    }

    /// Fails closed: with a policy, every record must lie under a checkpoint that meets it.
    mutating func requirePolicy() {
        guard trust.policy != nil else { return }
        guard let endorsed = seal.endorsedTreeSize else {
            findings.add(.policyNotMet, nil, "no checkpoint meets the policy")
            return
        }
        guard endorsed < range.treeSize else { return }
        findings.add(
            .endUnsealed,
            endorsed,
            "the last \(range.treeSize - endorsed) records lie after the last checkpoint that meets"
                + " the policy, of \(endorsed) records"
        )
    }

    /// Fails closed: an auditor who names roots wants a time-stamp that leads to one of them.
    mutating func requireTimestamp() {
        guard trust.timestampRoots != nil, !hasTimestamp else { return }
        findings.add(
            .timestampMissing,
            nil,
            timestampCount == 0
                ? "no checkpoint has a time-stamp"
                : "none of the \(timestampCount) time-stamps is valid and leads to a root that was"
                    + " given"
        )
    }

    /// An RFC 3161 token over the checkpoint's bytes as the log signed it.
    mutating func checkTimestamp(_ token: [UInt8], _ stored: StoredCheckpoint, _ name: String) {
        timestampCount += 1
        do throws(CryptographyError) {
            let stamp = try Seal.timestamp(
                token,
                over: stored.noteBytes,
                treeSize: stored.treeSize,
                lastRecordTime: recordTimeBefore,
                roots: trust.timestampRoots
            )
            guard let stamp else { return }
            hasTimestamp = true
            if stored.treeSize >= seal.timestamp?.treeSize ?? 0 { seal.timestamp = stamp }
        } catch {
            findings.add(.timestampInvalid, nil, "\(name): \(error)")
        }
    }
}
