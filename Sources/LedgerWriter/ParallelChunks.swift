import LMDB

/// Results of work that was cut into chunks, put back in order.
final class ParallelChunks<Element: Sendable>: Sendable {
    private let results: Locked<[Result<[Element], any Error>?]>
    private let count: Int

    init(count: Int) {
        self.count = count
        results = Locked(Array(repeating: nil, count: count))
    }

    /// The part of `total` elements that belongs to a chunk.
    func range(_ chunk: Int, of total: Int) -> Range<Int> {
        (total * chunk / count)..<(total * (chunk + 1) / count)
    }

    func set(_ chunk: Int, _ result: Result<[Element], any Error>) {
        results.withLock { $0[chunk] = result }
    }

    func joined() throws -> [Element] {
        try results.withLock { results in
            try results.flatMap { result in
                guard let result else { preconditionFailure("a chunk was not worked on") }
                return try result.get()
            }
        }
    }
}
