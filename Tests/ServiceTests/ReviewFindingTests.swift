import Access
import AsyncHTTPClient
import Foundation
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import Service
import Survey
import Testing

/// What reviewers found, so that it is not found again.
@Suite(.serialized) struct `Findings of reviewers` {
    private func code(
        _ kind: Command.OneOf_Kind,
        as person: String,
        _ service: RunningService
    ) async throws -> String {
        let reply = try await service.submit(Sample.command(kind), as: person)
        return reply.status < 300 ? "recorded" : try reply.code()
    }

    private static func committee(
        _ name: String,
        _ person: String,
        _ area: String = "9901"
    ) -> Order {
        var order = Order()
        (order.order, order.number, order.date) = (name, "3/1", "2017-11-01")
        (order.kind, order.cycle, order.area) = (.committee, "2561", area)
        order.validFrom = "2017-12-01"
        var appointment = Appointment()
        (appointment.person, appointment.role) = (person, "chair")
        order.appointments = [appointment]
        return order
    }

    private static func amendment(_ order: String, _ person: String) -> OrderAmendment {
        var amendment = OrderAmendment()
        (amendment.order, amendment.number, amendment.date) = (order, "3/2", "2017-12-05")
        (amendment.effectiveOn, amendment.reason) = ("2017-12-06", "one more is needed")
        var appointment = Appointment()
        (appointment.person, appointment.role) = (person, "member")
        amendment.added = [appointment]
        return amendment
    }

    @Test func `nobody puts himself on a committee`() async throws {
        try await RunningService.run { service in
            let own = Self.committee("own", "district-1")
            let first = try await code(.issueOrder(own), as: "district-1", service)
            #expect(first == "aboutOneself")
            let others = Self.committee("others", "super-1")
            let second = try await code(.issueOrder(others), as: "district-1", service)
            #expect(second == "recorded")
            let joining = Command.OneOf_Kind.amendOrder(Self.amendment("others", "district-1"))
            let third = try await code(joining, as: "district-1", service)
            #expect(third == "aboutOneself")
            // Of an order that is not there yet nobody knows of which kind it will be.
            let unknown = Command.OneOf_Kind.amendOrder(Self.amendment("later", "super-1"))
            let fourth = try await code(unknown, as: "super-1", service)
            #expect(fourth == "aboutOneself")
            // Whoever collects or records signs nothing by that.
            let recording = Command.OneOf_Kind.amendOrder(Self.amendment("recorders", "super-1"))
            let fifth = try await code(recording, as: "super-1", service)
            #expect(fifth != "aboutOneself")
            let seating = Command.OneOf_Kind.amendOrder(Self.amendment("others", "district-1"))
            let sixth = try await code(seating, as: "super-1", service)
            #expect(sixth == "recorded")
            let batch = try [
                Command.OneOf_Kind.issueOrder(Self.committee("batch", "super-1", "990151")),
                .amendOrder(Self.amendment("batch", "district-1")),
            ].map { try RunningService.line(Sample.command($0)) }
            let reply = try await service.ask(
                .POST,
                "/v1/commands",
                as: "district-1",
                [("Content-Type", "application/x-ndjson")],
                body: batch.joined(separator: "\n")
            )
            let codes = try reply.objects().map { $0["code"] as? String }
            #expect(codes == [nil, "aboutOneself"])
        }
    }

