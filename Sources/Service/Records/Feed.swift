import Access
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Ledger
import LedgerReader
import NIOCore
import Synchronization

/// Records as they are appended, as server-sent events.
///
/// Each subscriber reads on from the store at his own pace, and the next piece only when the last
/// one is on its way: a slow one costs one piece of memory, however far behind he is, and none is
/// ever left out or sent twice.
enum Feed {
    /// A piece ends after so many bytes, with the record that reaches them.
    private static let pieceByteCount = 64 * 1024

    @Sendable
    static func answer(_ call: Call, _ core: ServiceCore) async throws -> Response {
        try await core.look()
        let start =
            call.number("Last-Event-ID").map { $0 + 1 } ?? call.number("from")
            ?? core.watch.treeSize
        // The ledger only grows: whoever asks for what comes after its end has seen another one.
        guard start <= core.watch.treeSize else { throw Problem(.recordUnknown) }
        guard !core.gate.isStopped else { throw Problem(.stopping) }
        let owner = call.principal?.person ?? ""
        // Given back at once: a body that is never begun would never give it back.
        guard core.subscribers.take(for: owner) else { throw Problem(.feedsTooMany) }
        core.subscribers.giveBack(of: owner)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .vary: "Accept",
                .known("X-Accel-Buffering"): "no",
            ],
            body: ResponseBody { writer in
                guard core.subscribers.take(for: owner) else { return try await writer.finish(nil) }
                defer { core.subscribers.giveBack(of: owner) }
                let open = core.feeds.open(call.connection)
                defer { core.feeds.close(open) }
                try await send(from: start, to: &writer, call, core)
                try await writer.finish(nil)
            }
        )
    }

    // Where the framework calls the body, so that its writer need not cross over.
    @concurrent
    private static func send(
        from start: UInt64,
        to writer: inout any ResponseBodyWriter,
        _ call: Call,
        _ core: ServiceCore
    ) async throws {
        let reader = core.reader
        let isCloudEvents = call.names(RecordForm.cloudEventType)
        var next = start
        // So that the headers are on their way before anything happens.
        try await writer.write(ByteBuffer(string: ": from \(start)\n\n"))
        var checkedAt = ContinuousClock.now
        while !core.gate.isStopped {
            // A token that was revoked, or a role that was taken away, ends what it began.
            if ContinuousClock.now - checkedAt >= core.limits.feedCheckInterval {
                guard try await core.mayStill(.readLog, call) else { return }
                checkedAt = .now
            }
            guard core.watch.treeSize > next else {
                await core.watch.wait(beyond: next, atMost: core.limits.heartbeat)
                try Task.checkCancellation()
                if core.watch.treeSize <= next {
                    try await writer.write(ByteBuffer(string: ":\n\n"))
                }
                continue
            }
            let begin = next
            let piece = try await core.threads.run {
                let snapshot = try reader.snapshot()
                let form: RecordForm =
                    isCloudEvents ? .cloudEvent(origin: try snapshot.origin()) : .stored
                return try Self.piece(from: begin, form, snapshot)
            }
            try await writer.write(ByteBuffer(bytes: piece.bytes))
            next = piece.next
            core.metrics.count("feed_records_total", Int(next - begin))
            // Level with the ledger: what comes within a moment is sent together.
            if core.watch.treeSize <= next { try await Task.sleep(for: core.limits.feedPause) }
        }
    }

    private static func piece(
        from start: UInt64,
        _ form: RecordForm,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> (bytes: [UInt8], next: UInt64) {
        var bytes: [UInt8] = []
        var next = start
        try snapshot.forEachRecord(from: start) { index, record in
            guard bytes.count < pieceByteCount else { return false }
            let kind = try RecordScanner.scan(record).kindName
            bytes += "id: \(index)\nevent: \(kind)\ndata: ".utf8
            bytes += try form.bytes(record)
            bytes += "\n\n".utf8
            next = index + 1
            return true
        }
        // The size was seen, so the record is there.
        guard next > start else { throw LedgerError(.damaged, "record \(start) is missing") }
        return (bytes, next)
    }
}

/// The connections of feeds that are open.
///
/// A feed ends by itself when the service stops, unless its reader takes nothing any more: then it
/// would wait for him as long as the service waits for it.
final class OpenFeeds: Sendable {
    private let connections = Mutex<[UInt64: any Channel]>([:])
    private let last = Atomic<UInt64>(0)

    /// Tells by which number it is closed; nil without a connection.
    func open(_ connection: (any Channel)?) -> UInt64? {
        guard let connection else { return nil }
        let number = last.add(1, ordering: .relaxed).newValue
        connections.withLock { $0[number] = connection }
        return number
    }

    func close(_ number: UInt64?) {
        guard let number else { return }
        connections.withLock { _ = $0.removeValue(forKey: number) }
    }

    /// Cuts off those that are open still after this time.
    func end(in time: TimeAmount) {
        for (number, connection) in connections.withLock({ $0 }) {
            connection.eventLoop.scheduleTask(in: time) { [self] in
                let isOpen = connections.withLock { $0[number] != nil }
                if isOpen { connection.close(promise: nil) }
            }
        }
    }
}
