import Dispatch
import LMDB

/// Applies batches on a thread of its own while the caller decodes the next ones.
///
/// At most `depth` batches wait, so memory stays flat however fast the decoder is.
final class BatchPipeline: Sendable {
    static let depth = 2

    private let apply: @Sendable (RecordBatch) throws -> Void
    private let queue = DispatchQueue(label: "bmn.projections")
    private let slots = DispatchSemaphore(value: depth)
    private let failure = Locked<(any Error)?>(nil)

    init(_ apply: @escaping @Sendable (RecordBatch) throws -> Void) {
        self.apply = apply
    }

    /// Hands a batch over; throws what an earlier one failed with.
    func submit(_ batch: RecordBatch) throws {
        slots.wait()
        if let error = failure.withLock({ $0 }) {
            slots.signal()
            throw error
        }
        queue.async { [self] in
            defer { slots.signal() }
            // After a failure nothing is applied: the batches behind it would leave a gap.
            guard failure.withLock({ $0 == nil }) else { return }
            do {
                try apply(batch)
            } catch {
                failure.withLock { $0 = error }
            }
        }
    }

    /// Waits until every batch is applied; throws what one failed with.
    func finish() throws {
        queue.sync {}
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
