import Dispatch
import Synchronization

/// Runs asynchronous work from a thread that may block.
///
/// Not by an asynchronous `main`, which would hold one of the few threads that the work needs.
func waiting<Result: Sendable>(
    for body: @escaping @Sendable () async throws -> Result
) throws -> Result {
    let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)
    let finished = DispatchSemaphore(value: 0)
    Task.detached {
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        outcome.withLock { $0 = result }
        finished.signal()
    }
    finished.wait()
    guard let result = try outcome.withLock(\.self)?.get() else {
        throw BenchFailure("the work ended without an outcome")
    }
    return result
}
