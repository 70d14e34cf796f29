import Cryptography
import Foundation
import Survey

extension World {
    static func personal(_ births: [String]) -> PersonalData {
        var personal = PersonalData()
        personal.members = births.map { birth in
            var member = Member()
            member.firstName = "สมมุติ"
            member.birthDate = birth
            return member
        }
        return personal
    }

    /// Everybody who may be in scope is; `failing` says how many fail by indicator.
    static func counts(_ births: [String], failing: [Int: UInt32] = [:]) -> [IndicatorCount] {
        let reference = Day(iso: "2018-01-01") ?? Day(daysSinceEpoch: 0)
        let ages = births.compactMap { Day(iso: $0)?.wholeYears(until: reference) }
            .map { UInt32(clamping: $0) }
        return Questionnaire.bmn2560.indicators.map { indicator in
            var count = IndicatorCount()
            count.indicator = UInt32(indicator.number)
            count.inScope = UInt32(
                Questionnaire.bmn2560.inScope(indicator.number, ages: ages).upperBound
            )
            count.failing = min(count.inScope, failing[indicator.number] ?? 0)
            return count
        }
    }

    /// Two people, aged 37 and 5 at the reference date.
    mutating func record(
        _ household: String,
        _ place: Int,
        births: [String] = ["1980-05-05", "2012-06-06"],
        failing: [Int: UInt32] = [:],
        form: String = "",
        on day: String = "2018-02-01"
    ) throws {
        var record = RecordHousehold()
        record.questionnaire = form
        (record.cycle, record.household) = (Self.cycle, household)
        (record.village, record.lao) = Self.places[place]
        (record.interviewedOn, record.collector) = ("2018-01-15", "collector-1")
        record.personal = Self.personal(births)
        record.indicators = Self.counts(births, failing: failing)
        record.synthetic = true
        try run(.recordHousehold(record), on: day)
    }

    mutating func correct(
        _ household: String,
        on day: String = "2018-02-10",
        _ change: (inout CorrectHousehold) -> Void
    ) throws {
        var correction = CorrectHousehold()
        (correction.cycle, correction.household) = (Self.cycle, household)
        correction.reason = "read wrongly from the form"
        change(&correction)
        try run(.correctHousehold(correction), on: day)
    }

    mutating func notCollected(
        _ household: String,
        _ place: Int,
        on day: String = "2018-02-01"
    ) throws {
        var visit = HouseholdNotCollected()
        (visit.cycle, visit.household) = (Self.cycle, household)
        (visit.village, visit.lao) = Self.places[place]
        (visit.visitedOn, visit.collector, visit.reason) = ("2018-01-16", "collector-1", .absent)
        try run(.recordNotCollected(visit), on: day)
    }

    mutating func withdraw(_ household: String, on day: String = "2018-02-20") throws {
        var withdrawal = HouseholdWithdrawn()
        (withdrawal.cycle, withdrawal.household) = (Self.cycle, household)
        withdrawal.reason = "recorded twice"
        try run(.withdrawHousehold(withdrawal), on: day)
    }

    /// A day of March; a district's certification follows its LAOs' after nine days.
    private func march(_ day: Int, _ area: String?) -> String {
        let isDistrict = state.areas[area ?? ""]?.area.level == .district
        return "2018-03-" + (isDistrict ? "\(day + 9)" : "0\(day)")
    }

    private func area(of certification: String) -> String? {
        state.certifications[certification]?.prepared.area
    }

    mutating func prepare(_ area: String, on day: String? = nil) throws -> String {
        var command = PrepareCertification()
        (command.cycle, command.area) = (Self.cycle, area)
        return try run(.prepareCertification(command), on: day ?? march(1, area))
            .certificationPrepared.certification
    }

    mutating func sign(
        _ certification: String,
        _ person: String,
        on day: String? = nil
    ) throws {
        let statement = state.certifications[certification]?.prepared.statement ?? ""
        let key = try Self.key(of: person)
        var signature = CertificationSignature()
        (signature.certification, signature.person) = (certification, person)
        signature.role = String(person.prefix { $0 != "-" })
        signature.publicKey = Data(key.publicKey.rawBytes)
        signature.signature = Data(try key.sign(Array(statement.utf8)))
        try run(.signCertification(signature), on: day ?? march(2, area(of: certification)))
    }

    mutating func issue(_ certification: String, on day: String? = nil) throws {
        var issue = CertificationIssued()
        issue.certification = certification
        try run(.issueCertification(issue), on: day ?? march(3, area(of: certification)))
    }

    mutating func submit(_ certification: String, on day: String? = nil) throws {
        let area = state.certifications[certification]?.prepared.area ?? ""
        var submission = CertificationSubmitted()
        submission.certification = certification
        submission.toArea = state.areas[area]?.area.parentCode ?? ""
        try run(.submitCertification(submission), on: day ?? march(5, area))
    }

    mutating func withdraw(certification: String, on day: String? = nil) throws {
        var withdrawal = CertificationWithdrawn()
        (withdrawal.certification, withdrawal.reason) = (certification, "an error was found")
        try run(
            .withdrawCertification(withdrawal),
            on: day ?? march(6, area(of: certification))
        )
    }

    /// Goes all the way for one area, on one day if it is given.
    @discardableResult
    mutating func certify(_ area: String, on day: String? = nil) throws -> String {
        let id = try prepare(area, on: day)
        for person in Self.signers { try sign(id, person, on: day) }
        try issue(id, on: day)
        try submit(id, on: day)
        return id
    }
}
