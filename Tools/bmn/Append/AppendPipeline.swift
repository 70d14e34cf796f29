import Console
import Dispatch
import Ledger
import LedgerWriter
import Service
import Survey
import Synchronization

/// Why something did not become a record.
enum Refusal: Error, Sendable {
    case line(LineProblem)
    case rule(Rejection)

    func sentence(_ language: Language) -> String {
        switch self {
        case .line(let problem): problem.sentence.text(language)
        case .rule(let rejection): rejection.sentence(language)
        }
    }

    var code: String {
        switch self {
        case .line(let problem): problem.code
        case .rule(let rejection): rejection.code.rawValue
        }
    }
}

/// One thing to append, and where it was read.
struct AppendRequest: Sendable {
    let line: Int
    /// Makes the command; called on any thread, before its turn.
    let command: @Sendable () throws(Refusal) -> GivenCommand
}

/// What became of one request.
struct AppendAnswer: Sendable {
    let line: Int
    /// Nil where none could be read; without answers that came beside it.
    let command: Command?
    let result: Result<Receipt, Refusal>
    /// Of a command that was accepted.
    let warnings: [PersonWarning]
}

/// Appends batches in order, preparing the next ones while one is being committed.
///
/// Three things run at once: the caller reads, one queue parses and prepares on all cores, one
/// commits. A few batches may wait between them, which bounds the memory.
final class AppendPipeline: Sendable {
    static let batchCount = 1000
    private static let waitingBatchCount = 4

    private let writer: LedgerWriter
    private let answer: @Sendable ([AppendAnswer]) throws -> Void
    private let preparing = DispatchQueue(label: "prepare")
    private let committing = DispatchQueue(label: "commit")
    private let places = DispatchSemaphore(value: waitingBatchCount)
    private let failure = Mutex<(any Error)?>(nil)
    private let seen = SeenMembers()

    /// Appends through `writer`; `answer` is called in order, from one thread at a time.
    init(
        _ writer: LedgerWriter,
        answer: @escaping @Sendable ([AppendAnswer]) throws -> Void
    ) {
        self.writer = writer
        self.answer = answer
    }

    /// Takes one batch; waits while too many are under way.
    ///
    /// With `isAtomic` all of it is appended or nothing.
    func submit(_ batch: [AppendRequest], isAtomic: Bool = false) throws {
        try throwFailure()
        places.wait()
        preparing.async { [self] in
            let prepared = failure.withLock { $0 } == nil ? prepare(batch) : []
            committing.async { [self] in
                defer { places.signal() }
                guard failure.withLock({ $0 }) == nil else { return }
                do {
                    try commit(prepared, isAtomic: isAtomic)
                } catch {
                    note(error)
                }
            }
        }
    }

    /// Waits until all is committed and answered.
    func finish() throws {
        preparing.sync {}
        committing.sync {}
        try throwFailure()
    }

    private func throwFailure() throws {
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private func note(_ error: any Error) {
        failure.withLock { if $0 == nil { $0 = error } }
    }

    private struct Slot: Sendable {
        let line: Int
        let command: Command?
        let members: GivenMembers?
        let prepared: Result<PreparedCommand, Refusal>
    }

    private func prepare(_ batch: [AppendRequest]) -> [Slot] {
        do {
            return try Parallel.map(batch) { [writer] request in
                do {
                    let given = try request.command()
                    return Slot(
                        line: request.line,
                        command: given.command,
                        members: GivenMembers(given),
                        prepared: try writer.prepare(given).mapError { .rule($0) }
                    )
                } catch let refusal as Refusal {
                    return Slot(
                        line: request.line,
                        command: nil,
                        members: nil,
                        prepared: .failure(refusal)
                    )
                }
            }
        } catch {
            note(error)
            return []
        }
    }

    private func commit(_ slots: [Slot], isAtomic: Bool) throws {
        let ready = slots.compactMap { try? $0.prepared.get() }
        let mayAppend = !isAtomic || ready.count == slots.count
        let outcomes =
            mayAppend
            ? try writer.append(ready, isAtomic: isAtomic)
            : ready.map { _ in .failure(Rejection(.notStored)) }
        var next = outcomes.makeIterator()
        let answers = slots.map { slot in
            let result: Result<Receipt, Refusal>
            switch slot.prepared {
            case .failure(let refusal): result = .failure(refusal)
            case .success:
                guard let outcome = next.next() else {
                    preconditionFailure("an outcome for each command")
                }
                result = outcome.mapError { .rule($0) }
            }
            var warnings: [PersonWarning] = []
            if case .success = result, let members = slot.members {
                warnings = seen.warnings(members)
            }
            return AppendAnswer(
                line: slot.line,
                command: slot.command,
                result: result,
                warnings: warnings
            )
        }
        try answer(answers)
    }
}

/// Work on all cores, results in order.
enum Parallel {
    static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element],
        _ transform: @Sendable (Element) throws -> Result
    ) throws -> [Result] {
        let chunkCount = min(elements.count / 16 + 1, 8)
        let chunks = Mutex<[Int: Swift.Result<[Result], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
            let start = elements.count * chunk / chunkCount
            let end = elements.count * (chunk + 1) / chunkCount
            let result = Swift.Result { try elements[start..<end].map(transform) }
            chunks.withLock { $0[chunk] = result }
        }
        return try chunks.withLock { chunks in
            try (0..<chunkCount).flatMap { try chunks[$0]?.get() ?? [] }
        }
    }
}
