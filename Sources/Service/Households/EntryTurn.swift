import Access
import Foundation
import Ledger
import Pages
import Survey

/// One sending of the form of a household: what was typed, which button was pressed, and from where
/// it goes on.
struct EntryTurn: Sendable {
    enum Press: Sendable, Hashable {
        case check, record, save, update, add
        case remove(Int)
    }

    let press: Press
    var entry: HouseholdEntry
    let formID: String
    var draftID: String
    /// Why it was not saved.
    var draftProblem: Problem?
    let version: UInt32
    let confirmed: String

    /// What the form has beside the fields of the household.
    private static let controls: Set<String> = [
        "csrf", "do", "form", "draft", "cycle", "members", "version", "confirmed",
    ]

    init(_ fields: FormFields, _ setting: EntrySetting) throws(Problem) {
        guard let press = Press(fields["do"]), CommandID(fields["form"]) != nil,
            let version = UInt32(fields["version"]), let memberCount = Int(fields["members"])
        else { throw Problem(.formMalformed) }
        let typed = fields.all.filter { !Self.controls.contains($0.name) }
        do throws(EntryFault) {
            entry = try HouseholdEntry(
                typed,
                cycle: setting.cycle,
                memberCount: memberCount,
                setting.form
            )
        } catch {
            throw Problem(.formMalformed)
        }
        self.press = press
        formID = fields["form"]
        draftID = fields["draft"]
        self.version = version
        confirmed = fields["confirmed"]
        switch press {
        case .add: entry.addMember()
        case .remove(let number): entry.removeMember(number - 1)
        case .check, .record, .save, .update: break
        }
    }

    func judgement(_ setting: EntrySetting, isCorrection: Bool) -> EntryJudgement {
        EntryJudgement(
            entry,
            setting.form,
            referenceDate: setting.referenceDate,
            isCorrection: isCorrection
        )
    }
}

extension EntryTurn.Press {
    fileprivate init?(_ text: String) {
        switch text {
        case "check": self = .check
        case "record": self = .record
        case "save": self = .save
        // What a script or an old browser sends without a button changes nothing.
        case "update", "": self = .update
        case "add": self = .add
        default:
            guard text.hasPrefix("remove-"), let number = Int(text.dropFirst("remove-".count)),
                (1...Questionnaire.memberCountMax).contains(number)
            else { return nil }
            self = .remove(number)
        }
    }
}

/// What a draft holds: the form as it was typed, and what it goes on from.
struct DraftContent: Codable, Sendable {
    let entry: HouseholdEntry
    let formID: String
    /// Of a correction.
    let household: String?
    let version: UInt32

    var bytes: [UInt8] {
        get throws { Array(try JSONEncoder().encode(self)) }
    }

    init(entry: HouseholdEntry, formID: String, household: String?, version: UInt32) {
        self.entry = entry
        self.formID = formID
        self.household = household
        self.version = version
    }

    /// Nil where it was written by another version of the program.
    init?(_ bytes: [UInt8]) {
        guard let content = try? JSONDecoder().decode(DraftContent.self, from: Data(bytes)) else {
            return nil
        }
        self = content
    }
}
