import Survey
import SwiftProtobuf
import TestSupport
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A season in which every kind of event happens with all of its fields.
enum Season {
    static func played() throws -> Fixture {
        var fixture = try Fixture.collected()
        var revision = AreaRevision()
        revision.code = "990251"
        revision.reason = "renamed"
        revision.nameTh = "อบต. ใหม่"
        revision.nameEn = "New TAO"
        revision.validTo = "2019-12-31"
        revision.covered.codes = ["990201", "990102"]
        try fixture.run(.reviseArea(revision))
        try fixture.run(.defineEdition(.sample()))
        var change = DeadlineChange()
        change.cycle = "2561"
        change.deadline = "awards"
        change.due = "2018-03-27"
        change.reason = "a holiday"
        try fixture.run(.changeDeadline(change))
        var amendment = OrderAmendment.sample("collectors-2", on: "2018-01-20")
        amendment.removedPersons = ["collector-2"]
        amendment.added = [.sample("outsider", "collector", "990201")]
        try fixture.run(.amendOrder(amendment))
        try fixture.run(.reviseTarget(.sample("99010102", "990151", 1_000)))
        try fixture.run(.reviseTarget(.sample("99010102", "990151", 1)))
        var correction = CorrectHousehold.sample("h-1")
        correction.personal = .sample(births: ["1950-05-05", "2012-06-06"])
        correction.indicators = IndicatorCount.fitting(births: ["1950-05-05", "2012-06-06"])
        try fixture.run(.correctHousehold(correction))
        try fixture.run(.submitReport(.sample("summary", "9901")))
        try fixture.runActs()
        try fixture.runReviews()
        try fixture.registerCertificates(of: "chair-2", "secretary-2")
        let passkey = try Fixture.authenticator(of: "secretary-1")
        try fixture.run(.registerPasskey(.sample("secretary-1", passkey)))
        for area in ["9981", "990151", "990152", "9901"] { try fixture.certify(area) }
        try fixture.run(.withdrawCertification(.sample("2561-9901-1")))
        var revocation = MemberKeyRevocation()
        revocation.person = "chair-1"
        revocation.publicKey = try MemberKey.sample("chair-1").publicKey
        revocation.reason = "the token was lost"
        try fixture.run(.revokeMemberKey(revocation))
        let certificate = try Fixture.identity(of: "chair-2")
        try fixture.run(.revokeMemberCertificate(.sample("chair-2", certificate)))
        try fixture.run(.revokePasskey(.sample("secretary-1", passkey)))
        try fixture.run(.defineCertificateRoots(.sample([])))
        try fixture.run(.revokeOrder(.sample("collectors-2", on: "2018-01-25")))
        try fixture.run(.withdrawHousehold(.sample("h-4")))
        try fixture.run(.erasePersonalData(.sample(household: "h-1")))
        try fixture.run(.erasePersonalData(.sample(person: "chair-1")))
        try fixture.run(.rotateLogKey(try .sample()))
        return fixture
    }
}

/// Whoever writes the log file can write any event; the rules level of an audit meets them all.
@Suite struct ForgedEventTests {
    /// What may be any value: nothing follows from it.
    static let free: Set<String> = [
        ".synthetic", ".sealed.keyId", ".sealed.nonce", ".sealed.ciphertext", ".number.maximum",
    ]

    private func isFree(_ name: String) -> Bool { Self.free.contains { name.hasSuffix($0) } }

    /// Nil: refused already when it was read.
    private func read(_ json: Any?) throws -> Event? {
        guard let json else { return nil }
        return try? Event(jsonString: try JSONLeaves.text(json))
    }

    private func problem(_ step: Fixture.Step, _ event: Event) -> Rejection? {
        rejection(
            step.before,
            event,
            step.act,
            step.household,
            treeSize: step.position.treeSize
        )
    }

    @Test func `Every kind of event happens in the season`() throws {
        let kinds = Set(try Season.played().history.compactMap(\.event.eventKind))
        #expect(kinds == Set(EventKind.allCases))
    }

