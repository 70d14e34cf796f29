import Access
import Foundation
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import Survey
import Testing

@Suite(.serialized) struct `Signing with a passkey` {
    private static let members = [
        ("chair-1", "chair"), ("secretary-1", "secretary"), ("member-1", "member"),
    ]

    /// One village, counted and prepared for its LAO to certify.
    private static func prepare(_ service: RunningService) throws {
        var kinds: [Command.OneOf_Kind] = []
        var order = Order()
        (order.order, order.number, order.date) = ("committee", "3/1", "2017-11-01")
        (order.kind, order.cycle, order.area) = (.committee, "2561", "9981")
        order.validFrom = "2017-12-01"
        for (person, role) in members {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = "Secretname-\(person)"
            registration.synthetic = true
            kinds.append(.registerPerson(registration))
            var appointment = Appointment()
            (appointment.person, appointment.role) = (person, role)
            order.appointments.append(appointment)
        }
        kinds.append(.issueOrder(order))
        var target = TargetRevision()
        (target.cycle, target.village, target.lao) = ("2561", "99010101", "9981")
        (target.households, target.questionnaires) = (1, 2)
        target.reason = "one house is left"
        kinds.append(.reviseTarget(target))
        var prepare = PrepareCertification()
        (prepare.cycle, prepare.area) = ("2561", "9981")
        let commands =
            kinds.map { Sample.command($0) } + [
                Sample.record("99010101-0001"), Sample.command(.prepareCertification(prepare)),
            ]
        for outcome in try service.writer.run(commands) { _ = try outcome.get() }
    }

    private static let page = "/certifications/2561-9981-1"

    @Test func `three members read the statement and sign it, each with the own passkey`()
        async throws
    {
        try await RunningService.run { service in
            try Self.prepare(service)
            for (person, role) in Self.members {
                let visitor = try Visitor(service, person)
                try await visitor.arrive()
                let shown = try await visitor.page(Self.page + "/sign")
                #expect(shown.status == 200, "\(shown.text)")
                #expect(shown.text.contains("bmn-ledger certification statement v2"))
                let options = try await visitor.options(Self.page + "/sign")
                let allowed = try #require(options["allowCredentials"] as? [[String: Any]])
                #expect(allowed.count == 1)
                let body = try visitor.use(options)
                let signed = try await visitor.ask(.POST, Self.page + "/sign/verify", body: body)
                #expect(signed.status == 201, "\(signed.text)")
                let index = try #require(try signed.object()["index"] as? Int)
                let record = try await service.ask(.GET, "/v1/records/\(index)")
                #expect(record.text.contains(#""role":"\#(role)""#), "\(record.text)")
                #expect(record.text.contains(#""authentication":"passkey""#))
                let again = try await visitor.ask(.POST, Self.page + "/sign/verify", body: body)
                #expect(again.status == 403, "its counter was seen")
                let twice = try await visitor.ask(
                    .POST,
                    Self.page + "/sign/verify",
                    body: visitor.use(try await visitor.options(Self.page + "/sign"))
                )
                #expect(try twice.code() == "alreadySigned")
            }
            let read = try await service.ask(.GET, "/v1/certifications/2561-9981-1")
            for (person, _) in Self.members { #expect(read.text.contains(person)) }
        }
    }

    @Test func `a signature takes a seat on the committee, the own passkey and this statement`()
        async throws
    {
        try await RunningService.run { service in
            try Self.prepare(service)
            let (chair, secretary) = (
                try Visitor(service, "chair-1"), try Visitor(service, "secretary-1")
            )
            try await chair.arrive()
            try await secretary.arrive()
            let size = try service.treeSize()
            let path = Self.page + "/sign/verify"
            let options = try await chair.options(Self.page + "/sign")
            let others = try await chair.ask(.POST, path, body: secretary.use(options))
            #expect(try others.code() == "passkeyUnknown")
            let signIn = try await chair.options("/sign-in")
            let other = try await chair.ask(.POST, path, body: chair.use(signIn))
            #expect(try other.code() == "passkeyRefused")
            #expect(other.text.contains("challengeMismatch"))
            let nothing = try await chair.page("/certifications/2561-3801-1/sign")
            #expect(nothing.status == 404)
            let recorder = try Visitor(service, "recorder-1")
            try await recorder.arrive()
            #expect(try await recorder.page(Self.page + "/sign").status == 403)
            let forged = try await recorder.ask(.POST, path, body: recorder.use(options))
            #expect(try forged.code() == "roleMissing")
            // Only the recorder's passkey was appended.
            #expect(try service.treeSize() == size + 1)
        }
    }
}
