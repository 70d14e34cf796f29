import Access
import Dispatch
import Logging
import Synchronization

/// Writes rows of the access log: those of many requests together, with one flush.
///
/// Whoever reads what is privileged waits until his row is on disk.
final class AccessJournal: Sendable {
    private struct Waiting {
        let entries: [AccessEntry]
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Window {
        var start: Int64
        var count: Int
    }

    /// Rows of strangers from one address in a minute; what is more is counted only.
    static let strangerRowCountMax = 30
    private static let windowMicroseconds: Int64 = 60_000_000
    private static let addressCountMax = 10_000

    private let store: AccessStore
    private let queue = DispatchQueue(label: "access-log")
    private let waiting = Mutex<[Waiting]>([])
    private let strangers = Mutex<[String: Window]>([:])

    init(_ store: AccessStore) { self.store = store }

    /// Returns when the rows are on disk.
    func write(_ entries: [AccessEntry]) async throws {
        guard !entries.isEmpty else { return }
        try await withCheckedThrowingContinuation { continuation in
            let isFirst = waiting.withLock { waiting in
                waiting.append(Waiting(entries: entries, continuation: continuation))
                return waiting.count == 1
            }
            if isFirst { queue.async { self.flush() } }
        }
    }

    private func flush() {
        let group = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        let outcome = Result { try store.log(group.flatMap(\.entries)) }
        for one in group { one.continuation.resume(with: outcome) }
    }

    /// Whether one more row of a stranger at this address is written: a flood must not hold up those
    /// who are known, whose tokens are looked up in the same file.
    func admitsStranger(_ address: String, now: Int64) -> Bool {
        strangers.withLock { strangers in
            guard let window = strangers[address], now - window.start < Self.windowMicroseconds
            else {
                // Whoever has so many addresses gets no more rows from more of them.
                if strangers.count >= Self.addressCountMax {
                    strangers = strangers.filter {
                        now - $0.value.start < Self.windowMicroseconds
                    }
                    guard strangers.count < Self.addressCountMax else { return false }
                }
                strangers[address] = Window(start: now, count: 1)
                return true
            }
            guard window.count < Self.strangerRowCountMax else { return false }
            strangers[address]?.count += 1
            return true
        }
    }
}

extension Problem {
    /// Whether auditors are told of it: who was not let in, or not so often.
    var isOfAccess: Bool { [401, 403, 429].contains(status) }
}

extension ServiceCore {
    /// Writes rows before anything is answered; where that fails, nothing privileged is.
    func note(_ entries: [AccessEntry]) async throws(Problem) {
        do {
            try await journal.write(entries)
        } catch {
            metrics.count("access_log_failures_total")
            parts.logger.error(
                "the access log was not written",
                metadata: ["request": "\(entries.first?.request ?? "")"]
            )
            throw Problem(.accessLogFailed)
        }
    }

    /// A row of a request that was let in.
    func entry(
        _ call: Call,
        _ method: String,
        _ route: String,
        _ outcome: AccessEntry.Outcome,
        code: String
    ) -> AccessEntry {
        AccessEntry(
            at: parts.clock(),
            person: call.principal?.person ?? "",
            token: call.principal?.token ?? "",
            request: call.requestID,
            method: method,
            route: route,
            outcome: outcome,
            code: code
        )
    }
}
