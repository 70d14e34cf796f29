import Access
import Cryptography
import HTTPTypes
import Hummingbird
import Pages
import Survey

/// What people see in a browser; the API lists none of it.
enum PageRoutes {
    static let all: [Route] =
        SignInRoutes.all + EnrolmentRoutes.all + SignatureRoutes.all + EntryRoutes.all
        + ImportRoutes.all + AuditRoutes.all + AccountRoutes.all + AdminRoutes.all
        + RecordPageRoutes.all + HouseholdRoutes.all
        + [
            assets,
            page("/", "showFront", "What there is to do, and how far the survey has come."),
            page(
                "/households",
                "listHouseholdPages",
                "The households of an area.",
                .readHousehold,
                isPrivileged: true
            ),
            page(
                "/households/{id}",
                "showHousehold",
                "One household, with its history.",
                .readHousehold,
                isPrivileged: true
            ),
            others,
        ]

    /// Every other page; which there are is for the pages to say.
    static let others = page("/{path...}", "showPage", "Any other page.")

    private static let assets = Route(
        method: .get,
        template: "/assets/{path...}",
        id: "readAsset",
        summary: "What pages load.",
        entry: .anybody,
        parameters: [.path("path", .text(byteCountMax: 200), "Below /assets/.")],
        answers: [],
        isPage: true,
        handler: { call, _ in
            guard let asset = Pages.asset(call.parameters["path"] ?? "") else {
                throw Problem(.notFound)
            }
            // A new program brings new files; until then a browser asks with the old one's tag.
            let tag = "\"\(SHA256.hash(asset.bytes).hex.prefix(32))\""
            if call.header("if-none-match") == tag {
                return Response(
                    status: .notModified,
                    headers: [.eTag: tag, .cacheControl: "no-cache"]
                )
            }
            return .bytes(
                asset.bytes,
                asset.contentType,
                headers: [.eTag: tag],
                cacheControl: "no-cache"
            )
        }
    )

    private static func page(
        _ template: String,
        _ id: String,
        _ summary: String,
        _ action: Action = .readFigures,
        isPrivileged: Bool = false
    ) -> Route {
        Route(
            method: .get,
            template: template,
            id: id,
            summary: summary,
            entry: .session(action),
            answers: [],
            isPrivileged: isPrivileged,
            isPage: true,
            takesAnyQuery: true,
            handler: show
        )
    }

    @Sendable
    static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (pages, request) = (core.parts.pages, call.pageRequest(core))
        let answer = try await core.threads.run { try pages.answer(request) }
        var headers: HTTPFields = [:]
        if let location = answer.location { headers[.location] = location }
        if let name = answer.name {
            let plain = name.filter { $0.isASCII && $0 != "\"" && $0 != "\\" && !$0.isNewline }
            headers[.contentDisposition] = "attachment; filename=\"\(plain)\""
        }
        return .bytes(answer.body, answer.contentType, status: answer.status, headers: headers)
    }
}

extension Call {
    /// The same for the pages, which know no HTTP.
    func pageRequest(_ core: ServiceCore) -> PageRequest {
        PageRequest(
            path: segments,
            query: query,
            language: language.ofPages,
            reader: PageReader(principal, session),
            nowSeconds: core.parts.clock() / 1_000_000
        )
    }
}

extension PageReader {
    /// Whoever has a session; nil for everybody else.
    init?(_ principal: Principal?, _ session: Session?) {
        guard let principal, let session else { return nil }
        @Sendable func may(
            _ action: Action,
            _ cycle: String,
            _ village: String,
            _ lao: String
        )
            -> Bool
        {
            let place = Place(cycle: cycle, village: village, lao: lao)
            guard case .granted = principal.permission(action, at: [place]) else { return false }
            return true
        }
        self.init(
            person: principal.person,
            roles: principal.roles.map(\.rawValue),
            readsHousehold: { may(.readHousehold, $0, $1, $2) },
            csrf: session.csrf,
            enters: principal.mayWrite
        )
        entersHousehold = { may(.enterHousehold, $0, $1, $2) }
    }
}

extension Language {
    var ofPages: PageLanguage { self == .thai ? .th : .en }
}
