import Cryptography
import Ledger
import LedgerReader
import Survey
import SwiftProtobuf

/// Derives what follows from sealed answers again, and compares it with what is recorded.
///
/// The rules cannot: they see no answers. So this needs the vault, and each record speaks for itself.
struct AnswerCheck {
    /// One value of a record that does not follow from its answers.
    struct Finding {
        let index: UInt64
        let cycle: String
        let household: String
        /// As corrections name it: `ages`, `indicator.7`; or `warningCount`, `answers`, `personal`.
        let field: String
        let recorded: String
        let derived: String
    }

    private let vault: Names
    private var forms: [String: CycleForm] = [:]
    private(set) var checkedCount = 0
    private(set) var erasedCount = 0
    private(set) var findings: [Finding] = []

    init(_ vault: Names) { self.vault = vault }

    /// Every record that gave answers, of one cycle or of all.
    mutating func run(
        _ snapshot: borrowing LedgerSnapshot,
        cycle: String?,
        progress: (UInt64) -> Void
    ) throws {
        let recorded = try snapshot.indexes(ofKind: .householdRecorded)
        let corrected = try snapshot.indexes(ofKind: .householdCorrected)
        for index in (recorded + corrected).sorted() {
            progress(index)
            guard let record = try snapshot.recordedEvent(index),
                let household = try state(after: record, snapshot),
                cycle == nil || household.cycle == cycle
            else { continue }
            snapshot.countScatteredRead()
            try check(record, household, snapshot)
        }
    }

    private struct Household {
        let cycle: String
        let household: String
        let state: HouseholdState
    }

    /// The household as this record leaves it; nil where the record gave no answers.
    private func state(
        after record: RecordedEvent,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> Household? {
        switch record.event.kind {
        case .householdRecorded(let event) where event.checkedAtEntry == PersonalCheck.withAnswers:
            var state = HouseholdState()
            state.evolve(record.event, on: record.envelope.day)
            return Household(cycle: event.cycle, household: event.household, state: state)
        case .householdCorrected(let event) where event.checkedAtEntry == PersonalCheck.withAnswers:
            let state = try snapshot.household(
                stream: record.envelope.stream,
                belowVersion: record.envelope.streamVersion + 1
            )
            return Household(cycle: event.cycle, household: event.household, state: state)
        default: return nil
        }
    }

    private mutating func check(
        _ record: RecordedEvent,
        _ household: Household,
        _ snapshot: borrowing LedgerSnapshot
    ) throws {
        let form = try forms[household.cycle] ?? snapshot.form(ofCycle: household.cycle)
        forms[household.cycle] = form
        func finding(_ field: String, _ recorded: String, _ derived: String) -> Finding {
            Finding(
                index: record.envelope.index,
                cycle: household.cycle,
                household: household.household,
                field: field,
                recorded: recorded,
                derived: derived
            )
        }
        let data: PersonalData
        do {
            switch try vault.household(record, snapshot) {
            case .open(let opened): data = opened
            case .erased:
                erasedCount += 1
                return
            // Nobody erased it, and nobody can read it.
            case .absent, .keyMissing: return findings.append(finding("personal", "", ""))
            }
        } catch let error as CryptographyError where error.code == .authenticationFailed {
            return findings.append(finding("personal", "", ""))
        } catch is BinaryDecodingError {
            return findings.append(finding("personal", "", ""))
        }
        checkedCount += 1
        guard let answers = data.answers(to: form.questionnaire) else {
            return findings.append(finding("answers", "", ""))
        }
        let report = DerivationReport(form.questionnaire, answers, form.referenceDate)
        guard report.isSound else { return findings.append(finding("answers", "", "")) }
        let derived = Self.values(report, form)
        for (field, recorded) in Self.values(household.state, form.questionnaire)
        where derived[field] != recorded {
            findings.append(finding(field, recorded, derived[field] ?? ""))
        }
    }

    /// What is recorded, in the order of the form.
    private static func values(
        _ state: HouseholdState,
        _ form: Questionnaire
    ) -> [(field: String, value: String)] {
        var fields = [HouseholdField.ages]
        // A forged record may have counts for fewer indicators; the others count nobody in it.
        fields += (1...form.numberMax).map { HouseholdField.indicator($0) }
        return fields.map { ($0.name, state.value(of: $0)) }
            + [("warningCount", "\(state.warningCount)")]
    }

    /// What follows from the answers, by the same names.
    private static func values(_ report: DerivationReport, _ form: CycleForm) -> [String: String] {
        let ages = report.answers.members.map { member -> UInt32 in
            guard case .day(let birth) = member[Answers.birthDate] else { return 0 }
            return UInt32(clamping: birth.wholeYears(until: form.referenceDate))
        }
        var values = [HouseholdField.ages.name: HouseholdField.text(ages)]
        for number in 1...form.questionnaire.numberMax {
            values[HouseholdField.indicator(number).name] = HouseholdField.text(
                inScope: 0,
                failing: 0
            )
        }
        for result in report.derivation.results {
            values[HouseholdField.indicator(result.number).name] = HouseholdField.text(
                inScope: result.inScopeCount,
                failing: result.failingCount
            )
        }
        values["warningCount"] = "\(report.derivation.contradictions.count)"
        return values
    }
}
