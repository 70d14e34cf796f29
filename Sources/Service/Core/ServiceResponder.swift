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
    /// The address of the other end.
    var peer: String { channel.remoteAddress?.ipAddress ?? "unknown" }

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// Finds the route, lets in or refuses, reads the body, and says in log and metrics what came of it.
struct ServiceResponder: HTTPResponder {
    let core: ServiceCore
    /// Peers whose word for a client's address is taken.
    let trustedProxies: [AddressRange]
    /// Whether nobody else is answered, because nothing encrypts but they.
    let answersProxiesOnly: Bool

    /// What is learnt of a request on the way, for those who are told of it afterwards.
    struct Trace {
        var language: Language
        /// To be kept for the requests to come.
        var chosenLanguage: Language?
        var route: Route?
        var principal: Principal?
        var session: Session?
        /// Whether reading of the request's body has begun, which it can but once.
        var isBodyBegun = false
        /// Whether it was read to its end.
        var isBodyOver = false
    }

    func respond(to request: Request, context: ServiceRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        let isProxied = isTrusted(context.peer)
        let requestID = Self.requestID(isProxied ? request.headers : [:])
        var trace = Trace(language: Self.language(request.headers))
        var response: Response
        var problem: Problem?
        // Left to itself a body that trickles in, or has no end, would be read for ever.
        let deadline = Self.deadline(of: request.headers, context, core.limits.bodyTimeout)
        do {
            guard isProxied || !answersProxiesOnly else { throw Problem(.peerNotTrusted) }
            response = try await answer(request, context, requestID, &trace)
        } catch {
            let found = Problem(caught: error)
            if found.isOurFault { report(error, found, requestID) }
            response = refusal(found, request, trace, requestID)
            problem = found
        }
        do throws(Problem) {
            let address = address(of: request, context.peer)
            try await note(trace, problem, response, request.method, requestID, address)
        } catch {
            // What nobody would know of is not told; a refusal stays what it is.
            if problem == nil { response = refusal(error, request, trace, requestID) }
        }
        finish(&response, trace, requestID)
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
        if request.method == .head { response = response.createHeadResponse() }
        if trace.isBodyOver {
            deadline?.cancel()
        } else if trace.isBodyBegun {
            // Given up in the midst: the deadline ends the connection, which is told.
            response.headers[.connection] = "close"
        } else if let deadline {
            response.body = Self.draining(request.body, after: response.body, deadline)
        }
        return response
    }

    private func answer(
        _ request: Request,
        _ context: ServiceRequestContext,
        _ requestID: String,
        _ trace: inout Trace
    ) async throws -> Response {
        let target = try RequestTarget(request.head.path ?? "")
        var (route, parameters) = try Self.route(request.method, target)
        if route.isOfPublicLog, core.parts.isLogPublic { route.entry = .anybody }
        trace.route = route
        let query = Dictionary(target.query.map { ($0.name, $0.value) }) { first, _ in first }
        if route.isPage, let language = query["lang"].flatMap({ Language(rawValue: $0) }) {
            (trace.language, trace.chosenLanguage) = (language, language)
        }
        try Self.read(target.query, request.headers, of: route, into: &parameters)
        if route.changesLedger { try await core.requireRolesKnown() }
        let address = address(of: request, context.peer)
        var visitor = try await visitor(of: request, for: route, from: address)
        (trace.principal, trace.session) = (visitor.principal, visitor.session)
        try Self.admit(visitor.principal, to: route)
        Self.askForBody(request.headers, context)
        let body = try await body(of: request, route, &trace)
        trace.isBodyOver = true
        let owner = visitor.principal?.person ?? ""
        defer { core.bodies.giveBack(body.count, of: owner) }
        if route.changesLedger, !body.isEmpty {
            // It took its time, in which a role, a token or a session may have ended.
            try await core.requireRolesKnown()
            visitor = try await self.visitor(of: request, for: route, from: address)
            (trace.principal, trace.session) = (visitor.principal, visitor.session)
            try Self.admit(visitor.principal, to: route)
        }
        let form = try await multipart(body, of: request)
        try requireOwnPage(request, route, visitor.session, body, form)
        let call = Call(
            requestID: requestID,
            headers: request.headers,
            isHead: request.method == .head,
            parameters: parameters,
            body: body,
            form: form,
            language: trace.language,
            principal: visitor.principal,
            route: route,
            segments: target.segments == [""] ? [] : target.segments,
            query: query,
            authority: request.head.authority,
            address: address,
            session: visitor.session,
            secret: visitor.secret,
            connection: context.channel
        )
        return try await route.handler(call, core)
    }

