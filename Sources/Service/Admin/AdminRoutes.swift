import Access
import CalendarProjection
import Console
import Cryptography
import HTTPTypes
import Hummingbird
import LedgerReader
import Pages
import ProjectionCatalog
import ProjectionRuntime
import UsersProjection

/// What an admin sees and does: people, links, tokens, read models, and what is done by hand.
enum AdminRoutes {
    static let all: [Route] = [
        .ofPages(.get, "/admin", "showAdmin", "People, links and tokens.", .runService, people),
        .ofPages(.post, "/admin/links", "makeLink", "Makes a link.", .makeLink, makeLink),
        .ofPages(.post, "/admin/links/end", "endLink", "Ends a link.", .makeLink, endLink),
        .ofPages(
            .post,
            "/admin/tokens/revoke",
            "revokeToken",
            "Ends a token.",
            .runService,
            revokeToken
        ),
        .ofPages(
            .get,
            "/admin/projections",
            "showProjections",
            "The read models.",
            .runService,
            projections
        ),
        .ofPages(
            .post,
            "/admin/projections/replay",
            "beginReplay",
            "Rebuilds the read models.",
            .runService,
            beginReplay
        ),
        .ofPages(
            .get,
            "/admin/projections/progress",
            "followReplay",
            "How far a replay is, as server-sent events.",
            .runService
        ) { call, core in try ProgressEvents.answer(core.replay.work, .runService, call, core) },
        .ofPages(
            .get,
            "/admin/operations",
            "showOperations",
            "Witnesses, and what is done at the ledger's machine.",
            .runService,
            operations
        ),
    ]

    /// The read models for programs.
    static let api = Route(
        method: .get,
        template: "/v1/projections",
        id: "readProjections",
        summary: "The read models: version, position, lag, and the digest of their rows.",
        entry: .allowed(.runService),
        answers: [
            Answer(200, "application/json", .object([("projections", .array(.row))]))
        ],
        handler: { _, core in
            let found = try await core.projectionStates()
            return .json([
                "projections": .array(
                    found.map { state in
                        [
                            "name": .string(state.digest.name),
                            "version": .number(state.digest.version),
                            "position": .unsigned(state.digest.treeSize),
                            "lag": .unsigned(state.lag),
                            "digest": .string(state.digest.digest.hex),
                        ]
                    }
                )
            ])
        }
    )

    // MARK: People, links, tokens

    @Sendable
    private static func people(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (access, survey, now) = (core.parts.access, core.parts.survey, core.parts.clock())
        let found = try await core.threads.run {
            let users = try survey.read { db in
                var users: [UserRow] = []
                for cycle in try CalendarReadModel.cycles(db).reversed() {
                    try UserReadModel.forEachUser(cycle: cycle.cycle, db) { users.append($0) }
                }
                return users.prefix(AdminPages.userCountMax)
            }
            var counts: [String: Int] = [:]
            for person in Set(users.map(\.person)) {
                counts[person] = try core.passkeys(of: person).count
            }
            return AdminPages.People(
                users: Array(users),
                passkeyCounts: counts,
                links: try access.enrolments(),
                tokens: try access.tokens(),
                now: now
            )
        }
        return AdminPages(call, core).people(found)
    }

    @Sendable
    private static func makeLink(_ call: Call, _ core: ServiceCore) async throws -> Response {
        guard let person = call.field("person") else { throw Problem(.bodyMalformed) }
        let made = try await core.makeLink(for: person, call)
        return AdminPages(call, core).madeLink(made.url, person, until: made.expiresAt)
    }

    @Sendable
    private static func endLink(_ call: Call, _ core: ServiceCore) async throws -> Response {
        guard let name = call.field("link") else { throw Problem(.bodyMalformed) }
        let (access, now) = (core.parts.access, core.parts.clock())
        guard try await core.threads.run({ try access.endEnrolment(named: name, now: now) }) else {
            throw Problem(.linkUnknown)
        }
        return .seeOther("/admin")
    }

    @Sendable
    private static func revokeToken(_ call: Call, _ core: ServiceCore) async throws -> Response {
        guard let id = call.field("token") else { throw Problem(.bodyMalformed) }
        let (access, now) = (core.parts.access, core.parts.clock())
        do {
            try await core.threads.run { try access.revoke(id, now: now) }
        } catch let error as AccessError where error.code == .tokenUnknown {
            throw Problem(.tokenUnknown)
        }
        return .seeOther("/admin")
    }

    // MARK: Read models

    @Sendable
    private static func projections(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let pages = AdminPages(call, core)
        let state = core.replay.work.current
        if let state, state.isRunning {
            return pages.replaying(state.doneCount, of: state.totalCount)
        }
        return pages.projections(
            try await core.projectionStates(),
            core.follower.current,
            last: state
        )
    }

    @Sendable
    private static func beginReplay(_ call: Call, _ core: ServiceCore) async throws -> Response {
        guard !core.gate.isStopped else { throw Problem(.stopping) }
        let isAnyway = call.field("anyway") == "1"
        guard core.replay.begin(call.principal?.person ?? "", anyway: isAnyway) else {
            throw Problem(.replayRunning)
        }
        core.metrics.count("replays_total")
        return .seeOther("/admin/projections")
    }

    // MARK: What is done by hand

    @Sendable
    private static func operations(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let reader = core.reader
        let found = try await core.threads.run { try WitnessWork.read(reader) }
        return AdminPages(call, core).operations(found)
    }
}

extension ServiceCore {
    /// How far each read model is, and the digest of its rows, which reads all of them: one after
    /// the other, as for the past.
    func projectionStates() async throws -> [(digest: ProjectionDigest, lag: UInt64)] {
        let (survey, reader) = (parts.survey, reader)
        return try await past.run {
            let digests = try ProjectionRunner(ProjectionCatalog.all, survey).digests()
            let size: UInt64 = try reader.snapshot().treeSize
            return digests.map { ($0, size - min(size, $0.treeSize)) }
        }
    }
}
