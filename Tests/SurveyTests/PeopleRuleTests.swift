import Cryptography
import Survey
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct PeopleRuleTests {
    @Test func `A person is registered once and always with sealed personal data`() throws {
        var fixture = try Fixture.defined()
        let event = try fixture.run(.registerPerson(.sample("somchai")))
        #expect(event.personRegistered.hasSealed)
        #expect(fixture.state.persons["somchai"]?.keyID == event.personRegistered.sealed.keyID)
        #expect(throws: Rejection(.personAlreadyRegistered, "somchai")) {
            try fixture.run(.registerPerson(.sample("somchai")))
        }
    }

    @Test func `A person without any identity is refused`() throws {
        var fixture = try Fixture.defined()
        var registration = RegisterPerson.sample("somchai")
        registration.identity = Member()
        #expect(throws: Rejection(.personalDataMissing, "somchai")) {
            try fixture.run(.registerPerson(registration))
        }
        registration.clearIdentity()
        #expect(throws: Rejection(.personalDataMissing, "somchai")) {
            try fixture.run(.registerPerson(registration))
        }
        var event = PersonRegistration()
        event.person = "somchai"
        #expect(
            rejection(fixture.state, Event(.personRegistered(event)))
                == Rejection(.personalDataMissing, "somchai")
        )
    }

    @Test func `A wrong citizen id is refused without being shown`() throws {
        var fixture = try Fixture.defined()
        var registration = RegisterPerson.sample("somchai")
        registration.identity.citizenID = "1101700203451"
        #expect(throws: Rejection(.citizenIdInvalid, "identity")) {
            try fixture.run(.registerPerson(registration))
        }
        registration.identity.citizenID = "1101700203450"
        registration.identity.birthDate = "2018-02-30"
        #expect(throws: Rejection(.birthDateInvalid, "identity")) {
            try fixture.run(.registerPerson(registration))
        }
        registration.identity.birthDate = "1990-02-28"
        registration.identity.lastName = "a\nb"
        #expect(throws: Rejection(.textMalformed, "identity")) {
            try fixture.run(.registerPerson(registration))
        }
        registration.identity.lastName = "ใจดี"
        try fixture.run(.registerPerson(registration))
    }

    @Test(arguments: [(0, 40), (11, 40), (13, 40), (12, 0), (12, 16), (12, 32_769)])
    func `Sealed data of the wrong size is refused`(nonce: Int, ciphertext: Int) throws {
        let fixture = try Fixture.defined()
        var event = PersonRegistration()
        event.person = "somchai"
        event.sealed.nonce = Data(count: nonce)
        event.sealed.ciphertext = Data(count: ciphertext)
        #expect(
            rejection(fixture.state, Event(.personRegistered(event)))
                == Rejection(.sealedMalformed, "somchai")
        )
    }

    @Test func `Personal data over 32 KiB is refused before it is sealed`() throws {
        var fixture = try Fixture.targeted()
        var record = RecordHousehold.sample(
            "h-1",
            births: Array(repeating: "1980-01-01", count: 61)
        )
        for offset in record.personal.members.indices {
            record.personal.members[offset].lastName = String(repeating: "ก", count: 133)
            record.personal.members[offset].firstName = String(repeating: "ก", count: 133)
        }
        #expect(throws: Rejection(.sealedMalformed, "h-1")) {
            try fixture.run(.recordHousehold(record))
        }
    }

    @Test func `An unknown person gets no key and no appointment`() throws {
        var fixture = try Fixture.defined()
        #expect(throws: Rejection(.personUnknown, "chair-1")) {
            try fixture.run(.registerMemberKey(.sample("chair-1")))
        }
        #expect(throws: Rejection(.personUnknown, "collector-1")) {
            try fixture.run(.issueOrder(.sample("o", .collector, "9901", "collector-1")))
        }
    }

    @Test(arguments: [
        [], [UInt8](repeating: 1, count: 31), [UInt8](repeating: 1, count: 33),
        // The neutral element: under it one signature fits every message.
        [1] + [UInt8](repeating: 0, count: 31),
        [UInt8](repeating: 0xFF, count: 32),
    ])
    func `A public key that proves nothing is refused`(bytes: [UInt8]) throws {
        var fixture = try Fixture.staffed()
        var key = MemberKey()
        key.person = "chair-1"
        key.publicKey = Data(bytes)
        #expect(throws: Rejection(.keyMalformed, "chair-1")) {
            try fixture.run(.registerMemberKey(key))
        }
    }

    @Test func `A public key belongs to one person for ever, revoked or not`() throws {
        var fixture = try Fixture.staffed()
        var stolen = try MemberKey.sample("chair-1")
        stolen.person = "outsider"
        #expect(throws: Rejection(.keyAlreadyRegistered, "chair-1")) {
            try fixture.run(.registerMemberKey(stolen))
        }
        var revocation = MemberKeyRevocation()
        revocation.person = "chair-1"
        revocation.publicKey = stolen.publicKey
        revocation.reason = "the token was lost"
        try fixture.run(.revokeMemberKey(revocation))
        #expect(fixture.state.persons["chair-1"]?.publicKeys.isEmpty == true)
        #expect(throws: Rejection(.keyAlreadyRegistered, "chair-1")) {
            try fixture.run(.registerMemberKey(stolen))
        }
    }

    @Test func `A key that is not the person's cannot be revoked`() throws {
        var fixture = try Fixture.staffed()
        var revocation = MemberKeyRevocation()
        revocation.person = "outsider"
        revocation.publicKey = try MemberKey.sample("chair-1").publicKey
        revocation.reason = "mischief"
        #expect(throws: Rejection(.keyUnknown, "outsider")) {
            try fixture.run(.revokeMemberKey(revocation))
        }
    }
}