    private static func route(
        _ method: HTTPRequest.Method,
        _ target: RequestTarget
    ) throws(Problem) -> (Route, [String: String]) {
        switch RouteTable.match(method, target.segments) {
        case .route(let found, let values): return (found, values)
        case .nothing: throw Problem(.notFound)
        case .otherMethods(let methods):
            var problem = Problem(.methodNotAllowed)
            problem.headers[.allow] = methods.map(\.rawValue).joined(separator: ", ")
            throw problem
        }
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
            guard isKnown || route.takesAnyQuery || route.isPage && name == "lang" else {
                throw Problem(.parameterUnknown, Self.shown(name))
            }
            guard isKnown else { continue }
            parameters[name] = value
        }
        for parameter in route.parameters {
            if parameter.location == .header {
                let name = parameter.name.lowercased()
                let given = headers.filter { $0.name.canonicalName == name }
                // Which of two would count, nobody could tell.
                guard given.count < 2 else { throw Problem(.headerMalformed, parameter.name) }
                parameters[parameter.name] = given.first?.value
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
        case .session(nil) where route.entersCommands:
            permission = principal?.mayWrite == true ? .granted([]) : .roleMissing
        case .session(nil): permission = principal == nil ? .roleMissing : .granted([])
        case .session(let action?): permission = principal?.mayEver(action) ?? .roleMissing
        }
        switch permission {
        case .granted: return
        case .scopeMissing: throw Problem(.scopeMissing)
        case .roleMissing, .outsideOwnAreas: throw Problem(.roleMissing)
        }
    }
}

extension ServiceResponder {
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

    private func isTrusted(_ peer: String) -> Bool {
        trustedProxies.contains { $0.contains(peer) }
    }

    private func address(of request: Request, _ peer: String) -> String {
        guard isTrusted(peer), let forwarded = request.headers[.known("X-Forwarded-For")] else {
            return peer
        }
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

    /// Refusals of those who must be known, and privileged readings, for auditors; also of what is
    /// not there, since asking for many tells something.
    private func note(
        _ trace: Trace,
        _ problem: Problem?,
        _ response: Response,
        _ method: HTTPRequest.Method,
        _ requestID: String,
        _ address: String
    ) async throws(Problem) {
        guard let route = trace.route else { return }
        // Who is shown the way to the sign-in page was not refused.
        let isShownIn = response.status == .seeOther && problem?.code == "sessionMissing"
        let isRefusal = (problem?.isOfAccess ?? false) && !isShownIn
        // A page says itself that something is not there, or stands in the way of recording it.
        let isReading = route.isPrivileged && (problem.map { $0.status == 404 } ?? true)
        guard isRefusal || isReading else { return }
        let now = core.parts.clock()
        guard trace.principal != nil || core.journal.admitsStranger(address, now: now) else {
            core.metrics.count("access_log_strangers_omitted_total")
            return
        }
        try await core.note([
            AccessEntry(
                at: now,
                person: trace.principal?.person ?? "",
                token: trace.principal?.token ?? "",
                request: requestID,
                method: Self.knownMethod(method),
                route: route.template,
                outcome: isRefusal ? .refused : .read,
                code: problem?.code ?? ""
            )
        ])
    }
}
