import Access
import AppointmentsProjection
import AreasProjection
import CalendarProjection
import GRDB
import HTTPTypes
import ProjectionRuntime
import Survey
import UsersProjection

extension ServiceCore {
    /// Who presents this token, with the roles that the ledger gives him today.
    func signIn(_ header: String?, from address: String) async throws -> Principal {
        guard let header else { throw Problem(.tokenMissing) }
        guard follower.current.position != nil else { throw Problem(.readModelsBehind) }
        let now = parts.clock()
        let words = header.split(separator: " ", maxSplits: 1)
        let text =
            words.count == 2 && words[0].lowercased() == "bearer"
            ? TokenText(String(words[1])) : nil
        let addressKey = "address \(address)"
        let tokenKey = text.map { "token \($0.id)" }
        if let tokenKey, let seconds = limiter.secondsToWait([tokenKey], now: now) {
            throw Self.tooMany(seconds)
        }
        if let text, let principal = try await principal(text, now: now) { return principal }
        // Whoever has a good token is let in from any address: others behind it may have failed.
        if let seconds = limiter.secondsToWait([addressKey], now: now) {
            throw Self.tooMany(seconds)
        }
        limiter.noteFailure([addressKey] + (tokenKey.map { [$0] } ?? []), now: now)
        metrics.count("sign_in_failures_total")
        throw Problem(.tokenInvalid)
    }

    static func tooMany(_ seconds: Int) -> Problem {
        var problem = Problem(.signInsTooMany)
        problem.retryAfter = seconds
        return problem
    }

    /// Whether the token or session of a request that goes on for long would let it in again.
    ///
    /// Nobody asks for anything here: a page that was left open keeps no session alive.
    func mayStill(_ action: Action, _ call: Call) async throws -> Bool {
        if call.session != nil {
            guard let secret = call.secret, let found = try await session(secret, isAsking: false),
                case .granted = found.principal.mayEver(action)
            else { return false }
            return true
        }
        let words = call.headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
        guard words.count == 2, let text = TokenText(String(words[1])),
            let principal = try await principal(text, now: parts.clock())
        else { return false }
        guard case .granted = principal.mayEver(action) else { return false }
        return true
    }

    private func principal(_ text: TokenText, now: Int64) async throws -> Principal? {
        let (access, survey, today) = (parts.access, parts.survey, today)
        return try await threads.run {
            guard let token = try access.authenticate(text, now: now) else { return nil }
            return Principal(
                person: token.person,
                token: token.id,
                scopes: token.scopes,
                grants: try Self.grants(token.person, on: today, survey, access)
            )
        }
    }

    /// Who has the session that this cookie opens, with today's roles; nil where it opens none.
    ///
    /// A session ends with the passkey that began it.
    func session(
        _ secret: Secret,
        isAsking: Bool = true
    ) async throws -> (session: Session, principal: Principal)? {
        guard follower.current.position != nil else { throw Problem(.readModelsBehind) }
        let (access, survey, today, now) = (parts.access, parts.survey, today, parts.clock())
        return try await threads.run { [self] in
            guard let session = try access.session(secret, now: now, isAsking: isAsking)
            else { return nil }
            let isEnrolled = try passkeys(of: session.person).contains {
                $0.credentialID == session.credential
            }
            guard isEnrolled else { return nil }
            let grants = try Self.grants(session.person, on: today, survey, access)
            return (session, Self.principal(session.person, session.name, grants))
        }
    }

    /// Who began something in a session and is not asked again, with today's roles.
    func principal(ofSession name: String, person: String) async throws -> Principal {
        let (access, survey, today) = (parts.access, parts.survey, today)
        return try await threads.run {
            Self.principal(person, name, try Self.grants(person, on: today, survey, access))
        }
    }

    private static func principal(
        _ person: String,
        _ session: String,
        _ grants: [Grant]
    ) -> Principal {
        Principal(
            person: person,
            token: session,
            scopes: Scope.ofSessions,
            grants: grants,
            authentication: .passkey
        )
    }

    private static func grants(
        _ person: String,
        on day: Day,
        _ survey: SurveyDatabase,
        _ access: AccessStore
    ) throws -> [Grant] {
        var found = try survey.read { db in try grants(person, on: day, db) }
        if try access.isOperator(person) {
            found.append(Grant(role: .admin, cycle: "", area: "", isLAO: false))
        }
        return found
    }

    /// What the register of users says, and the committees' orders: a member signs by his order.
    private static func grants(
        _ person: String,
        on day: Day,
        _ db: Database
    ) throws -> [Grant] {
        var grants: [Grant] = []
        for cycle in try CalendarReadModel.cycles(db) {
            guard let user = try UserReadModel.user(person, cycle: cycle.cycle, db),
                user.disabledOn == nil, let role = UserRole(rawValue: user.role)
            else { continue }
            grants.append(try grant(role, user.cycle, user.area, db))
        }
        for appointment in try AppointmentReadModel.inForce(person: person, on: day, db)
        where appointment.kind == "committee" {
            grants.append(try grant(.committee, appointment.cycle, appointment.area, db))
        }
        return grants
    }

    private static func grant(
        _ role: UserRole,
        _ cycle: String,
        _ area: String,
        _ db: Database
    ) throws -> Grant {
        let level = try AreaReadModel.area(area, db)?.level
        return Grant(role: role, cycle: cycle, area: area, isLAO: level == Area.Level.lao.name)
    }
}
