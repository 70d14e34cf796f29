import Foundation
import Synchronization

/// Runs work on several threads and hands over the results in order, a bounded number ahead.
///
/// The bound keeps memory flat: a fast reader waits for a slow consumer.
final class OrderedPipeline<Output: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    // All five are guarded by `condition`.
    private var results: [Int: Result<Output, any Error>] = [:]
    private var nextToStart = 0
    private var nextToConsume = 0
    private var isCancelled = false
    private var threadCount = 0
    private let jobCount: Int
    private let window: Int

    init(jobCount: Int, window: Int) {
        self.jobCount = jobCount
        self.window = window
    }

    /// Returns when all jobs are consumed, or `consume` has said that it needs no more; all threads
    /// have ended by then.
    ///
    /// `makeWorker` is called once on each thread and its result does that thread's jobs; `consume`
    /// is called on the caller's thread, in job order, until it returns false.
    func run(
        threadCount: Int,
        makeWorker: @escaping @Sendable () throws -> (Int) throws -> Output,
        consume: (Output) throws -> Bool
    ) throws {
        for _ in 0..<min(max(1, threadCount), jobCount) {
            condition.withLock { self.threadCount += 1 }
            let thread = Thread {
                self.work(makeWorker)
                self.leave()
            }
            // The default of a secondary thread is small for a parser of nested JSON.
            thread.stackSize = 8 << 20
            thread.start()
        }
        defer { cancel() }
        for job in 0..<jobCount {
            guard try consume(try waitForResult(of: job)) else { return }
        }
    }

    private func work(_ makeWorker: () throws -> (Int) throws -> Output) {
        do {
            let worker = try makeWorker()
            while let job = takeJob() {
                finish(job, Result { try worker(job) })
            }
        } catch {
            // Whoever waits for the next job hears of it.
            if let job = takeJob() { finish(job, .failure(error)) }
        }
    }

    private func takeJob() -> Int? {
        condition.lock()
        defer { condition.unlock() }
        while !isCancelled, nextToStart < jobCount, nextToStart >= nextToConsume + window {
            condition.wait()
        }
        guard !isCancelled, nextToStart < jobCount else { return nil }
        nextToStart += 1
        return nextToStart - 1
    }

    private func finish(_ job: Int, _ result: Result<Output, any Error>) {
        condition.lock()
        results[job] = result
        condition.broadcast()
        condition.unlock()
    }

    private func leave() {
        condition.lock()
        threadCount -= 1
        condition.broadcast()
        condition.unlock()
    }

    private func waitForResult(of job: Int) throws -> Output {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result = results.removeValue(forKey: job) {
                nextToConsume = job + 1
                condition.broadcast()
                return try result.get()
            }
            condition.wait()
        }
    }

    /// Waits for the threads: what they read with must not outlive this call.
    private func cancel() {
        condition.lock()
        isCancelled = true
        condition.broadcast()
        while threadCount > 0 { condition.wait() }
        condition.unlock()
    }
}
