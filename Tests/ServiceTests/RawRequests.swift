import NIOCore
import NIOPosix
import Testing

/// Bytes as they are, where a client would not send such.
extension RunningService {
    /// Sends pieces as they are and reads until the other side closes.
    func send(
        _ pieces: [[UInt8]],
        pause: Duration = .milliseconds(20)
    ) async throws -> String {
        let port = try #require(Int(url.split(separator: ":").last ?? ""))
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        do {
            return try await channel.executeThenClose { inbound, outbound in
                var answer = ByteBuffer()
                do {
                    for piece in pieces {
                        try await outbound.write(ByteBuffer(bytes: piece))
                        if pause > .zero { try await Task.sleep(for: pause) }
                    }
                    for try await part in inbound { answer.writeImmutableBuffer(part) }
                } catch is IOError {
                    // Closed with bytes of ours unread.
                } catch ChannelError.ioOnClosedChannel {
                    // The same, seen a moment later.
                }
                return String(buffer: answer)
            }
        } catch ChannelError.ioOnClosedChannel {
            return ""
        }
    }
}
