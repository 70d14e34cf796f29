import Access
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// Bodies of requests: so much, from so many, for so long.
extension ServiceResponder {
    /// What a route takes no body for is read and forgotten, up to this.
    private static let forgottenByteCountMax = 64 * 1024

    /// Closes the connection where a body has not ended in time; nil where there is none.
    static func deadline(
        of headers: HTTPFields,
        _ context: ServiceRequestContext,
        _ timeout: TimeAmount
    ) -> Scheduled<Void>? {
        guard hasBody(headers) else { return nil }
        let channel = context.channel
        return channel.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
    }

    /// Asks for the body of a client that holds it back until it is let in (RFC 9110 §10.1.1).
    static func askForBody(_ headers: HTTPFields, _ context: ServiceRequestContext) {
        guard headers[.expect]?.lowercased() == "100-continue", hasBody(headers) else { return }
        let channel = context.channel
        channel.eventLoop.execute {
            // Below the encoder, which knows one head for each request only. Where there is none
            // the connection has ended, and with it the request.
            let encoder = try? channel.pipeline.syncOperations.context(
                handlerType: HTTPResponseEncoder.self
            )
            let head = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
            encoder?.writeAndFlush(NIOAny(head), promise: nil)
        }
    }

    private static func hasBody(_ headers: HTTPFields) -> Bool {
        headers[.transferEncoding] != nil || (headers[.contentLength] ?? "0") != "0"
    }

    /// Answers at once, then reads what is left of the request, after which the connection is free
    /// for the next one; the deadline holds until then.
    static func draining(
        _ rest: RequestBody,
        after body: ResponseBody,
        _ deadline: Scheduled<Void>
    ) -> ResponseBody {
        ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            for try await _ in rest {}
            deadline.cancel()
        }
    }

    /// The bytes, which are counted to this person as they arrive; the caller gives them back.
    func body(
        of request: Request,
        _ route: Route,
        _ trace: inout Trace
    ) async throws -> [UInt8] {
        let principal = trace.principal
        guard let form = route.body else {
            guard Self.hasBody(request.headers) else { return [] }
            trace.isBodyBegun = true
            var count = 0
            do {
                for try await buffer in request.body {
                    count += buffer.readableBytes
                    guard count <= Self.forgottenByteCountMax else { throw Problem(.bodyTooLarge) }
                }
            } catch {
                throw Self.problem(ofBody: error)
            }
            return []
        }
        let type = request.headers[.contentType]?.split(separator: ";").first?.trimmingSpaces
            .lowercased()
        guard let type, form.contentTypes.contains(type) else {
            throw Problem(.contentTypeUnsupported)
        }
        let maximum = try byteCountMax(of: form, route, principal)
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        guard declared ?? 0 <= maximum else { throw Problem(.bodyTooLarge) }
        let owner = principal?.person ?? ""
        var bytes: [UInt8] = []
        trace.isBodyBegun = true
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= maximum else {
                    throw Problem(.bodyTooLarge)
                }
                guard core.bodies.take(buffer.readableBytes, for: owner) else {
                    throw Problem(.busy)
                }
                bytes += buffer.readableBytesView
            }
        } catch {
            core.bodies.giveBack(bytes.count, of: owner)
            throw Self.problem(ofBody: error)
        }
        return bytes
    }

    /// What ends a body early, but for the service's own bounds, is what the client sent: chunks that
    /// are none, or a connection that ends in the midst.
    private static func problem(ofBody error: any Error) -> any Error {
        error is Problem || error is CancellationError ? error : Problem(.bodyMalformed)
    }

    /// Whoever may write nothing can still send again what he sent before; a batch he cannot.
    private func byteCountMax(
        of form: Route.Body,
        _ route: Route,
        _ principal: Principal?
    ) throws(Problem) -> Int {
        let maximum = form.byteCountMax(core.limits)
        guard route.entry == .signedIn(.submit), principal?.mayWrite == false else {
            return maximum
        }
        return min(maximum, core.limits.commandByteCountMax)
    }
}
