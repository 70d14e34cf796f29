package import Console
package import Survey

/// What a form says, as far as it can be understood; and what of it cannot, at which field.
package struct EntryReading: Sendable {
    package private(set) var answers: Answers
    /// Days and codes as commands have them; empty where nothing was typed or it is wrong.
    private var frame: [HouseholdEntry.Frame: String] = [:]
    private(set) var problems: [(field: EntryField, sentence: Phrase)] = []

    package init(_ entry: HouseholdEntry, _ form: Questionnaire) {
        answers = Answers(members: entry.members.map { _ in [:] })
        readFrame(entry)
        for item in form.items {
            let places: [AnswerPlace] =
                item.unit == .household
                ? [.household] : entry.members.indices.map { .member($0) }
            for place in places {
                let text = entry[item.item, place]
                guard !text.isEmpty else { continue }
                switch Self.answer(text, item.kind) {
                case .success(let answer): set(answer, item.item, place)
                case .failure(let fault): report(.answer(item.item, place), fault.sentence)
                }
            }
        }
    }

    package subscript(_ field: HouseholdEntry.Frame) -> String { frame[field] ?? "" }

    /// What is wrong around the answers, by the fields' names.
    package var faultsOfFrame: [String: Phrase] {
        var faults: [String: Phrase] = [:]
        for (field, sentence) in problems {
            if case .frame(let frame) = field { faults[frame.rawValue] = sentence }
        }
        return faults
    }

    private mutating func set(_ answer: Answer, _ item: String, _ place: AnswerPlace) {
        switch place {
        case .household: answers.household[item] = answer
        case .member(let index): answers.members[index][item] = answer
        }
    }

    private mutating func report(_ field: EntryField, _ sentence: Phrase) {
        problems.append((field, sentence))
    }

    private mutating func readFrame(_ entry: HouseholdEntry) {
        for field in HouseholdEntry.Frame.allCases {
            let text = entry[field]
            guard !text.isEmpty else { continue }
            switch Self.frameValue(text, field) {
            case .success(let value): frame[field] = value
            case .failure(let fault): report(.frame(field), fault.sentence)
            }
        }
    }

    // MARK: one field

    struct Fault: Error {
        let sentence: Phrase

        init(_ thai: String, _ english: String) {
            sentence = Phrase(thai: thai, english: english)
        }
    }

    private static func frameValue(
        _ text: String,
        _ field: HouseholdEntry.Frame
    ) -> Result<String, Fault> {
        switch field {
        case .interviewedOn, .occurredOn: return day(text).map(\.iso)
        case .village, .lao:
            let code = digits(text)
            let lengths = field == .village ? [8] : [4, 6]
            guard lengths.contains(code.utf8.count),
                code.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else {
                let allowed = lengths.map(String.init).joined(separator: "/")
                return .failure(
                    Fault("รหัสพื้นที่มีตัวเลข \(allowed) หลัก", "An area's code has \(allowed) digits.")
                )
            }
            return .success(code)
        case .household, .collector:
            // Open in every record, so never a citizen id.
            let isPersonal = text.utf8.count == 13 && CitizenID.problem(of: text) == nil
            guard !isPersonal else {
                return .failure(
                    Fault(
                        "ห้ามใช้เลขประจำตัวประชาชนเป็นรหัส เพราะรหัสนี้เปิดเผย",
                        "A citizen id must not be used here: this is open for everybody to read."
                    )
                )
            }
            return .success(text)
        case .questionnaire, .address, .reason: return .success(text)
        }
    }

    static func answer(
        _ text: String,
        _ kind: Questionnaire.Item.Kind
    ) -> Result<Answer, Fault> {
        switch kind {
        case .yesNo:
            switch text {
            case "yes": return .success(.yesNo(true))
            case "no": return .success(.yesNo(false))
            default: return .failure(Fault("เลือกใช่หรือไม่ใช่", "Choose yes or no."))
            }
        case .choice(let choices):
            guard choices.contains(where: { $0.code == text }) else {
                return .failure(Fault("เลือกจากรายการ", "Choose one of the list."))
            }
            return .success(.choice(text))
        case .number(let bounds, _):
            let sentence = Fault(
                "ใส่จำนวนเต็ม \(bounds.lowerBound) ถึง \(bounds.upperBound)",
                "Give a whole number from \(bounds.lowerBound) to \(bounds.upperBound)."
            )
            guard let number = number(text), bounds.contains(number) else {
                return .failure(sentence)
            }
            return .success(.number(number))
        case .day: return day(text).map { .day($0) }
        case .text: return .success(.text(text))
        case .citizenID:
            let plain = digits(text).filter { $0 != "-" && $0 != " " }
            guard CitizenID.problem(of: plain) == nil else {
                return .failure(
                    Fault(
                        "เลขประจำตัวประชาชนไม่ถูกต้อง: มี 13 หลัก และหลักสุดท้ายใช้ตรวจสอบ",
                        "This is no citizen id: it has 13 digits, the last of which checks the others."
                    )
                )
            }
            return .success(.text(plain))
        }
    }

    private static func day(_ text: String) -> Result<Day, Fault> {
        do throws(ThaiDateProblem) {
            return .success(try ThaiDate.parse(text))
        } catch {
            let fault =
                switch error {
                case .noSuchDate: Fault("ไม่มีวันนี้ในปฏิทิน", "There is no such day.")
                case .unreadable:
                    Fault(
                        "อ่านวันที่ไม่ได้: ใส่เช่น 20/3/2561",
                        "This is no date: write 20/3/2561 or 2018-03-20."
                    )
                case .twoDigitYear:
                    Fault("ใส่ปีให้ครบสี่หลัก", "Write the year with four digits.")
                case .ambiguous:
                    Fault(
                        "ไม่แน่ว่าเลขใดคือเดือน: ใส่ปี พ.ศ. หรือชื่อเดือน",
                        "Either number could be the month: write it as 2018-03-20."
                    )
                case .yearOutOfRange: Fault("ปีอยู่นอกช่วงที่รับ", "The year is out of range.")
                }
            return .failure(fault)
        }
    }

    /// With Thai digits as people type them; commas only where thousands end.
    private static func number(_ text: String) -> Int64? {
        let plain = digits(text)
        let unsigned = plain.hasPrefix("-") ? plain.dropFirst() : plain[...]
        let groups = unsigned.split(separator: ",", omittingEmptySubsequences: false)
        let isGrouped =
            groups.count == 1
            || (1...3).contains(groups[0].utf8.count)
                && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
        guard isGrouped, unsigned.utf8.count <= 20,
            groups.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64((plain.hasPrefix("-") ? "-" : "") + groups.joined())
    }

    private static func digits(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            if (0x0E50...0x0E59).contains(scalar.value) {
                plain.append(String(scalar.value - 0x0E50))
            } else {
                plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }
}
