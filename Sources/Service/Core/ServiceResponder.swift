import Access
import Console
import HTTPTypes
import Hummingbird
import LMDB
import LedgerReader
import Logging
import NIOCore
import ProjectionRuntime
import Survey

/// What a request comes with: its connection, to close it where a body does not arrive.
struct ServiceRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// Finds the route, lets in or refuses, reads the body, and says in log and metrics what came of it.
struct ServiceResponder: HTTPResponder {
    let core: ServiceCore
    /// Peers whose word for a client's address is taken.
    let trustedProxies: Set<String>

    /// What is learnt of a request on the way, for those who are told of it afterwards.
    struct Trace {
        var route: Route?
        var principal: Principal?
    }

    func respond(to request: Request, context: ServiceRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        let requestID = Self.requestID(request.headers)
        let language = Call.language(request.headers[.acceptLanguage])
        var trace = Trace()
        var response: Response
        var problem: Problem?
        do {
            response = try await answer(request, context, requestID, language, &trace)
        } catch {
            let found = Problem(caught: error)
            if found.isOurFault { report(error, found, requestID) }
            response = found.response(language, requestID: requestID)
            problem = found
        }
        await note(trace, problem, request.method, requestID)
        response.headers[.known("X-Request-Id")] = requestID
        response.headers[.known("X-Content-Type-Options")] = "nosniff"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        let route = trace.route?.template ?? "-"
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        core.metrics.countRequest(
            route: route,
            method: Self.knownMethod(request.method),
            status: response.status.code,
            seconds: seconds
        )
        core.parts.logger.info(
            "request",
            metadata: [
                "request": "\(requestID)", "method": "\(Self.knownMethod(request.method))",
                "route": "\(route)", "status": "\(response.status.code)",
                "milliseconds": "\(Int(seconds * 1000))",
            ]
        )
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(
        _ request: Request,
        _ context: ServiceRequestContext,
        _ requestID: String,
        _ language: Language,
        _ trace: inout Trace
    ) async throws -> Response {
        // Left to itself a body that trickles in, or is too large, would be read to its end.
        let deadline =
            Self.hasBody(request.headers)
            ? context.channel.eventLoop.scheduleTask(in: core.limits.bodyTimeout) {
                context.channel.close(promise: nil)
            } : nil
        let target = try RequestTarget(request.head.path ?? "")
        let route: Route
        var parameters: [String: String]
        switch RouteTable.match(request.method, target.segments) {
        case .route(let found, let values): (route, parameters) = (found, values)
        case .nothing: throw Problem(.notFound)
        case .otherMethods(let methods):
            var problem = Problem(.methodNotAllowed)
            problem.headers[.allow] = methods.map(\.rawValue).joined(separator: ", ")
            throw problem
        }
        trace.route = route
        try Self.read(target.query, request.headers, of: route, into: &parameters)
        if route.entry != .anybody {
            let address = address(of: request, context.channel)
            trace.principal = try await core.signIn(request.headers[.authorization], from: address)
        }
        try Self.admit(trace.principal, to: route)
        let body = try await body(of: request, route)
        defer { core.bodies.giveBack(body.reserved) }
        deadline?.cancel()
        let call = Call(
            requestID: requestID,
            headers: request.headers,
            isHead: request.method == .head,
            parameters: parameters,
            body: body.bytes,
            language: language,
            principal: trace.principal
        )
        return try await route.handler(call, core)
    }

    /// Reads the parameters that the route has; any other one is refused, for it might matter.
    private static func read(
        _ query: [(name: String, value: String)],
        _ headers: HTTPFields,
        of route: Route,
        into parameters: inout [String: String]
    ) throws(Problem) {
        for (name, value) in query {
            let isKnown = route.parameters.contains { $0.location == .query && $0.name == name }
            guard isKnown else { throw Problem(.parameterUnknown, Self.shown(name)) }
            parameters[name] = value
        }
        for parameter in route.parameters {
            if parameter.location == .header {
                let name = parameter.name.lowercased()
                parameters[parameter.name] =
                    headers.first { $0.name.canonicalName == name }?.value
            }
            guard let value = parameters[parameter.name] else {
                guard parameter.isRequired else { continue }
                throw Problem(.parameterMissing, parameter.name)
            }
            guard parameter.accepts(value) else {
                throw Problem(.parameterMalformed, parameter.name)
            }
        }
    }

    /// A name that was asked for, as far as it could be one of ours.
    private static func shown(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
        }
        return isPlain && (1...30).contains(name.utf8.count) ? name : "…"
    }

