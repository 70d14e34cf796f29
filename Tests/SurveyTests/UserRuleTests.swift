import Survey
import Testing

/// The register of the recording program's users.
@Suite struct UserRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    private func refusal(_ user: UserRegistration, on day: String = "2018-02-01") -> Rejection? {
        rejection(fixture.state, Event(.userRegistered(user)), Fixture.act(on: day))
    }

    @Test
    mutating func `A user is registered, updated with a reason, disabled, and registered anew`()
        throws
    {
        let unknown = Rejection(.userUnknown, "recorder-1")
        let update = UserRegistrationUpdate.sample("recorder-1", "recorder", "990101")
        #expect(throws: unknown) { try fixture.run(.updateUserRegistration(update)) }
        #expect(throws: unknown) { try fixture.run(.disableUser(.sample("recorder-1"))) }
        try fixture.run(.registerUser(.sample("recorder-1")))
        #expect(throws: Rejection(.userAlreadyRegistered, "recorder-1")) {
            try fixture.run(.registerUser(.sample("recorder-1", "recorder", "990101")))
        }
        #expect(throws: Rejection(.userUnchanged, "recorder-1")) {
            try fixture.run(.updateUserRegistration(.sample("recorder-1", "recorder", "9901")))
        }
        var silent = update
        silent.reason = ""
        #expect(throws: Rejection(.reasonMissing, "reason")) {
            try fixture.run(.updateUserRegistration(silent))
        }
        try fixture.run(.updateUserRegistration(update), on: "2018-02-03")
        #expect(throws: Rejection(.actBeforePrevious, "2018-02-03")) {
            try fixture.run(.disableUser(.sample("recorder-1")), on: "2018-02-02")
        }
        try fixture.run(.disableUser(.sample("recorder-1")), on: "2018-02-04")
        #expect(throws: unknown) {
            try fixture.run(.disableUser(.sample("recorder-1")), on: "2018-02-05")
        }
        #expect(throws: Rejection(.actBeforePrevious, "2018-02-04")) {
            try fixture.run(.registerUser(.sample("recorder-1")), on: "2018-02-03")
        }
        try fixture.run(.registerUser(.sample("recorder-1")), on: "2018-02-04")
    }

    @Test mutating func `A user has one of five roles, in an area of the cycle`() throws {
        for role in ["supervisor", "auditor", "admin"] {
            #expect(refusal(.sample("outsider", role)) == nil)
        }
        for role in ["", "Recorder", "collector"] {
            #expect(
                refusal(.sample("outsider", role)) == Rejection(.userRoleUnknown, role)
            )
        }
        #expect(refusal(.sample("nobody", "admin")) == Rejection(.personUnknown, "nobody"))
        #expect(refusal(.sample("outsider", "admin", "97")) == Rejection(.areaUnknown, "97"))
        try fixture.run(.defineArea(.sample("98", .province, "")))
        #expect(refusal(.sample("outsider", "admin", "98")) == Rejection(.areaOutsideCycle, "98"))
    }

    @Test func `A recorder or committee member is a user while appointed for the area`() {
        let refused = { (person: String) in Rejection(.userNotAppointed, person) }
        // The recorder of district 9901 covers all in it, an LAO of it too.
        for area in ["9901", "990101", "99010101", "9981", "990151"] {
            #expect(refusal(.sample("recorder-1", "recorder", area)) == nil, "\(area)")
        }
        for area in ["99", "9902", "990201", "990251"] {
            #expect(
                refusal(.sample("recorder-1", "recorder", area)) == refused("recorder-1"),
                "\(area)"
            )
        }
        for (day, isAppointed) in [
            ("2017-11-30", false), ("2017-12-01", true), ("2018-03-31", true),
            ("2018-04-01", false),
        ] {
            let found = refusal(.sample("recorder-1"), on: day)
            #expect(found == (isAppointed ? nil : refused("recorder-1")), "\(day)")
        }
        #expect(refusal(.sample("collector-1", "recorder")) == refused("collector-1"))
        #expect(refusal(.sample("chair-1", "committee", "9981")) == nil)
        #expect(refusal(.sample("chair-1", "committee", "9901")) == refused("chair-1"))
        #expect(refusal(.sample("chair-2", "committee", "9981")) == refused("chair-2"))
    }

    @Test func `A cycle may register users before they are appointed`() throws {
        var fixture = try Fixture.created()
        for area in Fixture.areas { try fixture.run(.defineArea(area)) }
        var cycle = Cycle.defaults2561(province: "99")
        cycle.registersUsersWithoutAppointment = true
        try fixture.run(.defineCycle(cycle))
        try fixture.run(.registerPerson(.sample("outsider")))
        try fixture.run(.registerUser(.sample("outsider")))
        try fixture.run(.updateUserRegistration(.sample("outsider", "committee", "9901")))
    }

    @Test func `A cycle holds one role to an appointment where it lets the others off`() throws {
        var fixture = try Fixture.created()
        for area in Fixture.areas { try fixture.run(.defineArea(area)) }
        var cycle = Cycle.defaults2561(province: "99")
        cycle.registersUsersWithoutAppointment = true
        cycle.appointedUserRoles = ["committee", "auditor"]
        try fixture.run(.defineCycle(cycle))
        try fixture.run(.registerPerson(.sample("outsider")))
        for (role, isRefused) in [
            ("recorder", false), ("committee", true), ("supervisor", false), ("auditor", true),
            ("admin", false),
        ] {
            let event = Event(.userRegistered(.sample("outsider", role, "9901")))
            #expect(
                rejection(fixture.state, event)
                    == (isRefused ? Rejection(.userNotAppointed, "outsider") : nil),
                "\(role)"
            )
        }
    }
}
