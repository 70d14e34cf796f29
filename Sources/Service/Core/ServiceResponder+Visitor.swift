import Access
import Console
import HTTPTypes
import Hummingbird
import Logging
import Pages
import Survey

/// What browsers need besides: sessions, their own pages' word, pages in place of problems.
extension ServiceResponder {
    /// Who asks, as far as the route wants to know it.
    struct Visitor {
        var principal: Principal?
        var session: Session?
        /// What the cookie says, whether or not that opens anything.
        var secret: Secret?
    }

    func visitor(
        of request: Request,
        for route: Route,
        from address: String
    ) async throws -> Visitor {
        let cookie = Cookies(request.headers)[core.web.cookieName]
        var visitor = Visitor(secret: cookie.flatMap { Secret($0) })
        switch route.entry {
        case .anybody: return visitor
        case .allowed, .signedIn:
            // A token that is shown speaks for itself, whatever cookie a client keeps.
            guard request.headers[.authorization] == nil, cookie != nil else {
                visitor.principal = try await core.signIn(
                    request.headers[.authorization],
                    from: address
                )
                return visitor
            }
        case .session:
            guard cookie != nil else { throw Problem(.sessionMissing) }
        }
        guard let secret = visitor.secret, let found = try await core.session(secret) else {
            var problem = Problem(.sessionInvalid)
            problem.headers[.setCookie] = core.web.sessionCookie(nil)
            throw problem
        }
        (visitor.principal, visitor.session) = (found.principal, found.session)
        return visitor
    }

    /// A cookie comes with whatever a browser sends, so what changes something has to show that a
    /// page of this session sent it.
    func requireOwnPage(
        _ request: Request,
        _ route: Route,
        _ session: Session?,
        _ body: [UInt8],
        _ form: MultipartForm?
    ) throws(Problem) {
        guard request.method != .get, request.method != .head, route.isPage || session != nil
        else { return }
        try core.web.requireOwnPage(request.headers)
        guard let session else { return }
        let token =
            request.headers[.known("X-CSRF-Token")] ?? form?.fields["csrf"]
            ?? Self.field("csrf", of: request, body)
        guard let token, session.accepts(csrf: token) else { throw Problem(.requestForged) }
    }

    /// A form with files, read once for all who look into it, where it holds up no event loop.
    func multipart(_ body: [UInt8], of request: Request) async throws -> MultipartForm? {
        let type = request.headers[.contentType] ?? ""
        guard !body.isEmpty, Self.mediaType(type) == MultipartForm.type else { return nil }
        // What is no form has no field; the handler says what is wrong with it.
        return try await core.threads.run { try? MultipartForm(body, contentType: type) }
    }

    private static func mediaType(_ contentType: String) -> String? {
        contentType.split(separator: ";").first?.trimmingSpaces.lowercased()
    }

    /// A field of a form without files.
    private static func field(_ name: String, of request: Request, _ body: [UInt8]) -> String? {
        let type = mediaType(request.headers[.contentType] ?? "")
        guard type == "application/x-www-form-urlencoded",
            // What is no form holds no token either; the handler says what is wrong with it.
            let form = try? FormFields(body, countMax: HouseholdRoutes.fieldCountMax)
        else { return nil }
        let value = form[name]
        return value.isEmpty ? nil : value
    }

    /// As the visitor chose it, else as his browser asks.
    static func language(_ headers: HTTPFields) -> Language {
        Cookies(headers)[WebSite.languageCookieName].flatMap { Language(rawValue: $0) }
            ?? Call.language(headers[.acceptLanguage])
    }

    /// A problem for programs, a page for people; and who has to sign in first is led there.
    func refusal(
        _ problem: Problem,
        _ request: Request,
        _ trace: Trace,
        _ requestID: String
    ) -> Response {
        let accepted = request.headers[.accept] ?? ""
        guard trace.route?.isPage ?? true, accepted.contains("text/html") else {
            return problem.response(trace.language, requestID: requestID)
        }
        let isSafe = request.method == .get || request.method == .head
        if problem.status == 401, isSafe, let path = request.head.path, path.utf8.count <= 1000 {
            return .seeOther("/sign-in?next=" + QueryText.encode(path), problem.headers)
        }
        let page = core.parts.pages.problem(
            problem,
            requestID: requestID,
            PageRequest(
                path: [],
                query: [:],
                language: trace.language.ofPages,
                // Who may see nothing else can still sign out.
                reader: PageReader(trace.principal, trace.session),
                nowSeconds: core.parts.clock() / 1_000_000
            )
        )
        var response = Response.page(page, status: problem.status)
        for field in problem.headers { response.headers.append(field) }
        if let retryAfter = problem.retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }

    /// What every answer says.
    func finish(_ response: inout Response, _ trace: Trace, _ requestID: String) {
        response.headers[.known("X-Request-Id")] = requestID
        response.headers[.known("X-Content-Type-Options")] = "nosniff"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        core.web.protect(&response.headers)
        if let language = trace.chosenLanguage {
            let cookie = core.web.languageCookie(language.rawValue)
            response.headers.append(HTTPField(name: .setCookie, value: cookie))
        }
    }
}

extension ServiceCore {
    /// A row for auditors of what is done already: where it cannot be written, `note` has said so.
    func log(_ entry: AccessEntry) async {
        do throws(Problem) { try await note([entry]) } catch {}
    }
}
