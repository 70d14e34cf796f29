import Access
import Console
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// How far something long is, as server-sent events: `progress.js` shows them.
///
/// Each says `done` and `total`; the last one is `end`, after which the page asks anew.
enum ProgressEvents {
    private static let interval = Duration.milliseconds(250)

    static func answer<Outcome>(
        _ work: LongWork<Outcome>,
        _ action: Action,
        _ call: Call,
        _ core: ServiceCore
    ) throws -> Response {
        guard !core.gate.isStopped else { throw Problem(.stopping) }
        let owner = call.principal?.person ?? ""
        // Given back at once: a body that is never begun would never give it back.
        guard core.subscribers.take(for: owner) else { throw Problem(.feedsTooMany) }
        core.subscribers.giveBack(of: owner)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .known("X-Accel-Buffering"): "no",
            ],
            body: ResponseBody { writer in
                guard core.subscribers.take(for: owner) else { return try await writer.finish(nil) }
                defer { core.subscribers.giveBack(of: owner) }
                let open = core.feeds.open(call.connection)
                defer { core.feeds.close(open) }
                try await send(work, action, to: &writer, call, core)
                try await writer.finish(nil)
            }
        )
    }

    // Where the framework calls the body, so that its writer need not cross over.
    @concurrent
    private static func send<Outcome>(
        _ work: LongWork<Outcome>,
        _ action: Action,
        to writer: inout any ResponseBodyWriter,
        _ call: Call,
        _ core: ServiceCore
    ) async throws {
        var said = ""
        var saidAt = ContinuousClock.now
        var checkedAt = ContinuousClock.now
        while let state = work.current, state.isRunning, !core.gate.isStopped {
            // A session that ended, or a role that was taken away, ends what it began.
            if ContinuousClock.now - checkedAt >= core.limits.feedCheckInterval {
                guard try await core.mayStill(action, call) else { return }
                checkedAt = .now
            }
            let text = event("progress", state.doneCount, state.totalCount)
            if text != said {
                try await writer.write(ByteBuffer(string: text))
                (said, saidAt) = (text, .now)
            } else if ContinuousClock.now - saidAt >= core.limits.heartbeat {
                try await writer.write(ByteBuffer(string: ":\n\n"))
                saidAt = .now
            }
            try await Task.sleep(for: interval)
        }
        let state = work.current
        try await writer.write(
            ByteBuffer(string: event("end", state?.doneCount ?? 0, state?.totalCount ?? 0))
        )
    }

    private static func event(_ name: String, _ doneCount: Int, _ totalCount: Int) -> String {
        let data: JSON = ["done": .number(doneCount), "total": .number(totalCount)]
        return "event: \(name)\ndata: \(data.text)\n\n"
    }
}
