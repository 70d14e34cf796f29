import Cryptography
import Survey

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A synthetic province 99: two districts, three tambons, one of them divided between two LAOs.
///
///     99 ── 9901 ── 990101 ── 99010101, 99010102   LAOs 9981 and 990151 (divided)
///        │       └─ 990102 ── 99010201             LAO  990152
///        └─ 9902 ── 990201 ── 99020101             LAO  990251; PAO 990050 covers nothing
extension Fixture {
    static func created() throws(Rejection) -> Fixture {
        var fixture = Fixture()
        try fixture.append(Event(.ledgerCreated(.sample)))
        return fixture
    }

    /// With areas and the cycle 2561.
    static func defined() throws(Rejection) -> Fixture {
        var fixture = try created()
        for area in areas { try fixture.run(.defineArea(area)) }
        var cycle = Cycle.defaults2561(province: "99")
        cycle.synthetic = true
        // None of the letter's is met by a report.
        var summary = Deadline()
        (summary.deadline, summary.item, summary.due) = ("summary", "5", "2018-04-30")
        (summary.act, summary.fromLevel, summary.toLevel) = (.reportSubmitted, .district, .province)
        (summary.titleTh, summary.titleEn) = ("สรุปผล", "Summary")
        cycle.deadlines.append(summary)
        try fixture.run(.defineCycle(cycle))
        return fixture
    }

    /// With people, keys and orders as well.
    static func staffed() throws(Rejection) -> Fixture {
        var fixture = try defined()
        for person in people { try fixture.run(.registerPerson(.sample(person))) }
        for person in people.prefix(5) {
            try fixture.run(.registerMemberKey(.sample(person)))
        }
        for area in ["9901", "9902"] {
            let number = area.suffix(1)
            try fixture.run(
                .issueOrder(
                    .sample("collectors-\(number)", .collector, area, "collector-\(number)")
                )
            )
            try fixture.run(
                .issueOrder(.sample("recorders-\(number)", .recorder, area, "recorder-\(number)"))
            )
            try fixture.run(.issueOrder(.committee(area, ["chair-2", "secretary-2"])))
        }
        for lao in ["9981", "990151", "990152", "990251"] {
            try fixture.run(
                .issueOrder(.committee(lao, ["chair-1", "member-1", "secretary-1"]))
            )
        }
        return fixture
    }

    /// With a target of two households in village 99010101 and one in each of the others.
    static func targeted() throws(Rejection) -> Fixture {
        var fixture = try staffed()
        for (village, lao) in places {
            try fixture.run(.setTarget(.sample(village, lao, village == "99010101" ? 2 : 1)))
        }
        return fixture
    }

    /// With every household of the target recorded or accounted for.
    static func collected() throws(Rejection) -> Fixture {
        var fixture = try targeted()
        try fixture.run(.recordHousehold(.sample("h-1", failing: [8: 1])))
        try fixture.run(.recordNotCollected(.sample("h-2")))
        try fixture.run(.recordHousehold(.sample("h-3", "99010102", "990151")))
        try fixture.run(.recordHousehold(.sample("h-4", "99010201", "990152")))
        try fixture.run(
            .recordHousehold(.sample("h-5", "99020101", "990251", collector: "collector-2")),
            by: "recorder-2"
        )
        return fixture
    }

    static let places = [
        ("99010101", "9981"), ("99010102", "990151"), ("99010201", "990152"),
        ("99020101", "990251"),
    ]

    /// The first five have keys.
    static let people = [
        "chair-1", "member-1", "secretary-1", "chair-2", "secretary-2", "collector-1",
        "collector-2", "recorder-1", "recorder-2", "outsider",
    ]

    static let areas: [Area] = [
        .sample("99", .province, ""),
        .sample("9901", .district, "99"),
        .sample("9902", .district, "99"),
        .sample("990101", .tambon, "9901"),
        .sample("990102", .tambon, "9901"),
        .sample("990201", .tambon, "9902"),
        .sample("99010101", .village, "990101"),
        .sample("99010102", .village, "990101"),
        .sample("99010201", .village, "990102"),
        .sample("99020101", .village, "990201"),
        .sample("9981", .lao, "9901", covering: ["990101"]),
        .sample("990151", .lao, "9901", covering: ["990101"]),
        .sample("990152", .lao, "9901", covering: ["990102"]),
        .sample("990251", .lao, "9902", covering: ["990201"]),
        .sample("990050", .lao, "99"),
    ]
}

/// Certifications from preparation to submission.
extension Fixture {
    static func key(of person: String) throws -> Ed25519PrivateKey {
        let seed = SHA256.hash(Array("key of \(person)".utf8)).bytes
        return try Ed25519PrivateKey(seed: seed)
    }

    /// Prepares an area's certification and returns its id.
    @discardableResult
    mutating func prepare(_ area: String, on day: String = workday) throws -> String {
        let event = try run(.prepareCertification(.sample(area)), on: day)
        return event.certificationPrepared.certification
    }

    /// Signs with the person's certificate where one is registered, else with the passkey, else with
    /// the key.
    mutating func sign(_ id: String, _ person: String, on day: String = workday) throws {
        let signature =
            if state.persons[person]?.certificates.isEmpty == false {
                try certificateSignature(id, person)
            } else if state.persons[person]?.passkeys.isEmpty == false {
                try passkeySignature(id, person)
            } else {
                try signature(id, person)
            }
        try run(.signCertification(signature), on: day)
    }

    func signature(_ id: String, _ person: String) throws -> CertificationSignature {
        let key = try Fixture.key(of: person)
        let statement = try certification(id).prepared.statement
        var signature = CertificationSignature()
        signature.certification = id
        signature.person = person
        signature.role = String(person.prefix { $0 != "-" })
        signature.publicKey = Data(key.publicKey.rawBytes)
        signature.signature = Data(try key.sign(Array(statement.utf8)))
        return signature
    }

    /// Prepares, has the whole committee sign, and issues.
    mutating func issue(_ area: String) throws -> String {
        let id = try prepare(area)
        let isDistrict = state.areas[area]?.area.level == .district
        let signers = ["chair-2", "secretary-2"]
        for person in isDistrict ? signers : ["chair-1", "member-1", "secretary-1"] {
            try sign(id, person)
        }
        try run(.issueCertification(.sample(id)))
        return id
    }

    /// Goes all the way for one area.
    @discardableResult
    mutating func certify(_ area: String) throws -> String {
        let id = try issue(area)
        let parent = state.areas[area]?.area.parentCode ?? ""
        try run(.submitCertification(.sample(id, to: parent)))
        return id
    }
}
