import Access
import HTTPTypes
import Hummingbird
import NIOCore

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
            for try await buffer in request.body {
                count += buffer.readableBytes
                guard count <= Self.forgottenByteCountMax else { throw Problem(.bodyTooLarge) }
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
            throw error
        }
        return bytes
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
