import ProjectionRuntime
import Survey
import Testing
import UsersProjection

/// Who is registered to use the programs.
struct UserReadModelTests {
    @Test
    func `A user's row is the registration as it stands`() throws {
        var world = try World.staffed()
        var user = UserRegistration()
        (user.cycle, user.person) = (World.cycle, "recorder-1")
        (user.role, user.area) = ("recorder", "99")
        func row() throws -> UserRow? {
            try world.readModels([UserReadModel()]).read { db in
                try UserReadModel.user("recorder-1", cycle: World.cycle, db)
            }
        }
        try world.run(.registerUser(user), on: "2018-02-01")
        #expect(try row()?.role == "recorder")
        #expect(try row()?.publicKey == nil)
        var update = UserRegistrationUpdate()
        (update.cycle, update.person) = (World.cycle, "recorder-1")
        (update.role, update.area, update.reason) = ("supervisor", "9901", "promoted")
        try world.run(.updateUserRegistration(update), on: "2018-02-02")
        let updated = try #require(try row())
        #expect(
            [updated.role, updated.area, updated.reason] == ["supervisor", "9901", "promoted"]
        )
        #expect([updated.registeredOn, updated.changedOn] == ["2018-02-01", "2018-02-02"])
        var disabling = UserDisabling()
        (disabling.cycle, disabling.person) = (World.cycle, "recorder-1")
        disabling.reason = "moved away"
        try world.run(.disableUser(disabling), on: "2018-02-03")
        #expect(try row()?.disabledOn == "2018-02-03")
        try world.run(.registerUser(user), on: "2018-02-04")
        let again = try #require(try row())
        #expect(again.disabledOn == nil)
        #expect([again.role, again.registeredOn] == ["recorder", "2018-02-04"])
    }
}
