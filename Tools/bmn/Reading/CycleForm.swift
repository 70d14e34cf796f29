import Ledger
import LedgerReader
import Survey

/// What a cycle asks, and the day at which it counts ages.
struct CycleForm {
    let questionnaire: Questionnaire
    let referenceDate: Day
}

extension LedgerSnapshot {
    /// Of the records that define it, which are few; the whole state need not be read.
    func form(ofCycle name: String) throws -> CycleForm {
        for index in try indexes(ofKind: .cycleDefined) {
            guard case .cycleDefined(let cycle) = try recordedEvent(index)?.event.kind,
                cycle.cycle == name, let day = Day(iso: cycle.referenceDate)
            else { continue }
            return CycleForm(
                questionnaire: try questionnaire(cycle.edition),
                referenceDate: day
            )
        }
        throw Rejection(.cycleUnknown, name)
    }

    private func questionnaire(_ edition: String) throws -> Questionnaire {
        if let known = Questionnaire.builtIn[edition] { return known }
        for index in try indexes(ofKind: .editionDefined) {
            guard case .editionDefined(let definition) = try recordedEvent(index)?.event.kind,
                definition.document.edition == edition
            else { continue }
            return try Questionnaire(definition.document)
        }
        throw Rejection(.editionUnknown, edition)
    }
}
