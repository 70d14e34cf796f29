import Cryptography
import Survey
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Whose word counts, and which certificate is whose.
@Suite struct CertificateRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    @Test mutating func `A certificate that leads to no root in force is not registered`() throws {
        let chair = try MemberCertificate.sample("chair-1", Fixture.identity(of: "chair-1"))
        let refusal = Rejection(.certificateUntrusted, "chair-1")
        #expect(throws: refusal) { try fixture.run(.registerMemberCertificate(chair)) }
        try fixture.registerCertificates(of: "member-1")
        #expect(throws: refusal) { try fixture.run(.registerMemberCertificate(chair)) }
        let both = try ["member-1", "chair-1"].map(Fixture.identity(of:))
        try fixture.run(.defineCertificateRoots(.sample(both)))
        try fixture.run(.registerMemberCertificate(chair))
        try fixture.run(.defineCertificateRoots(.sample([])))
        let secretary = try MemberCertificate.sample(
            "secretary-1",
            Fixture.identity(of: "secretary-1")
        )
        #expect(throws: Rejection(.certificateUntrusted, "secretary-1")) {
            try fixture.run(.registerMemberCertificate(secretary))
        }
    }

    @Test mutating func `A list of roots that changes nothing is refused`() throws {
        let unchanged = Rejection(.certificateRootsUnchanged, "certificates")
        #expect(throws: unchanged) { try fixture.run(.defineCertificateRoots(.sample([]))) }
        let roots = CertificateRoots.sample([try Fixture.identity(of: "chair-1")])
        var withoutReason = roots
        withoutReason.reason = " "
        #expect(throws: Rejection(.reasonMissing, "reason")) {
            try fixture.run(.defineCertificateRoots(withoutReason))
        }
        try fixture.run(.defineCertificateRoots(roots))
        #expect(throws: unchanged) { try fixture.run(.defineCertificateRoots(roots)) }
        try fixture.run(.defineCertificateRoots(.sample([])))
        #expect(fixture.state.certificateRoots.isEmpty)
    }

    @Test mutating func `More trusted certificates than fit a record are refused`() throws {
        var roots = CertificateRoots.sample([try Fixture.identity(of: "chair-1")])
        let byteCount = roots.certificates[0].count
        let count = 40_000 / byteCount + 1
        roots.certificates = Array(repeating: roots.certificates[0], count: count)
        #expect(throws: Rejection(.certificateRootsTooLarge, "\(count * byteCount)")) {
            try fixture.run(.defineCertificateRoots(roots))
        }
    }

    @Test mutating func `What is no certificate is refused`() throws {
        let identity = try Fixture.identity(of: "chair-1")
        try fixture.run(.defineCertificateRoots(.sample([identity])))
        let der = Data(identity.certificate.der)
        for bytes in [Data(), Data([0x30]), der.dropLast(), der + [0], Data(count: 16_385)] {
            var registration = MemberCertificate.sample("chair-1", identity)
            registration.certificate = bytes
            #expect(throws: Rejection(.certificateMalformed, "chair-1")) {
                try fixture.run(.registerMemberCertificate(registration))
            }
            var roots = CertificateRoots.sample([identity, identity])
            roots.certificates[1] = bytes
            #expect(throws: Rejection(.certificateMalformed, "certificates[2]")) {
                try fixture.run(.defineCertificateRoots(roots))
            }
        }
        #expect(throws: Rejection(.personUnknown, "nobody")) {
            try fixture.run(.registerMemberCertificate(.sample("nobody", identity)))
        }
    }

    @Test(arguments: [
        "1101700203450", "1-1017-00203-45-0", "PNOTH-1101700203450", "สมชาย ใจดี (1101700203450)",
        "12 1 1017 00203 45 0 x", "๑๑๐๑๗๐๐๒๐๓๔๕๐",
    ])
    func `A certificate in which a citizen id can be read is refused`(name: String) throws {
        var fixture = fixture
        let identity = try Fixture.newIdentity(name)
        let registration = MemberCertificate.sample("chair-1", identity)
        #expect(throws: Rejection(.certificateHoldsCitizenId, "chair-1")) {
            try fixture.run(.registerMemberCertificate(registration))
        }
        #expect(throws: Rejection(.certificateHoldsCitizenId, "certificates[1]")) {
            try fixture.run(.defineCertificateRoots(.sample([identity])))
        }
    }

    @Test(arguments: ["11017002034500", "110170020345", "1101700203451", "2561", "chair-1", "-"])
    func `Other numbers in a certificate are no citizen ids`(name: String) throws {
        var fixture = fixture
        let identity = try Fixture.newIdentity(name)
        try fixture.run(.defineCertificateRoots(.sample([identity])))
        try fixture.run(.registerMemberCertificate(.sample("chair-1", identity)))
    }

    @Test mutating func `A certificate signs and is registered only while it is valid`() throws {
        // From seven in the morning of 2 February to seven in the morning of 5 February.
        let identity = try Fixture.newIdentity("chair", from: "2018-02-02", to: "2018-02-05")
        try fixture.run(.defineCertificateRoots(.sample([identity])))
        let event = Event(.memberCertificateRegistered(.sample("chair-1", identity)))
        let invalid = Rejection(.certificateNotValid, "chair-1")
        let days: [(String, Rejection?)] = [
            ("2018-02-01", invalid), ("2018-02-02", nil), ("2018-02-04", nil),
            ("2018-02-05", nil), ("2018-02-06", invalid),
        ]
        for (day, expected) in days {
            #expect(rejection(fixture.state, event, Fixture.act(on: day)) == expected, "\(day)")
        }
    }

    @Test mutating func `A certificate and its key belong to one person for ever, revoked or not`()
        throws
    {
        try fixture.registerCertificates(of: "chair-1")
        let identity = try Fixture.identity(of: "chair-1")
        let taken = Rejection(.certificateAlreadyRegistered, "chair-1")
        for person in ["outsider", "chair-1"] {
            #expect(throws: taken) {
                try fixture.run(.registerMemberCertificate(.sample(person, identity)))
            }
        }
        #expect(throws: Rejection(.certificateUnknown, "outsider")) {
            try fixture.run(.revokeMemberCertificate(.sample("outsider", identity)))
        }
        var upperCase = MemberCertificateRevocation.sample("chair-1", identity)
        upperCase.sha256 = upperCase.sha256.uppercased()
        #expect(throws: Rejection(.certificateUnknown, "chair-1")) {
            try fixture.run(.revokeMemberCertificate(upperCase))
        }
        try fixture.run(.revokeMemberCertificate(.sample("chair-1", identity)))
        #expect(fixture.state.persons["chair-1"]?.certificates.isEmpty == true)
        #expect(throws: Rejection(.certificateUnknown, "chair-1")) {
            try fixture.run(.revokeMemberCertificate(.sample("chair-1", identity)))
        }
        #expect(throws: taken) {
            try fixture.run(.registerMemberCertificate(.sample("chair-1", identity)))
        }
    }

    @Test func `A moment of Thailand's day is found again in it`() throws {
        let day = try #require(Day(iso: "2018-02-01"))
        let seconds = day.bangkokUnixSeconds
        // 2018-01-31T17:00:00Z
        #expect(seconds.lowerBound == 1_517_418_000)
        #expect(seconds.count == 86_400)
        #expect(Day(bangkokDayOfUnixSeconds: seconds.lowerBound) == day)
        #expect(Day(bangkokDayOfUnixSeconds: seconds.upperBound - 1) == day)
        #expect(Day(bangkokDayOfUnixSeconds: seconds.upperBound) == day + 1)
        #expect(Day(bangkokDayOfUnixSeconds: -25_201) == Day(iso: "1969-12-31"))
        #expect(Day(bangkokDayOfUnixSeconds: -25_200) == Day(iso: "1970-01-01"))
    }
}
