import Access
import Foundation
import GRDB
import Ledger
import LedgerReader
import LedgerTestSupport
import NIOHTTP1
import PasskeyTestSupport
import ProjectionRuntime
import Service
import Survey
import Testing

@Suite(.serialized) struct `Running the service in pages` {
    @Test func `an admin makes a link that is shown once, named before it is made, and ended`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "admin-1")
            try await visitor.arrive()
            let page = try await visitor.post("/admin/links", ["person": "super-1"])
            #expect(page.status == 200)
            let found = try #require(page.text.firstMatch(of: /\/enrol\/([0-9a-f]{64})/))
            let link = "/enrol/\(found.1)"
            let secret = try #require(Secret(String(found.1)))
            let entry = try #require(
                try service.access.entries().first { $0.entry.outcome == .linkMade }?.entry
            )
            #expect(entry.person == "admin-1")
            #expect(entry.subject == "\(secret.linkName) super-1")
            let listed = try await visitor.page("/admin?lang=en")
            #expect(listed.text.contains(secret.linkName) && !listed.text.contains(found.1))
            #expect(listed.text.contains("End \(secret.linkName)"))
            let ended = try await visitor.post("/admin/links/end", ["link": secret.linkName])
            #expect(ended.status == 303)
            #expect(try await visitor.ask(.GET, link).status == 403)
            let again = try await visitor.post("/admin/links/end", ["link": secret.linkName])
            #expect(again.status == 404)
            #expect(try await visitor.post("/admin/links", ["person": "nobody"]).status == 404)
            #expect(try await visitor.post("/admin/links").status == 400)
        }
    }

    @Test func `where the access log cannot be written there is no link`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "admin-1")
            try await visitor.arrive()
            let before = try service.access.enrolments().count
            try service.breakAccessLog()
            #expect(try await visitor.post("/admin/links", ["person": "super-1"]).status == 503)
            let asked = try await visitor.ask(
                .POST,
                "/v1/enrolment-links",
                body: #"{"person":"super-1"}"#
            )
            #expect(asked.status == 503)
            #expect(try asked.code() == "accessLogFailed")
            #expect(try service.access.enrolments().count == before)
        }
    }

    @Test func `whoever lost the role a moment ago makes no link`() async throws {
        try await RunningService.run { service in
            try service.disable("admin-1")
            let reply = try await service.ask(
                .POST,
                "/v1/enrolment-links",
                as: "admin-1",
                body: #"{"person":"super-1"}"#
            )
            #expect(reply.status == 403, "\(reply.text)")
        }
    }

    @Test func `tokens are listed and ended`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "admin-1")
            try await visitor.arrive()
            let token = try #require(
                try service.access.tokens().first { $0.person == "super-1" }?.id
            )
            #expect(try await visitor.page("/admin").text.contains(token))
            #expect(try await service.ask(.GET, "/v1/status", as: "super-1").status == 200)
            let ended = try await visitor.post("/admin/tokens/revoke", ["token": token])
            #expect(ended.status == 303)
            #expect(try await service.ask(.GET, "/v1/status", as: "super-1").status == 401)
            let other = try await visitor.post("/admin/tokens/revoke", ["token": "0"])
            #expect(other.status == 404)
        }
    }

    /// By name; the tables have the same.
    private func digests(_ service: RunningService) async throws -> [String: String] {
        let reply = try await service.ask(.GET, "/v1/projections", as: "admin-1")
        let rows = try #require(try reply.object()["projections"] as? [[String: Any]])
        #expect(rows.count > 10)
        return Dictionary(
            rows.map { ($0["name"] as? String ?? "", $0["digest"] as? String ?? "") }
        ) { first, _ in first }
    }

    @Test func `a replay beside the live rows ends with the same digests, and following goes on`()
        async throws
    {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            try await service.untilHousehold("99010101-0001")
            let before = try await digests(service)
            let visitor = try Visitor(service, "admin-1")
            try await visitor.arrive()
            #expect(try await visitor.post("/admin/projections/replay").status == 303)
            let page = try await visitor.pageWhenOver("/admin/projections?lang=en")
            #expect(page.text.contains("Rebuilt, and in place"), "\(page.text)")
            let after = try await digests(service)
            // Only the admin's own passkey came between.
            #expect(before["households"] == after["households"] && after["households"] != nil)
            #expect(after.values.allSatisfy { page.text.contains($0) })
            #expect(try await service.submit(Sample.record("99010101-0002")).status == 201)
            try await service.untilHousehold("99010101-0002")
            let events = try await visitor.ask(.GET, "/admin/projections/progress")
            #expect(events.text.hasPrefix("event: end\n"))
        }
    }

    @Test func `rows that do not follow from the records are kept, and replaced when asked`()
        async throws
    {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            try await service.untilHousehold("99010101-0001")
            let right = try await digests(service)["households"]
            try service.parts.survey.write { db in
                try db.execute(sql: "DELETE FROM household")
            }
            let wrong = try await digests(service)["households"]
            #expect(wrong != right)
            let visitor = try Visitor(service, "admin-1")
            try await visitor.arrive()
            #expect(try await visitor.post("/admin/projections/replay").status == 303)
            let kept = try await visitor.pageWhenOver("/admin/projections?lang=en")
            #expect(kept.text.contains("The digests differ"))
            #expect(kept.text.contains("What differs"))
            #expect(try await digests(service)["households"] == wrong)
            let anyway = try await visitor.post("/admin/projections/replay", ["anyway": "1"])
            #expect(anyway.status == 303)
            let page = try await visitor.pageWhenOver("/admin/projections?lang=en")
            #expect(page.text.contains("Rebuilt, and in place"))
            #expect(try await digests(service)["households"] == right)
        }
    }

    @Test func `a replay that fails leaves the live rows, and is named by its code`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "admin-1")
            try await visitor.arrive()
            let before = try await digests(service)
            // Somebody else reads in it, so that it cannot be exchanged.
            let other = try DatabaseQueue(path: service.ledger.directory.surveyFile)
            try await other.writeWithoutTransaction { db in
                let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM projection")
                #expect(count ?? 0 > 0)
            }
            #expect(try await visitor.post("/admin/projections/replay").status == 303)
            let page = try await visitor.pageWhenOver("/admin/projections?lang=en")
            #expect(page.text.contains("the tables in use stay"), "\(page.text)")
            #expect(page.text.contains("<code>databaseBusy</code>"))
            try other.close()
            #expect(try await digests(service) == before)
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            try await service.untilHousehold("99010101-0001")
        }
    }

    @Test func `only an admin runs the service, and every form needs the session's token`()
        async throws
    {
        try await RunningService.run { service in
            let paths = ["/admin", "/admin/projections", "/admin/operations"]
            let forms = [
                "/admin/links", "/admin/links/end", "/admin/tokens/revoke",
                "/admin/projections/replay",
            ]
            for (person, role, _) in RunningService.people.prefix(5) {
                let visitor = try Visitor(service, person)
                try await visitor.arrive()
                for path in paths {
                    let status = try await visitor.page(path).status
                    #expect(status == (role == "admin" ? 200 : 403), "\(person) \(path)")
                }
                for path in forms {
                    if role != "admin" {
                        #expect(try await visitor.post(path).status == 403, "\(person) \(path)")
                    }
                    let forged = try await visitor.send(path, csrf: "0")
                    #expect(forged.status == 403, "\(person) \(path)")
                }
            }
        }
    }
}

extension RunningService {
    fileprivate func disable(_ person: String) throws {
        var disabling = UserDisabling()
        (disabling.cycle, disabling.person, disabling.reason) = ("2561", person, "left")
        _ = try writer.run(Sample.command(.disableUser(disabling))).get()
    }

    /// Until the read models know a household.
    func untilHousehold(_ id: String) async throws {
        var status = 404
        for _ in 0..<3000 where status != 200 {
            status = try await ask(.GET, "/v1/households/\(id)").status
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(status == 200, "\(id)")
    }
}
