import Access
import Foundation
import LedgerTestSupport
import NIOHTTP1
import Survey
import Testing

@Suite(.serialized) struct `Roles and actions by session` {
    /// One thing for this person to ask for each action: a path, and the command that is sent there.
    private static func question(
        _ action: Action,
        _ person: String
    ) -> (path: String, body: Command.OneOf_Kind?) {
        switch action {
        case .readLog: ("/v1/records/0", nil)
        case .readFigures: ("/v1/progress", nil)
        case .readHousehold: ("/v1/households/99010101-0001", nil)
        case .readSealed: ("/households/99010101-0001/correct?cycle=2561", nil)
        case .readAccessLog: ("/v1/access-log", nil)
        case .readMetrics: ("/metrics", nil)
        case .makeLink: ("/v1/enrolment-links", nil)
        case .verifyLedger: ("/v1/verification", nil)
        case .runService: ("/v1/projections", nil)
        default: ("/v1/commands", command(action, person))
        }
    }

    /// In the areas of those who may; what the rules say of it afterwards is not asked here.
    private static func command(_ action: Action, _ person: String) -> Command.OneOf_Kind? {
        let (cycle, area) = ("2561", "9901")
        switch action {
        case .enterHousehold: return Sample.record("99010101-0009").kind
        case .enterAct: return .defineArea(Area())
        case .reviewResults:
            var defect = Defect()
            (defect.cycle, defect.area) = (cycle, area)
            return .reportDefect(defect)
        case .prepareCertification:
            var preparation = PrepareCertification()
            (preparation.cycle, preparation.area) = (cycle, area)
            return .prepareCertification(preparation)
        case .signCertification:
            var signature = CertificationSignature()
            signature.person = person
            return .signCertification(signature)
        case .erasePersonalData:
            var erasure = Erasure()
            (erasure.cycle, erasure.household) = (cycle, "99010101-0001")
            return .erasePersonalData(erasure)
        case .registerOwnKey:
            var key = MemberKey()
            key.person = person
            return .registerMemberKey(key)
        case .registerUser:
            var user = UserRegistration()
            (user.cycle, user.person, user.role, user.area) = (
                cycle, "collector-1", "recorder", area
            )
            return .registerUser(user)
        default: return nil
        }
    }

    @Test(arguments: ["recorder", "supervisor", "auditor", "admin"])
    func `each role may do what the table says`(name: String) async throws {
        let role = try #require(UserRole(rawValue: name))
        let person = try #require(RunningService.people.first { $0.1 == name }).0
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            let visitor = try Visitor(service, person)
            try await visitor.arrive()
            for action in Action.allCases {
                let (path, kind) = Self.question(action, person)
                var body = try kind.map { try RunningService.line(Sample.command($0)) }
                if action == .makeLink { body = #"{"person":"auditor-1"}"# }
                let reply = try await visitor.ask(
                    body == nil ? .GET : .POST,
                    path,
                    body: body
                )
                let isInScope = Scope.ofSessions.contains(action.scope)
                let mayAsk = isInScope && action.reach(of: role) != .nowhere
                if mayAsk {
                    #expect(![401, 403].contains(reply.status), "\(action): \(reply.text)")
                } else {
                    #expect(reply.status == 403, "\(action): \(reply.text)")
                    #expect(try reply.code() == (isInScope ? "roleMissing" : "scopeMissing"))
                }
            }
            let mayRead = Action.readHousehold.reach(of: role) != .nowhere
            #expect(try await visitor.page("/households").status == (mayRead ? 200 : 403))
            #expect(try await visitor.page("/").status == 200)
        }
    }

    @Test func `who has no role sees no page, and can sign out`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "collector-1")
            try await visitor.enrol(try visitor.link())
            #expect(try await visitor.signIn().status == 200)
            for path in ["/", "/areas", "/households", "/records"] {
                #expect(try await visitor.page(path).status == 403, "\(path)")
            }
            let page = try await visitor.page("/")
            let token = page.text.firstMatch(of: /name="csrf" value="([0-9a-f]+)"/)
            visitor.csrf = token.map { String($0.1) } ?? ""
            #expect(try await visitor.send("/sign-out").status == 303)
        }
    }

    @Test func `the first admin needs no role in the ledger, until it is withdrawn`() async throws {
        try await RunningService.run { service in
            try service.access.addOperator("collector-1", now: service.clock.read())
            let visitor = try Visitor(service, "collector-1")
            try await visitor.arrive()
            let made = try await visitor.ask(
                .POST,
                "/v1/enrolment-links",
                body: #"{"person":"super-1"}"#
            )
            #expect(made.status == 201, "\(made.text)")
            let url = try #require(try made.object()["url"] as? String)
            #expect(url.hasPrefix(visitor.origin + "/enrol/"))
            let other = try Visitor(service, "super-1")
            let link = String(url.dropFirst(visitor.origin.count))
            #expect(try await other.enrol(link).status == 200)
            #expect(try await other.signIn().status == 200)
            let nobody = try await visitor.ask(
                .POST,
                "/v1/enrolment-links",
                body: #"{"person":"nobody"}"#
            )
            #expect(nobody.status == 404)
            #expect(try nobody.code() == "personUnknown")
            let told = try service.told()
            #expect(told.contains("collector-1 POST /v1/enrolment-links linkMade "))
            let command = try RunningService.line(Sample.record("99010101-0001"))
            let entered = try await visitor.ask(.POST, "/v1/commands", body: command)
            #expect(try entered.code() == "roleMissing")
            _ = try service.access.withdraw("collector-1", now: service.clock.read())
            #expect(try await visitor.page("/").status == 303)
            #expect(try await visitor.signIn().status == 200)
            #expect(try await visitor.page("/").status == 403)
        }
    }

    @Test func `a household in a page is a reading that auditors see`() async throws {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            let visitor = try Visitor(service, "auditor-1")
            try await visitor.arrive()
            var status = 404
            for _ in 0..<200 where status != 200 {
                status = try await visitor.page("/households/99010101-0001").status
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(status == 200)
            let told = try service.told()
            let row = "auditor-1 GET /households/{id} read "
            #expect(told.contains(row))
            // Asking for what is not there tells something, too.
            #expect(try await visitor.page("/households/99010101-0404").status == 404)
            #expect(try service.told().count { $0 == row } == told.count { $0 == row } + 1)
            #expect(!told.contains { $0.contains("99010101-0001") })
        }
    }
}
