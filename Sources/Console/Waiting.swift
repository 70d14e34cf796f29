import Dispatch
import Synchronization

/// How a command, which runs on the main thread, waits for work that does not.
package enum Waiting {
    /// Runs asynchronous work and blocks the calling thread until it has ended.
    ///
    /// Never call it from a task: the threads that run tasks are few, and one that waits here may be
    /// the one that the work needs.
    package static func run<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) throws -> Result {
        let isTask = unsafe withUnsafeCurrentTask { task in unsafe task != nil }
        precondition(!isTask, "a task must await, not block its thread")
        let ending = Ending<Result>()
        let isDone = DispatchSemaphore(value: 0)
        Task.detached {
            do {
                let result = try await body()
                ending.value.withLock { $0 = .success(result) }
            } catch {
                ending.value.withLock { $0 = .failure(error) }
            }
            isDone.signal()
        }
        isDone.wait()
        guard let result = ending.value.withLock({ $0 }) else {
            preconditionFailure("the work signals its end only after it has one")
        }
        return try result.get()
    }

    /// What the work came to; an object, since the task and the waiting thread share it.
    private final class Ending<Result: Sendable>: Sendable {
        let value = Mutex<Swift.Result<Result, any Error>?>(nil)
    }
}
