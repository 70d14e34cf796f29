import Dispatch
import LedgerReader
import LedgerWriter
import Logging
import ServiceLifecycle
import Synchronization
import TransparencyLog

/// Signs a checkpoint when the ledger has grown: from time to time, when somebody waits for one, and
/// when the service stops.
final class CheckpointSigner: Sendable {
    struct State: Sendable {
        var latestSize: UInt64 = 0
        /// Microseconds since 1970.
        var signedAt: Int64?
        var failure: String?
    }

    private let log: CheckpointLog
    private let parts: ServiceParts
    private let queue = DispatchQueue(label: "checkpoints")
    private let state = Mutex(State())

    init(_ parts: ServiceParts) {
        self.parts = parts
        log = CheckpointLog(parts.writer.directory, sharing: parts.reader.store)
    }

    var current: State { state.withLock { $0 } }

    func run() async {
        queue.async { [self] in
            guard let latest = try? parts.reader.snapshot().latestCheckpoint() else { return }
            state.withLock { $0.latestSize = max($0.latestSize, latest.treeSize) }
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: self.parts.limits.checkpointInterval)
                // Also the last time, when the sleep was cut short by the end.
                _ = try? await self.sign(covering: nil)
            }
        }
    }

    /// A checkpoint whose tree has this record.
    ///
    /// Those who wait together share one: whoever comes to his turn late finds it signed.
    func checkpoint(covering index: UInt64) async throws -> StoredCheckpoint {
        try await sign(covering: index)
    }

    private func sign(covering index: UInt64?) async throws -> StoredCheckpoint {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try self.signBlocking(covering: index) })
            }
        }
    }

    private func signBlocking(covering index: UInt64?) throws -> StoredCheckpoint {
        if let index, let latest = try parts.reader.snapshot().latestCheckpoint(),
            latest.treeSize > index
        {
            return latest
        }
        do {
            let signed = try log.sign()
            state.withLock { state in
                if signed.treeSize > state.latestSize { state.signedAt = parts.clock() }
                state.latestSize = signed.treeSize
                state.failure = nil
            }
            return signed
        } catch {
            let code = LedgerError(caught: error).code.rawValue
            parts.logger.error("no checkpoint was signed", metadata: ["code": "\(code)"])
            state.withLock { $0.failure = code }
            throw error
        }
    }
}
