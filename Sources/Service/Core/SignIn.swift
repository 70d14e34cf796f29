import Access
import AppointmentsProjection
import AreasProjection
import CalendarProjection
import GRDB
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

    private static func tooMany(_ seconds: Int) -> Problem {
        var problem = Problem(.signInsTooMany)
        problem.retryAfter = seconds
        return problem
    }

    private func principal(_ text: TokenText, now: Int64) async throws -> Principal? {
        let (access, survey, today) = (parts.access, parts.survey, today)
        return try await threads.run {
            guard let token = try access.authenticate(text, now: now) else { return nil }
            let grants = try survey.read { db in
                try Self.grants(token.person, on: today, db)
            }
            return Principal(
                person: token.person,
                token: token.id,
                scopes: token.scopes,
                grants: grants
            )
        }
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
