import Cryptography
import Survey
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a cycle may ask for beyond the letter, each with its default.
@Suite struct CycleSettingTests {
    /// Areas, people and orders under a cycle with other settings.
    private static func fixture(_ change: (inout Cycle) -> Void) throws -> Fixture {
        var fixture = try Fixture.created()
        for area in Fixture.areas { try fixture.run(.defineArea(area)) }
        var cycle = Cycle.defaults2561(province: "99")
        change(&cycle)
        try fixture.run(.defineCycle(cycle))
        for person in ["chair-1", "recorder-1", "outsider"] {
            try fixture.run(.registerPerson(.sample(person)))
        }
        try fixture.run(.issueOrder(.committee("9981", ["chair-1"])))
        return fixture
    }

    @Test
    func `A cycle names the levels that need a committee and the users that need an appointment`()
        throws
    {
        let fixture = try Fixture.defined()
        func refusal(_ change: (inout Cycle) -> Void) -> Rejection? {
            var cycle = Cycle.defaults2561(province: "99")
            cycle.cycle = "2562"
            change(&cycle)
            return rejection(fixture.state, Event(.cycleDefined(cycle)))
        }
        let defaults = Cycle.defaults2561(province: "99")
        #expect(defaults.committeeLevels == [.district, .lao])
        #expect(defaults.appointedUserRoles == [])
        #expect(!defaults.cooperationRequiresCitation)
        #expect(refusal { $0.committeeLevels = [.district, .tambon, .lao] } == nil)
        #expect(refusal { $0.committeeLevels = [] } == nil)
        let invalid: [([Area.Level], String)] = [
            ([.village], "village"), ([.province], "province"), ([.lao, .lao], "lao"),
        ]
        for (levels, name) in invalid {
            #expect(
                refusal { $0.committeeLevels = levels } == Rejection(.committeeLevelInvalid, name)
            )
        }
        #expect(refusal { $0.appointedUserRoles = ["auditor", "admin"] } == nil)
        for roles in [["clerk"], ["clerk", "admin"], ["admin", "clerk"]] {
            #expect(
                refusal { $0.appointedUserRoles = roles } == Rejection(.userRoleUnknown, "clerk")
            )
        }
        #expect(
            refusal { $0.appointedUserRoles = ["admin", "admin"] }
                == Rejection(.userRoleUnknown, "admin")
        )
    }

    @Test func `Supervisors, auditors and admins need an appointment where the cycle says so`()
        throws
    {
        let roles = ["supervisor", "auditor", "admin"]
        let strict = try Self.fixture { $0.appointedUserRoles = roles }
        let lax = try Self.fixture { _ in }
        for role in roles {
            func refusal(_ fixture: Fixture, _ person: String, _ area: String) -> Rejection? {
                rejection(
                    fixture.state,
                    Event(.userRegistered(.sample(person, role, area)))
                )
            }
            #expect(refusal(lax, "outsider", "9981") == nil)
            #expect(refusal(strict, "chair-1", "9981") == nil)
            for (person, area) in [("outsider", "9981"), ("chair-1", "9901"), ("chair-1", "9902")] {
                #expect(refusal(strict, person, area) == Rejection(.userNotAppointed, person))
            }
        }
    }

    @Test func `A cycle may ask that requests for co-operation cite a paper`() throws {
        var strict = try Self.fixture { $0.cooperationRequiresCitation = true }
        var request = CooperationRequest.sample()
        request.cites = []
        #expect(throws: Rejection(.citationMissing, "ask-1")) {
            try strict.run(.requestCooperation(request))
        }
        try strict.run(.requestCooperation(.sample()))
        var lax = try Self.fixture { _ in }
        try lax.run(.requestCooperation(request))
    }

    @Test func `A user is registered with a key that is the user's own and in use`() throws {
        var fixture = try Fixture.staffed()
        func refusal(_ change: (inout UserRegistration) -> Void) -> Rejection? {
            var user = UserRegistration.sample("chair-1", "committee", "9981")
            change(&user)
            return rejection(fixture.state, Event(.userRegistered(user)))
        }
        let key = Data(try Fixture.key(of: "chair-1").publicKey.rawBytes)
        let foreign = Data(try Fixture.key(of: "member-1").publicKey.rawBytes)
        let unknown = Rejection(.keyUnknown, "chair-1")
        #expect(refusal { $0.publicKey = key } == nil)
        #expect(refusal { $0.publicKey = foreign } == unknown)
        #expect(refusal { $0.publicKey = Data([1]) } == unknown)
        let noCertificate = Rejection(.certificateUnknown, "chair-1")
        for text in ["x", String(repeating: "a", count: 64)] {
            #expect(refusal { $0.certificate = text } == noCertificate)
        }
        var user = UserRegistration.sample("chair-1", "committee", "9981")
        user.publicKey = key
        try fixture.run(.registerUser(user))
        var update = UserRegistrationUpdate.sample("chair-1", "committee", "9981")
        update.publicKey = key
        #expect(throws: Rejection(.userUnchanged, "chair-1")) {
            try fixture.run(.updateUserRegistration(update))
        }
        update.publicKey = foreign
        #expect(throws: unknown) { try fixture.run(.updateUserRegistration(update)) }
        update.publicKey = Data()
        try fixture.run(.updateUserRegistration(update))
        var revocation = MemberKeyRevocation()
        (revocation.person, revocation.publicKey, revocation.reason) = ("chair-1", key, "lost")
        try fixture.run(.revokeMemberKey(revocation))
        update.publicKey = key
        #expect(throws: unknown) { try fixture.run(.updateUserRegistration(update)) }
    }
}