    @Test func `A value out of its form, bounds or meaning is refused in every field`() throws {
        let long = String(repeating: "ก", count: 700)
        let hostile: [Any] = [
            "\u{7}", "x\u{202E}", long, 99, UInt32.max,
            Data(count: 1).base64EncodedString(), Data(count: 3_000).base64EncodedString(),
        ]
        var tried: Set<String> = []
        for step in try Season.played().history {
            let json = try JSONLeaves.parse(step.event.jsonString())
            for path in JSONLeaves.paths(in: json) {
                let name = JSONLeaves.name(path)
                let value = JSONLeaves.value(json, at: path)
                guard !isFree(name), tried.insert(name).inserted else { continue }
                if let array = value as? [Any] {
                    let longer = (0..<450).map { array[$0 % array.count] }
                    let event = try read(JSONLeaves.replacing(json, at: path, with: longer))
                    #expect(event.map { problem(step, $0) != nil } ?? true, "\(name) × 450")
                    continue
                }
                for new in hostile {
                    // A number that happens to be plausible is none of these forgeries.
                    if isPlausible(new, name) { continue }
                    let forged = try read(JSONLeaves.replacing(json, at: path, with: new))
                    #expect(
                        forged.map { problem(step, $0) != nil } ?? true,
                        "\(name) = \(String(describing: new).prefix(20))"
                    )
                }
            }
        }
        #expect(tried.count > 120, "\(tried.count)")
    }

    /// 99 households are a plausible target, and 99 is a permitted minimum of signatures.
    private func isPlausible(_ new: Any, _ name: String) -> Bool {
        guard let number = new as? Int, number == 99 else { return isName(new, name) }
        return [
            ".households", ".questionnaires", ".minimumSignatures", ".byteCount", ".guestCount",
            ".quorumDenominator",
            ".collectedCount", ".recordedCount", ".ranges[].last", ".amountSatang",
            ".attendance[].count",
        ].contains { name.hasSuffix($0) }
    }

    /// Short base64 is text like any other where free text is allowed.
    private func isName(_ new: Any, _ name: String) -> Bool {
        guard let text = new as? String, text == "AA==" else { return false }
        return [
            ".nameTh", ".nameEn", ".laoType", ".titleTh", ".titleEn", ".item", ".number",
            ".reason", ".documentNumber", ".title", ".asRead", ".asUnderstood", ".note",
            ".fromOffice", ".subject", ".signer", ".capacity", ".registerNumber", ".place",
            ".agenda", ".noticeNumber", ".text", ".th", ".en", ".ruleTh", ".ruleEn", ".measure",
            ".office", ".grounds", ".activity", ".source",
            ".findings", ".formNumber", ".label",
        ].contains { name.hasSuffix($0) }
    }

    @Test func `A sealing of another size is refused`() throws {
        for step in try Season.played().history {
            guard let sealed = step.event.sealed else { continue }
            for (nonce, ciphertext) in [(11, 40), (13, 40), (12, 16), (12, 32_769)] {
                var forged = step.event
                var other = sealed
                other.nonce = Data(count: nonce)
                other.ciphertext = Data(count: ciphertext)
                forged.seal(other)
                #expect(problem(step, forged)?.code == .sealedMalformed)
            }
        }
    }

    @Test func `Any admitted event is refused when it comes a second time`() throws {
        let fixture = try Season.played()
        for step in fixture.history {
            var state = step.before
            let after = state.evolve(
                step.event,
                index: step.position.treeSize,
                on: step.act.day,
                household: step.household
            )
            let size = step.position.treeSize + 1
            #expect(
                rejection(state, step.event, step.act, after, treeSize: size) != nil,
                "\(step.event.eventKind?.rawValue ?? "")"
            )
        }
    }

    @Test func `No mutation of a log makes the rules trap`() throws {
        var generator = SeededGenerator.announced(for: "forged log")
        let season = try Season.played().history
        let texts = try season.map { try JSONLeaves.parse($0.event.jsonString()) }
        let values = texts.flatMap { json in
            JSONLeaves.paths(in: json).compactMap { JSONLeaves.value(json, at: $0) }
        }
        let hostile: [Any] = [
            "", "99", "9901", "ก", "\u{0}", "2018-01-01", "-1", 0, -1, UInt32.max, UInt64.max,
            "18446744073709551615", [Any](), [String: Any](), true,
        ]
        for _ in 0..<8 {
            var forged = Fixture()
            for (step, json) in zip(season, texts) {
                var mutated: Any? = json
                let mutationCount = [0, 0, 0, 1, 1, 2, 5].randomElement(using: &generator) ?? 0
                for _ in 0..<mutationCount {
                    let path = JSONLeaves.paths(in: mutated ?? json).randomElement(
                        using: &generator
                    )
                    let new = [hostile, values].randomElement(using: &generator)?
                        .randomElement(using: &generator)
                    guard let path else { continue }
                    let isRemoved = Int.random(in: 0..<6, using: &generator) == 0
                    let candidate = JSONLeaves.replacing(
                        mutated ?? json,
                        at: path,
                        with: isRemoved ? nil : new
                    )
                    if try read(candidate) != nil { mutated = candidate }
                }
                guard let event = try read(mutated) else { continue }
                judge(event, in: forged, step.act)
                // Applied although it may be refused: an auditor goes on to the next record.
                forged.apply(event, step.act)
            }
        }
    }

    /// Asks everything that an audit asks about one event.
    private func judge(_ event: Event, in forged: Fixture, _ act: Act) {
        let household = forged.households[event.stream] ?? HouseholdState()
        let rejection = rejection(forged.state, event, act, household, treeSize: forged.treeSize)
        if let rejection {
            #expect(!rejection.sentence(.thai).isEmpty)
            #expect(rejection.subject.utf8.count <= 131)
        }
        if case .certificationPrepared(let prepared) = event.kind {
            _ = forged.state.statement(of: prepared)
            _ = prepared.figures.digest(cycle: prepared.cycle, area: prepared.area)
        }
        for certification in forged.state.certifications.values {
            _ = forged.state.isSuperseded(certification)
        }
        for area in ["", "9901", "9981"] {
            let level = forged.state.areas[area]?.area.level ?? .unspecified
            _ = forged.state.figures(area: area, level: level, cycle: "2561")
            _ = forged.state.laosAtWork(district: area, cycle: "2561")
        }
        for cell in forged.state.cells.values { #expect(Cell(encoded: cell.encoded) == cell) }
    }
}
