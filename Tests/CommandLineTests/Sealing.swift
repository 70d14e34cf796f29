import Foundation
import NIOCore
import NIOPosix
import Testing

extension Tool {
    /// Runs `bmn-audit`.
    static func audit(_ arguments: String...) throws -> Run {
        try run(
            folder.appending(path: "bmn-audit").path,
            arguments,
            input: Data(),
            environment: ["BMN_LANG": "en"]
        )
    }

    /// Verifies; `status` is what the exit status must be.
    static func verify(
        _ arguments: String...,
        expecting status: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Verification {
        let run = try run(
            folder.appending(path: "bmn-audit").path,
            ["verify", "--json"] + arguments,
            input: Data(),
            environment: ["BMN_LANG": "en"]
        )
        #expect(run.status == status, "\(run.text)\(run.error)", sourceLocation: sourceLocation)
        return try JSONDecoder().decode(Verification.self, from: run.output)
    }
}

/// What of `bmn-audit verify --json` tells about checkpoints.
struct Verification: Decodable {
    struct Seal: Decodable {
        struct Witness: Decodable {
            let name: String
            let time: UInt64
        }

        struct Timestamp: Decodable {
            let size: UInt64
            let time: String
            let authority: String
            let trusted: Bool
        }

        let signedSize: UInt64
        let endorsedSize: UInt64?
        let witnesses: [Witness]
        let timestamp: Timestamp?
    }

    struct Finding: Decodable {
        let check: String
        let code: String
    }

    let ok: Bool
    let size: UInt64?
    let seal: Seal?
    let findings: [Finding]

    var codes: [String] { findings.map(\.code) }
}

/// A running `bmn-audit witness` of one log, killed with this value.
final class WitnessProcess {
    let name: String
    let vkey: String
    let url: String
    private let process = Process()
    private let scratch: Scratch

    /// Starts it and waits until it answers.
    init(_ name: String, of log: String) throws {
        self.name = name
        scratch = try Scratch()
        let policy = try scratch.write("logs.policy", "log \(log)\nquorum none\n")
        for file in ["out", "err"] { try scratch.write(file, "") }
        process.executableURL = Tool.folder.appending(path: "bmn-audit")
        process.arguments = [
            "witness", "--lang", "en", "--new-key", "--name", name, "--key",
            scratch.path("key.pem"), "--state", scratch.path("state"), "--policy", policy,
            "--listen", "127.0.0.1:0",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: scratch.url("out"))
        process.standardError = try FileHandle(forWritingTo: scratch.url("err"))
        try process.run()
        var address: String?
        for _ in 0..<3000 where process.isRunning && address == nil {
            let messages = try String(contentsOf: scratch.url("err"), encoding: .utf8)
            // The last part has no newline yet.
            address = messages.components(separatedBy: "\n").dropLast()
                .first { $0.hasPrefix("listening on ") }
                .map { String($0.dropFirst("listening on ".count)) }
            if address == nil { usleep(10_000) }
        }
        url = try #require(address, "the witness does not listen")
        let key = try String(contentsOf: scratch.url("out"), encoding: .utf8)
        vkey = String(key.dropLast())
    }

    deinit { stop() }

    func stop() {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

/// An HTTP server on a free port of this machine that answers each POST by its body.
final class PostServer: Sendable {
    typealias Answer = @Sendable ([UInt8]) throws -> [UInt8]

    private let channel: any Channel

    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    @available(*, noasync)
    init(_ contentType: String, _ answer: @escaping Answer) throws {
        channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = Handler(contentType, answer)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0).wait()
    }

    deinit { channel.close(promise: nil) }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let contentType: String
        private let answer: Answer
        private var request: [UInt8] = []

        init(_ contentType: String, _ answer: @escaping Answer) {
            self.contentType = contentType
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            request += Array(unwrapInboundIn(data).readableBytesView)
            guard let body = body() else { return }
            let (channel, contentType, answer) = (context.channel, contentType, answer)
            // The answer starts a program: that is not for a thread that all connections share.
            Thread.detachNewThread {
                let reply = (try? answer(body)) ?? []
                let status = reply.isEmpty ? "500 Internal Server Error" : "200 OK"
                let head =
                    "HTTP/1.1 \(status)\r\nContent-Type: \(contentType)\r\n"
                    + "Content-Length: \(reply.count)\r\nConnection: close\r\n\r\n"
                channel.writeAndFlush(ByteBuffer(bytes: Array(head.utf8) + reply), promise: nil)
            }
        }

        /// Once it is all there.
        private func body() -> [UInt8]? {
            guard let end = request.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
            let head = String(decoding: request[..<end.lowerBound], as: UTF8.self).lowercased()
            let field = head.components(separatedBy: "\r\n").first {
                $0.hasPrefix("content-length:")
            }
            let value = field?.dropFirst("content-length:".count)
                .trimmingCharacters(in: .whitespaces)
            let body = Array(request[end.upperBound...])
            return body.count == value.flatMap { Int($0) } ? body : nil
        }
    }
}
