import Access
import Foundation
import LedgerTestSupport
import NIOHTTP1
import Service
import Survey
import Testing

@Suite(.serialized) struct `Who may write what` {
    private func code(
        _ kind: Command.OneOf_Kind,
        as person: String,
        _ service: RunningService
    ) async throws -> String {
        let reply = try await service.submit(Sample.command(kind), as: person)
        return reply.status < 300 ? "recorded" : try reply.code()
    }

    @Test func `nobody signs for another or registers a key for another`() async throws {
        try await RunningService.run { service in
            var key = MemberKey()
            (key.person, key.publicKey) = ("recorder-1", Data(repeating: 7, count: 32))
            var signature = CertificationSignature()
            (signature.certification, signature.person) = ("c", "recorder-1")
            var certificate = MemberCertificate()
            certificate.person = "recorder-1"
            for kind: Command.OneOf_Kind in [
                .registerMemberKey(key), .signCertification(signature),
                .registerMemberCertificate(certificate),
            ] {
                let told1 = try await code(kind, as: "super-1", service)
                #expect(told1 == "personNotPrincipal")
            }
            key.person = "admin-1"
            let ofAdmin = try await code(.registerMemberKey(key), as: "admin-1", service)
            #expect(ofAdmin == "roleMissing")
            key.person = "super-1"
            let own = try await code(.registerMemberKey(key), as: "super-1", service)
            #expect(!["personNotPrincipal", "roleMissing", "outsideOwnAreas"].contains(own))
        }
    }

    @Test func `what names only an id is of the area where it began`() async throws {
        try await RunningService.run { service in
            // The order "recorders" is of the district 9901.
            var circulation = OrderCirculation()
            (circulation.order, circulation.circulatedOn) = ("recorders", "2017-11-05")
            circulation.toAreas = ["9981"]
            circulation.documentNumber = "1/2560"
            var revocation = OrderRevocation()
            (revocation.order, revocation.reason) = ("recorders", "none needed")
            for kind: Command.OneOf_Kind in [
                .circulateOrder(circulation), .revokeOrder(revocation),
            ] {
                let told2 = try await code(kind, as: "village-1", service)
                #expect(told2 == "outsideOwnAreas")
                let told3 = try await code(kind, as: "district-1", service)
                #expect(told3 != "outsideOwnAreas")
            }
            revocation.order = "nothing"
            let unknown = Command.OneOf_Kind.revokeOrder(revocation)
            let told4 = try await code(unknown, as: "district-1", service)
            #expect(told4 == "outsideOwnAreas")
            let told5 = try await code(unknown, as: "super-1", service)
            #expect(told5 == "orderUnknown")
        }
    }

    @Test func `writing reaches own areas and what is of no area is the province's`() async throws {
        try await RunningService.run { service in
            var target = TargetRevision()
            (target.cycle, target.village, target.lao) = ("2561", "99010101", "9981")
            (target.households, target.questionnaires, target.reason) = (101, 111, "counted again")
            let revise = Command.OneOf_Kind.reviseTarget(target)
            let told6 = try await code(revise, as: "village-1", service)
            #expect(told6 == "outsideOwnAreas")
            let told7 = try await code(revise, as: "district-1", service)
            #expect(told7 == "recorded")
            var certification = PrepareCertification()
            (certification.certification, certification.cycle) = ("c-1", "2561")
            certification.area = "99"
            let prepare = Command.OneOf_Kind.prepareCertification(certification)
            let told8 = try await code(prepare, as: "district-1", service)
            #expect(told8 == "outsideOwnAreas")
            let told9 = try await code(prepare, as: "super-1", service)
            #expect(told9 != "outsideOwnAreas")
            certification.cycle = "2560"
            let lastYear = Command.OneOf_Kind.prepareCertification(certification)
            let told10 = try await code(lastYear, as: "super-1", service)
            #expect(told10 == "outsideOwnAreas")
            var change = DeadlineChange()
            (change.cycle, change.deadline, change.reason) = ("2561", "nothing", "later")
            let cycleWide = Command.OneOf_Kind.changeDeadline(change)
            let told11 = try await code(cycleWide, as: "district-1", service)
            #expect(told11 == "outsideOwnAreas")
            let told12 = try await code(cycleWide, as: "super-1", service)
            #expect(told12 == "deadlineUnknown")
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            let erase = Sample.erase("99010101-0001")
            let elsewhere = try await service.submit(erase, as: "village-1")
            #expect(try elsewhere.code() == "outsideOwnAreas")
            let erased = try await service.submit(erase, as: "district-1")
            #expect(erased.status == 201)
        }
    }

