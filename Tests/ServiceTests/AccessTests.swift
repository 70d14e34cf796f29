import Access
import Foundation
import LedgerTestSupport
import NIOHTTP1
import Service
import Survey
import SwiftProtobuf
import Testing

@Suite struct `Roles and actions` {
    /// Cells of the table in ACCESS.md by action and role.
    private func documented() throws -> [Action: [UserRole: Reach]] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Access/ACCESS.md")
        var table: [Action: [UserRole: Reach]] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 9, let action = Action(rawValue: cells[1]) else { continue }
            #expect(cells[2] == action.scope.rawValue, "\(action)")
            for (role, cell) in zip(UserRole.allCases, cells[3...7]) {
                let reach: Reach =
                    cell == "yes" ? .everywhere : cell == "own" ? .ownAreas : .nowhere
                #expect(["yes", "own", ""].contains(cell))
                table[action, default: [:]][role] = reach
            }
        }
        return table
    }

    @Test func `the document says what the code does, cell by cell`() throws {
        let table = try documented()
        #expect(Set(table.keys) == Set(Action.allCases))
        for action in Action.allCases {
            for role in UserRole.allCases {
                #expect(table[action]?[role] == action.reach(of: role), "\(action) \(role)")
            }
        }
    }

    @Test func `each role may do what the table says, in its own areas and with its scope`() {
        let (here, there) = (
            Place(cycle: "2561", village: "99010101", lao: "9981"),
            Place(cycle: "2561", village: "99010102", lao: "990151")
        )
        for role in UserRole.allCases {
            for action in Action.allCases {
                for (area, isLAO) in [("99010101", false), ("9901", false), ("9981", true)] {
                    let grant = Grant(role: role, cycle: "2561", area: area, isLAO: isLAO)
                    func ask(_ scopes: Set<Scope>, _ places: [Place]) -> Permission {
                        Principal(person: "p", token: "t", scopes: scopes, grants: [grant])
                            .permission(action, at: places)
                    }
                    #expect(
                        ask(Set(Scope.allCases).subtracting([action.scope]), [here])
                            == .scopeMissing
                    )
                    let coversBoth = area == "9901"
                    switch action.reach(of: role) {
                    case .nowhere: #expect(ask([action.scope], [here]) == .roleMissing)
                    case .everywhere:
                        #expect(ask([action.scope], [there]) == .granted([role]))
                        let lastYear = Place(cycle: "2560", village: "99010102", lao: "990151")
                        #expect(ask([action.scope], [lastYear]) == .outsideOwnAreas)
                    case .ownAreas:
                        #expect(ask([action.scope], [here]) == .granted([role]))
                        let both = ask([action.scope], [here, there])
                        #expect(both == (coversBoth ? .granted([role]) : .outsideOwnAreas))
                        #expect(ask([action.scope], []) == .outsideOwnAreas)
                        let lastYear = Place(cycle: "2560", village: "99010101", lao: "9981")
                        #expect(ask([action.scope], [lastYear]) == .outsideOwnAreas)
                    }
                }
            }
        }
    }

    @Test func `nobody who runs or audits the service changes the ledger`() {
        for action in Action.allCases where action.scope == .submit {
            #expect(action.reach(of: .admin) == .nowhere)
            #expect(action.reach(of: .auditor) == .nowhere)
        }
        #expect(Action(submitting: .rotateLogKey(LogKeyRotation())) == nil)
        #expect(
            Action(submitting: .signCertification(CertificationSignature())) == .signCertification
        )
        #expect(Action(submitting: .recordHousehold(RecordHousehold())) == .enterHousehold)
        #expect(Action(submitting: .registerUser(UserRegistration())) == .registerUser)
        #expect(Action(submitting: .registerMemberKey(MemberKey())) == .registerOwnKey)
    }

    @Test func `a role counts in its own cycle, and who audits or administers any writes in none`()
    {
        func principal(_ grants: [Grant]) -> Principal {
            Principal(person: "p", token: "t", scopes: Set(Scope.allCases), grants: grants)
        }
        func grant(_ role: UserRole, _ cycle: String) -> Grant {
            Grant(role: role, cycle: cycle, area: "99", isLAO: false)
        }
        let household = Place(cycle: "2561", village: "99010101", lao: "9981")
        let district = Place(cycle: "2561", area: "9901")
        for places in [[household], [district], [.wholeProvince(cycle: "2561")]] {
            let next = principal([grant(.supervisor, "2562")])
            #expect(next.permission(.prepareCertification, at: places) == .outsideOwnAreas)
            let now = principal([grant(.supervisor, "2562"), grant(.supervisor, "2561")])
            #expect(now.permission(.prepareCertification, at: places) == .granted([.supervisor]))
            for role in [UserRole.auditor, .admin] {
                let both = principal([grant(.supervisor, "2561"), grant(role, "2562")])
                #expect(both.permission(.prepareCertification, at: places) == .roleMissing)
                #expect(!both.mayWrite)
                #expect(both.permission(.readHousehold, at: places) == .granted([.supervisor]))
            }
        }
        let auditor = principal([grant(.auditor, "2562")])
        #expect(auditor.permission(.readHousehold, at: [household]) == .outsideOwnAreas)
        #expect(auditor.permission(.readAccessLog, at: []) == .granted([.auditor]))
    }

    @Test func `a district has its LAOs, an LAO itself alone, and the province what is of no area`()
    {
        func covers(_ area: String, isLAO: Bool = false, _ place: Place) -> Bool {
            Grant(role: .supervisor, cycle: "2561", area: area, isLAO: isLAO).covers(place)
        }
        let lao = Place(cycle: "2561", area: "380182")
        #expect(covers("38", lao) && covers("3801", lao) && covers("380182", isLAO: true, lao))
        #expect(!covers("3802", lao) && !covers("380183", isLAO: true, lao))
        #expect(!covers("380182", isLAO: true, Place(cycle: "2561", area: "3801")))
        #expect(!covers("380182", isLAO: true, Place(cycle: "2561", area: "38018201")))
        for cycle in ["2561", nil] {
            let whole = Place.wholeProvince(cycle: cycle)
            #expect(covers("38", whole) && !covers("3801", whole))
            #expect(!covers("38", isLAO: true, whole))
        }
    }

    @Test func `addresses are IP addresses or ranges, and nothing else is one`() throws {
        for (range, inside, outside) in [
            ("10.0.0.7", ["10.0.0.7", "::ffff:10.0.0.7"], ["10.0.0.8", "::7", "x"]),
            ("10.0.0.0/24", ["10.0.0.0", "10.0.0.255"], ["10.0.1.0", "::ffff:10.0.1.0"]),
            ("0.0.0.0/0", ["1.2.3.4"], ["::1"]), ("fd00::/8", ["fd12::1"], ["fe00::1"]),
            ("::1", ["::1", "0:0:0:0:0:0:0:1"], ["::2", "127.0.0.1"]),
        ] {
            let parsed = try #require(AddressRange(range))
            for address in inside { #expect(parsed.contains(address), "\(range) \(address)") }
            for address in outside { #expect(!parsed.contains(address), "\(range) \(address)") }
        }
        for text in [
            "", "nonsense", "10.0.0", "10.0.0.7/24", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08",
            "10.0.0.0/-1", " 10.0.0.1", "::ffff:10.0.0.0/104", "localhost", "10.0.0.1,10.0.0.2",
        ] { #expect(AddressRange(text) == nil, "\(text)") }
    }

    @Test func `a token is what it was made as, and nothing else is one`() throws {
        let token = try TokenText.make()
        #expect(TokenText(token.text)?.text == token.text)
        for text in [
            "", "bmn", "bmn__", token.text + "0", String(token.text.dropLast()),
            token.text.uppercased(), token.text + "_", "x" + token.text,
            "bmn_\(token.id)_" + String(repeating: "é", count: 32),
        ] { #expect(TokenText(text) == nil, "\(text)") }
    }
}

@Suite(.serialized) struct `Who is let in` {
    @Test func `without a good token only what is public is told`() async throws {
        try await RunningService.run { service in
            for path in ["/livez", "/readyz", "/openapi.json"] {
                #expect(try await service.ask(.GET, path, as: nil).status == 200, "\(path)")
            }
            let reply = try await service.ask(.GET, "/v1/records/0", as: nil)
            #expect(reply.status == 401)
            #expect(try reply.code() == "tokenMissing")
            #expect(reply.headers.first(name: "WWW-Authenticate")?.hasPrefix("Bearer") == true)
            let other = try TokenText.make().text
            for wrong in ["nonsense", other, (service.tokens["auditor-1"] ?? "") + "0"] {
                let refused = try await service.ask(.GET, "/v1/records/0", as: wrong)
                #expect(try refused.code() == "tokenInvalid")
            }
        }
    }

    @Test func `whoever tries wrong tokens has to wait, and nobody else`() async throws {
        try await RunningService.run { service in
            for _ in 0..<SignInLimiter.failureCountMax {
                let reply = try await service.ask(.GET, "/v1/status", as: "wrong")
                #expect(reply.status == 401)
            }
            let reply = try await service.ask(.GET, "/v1/status", as: "wrong")
            #expect(reply.status == 429)
            #expect(try reply.code() == "signInsTooMany")
            let seconds = try #require(reply.headers.first(name: "Retry-After").flatMap { Int($0) })
            #expect((1...61).contains(seconds))
            #expect(try await service.ask(.GET, "/v1/status").status == 200)
            service.clock.step(microseconds: 61_000_000)
            #expect(try await service.ask(.GET, "/v1/status", as: "wrong").status == 401)
        }
    }

    @Test func `a token ends when it is revoked or its time is over`() async throws {
        try await RunningService.run { service in
            let token = try #require(service.tokens["admin-1"].flatMap { TokenText($0) })
            #expect(try await service.ask(.GET, "/metrics", as: "admin-1").status == 200)
            try service.access.revoke(token.id, now: service.clock.read())
            #expect(try await service.ask(.GET, "/metrics", as: "admin-1").status == 401)
            #expect(try await service.ask(.GET, "/v1/status").status == 200)
            service.clock.step(microseconds: 86_400_000_000)
            #expect(try await service.ask(.GET, "/v1/status").status == 401)
            let known = try service.access.tokens().first { $0.id == token.id }
            #expect(known?.revokedAt != nil && known?.lastUsedAt != nil)
        }
    }

    @Test func `a role does what it may and no more`() async throws {
        try await RunningService.run { service in
            let record = Sample.record("99010101-0001")
            for (person, code) in [
                ("admin-1", "roleMissing"), ("auditor-1", "roleMissing"),
                ("elsewhere-1", "outsideOwnAreas"),
            ] {
                let reply = try await service.submit(record, as: person)
                #expect(reply.status == 403)
                #expect(try reply.code() == code, "\(person)")
            }
            #expect(try await service.submit(record).status == 201)
            let correction = Sample.correct("99010101-0001", failing: 1)
            #expect(try await service.submit(correction, as: "elsewhere-1").status == 403)
            // Into one's own area, out of somebody else's.
            let move = Sample.correct("99010101-0001", failing: 1, place: 1)
            #expect(try await service.submit(move, as: "elsewhere-1").status == 403)
            var area = Area()
            (area.code, area.level, area.parentCode) = ("99010103", .village, "990101")
            area.nameTh = "หมู่สาม"
            let define = Sample.command(.defineArea(area))
            #expect(try await service.submit(define).status == 403)
            #expect(try await service.submit(define, as: "super-1").status == 201)
            let rotation = Sample.command(.rotateLogKey(LogKeyRotation()))
            let refused = try await service.submit(rotation, as: "super-1")
            #expect(try refused.code() == "commandNotForService")
        }
    }

    @Test func `nobody acts in another's name or in a capacity that is not his`() async throws {
        try await RunningService.run { service in
            for (user, capacity, code) in [
                ("super-1", "recorder", "actorNotPrincipal"),
                ("recorder-1", "supervisor", "capacityNotHeld"),
                ("", "admin", "capacityNotHeld"),
            ] {
                var command = Sample.record("99010101-0001")
                command.actor.user = user
                command.actor.capacity = capacity
                let reply = try await service.ask(
                    .POST,
                    "/v1/commands",
                    as: "recorder-1",
                    body: try command.jsonString()
                )
                #expect(reply.status == 403)
                #expect(try reply.code() == code)
            }
        }
    }

    @Test func `who loses a role loses it at the next request, and keeps what is recorded`()
        async throws
    {
        try await RunningService.run { service in
            let record = Sample.record("99010101-0001")
            #expect(try await service.submit(record).status == 201)
            var disabling = UserDisabling()
            (disabling.cycle, disabling.person) = ("2561", "recorder-1")
            disabling.reason = "left"
            let disable = Sample.command(.disableUser(disabling))
            #expect(try await service.submit(disable, as: "super-1").status == 201)
            let next = Sample.record("99010101-0002")
            var status = 201
            // The read models tell who is who, and follow within moments.
            for number in 0..<200 where status == 201 {
                status = try await service.submit(Sample.record("99010101-1\(number)")).status
            }
            #expect(status == 403)
            #expect(try await service.submit(next).status == 403)
            #expect(try await service.submit(record).status == 200)
        }
    }

    @Test func `auditors see who was refused and who read a household`() async throws {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            _ = try await service.ask(.GET, "/v1/records/0", as: nil)
            _ = try await service.submit(Sample.record("99010101-0002"), as: "admin-1")
            var status = 404
            for _ in 0..<3000 where status != 200 {
                status = try await service.ask(.GET, "/v1/households/99010101-0001").status
                try await Task.sleep(for: .milliseconds(20))
            }
            let reply = try await service.ask(.GET, "/v1/access-log")
            let entries = try #require(try reply.object()["entries"] as? [[String: Any]])
            let told = entries.map { entry in
                ["person", "method", "route", "outcome", "code"]
                    .map { entry[$0] as? String ?? "?" }.joined(separator: " ")
            }
            #expect(told.contains(" GET /v1/records/{index} refused tokenMissing"))
            #expect(told.contains("admin-1 POST /v1/commands refused roleMissing"))
            #expect(told.contains("auditor-1 GET /v1/households/{id} read "))
            #expect(!reply.text.contains("99010101-0001"))
            let page = try await service.ask(.GET, "/v1/access-log?limit=1")
            #expect(page.headers.first(name: "Link")?.contains("rel=\"next\"") == true)
            #expect(try await service.ask(.GET, "/v1/access-log", as: "super-1").status == 403)
        }
    }
}
