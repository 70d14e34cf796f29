import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// One request and its whole answer.
struct HTTPExchange {
    let service: String
    let url: String
    let contentType: String
    let body: [UInt8]
    /// The most bytes of an answer.
    let byteCountMax: Int
    let timeout: Duration

    struct Reply: Sendable {
        let status: Int
        /// In lower case and without parameters.
        let contentType: String
        let body: [UInt8]
    }

    /// Posts, and reads the answer to its end.
    func post() async throws(LogClientError) -> Reply {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(timeout))
        )
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            configuration: configuration
        )
        let outcome = await race(client)
        // It has no request under way any more; what fails now changes nothing of the answer.
        try? await client.shutdown()
        return try outcome.get()
    }

    /// The client's own deadline ends with the header of an answer; this one covers its body.
    private func race(_ client: HTTPClient) async -> Result<Reply, LogClientError> {
        await withTaskGroup(of: Result<Reply, LogClientError>.self) { group in
            group.addTask { await self.result(client) }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return .failure(LogClientError(.timedOut, service, "\(timeout)"))
            }
            defer { group.cancelAll() }
            guard let first = await group.next() else {
                preconditionFailure("the group has two tasks")
            }
            return first
        }
    }

    private func result(_ client: HTTPClient) async -> Result<Reply, LogClientError> {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: contentType)
        request.headers.add(name: "User-Agent", value: "bmn-ledger")
        request.body = .bytes(body)
        do {
            let response = try await client.execute(request, timeout: TimeAmount(timeout))
            let body = try await response.body.collect(upTo: byteCountMax)
            return .success(
                Reply(
                    status: Int(response.status.code),
                    contentType: Self.mediaType(response.headers),
                    body: Array(body.readableBytesView)
                )
            )
        } catch is NIOTooManyBytesError {
            return .failure(LogClientError(.answerTooLarge, service, "\(byteCountMax)"))
        } catch let error as HTTPClientError
            where [.deadlineExceeded, .connectTimeout, .readTimeout].contains(error)
        {
            return .failure(LogClientError(.timedOut, service, "\(timeout)"))
        } catch {
            return .failure(LogClientError(.unreachable, service, "\(error)"))
        }
    }

    private static func mediaType(_ headers: HTTPHeaders) -> String {
        let value = headers.first(name: "Content-Type") ?? ""
        return value.prefix { $0 != ";" && $0 != " " }.lowercased()
    }
}

extension HTTPExchange.Reply {
    /// The refusal, with the first line of what was said about it, as far as that can be shown.
    func refusal(by service: String) -> LogClientError {
        let line = body.prefix { $0 != UInt8(ascii: "\n") }.prefix(200)
        let text = String(decoding: line, as: UTF8.self).filter { character in
            character.unicodeScalars.allSatisfy { scalar in
                scalar.value >= 0x20 && !(0x7F...0x9F ~= scalar.value)
                    && scalar.properties.generalCategory != .format
            }
        }
        let said = text.isEmpty ? "" : ", \(text.debugDescription)"
        return LogClientError(.refused, service, "status \(status)\(said)", status: status)
    }
}
