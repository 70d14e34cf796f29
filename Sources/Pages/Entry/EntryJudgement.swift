package import Console
import Cryptography
package import Survey

/// What a form comes to: what is wrong in it, what warns, what each indicator says, what changed.
package struct EntryJudgement: Sendable {
    /// Something to be told, with the fields that it is about.
    struct Finding {
        let fields: [EntryField]
        /// The question; nil where the sentence says it all.
        var label: Phrase?
        let sentence: Phrase
        let place: AnswerPlace
    }

    let form: Questionnaire
    package let reading: EntryReading
    let derivation: Derivation
    let asked: AskedItems
    /// What was typed and cannot be so, whatever else is still to come.
    private(set) var faults: [Finding] = []
    /// What is still to be answered.
    private(set) var missing: [Finding] = []
    private(set) var contradictions: [Finding] = []
    private(set) var warnings: [Finding] = []

    package init(
        _ entry: HouseholdEntry,
        _ form: Questionnaire,
        referenceDate: Day,
        isCorrection: Bool
    ) {
        self.form = form
        reading = EntryReading(entry, form)
        let answers = reading.answers
        derivation = form.derive(answers, referenceDate: referenceDate)
        asked = AskedItems(form, answers, derivation, referenceDate: referenceDate)
        faults = reading.problems.map {
            Finding(
                fields: [$0.field],
                label: Self.label($0.field, form),
                sentence: $0.sentence,
                place: Self.place(of: $0.field)
            )
        }
        for problem in form.problems(answers, referenceDate: referenceDate)
        where !problem.item.isEmpty {
            let field = EntryField.answer(problem.item, problem.place)
            faults.append(
                Finding(
                    fields: [field],
                    label: Self.label(field, form),
                    sentence: problem.code.phrase,
                    place: problem.place
                )
            )
        }
        findMissing(isCorrection: isCorrection)
        for found in derivation.contradictions {
            let finding = Finding(
                fields: Self.fields(of: found, form),
                sentence: found.contradiction.wording.phrase,
                place: found.place
            )
            if found.contradiction.severity == .error {
                contradictions.append(finding)
            } else {
                warnings.append(finding)
            }
        }
    }

    /// Whether nothing stands in the way of recording it, but perhaps a rule of the ledger.
    package var isSound: Bool {
        faults.isEmpty && missing.isEmpty && contradictions.isEmpty && derivation.isSound
    }

    /// Names the warnings that were shown, so that only those are passed over.
    package var warningsToken: String {
        guard !warnings.isEmpty else { return "" }
        let names = derivation.contradictions.filter { $0.contradiction.severity == .warning }
            .map { "\($0.contradiction.contradiction) \($0.place)" }
        return String(SHA256.hash(Array(names.joined(separator: "\n").utf8)).hex.prefix(32))
    }

    private mutating func findMissing(isCorrection: Bool) {
        var needed: [HouseholdEntry.Frame] = [
            .household, .village, .lao, .interviewedOn, .collector,
        ]
        if isCorrection { needed.append(.reason) }
        let unread = Set(reading.problems.map(\.field))
        for field in needed where reading[field].isEmpty && !unread.contains(.frame(field)) {
            missing.append(
                Finding(
                    fields: [.frame(field)],
                    label: field.label,
                    sentence: Phrase(thai: "ยังไม่ได้ใส่", english: "not given"),
                    place: .household
                )
            )
        }
        for one in derivation.missing where !unread.contains(.answer(one.item, one.place)) {
            let field = EntryField.answer(one.item, one.place)
            missing.append(
                Finding(
                    fields: [field],
                    label: Self.label(field, form),
                    sentence: Phrase(thai: "ยังไม่ได้ตอบ", english: "not answered"),
                    place: one.place
                )
            )
        }
    }

    private static func label(_ field: EntryField, _ form: Questionnaire) -> Phrase? {
        switch field {
        case .frame(let field): field.label
        case .answer(let item, _): form.item(item)?.wording.phrase
        }
    }

    private static func place(of field: EntryField) -> AnswerPlace {
        switch field {
        case .frame: .household
        case .answer(_, let place): place
        }
    }

    /// What the contradiction asks about: of its member, else the household's or the first member's.
    private static func fields(
        of found: Derivation.FoundContradiction,
        _ form: Questionnaire
    ) -> [EntryField] {
        var fields: [EntryField] = []
        for name in found.contradiction.found.itemNames {
            // An age follows from the birth date.
            let item = form.item(name) ?? form.item(Answers.birthDate)
            guard let item else { continue }
            let place: AnswerPlace =
                item.unit == .household
                ? .household : found.place == .household ? .member(0) : found.place
            let field = EntryField.answer(item.item, place)
            if !fields.contains(field) { fields.append(field) }
        }
        return fields
    }
}

extension Questionnaire.Wording {
    var phrase: Phrase { Phrase(thai: th, english: en) }
}

extension HouseholdEntry.Frame {
    package var label: Phrase {
        switch self {
        case .household: Phrase(thai: "รหัสครัวเรือน", english: "Household")
        case .village: Phrase(thai: "รหัสหมู่บ้าน", english: "Village")
        case .lao: Phrase(thai: "รหัส อปท.", english: "LAO")
        case .interviewedOn: Phrase(thai: "วันสัมภาษณ์", english: "Interviewed on")
        case .collector: Phrase(thai: "ผู้จัดเก็บ", english: "Collector")
        case .questionnaire: Phrase(thai: "เลขที่แบบสอบถาม", english: "Questionnaire number")
        case .address: Phrase(thai: "ที่อยู่เพิ่มเติม", english: "Further address")
        case .occurredOn:
            Phrase(thai: "วันที่บันทึก (ถ้าไม่ใช่วันนี้)", english: "Recorded on (if not today)")
        case .reason: Phrase(thai: "เหตุผลที่แก้ไข", english: "Reason of the correction")
        }
    }

    package var hint: Phrase? {
        switch self {
        case .household:
            Phrase(
                thai: "ตั้งเอง ห้ามใช้เลขประจำตัวประชาชน",
                english: "of your own choice, never a citizen id"
            )
        case .village: Phrase(thai: "8 หลัก", english: "8 digits")
        case .lao: Phrase(thai: "4 หรือ 6 หลัก", english: "4 or 6 digits")
        case .interviewedOn, .occurredOn:
            Phrase(thai: "เช่น 15/1/2561", english: "such as 2018-01-15 or 15/1/2561")
        case .collector:
            Phrase(thai: "รหัสบุคคลตามคำสั่งแต่งตั้ง", english: "the person's id, as appointed")
        case .questionnaire, .address: Phrase(thai: "ไม่บังคับ", english: "optional")
        case .reason:
            Phrase(
                thai: "เปิดเผย ห้ามใส่ชื่อบุคคล",
                english: "open for everybody to read: name nobody"
            )
        }
    }

    package var isRequired: Bool {
        switch self {
        case .household, .village, .lao, .interviewedOn, .collector, .reason: true
        case .questionnaire, .address, .occurredOn: false
        }
    }
}
