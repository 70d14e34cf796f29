import NIOCore
import NIOPosix
import Synchronization

/// A server on a free port of this machine that says what it was told to, whatever is asked.
final class HostileServer: Sendable {
    /// What is written to each connection, in turn; the last one again and again.
    enum Answer: Sendable {
        case text(String)
        /// The text, and then one more byte every few milliseconds for ever.
        case trickle(String)
        case silence
        case hangUp
    }

    private let channel: any Channel
    let requests: Requests

    /// The first bytes of each request, in their order.
    final class Requests: Sendable {
        private let answers: [Answer]
        private let texts = Mutex<[String]>([])

        init(_ answers: [Answer]) { self.answers = answers }

        var all: [String] { texts.withLock { $0 } }

        func take(_ text: String) -> Answer {
            texts.withLock { texts in
                texts.append(text)
                return answers[min(texts.count, answers.count) - 1]
            }
        }
    }

    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    init(_ answers: Answer...) async throws {
        let requests = Requests(answers)
        self.requests = requests
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(requests))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let requests: Requests
        private var hasAnswered = false

        init(_ requests: Requests) { self.requests = requests }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !hasAnswered else { return }
            hasAnswered = true
            let buffer = unwrapInboundIn(data)
            let channel = context.channel
            switch requests.take(String(buffer: buffer)) {
            case .silence: break
            case .hangUp: channel.close(promise: nil)
            case .text(let text):
                channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
            case .trickle(let text):
                channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
                let task = channel.eventLoop.scheduleRepeatedTask(
                    initialDelay: .milliseconds(5),
                    delay: .milliseconds(5)
                ) { _ in channel.writeAndFlush(ByteBuffer(string: "x"), promise: nil) }
                channel.closeFuture.whenComplete { _ in task.cancel() }
            }
        }
    }

    /// A whole answer.
    static func answer(_ status: String, _ type: String, _ body: String) -> Answer {
        .text(
            "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
    }
}
