import Dispatch
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Witness

/// What a request comes with: its connection, to close it where a body does not arrive.
struct WitnessRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// HTTP in front of a witness: two addresses, and 404 for everything else.
struct WitnessResponder: HTTPResponder {
    let witness: Witness
    let limits: WitnessLimits
    /// Seconds since 1970-01-01T00:00:00Z.
    let clock: @Sendable () -> UInt64
    let logger: Logger

    // The witness waits for the disk and for other requests: on a thread of its own, so that
    // neither event loops nor tasks wait with it. One at a time is what its lock allows anyway.
    private let queue = DispatchQueue(label: "witness")

    init(
        _ witness: Witness,
        _ limits: WitnessLimits,
        clock: @escaping @Sendable () -> UInt64,
        _ logger: Logger
    ) {
        self.witness = witness
        self.limits = limits
        self.clock = clock
        self.logger = logger
    }

    func respond(
        to request: Request,
        context: WitnessRequestContext
    ) async throws -> Response {
        let channel = context.channel
        // Left to itself a body that trickles in, or is too large, would be read to its end.
        let deadline = channel.eventLoop.scheduleTask(in: limits.bodyTimeout) {
            channel.close(promise: nil)
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Witness.requestByteCountMax)
        } catch is NIOTooManyBytesError {
            return response(status: 413, "text/plain; charset=utf-8", ByteBuffer(), closes: true)
        }
        deadline.cancel()
        guard let question = Question(request, body) else {
            return response(status: 404, "text/plain; charset=utf-8", ByteBuffer())
        }
        let answer = await ask(question)
        if let remark = answer.remark {
            logger.log(
                level: answer.status >= 500 ? .error : answer.status == 200 ? .info : .warning,
                "\(answer.status) \(remark)"
            )
        }
        return response(
            status: answer.status,
            answer.contentType,
            ByteBuffer(bytes: answer.body)
        )
    }

    /// What a witness can be asked.
    private enum Question: Sendable {
        case addCheckpoint([UInt8])
        case checkpoint(originHash: String)

        init?(_ request: Request, _ body: ByteBuffer) {
            let path = request.uri.path.split(separator: "/", omittingEmptySubsequences: false)
            switch (request.method, path.count) {
            case (.post, 2) where path[1] == "add-checkpoint":
                self = .addCheckpoint(Array(body.readableBytesView))
            case (.get, 3) where path[2] == "checkpoint":
                self = .checkpoint(originHash: String(path[1]))
            default: return nil
            }
        }
    }

    private func ask(_ question: Question) async -> WitnessAnswer {
        await withCheckedContinuation { continuation in
            queue.async {
                let now = clock()
                let answer =
                    switch question {
                    case .addCheckpoint(let body): witness.addCheckpoint(body, now: now)
                    case .checkpoint(let hash): witness.checkpoint(originHash: hash, now: now)
                    }
                continuation.resume(returning: answer)
            }
        }
    }

    private func response(
        status: Int,
        _ contentType: String,
        _ body: ByteBuffer,
        closes: Bool = false
    ) -> Response {
        var headers: HTTPFields = [.contentType: contentType]
        if closes { headers[.connection] = "close" }
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: headers,
            body: ResponseBody(byteBuffer: body)
        )
    }
}
