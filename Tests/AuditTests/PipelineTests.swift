import Synchronization
import Testing

@testable import Audit

@Suite struct PipelineTests {
    @Test(arguments: [1, 2, 7], [0, 1, 5, 100])
    func `Results come in order`(_ threadCount: Int, _ jobCount: Int) throws {
        let pipeline = OrderedPipeline<Int>(jobCount: jobCount, window: 3)
        var consumed: [Int] = []
        try pipeline.run(threadCount: threadCount) {
            { $0 * 10 }
        } consume: { result in
            consumed.append(result)
            return true
        }
        #expect(consumed == (0..<jobCount).map { $0 * 10 })
    }

    @Test func `Nobody works further ahead than the window`() throws {
        let pipeline = OrderedPipeline<Int>(jobCount: 200, window: 4)
        let consumedCount = Mutex(0)
        let aheadMaximum = Mutex(0)
        try pipeline.run(threadCount: 3) {
            { job in
                let consumed = consumedCount.withLock { $0 }
                aheadMaximum.withLock { $0 = max($0, job - consumed) }
                return job
            }
        } consume: { _ in
            consumedCount.withLock { $0 += 1 }
            return true
        }
        // One more: a result counts as taken before it is consumed here.
        #expect(aheadMaximum.withLock { $0 } <= 5)
    }

    @Test func `Every thread has ended when the run returns, also after an error or a stop`() throws
    {
        struct Stop: Error {}
        for ending in 0..<3 {
            let workers = WorkerCount()
            let pipeline = OrderedPipeline<Int>(jobCount: 50, window: 8)
            let run = {
                try pipeline.run(threadCount: 4) {
                    let worker = workers.enter()
                    return { job in
                        _ = worker
                        if ending == 1, job == 20 { throw Stop() }
                        return job
                    }
                } consume: { job in
                    ending != 2 || job < 20
                }
            }
            if ending == 1 { #expect(throws: Stop.self) { try run() } } else { try run() }
            #expect(workers.count == 0)
        }
    }

    private final class WorkerCount: Sendable {
        private let entered = Mutex(0)

        var count: Int { entered.withLock { $0 } }

        func enter() -> Token {
            entered.withLock { $0 += 1 }
            return Token(owner: self)
        }

        final class Token: Sendable {
            private let owner: WorkerCount

            init(owner: WorkerCount) { self.owner = owner }

            deinit { owner.entered.withLock { $0 -= 1 } }
        }
    }
}