    private static func admit(_ principal: Principal?, to route: Route) throws(Problem) {
        let permission: Permission
        switch route.entry {
        case .anybody: return
        case .allowed(let action): permission = principal?.mayEver(action) ?? .roleMissing
        case .signedIn(let scope):
            permission = principal?.scopes.contains(scope) == true ? .granted([]) : .scopeMissing
        }
        switch permission {
        case .granted: return
        case .scopeMissing: throw Problem(.scopeMissing)
        case .roleMissing, .outsideOwnAreas: throw Problem(.roleMissing)
        }
    }

    private func body(
        of request: Request,
        _ route: Route
    ) async throws -> (bytes: [UInt8], reserved: Int) {
        guard let form = route.body else { return ([], 0) }
        let type = request.headers[.contentType]?.split(separator: ";").first?.trimmingSpaces
            .lowercased()
        guard let type, form.contentTypes.contains(type) else {
            throw Problem(.contentTypeUnsupported)
        }
        let maximum = form.byteCountMax(core.limits)
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        guard declared ?? 0 <= maximum else { throw Problem(.bodyTooLarge) }
        let reserved = declared ?? maximum
        guard core.bodies.take(reserved) else { throw Problem(.busy) }
        do {
            let buffer = try await request.body.collect(upTo: maximum)
            return (Array(buffer.readableBytesView), reserved)
        } catch {
            core.bodies.giveBack(reserved)
            if error is NIOTooManyBytesError { throw Problem(.bodyTooLarge) }
            throw error
        }
    }
}

extension ServiceResponder {
    private static func hasBody(_ headers: HTTPFields) -> Bool {
        headers[.transferEncoding] != nil || (headers[.contentLength] ?? "0") != "0"
    }

    /// The caller's own id for the request where it is a sane one, else a new one.
    private static func requestID(_ headers: HTTPFields) -> String {
        if let given = headers[.known("X-Request-Id")], (8...64).contains(given.utf8.count),
            given.utf8.allSatisfy({ byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte) || byte == 0x2D
            })
        {
            return given
        }
        return String(UInt64.random(in: .min ... .max) | 1 << 63, radix: 16)
    }

    /// Anybody can send any word as a method; the metrics keep those that exist.
    private static func knownMethod(_ method: HTTPRequest.Method) -> String {
        let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .delete, .options, .patch]
        return known.contains(method) ? method.rawValue : "OTHER"
    }

    private func address(of request: Request, _ channel: any Channel) -> String {
        let peer = channel.remoteAddress?.ipAddress ?? "unknown"
        guard trustedProxies.contains(peer),
            let forwarded = request.headers[.known("X-Forwarded-For")]
        else { return peer }
        // The last one is what the proxy itself saw; the others are the client's word.
        return forwarded.split(separator: ",").last.map { String($0.trimmingSpaces) } ?? peer
    }

    /// What went wrong here, without anything that a request brought.
    private func report(_ error: any Error, _ problem: Problem, _ requestID: String) {
        let reason =
            switch error {
            case let error as LedgerError: error.reason
            case let error as ProjectionError: "\(error)"
            case let error as AccessError: "\(error)"
            default: "\(type(of: error))"
            }
        core.parts.logger.error(
            "request failed",
            metadata: [
                "request": "\(requestID)", "code": "\(problem.code)", "reason": "\(reason)",
            ]
        )
    }

    /// Refusals of those who must be known, and privileged readings, for auditors.
    private func note(
        _ trace: Trace,
        _ problem: Problem?,
        _ method: HTTPRequest.Method,
        _ requestID: String
    ) async {
        guard let route = trace.route else { return }
        let isRefusal = problem.map { [401, 403].contains($0.status) } ?? false
        guard isRefusal || (route.isPrivileged && problem == nil) else { return }
        let entry = AccessEntry(
            at: core.parts.clock(),
            person: trace.principal?.person ?? "",
            token: trace.principal?.token ?? "",
            request: requestID,
            method: Self.knownMethod(method),
            route: route.template,
            outcome: isRefusal ? .refused : .read,
            code: problem?.code ?? ""
        )
        let access = core.parts.access
        do {
            try await core.threads.run { try access.log(entry) }
        } catch {
            core.metrics.count("access_log_failures_total")
            core.parts.logger.error(
                "the access log was not written",
                metadata: ["request": "\(requestID)"]
            )
        }
    }
}