    @Test func `users are registered by supervisors of their areas, not by themselves`()
        async throws
    {
        try await RunningService.run { service in
            func register(_ person: String, _ role: String, _ area: String) -> Command.OneOf_Kind {
                var user = UserRegistration()
                (user.cycle, user.person, user.role, user.area) = ("2561", person, role, area)
                return .registerUser(user)
            }
            func disable(_ person: String) -> Command.OneOf_Kind {
                var disabling = UserDisabling()
                (disabling.cycle, disabling.person, disabling.reason) = ("2561", person, "left")
                return .disableUser(disabling)
            }
            let own = register("super-1", "committee", "99")
            let told13 = try await code(own, as: "super-1", service)
            #expect(told13 == "aboutOneself")
            for role in ["auditor", "admin"] {
                let made = register("collector-1", role, "99")
                let told14 = try await code(made, as: "super-1", service)
                #expect(told14 == "commandNotForService")
            }
            let auditor = disable("auditor-1")
            let told15 = try await code(auditor, as: "super-1", service)
            #expect(told15 == "commandNotForService")
            let recorder = disable("recorder-1")
            let told16 = try await code(recorder, as: "village-1", service)
            #expect(told16 == "outsideOwnAreas")
            let told17 = try await code(recorder, as: "auditor-1", service)
            #expect(told17 == "roleMissing")
            let told18 = try await code(recorder, as: "district-1", service)
            #expect(told18 == "recorded")
            let collector = register("collector-1", "supervisor", "9901")
            let told19 = try await code(collector, as: "village-1", service)
            #expect(told19 == "outsideOwnAreas")
            let told20 = try await code(collector, as: "district-1", service)
            #expect(told20 == "recorded")
        }
    }

    @Test func `who was disabled a moment ago has not one more command`() async throws {
        try await RunningService.run { service in
            for round in 0..<5 {
                let record = Sample.record("99010101-\(round)")
                #expect(try await service.submit(record).status == 201)
                var disabling = UserDisabling()
                (disabling.cycle, disabling.person) = ("2561", "recorder-1")
                disabling.reason = "left"
                let disable = Sample.command(.disableUser(disabling))
                #expect(try await service.submit(disable, as: "district-1").status == 201)
                let next = try await service.submit(Sample.record("99010101-x\(round)"))
                #expect(next.status == 403)
                var user = UserRegistration()
                (user.cycle, user.person) = ("2561", "recorder-1")
                (user.role, user.area) = ("recorder", "9901")
                let register = Sample.command(.registerUser(user))
                #expect(try await service.submit(register, as: "district-1").status == 201)
            }
        }
    }

    @Test func `each refusal in a batch is told to auditors`() async throws {
        try await RunningService.run { service in
            let lines = try [
                Sample.record("99010101-0001"), Sample.record("99010101-0002"),
                Sample.record("99010102-0001", place: 1),
            ].map { try RunningService.line($0) }
            let reply = try await service.ask(
                .POST,
                "/v1/commands",
                as: "elsewhere-1",
                [("Content-Type", "application/x-ndjson")],
                body: lines.joined(separator: "\n")
            )
            let codes = try reply.objects().map { $0["code"] as? String }
            #expect(codes == ["outsideOwnAreas", "outsideOwnAreas", nil])
            let rows = try service.access.entries().map(\.entry).filter {
                $0.person == "elsewhere-1" && $0.outcome == .refused
            }
            #expect(rows.map(\.code) == ["outsideOwnAreas", "outsideOwnAreas"])
            #expect(rows.allSatisfy { $0.route == "/v1/commands" && $0.method == "POST" })
        }
    }
}
