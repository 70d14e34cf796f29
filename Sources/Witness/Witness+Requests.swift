import Cryptography
import TransparencyLog

extension Witness {
    /// How old a cosignature is at least before another is made of the same checkpoint: what bounds
    /// how often whoever asks can make the witness write.
    private static let refreshSeconds: UInt64 = 60

    /// Answers `POST add-checkpoint` (c2sp.org/tlog-witness v1.0.0, "add-checkpoint").
    ///
    /// `now` is in seconds since 1970-01-01T00:00:00Z. A cosignature's time never goes back for a
    /// log: a clock that was set back is made up for with the last stated time.
    package func addCheckpoint(_ body: [UInt8], now: UInt64) -> WitnessAnswer {
        let request: AddCheckpointRequest
        do throws(AddCheckpointRequest.Malformed) {
            request = try AddCheckpointRequest(bytes: body)
        } catch {
            return .text(400, error.reason + "\n")
        }
        let origin = request.checkpoint.origin
        let keys = logs.filter { key in key.name.utf8.elementsEqual(origin.utf8) }
        guard !keys.isEmpty else {
            return .text(404, "This witness does not know the log.\n")
        }
        do {
            _ = try request.note.verified(by: keys)
        } catch {
            return .text(403, error.reason + "\n", remark: "\(origin): \(error.reason)")
        }
        guard request.oldSize <= request.checkpoint.treeHead.treeSize else {
            return .text(400, "The old size is above that of the checkpoint.\n")
        }
        do {
            // Between reading the last size and remembering the next nobody else may do the same,
            // or the slower one of two would take the state back.
            return try state.withLock { () throws(WitnessError) in
                try judge(request, keys, now: now)
            }
        } catch {
            return .failure(error)
        }
    }

    private func judge(
        _ request: AddCheckpointRequest,
        _ keys: [VerifierKey],
        now: UInt64
    ) throws(WitnessError) -> WitnessAnswer {
        let checkpoint = request.checkpoint
        let head = checkpoint.treeHead
        let last = try state.lastCosigned(checkpoint.origin)
        let lastHead = last?.checkpoint.treeHead ?? .empty
        guard request.oldSize == lastHead.treeSize else {
            return .conflict(
                storedSize: lastHead.treeSize,
                remark: "\(checkpoint.origin): the proof begins at \(request.oldSize), the last"
                    + " cosigned size is \(lastHead.treeSize)"
            )
        }
        do {
            try request.check(from: lastHead)
        } catch {
            return .text(
                422,
                error.reason + "\n",
                remark: "\(checkpoint.origin): size \(head.treeSize) is refused against"
                    + " \(lastHead.treeSize): \(error.reason)"
            )
        }
        // Lines that no key of the log vouches for are not served under this witness's name.
        let signatures = keys.compactMap { key in request.note.signatures.first { $0.claims(key) } }
        if let last, let line = cosignature(of: last, for: checkpoint, signatures, now: now) {
            try state.sync(checkpoint.origin)
            return .text(200, line + "\n", remark: nil)
        }
        let cosigned = try cosign(checkpoint, signatures, after: last?.time, now: now)
        // On disk before anybody sees the cosignature.
        try state.remember(cosigned.checkpoint)
        return .text(
            200,
            cosigned.cosignature.line + "\n",
            remark: "\(checkpoint.origin): cosigned size \(head.treeSize)"
        )
    }

    /// The line that the witness would only write again: over the same text, with the same lines of
    /// the log, and less than a minute old.
    ///
    /// The latest checkpoint of a log is public, so anybody can submit it as often as they like.
    private func cosignature(
        of last: CosignedCheckpoint,
        for checkpoint: Checkpoint,
        _ signatures: [NoteSignature],
        now: UInt64
    ) -> String? {
        let lines = Set(last.note.signatures.map(\.line))
        guard
            last.note.text.utf8.elementsEqual(checkpoint.text.utf8),
            signatures.allSatisfy({ lines.contains($0.line) }),
            !isStale(last, now: now)
        else { return nil }
        return last.note.signatures.first { $0.claims(verifierKey) }?.line
    }

    private func isStale(_ last: CosignedCheckpoint, now: UInt64) -> Bool {
        now >= last.time && now - last.time >= Self.refreshSeconds
    }

    /// Answers `GET <origin hash>/checkpoint` (c2sp.org/tlog-witness v1.0.0, "Monitor Retrieval
    /// Mechanism").
    ///
    /// A cosignature that is older than a minute gets a newer one beside it, which says that until
    /// now no larger tree was seen; the one that `add-checkpoint` returned stays.
    package func checkpoint(originHash: String, now: UInt64) -> WitnessAnswer {
        let origin = logs.map(\.name).first { Self.originHash($0) == originHash }
        guard let origin else { return .text(404, "This witness does not know the log.\n") }
        do {
            return try state.withLock { () throws(WitnessError) in
                guard let last = try state.lastCosigned(origin) else {
                    return .text(404, "This witness has cosigned nothing of the log yet.\n")
                }
                guard isStale(last, now: now) else {
                    try state.sync(origin)
                    return .note(last.note.encoded, remark: nil)
                }
                let (fresh, _) = try refresh(last, now: now)
                try state.remember(fresh)
                return .note(fresh.note.encoded, remark: nil)
            }
        } catch {
            return .failure(error)
        }
    }

    private func refresh(
        _ last: CosignedCheckpoint,
        now: UInt64
    ) throws(WitnessError) -> (checkpoint: CosignedCheckpoint, cosignature: NoteSignature) {
        let signatures = last.note.signatures.filter { !$0.claims(verifierKey) }
        // The newest stands first: some readers take but the first of a key.
        let returned = last.note.signatures.last { $0.claims(verifierKey) }
        return try cosign(
            last.checkpoint,
            signatures,
            keeping: returned,
            after: last.time,
            now: now
        )
    }

    private func cosign(
        _ checkpoint: Checkpoint,
        _ signatures: [NoteSignature],
        keeping kept: NoteSignature? = nil,
        after lastTime: UInt64?,
        now: UInt64
    ) throws(WitnessError) -> (checkpoint: CosignedCheckpoint, cosignature: NoteSignature) {
        // Zero means no time at all to those who read subtree cosignatures.
        let time = min(max(now, lastTime ?? 0, 1), Cosignature.timeMax)
        do {
            let cosignature = try cosigner.cosign(checkpoint, time: time)
            let cosigned = try CosignedCheckpoint(
                checkpoint,
                signatures,
                cosignature: cosignature,
                kept: kept,
                time: time
            )
            return (cosigned, cosignature)
        } catch let error as CryptographyError {
            throw WitnessError(.keyUnusable, error.reason)
        } catch {
            throw WitnessError(.stateDamaged, "\(error)")
        }
    }
}

extension AddCheckpointRequest {
    /// Whether the checkpoint goes on from the last one, in the order of the specification; why
    /// not is thrown.
    fileprivate func check(from last: TreeHead) throws(TransparencyLogError) {
        let head = checkpoint.treeHead
        guard head.treeSize > 0 || head == .empty else {
            throw TransparencyLogError(
                .invalidConsistencyProof,
                "The root hash is not that of an empty tree."
            )
        }
        guard last.treeSize > 0 else {
            // Every tree begins with the empty one: there is nothing to prove.
            guard proof.path.isEmpty else {
                throw TransparencyLogError(
                    .invalidConsistencyProof,
                    "From size 0 a proof has no hashes."
                )
            }
            return
        }
        try proof.check(from: last, to: head)
    }
}