    @Test func `a role that ends while the body arrives is over`() async throws {
        try await RunningService.run { service in
            let line = try RunningService.line(Sample.record("99010101-0001"))
            let (pieces, body) = AsyncStream.makeStream(of: ByteBuffer.self)
            var request = service.request(
                .POST,
                "/v1/commands",
                as: "recorder-1",
                [("Content-Type", "application/json")]
            )
            request.body = .stream(pieces, length: .known(Int64(line.utf8.count)))
            let asked = request
            async let answer = HTTPClient.shared.execute(asked, timeout: .seconds(60))
            body.yield(ByteBuffer(string: String(line.prefix(1))))
            let token = try #require(service.tokens["recorder-1"].flatMap { TokenText($0) })
            var isLetIn = false
            for _ in 0..<3000 where !isLetIn {
                let known = try service.access.tokens().first { $0.id == token.id }
                isLetIn = known?.lastUsedAt != nil
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(isLetIn)
            var disabling = UserDisabling()
            (disabling.cycle, disabling.person) = ("2561", "recorder-1")
            disabling.reason = "left"
            let disable = Sample.command(.disableUser(disabling))
            #expect(try await service.submit(disable, as: "district-1").status == 201)
            body.yield(ByteBuffer(string: String(line.dropFirst())))
            body.finish()
            let response = try await answer
            #expect(response.status == .forbidden)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `an open feed keeps no session alive`() async throws {
        var limits = ServiceLimits()
        limits.heartbeat = .milliseconds(50)
        limits.feedCheckInterval = .milliseconds(50)
        try await RunningService.run(limits: limits) { service in
            let visitor = try Visitor(service, "auditor-1")
            try await visitor.arrive()
            let cookie = try #require(visitor.cookie)
            var request = HTTPClientRequest(url: service.url + "/v1/feed")
            request.headers.add(name: "Cookie", value: cookie)
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
            #expect(response.status == .ok)
            var reader = FeedReader()
            var stepCount = 0
            // Two thirds of the time, twice: after each its reader is looked up several times.
            for try await buffer in response.body {
                reader.take(buffer)
                guard reader.commentCount >= (stepCount + 1) * 5, stepCount < 2 else { continue }
                service.clock.step(microseconds: AccessStore.sessionIdleMicroseconds * 2 / 3)
                stepCount += 1
            }
            #expect(stepCount == 2)
            #expect(try await visitor.page("/").status == 303)
        }
    }

    @Test func `withdrawals of awards and forms are of their cycle and area`() async throws {
        try await RunningService.run { service in
            var nomination = PaperWithdrawal()
            (nomination.kind, nomination.paper) = (.nomination, "collector")
            (nomination.area, nomination.part) = ("9901", "collector-1")
            (nomination.cycle, nomination.reason) = ("2561", "entered twice")
            let village = try await code(.withdrawPaper(nomination), as: "village-1", service)
            #expect(village == "outsideOwnAreas")
            let district = try await code(.withdrawPaper(nomination), as: "district-1", service)
            #expect(!["outsideOwnAreas", "recorded"].contains(district))
            nomination.cycle = "2560"
            let past = try await code(.withdrawPaper(nomination), as: "super-1", service)
            #expect(past == "outsideOwnAreas")
            var issue = QuestionnaireIssue()
            (issue.cycle, issue.area, issue.collector) = ("2561", "9901", "collector-1")
            issue.issuedOn = "2018-01-10"
            var range = SerialRange()
            (range.prefix, range.first, range.last) = ("A", 1, 20)
            issue.ranges = [range]
            let issued = try await code(.issueQuestionnaires(issue), as: "district-1", service)
            #expect(issued == "recorded")
            var forms = PaperWithdrawal()
            (forms.kind, forms.paper, forms.part) = (.questionnaireIssue, "collector-1", "A1")
            (forms.cycle, forms.reason) = ("2561", "never given out")
            let elsewhere = try await code(.withdrawPaper(forms), as: "village-1", service)
            #expect(elsewhere == "outsideOwnAreas")
            let own = try await code(.withdrawPaper(forms), as: "district-1", service)
            #expect(own == "recorded")
        }
    }

    @Test func `what no program can ask is not there, whoever asks`() async throws {
        try await RunningService.run { service in
            for path in ["/v1/unknown", "/v1", "/log/nothing", "/livez/more", "/openapi.json/x"] {
                for person in [nil, "auditor-1"] {
                    let reply = try await service.ask(.GET, path, as: person)
                    #expect(reply.status == 404, "\(path)")
                    #expect(try reply.code() == "notFound")
                }
            }
            // Pages are for whoever signed in.
            let page = try await service.ask(.GET, "/areas/99", as: nil)
            #expect(try page.code() == "sessionMissing")
            let posted = try await service.ask(.POST, "/areas/99", as: "super-1", body: "{}")
            #expect(posted.status == 405)
            #expect(posted.headers.first(name: "Allow") == "GET")
        }
    }
}
