import Access
import Console
import HTTPTypes
import Hummingbird
import Pages
import Survey

/// Where auditors and committees have the ledger verified, and auditors read the access log.
enum AuditRoutes {
    static let all =
        [
            page(.get, "/audit", "showAudit", "What was verified last.", show),
            page(.post, "/audit/verification", "beginVerification", "Begins one.", begin),
            page(
                .get,
                "/audit/verification",
                "showVerification",
                "How far it is, or its verdict.",
                showVerification
            ),
            page(
                .get,
                "/audit/verification/progress",
                "followVerification",
                "How far it is, as server-sent events."
            ) { call, core in
                try ProgressEvents.answer(core.verification.work, .verifyLedger, call, core)
            },
            page(
                .get,
                "/audit/verification/{file}",
                "saveVerification",
                "The last verdict as a file.",
                taking: [.path("file", .choice(files), "Which of them.")],
                save
            ),
        ] + AccessLogRoutes.all

    private static let files = ["report.txt", "report.html", "report.json"]

    /// The same for programs.
    static let api = Route(
        method: .get,
        template: "/v1/verification",
        id: "readVerification",
        summary: "The verdict of the last verification that the service ran.",
        entry: .allowed(.verifyLedger),
        answers: [
            Answer(
                200,
                "application/json",
                .object([("startedBy", .string), ("endedAt", .string), ("ending", .string)])
            )
        ],
        problems: [.verificationUnknown],
        handler: { call, core in
            let stored = try await core.lastVerification()
            return .json([
                "startedBy": .string(stored.person),
                "endedAt": .string(stored.endedAt.iso),
                "ending": .string(stored.ending),
                "verdict": ShownVerdict(stored)?.json ?? .null,
            ])
        }
    )

    private static let form = Route.Body(
        contentTypes: ["application/x-www-form-urlencoded"],
        byteCountMax: \.passkeyByteCountMax
    )

    private static func page(
        _ method: HTTPRequest.Method,
        _ template: String,
        _ id: String,
        _ summary: String,
        taking parameters: [Parameter] = [],
        _ handler: @escaping @Sendable (Call, ServiceCore) async throws -> Response
    ) -> Route {
        Route(
            method: method,
            template: template,
            id: id,
            summary: summary,
            entry: .session(.verifyLedger),
            parameters: parameters,
            body: method == .post ? form : nil,
            answers: [],
            isPage: true,
            takesAnyQuery: method == .get,
            handler: handler
        )
    }

    @Sendable
    private static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let access = core.parts.access
        let made = try await core.threads.run { try access.verifications() }
        return AuditPages(call, core).audit(made, isRunning: core.verification.work.isRunning)
    }

    @Sendable
    private static func begin(_ call: Call, _ core: ServiceCore) async throws -> Response {
        guard !core.gate.isStopped else { throw Problem(.stopping) }
        guard core.verification.begin(call.principal?.person ?? "", call.language) else {
            throw Problem(.verificationRunning)
        }
        core.metrics.count("verifications_total")
        return .seeOther("/audit/verification")
    }

    @Sendable
    private static func showVerification(_ call: Call, _ core: ServiceCore) async throws -> Response
    {
        if let state = core.verification.work.current, state.isRunning {
            return AuditPages(call, core).running(state.doneCount, of: state.totalCount)
        }
        return AuditPages(call, core).verdict(try await core.lastVerification())
    }

    @Sendable
    private static func save(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let stored = try await core.lastVerification()
        let (bytes, type): ([UInt8], String)
        switch call.parameters["file"] {
        case "report.json"?: (bytes, type) = (stored.verdict, "application/json")
        case "report.html"?: (bytes, type) = (stored.report, PageAnswer.html)
        default:
            let text = VerificationWords(stored, call.language).text
            (bytes, type) = (Array(text.utf8), "text/plain; charset=utf-8")
        }
        // Where it could not be read there is none.
        guard !bytes.isEmpty else { throw Problem(.verificationUnknown) }
        return .file(bytes, type, named: "verification-" + (call.parameters["file"] ?? ""))
    }
}

extension ServiceCore {
    func lastVerification() async throws -> StoredVerification {
        let access = parts.access
        let last = try await threads.run { try access.verifications().first }
        guard let last else { throw Problem(.verificationUnknown) }
        return last
    }
}

extension Response {
    /// What is to be saved and not shown.
    static func file(_ bytes: [UInt8], _ type: String, named name: String) -> Response {
        .bytes(bytes, type, headers: [.contentDisposition: "attachment; filename=\"\(name)\""])
    }

    /// A page that asks anew by itself where no script does.
    func refreshing(unless isLive: Bool) -> Response {
        guard !isLive else { return self }
        var response = self
        response.headers[.known("Refresh")] = "3"
        return response
    }
}
