import Access
import Console
import Hummingbird
import Ledger
import LedgerWriter
import Pages
import Survey

/// Entering a household that is not on record yet.
enum NewHousehold {
    @Sendable
    static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let page = try await core.threads.run { () -> [UInt8] in
            if let id = call.parameters["draft"] {
                let draft = try core.draft(id, call)
                guard draft.household == nil else { throw Problem(.draftUnknown) }
                let setting = try core.entrySetting(draft.entry.cycle, call.principal)
                var form = Self.form(draft.entry, setting, formID: draft.formID)
                form.draftID = id
                return try core.page(form, call)
            }
            let setting = try core.entrySetting(call.parameters["cycle"], call.principal)
            var entry = HouseholdEntry(cycle: setting.cycle)
            entry[.village] = call.parameters["village"] ?? ""
            entry[.lao] = call.parameters["lao"] ?? ""
            entry[.collector] = call.parameters["collector"] ?? ""
            return try core.page(Self.form(entry, setting, formID: core.newCommandID().text), call)
        }
        return .page(page)
    }

    private static func form(
        _ entry: HouseholdEntry,
        _ setting: EntrySetting,
        formID: String
    ) -> HouseholdForm {
        let judgement = EntryJudgement(
            entry,
            setting.form,
            referenceDate: setting.referenceDate,
            isCorrection: false
        )
        return HouseholdForm(.new, setting.form, entry, judgement, formID: formID)
    }

    @Sendable
    static func send(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (setting, read, firstJudgement) = try await core.threads.run {
            () -> (EntrySetting, EntryTurn, EntryJudgement) in
            let fields = try FormFields(call.body, countMax: HouseholdRoutes.fieldCountMax)
            let setting = try core.entrySetting(fields["cycle"], call.principal)
            var turn = try EntryTurn(fields, setting)
            // A village that one LAO alone covers needs no choice.
            try core.completeLAO(of: &turn.entry)
            try core.keep(&turn, correcting: nil, call)
            return (setting, turn, turn.judgement(setting, isCorrection: false))
        }
        let (turn, judgement) = (read, firstJudgement)
        var form = HouseholdForm(.new, setting.form, turn.entry, judgement, formID: turn.formID)
        form.take(turn)
        if form.isChecked { form.confirmed = judgement.warningsToken }
        guard turn.press == .record else {
            return try await core.answer(form, call, status: form.isRefused ? 422 : 200)
        }
        let isSeen = form.confirmed.isEmpty || turn.confirmed == form.confirmed
        guard judgement.isSound, isSeen else {
            return try await core.answer(form, call, status: 422)
        }
        let command = Self.command(turn, judgement.reading, setting)
        do {
            let receipt = try await core.enter(command, call)
            return try await Self.recorded(receipt, turn, judgement.reading, call, core)
        } catch let problem as Problem where !problem.isOfAccess {
            form.notices = [problem.sentence]
            form.isRefused = true
            return try await core.answer(form, call, status: problem.status)
        }
    }

    /// The same command that `bmn import answers` makes of these answers.
    private static func command(
        _ turn: EntryTurn,
        _ reading: EntryReading,
        _ setting: EntrySetting
    ) -> Command {
        var record = RecordHousehold()
        record.cycle = setting.cycle
        record.household = reading[.household]
        record.village = reading[.village]
        record.lao = reading[.lao]
        record.interviewedOn = reading[.interviewedOn]
        record.collector = reading[.collector]
        record.questionnaire = reading[.questionnaire]
        if !reading[.address].isEmpty { record.personal.address = reading[.address] }
        record.synthetic = setting.isSynthetic
        record.answers = AnswersDocument(reading.answers)
        var command = Command()
        command.id = turn.formID
        command.occurredOn = reading[.occurredOn]
        command.recordHousehold = record
        return command
    }

    private static func recorded(
        _ receipt: Receipt,
        _ turn: EntryTurn,
        _ reading: EntryReading,
        _ call: Call,
        _ core: ServiceCore
    ) async throws -> Response {
        try await core.threads.run { try core.forget(turn, correcting: nil, call) }
        let receipt = EntryReceipt(
            title: Phrase(thai: "บันทึกครัวเรือนแล้ว", english: "The household is recorded"),
            cycle: turn.entry.cycle,
            household: reading[.household],
            index: receipt.index,
            leafHashHex: receipt.leafHashHex,
            isRepeated: receipt.isRepeated,
            next: [
                "cycle": turn.entry.cycle, "village": reading[.village], "lao": reading[.lao],
                "collector": reading[.collector],
            ]
        )
        return .page(core.parts.pages.entered(receipt, call.pageRequest(core)))
    }
}

extension HouseholdRoutes {
    /// Of the largest form there could be; each form's own bound is its questions.
    static let fieldCountMax = 20_000
}

extension HouseholdForm {
    /// What the turn says of the form that is shown next.
    mutating func take(_ turn: EntryTurn) {
        draftID = turn.draftID
        isChecked = turn.press == .check || turn.press == .record
        if let problem = turn.draftProblem {
            notices = [problem.sentence]
            isRefused = true
        } else if turn.press == .save {
            notices = [.draftSaved]
        }
    }
}

extension Phrase {
    static let draftSaved = Phrase(
        thai: "เก็บร่างไว้แล้ว กลับมาทำต่อได้จากหน้า “ฉบับร่างของฉัน”",
        english: "The draft is saved; “My drafts” leads back to it."
    )
}

extension ServiceCore {
    /// The page of a form, with the places to choose from.
    @available(*, noasync)
    func page(_ form: HouseholdForm, _ call: Call) throws -> [UInt8] {
        var form = form
        try addPlaces(to: &form, call.principal)
        return parts.pages.householdForm(form, call.pageRequest(self))
    }

    func answer(_ form: HouseholdForm, _ call: Call, status: Int = 200) async throws -> Response {
        .page(try await threads.run { try self.page(form, call) }, status: status)
    }

    /// Appends what a form asks for as `POST /v1/commands` would, and waits until pages show it.
    func enter(_ command: Command, _ call: Call) async throws -> Receipt {
        // They tell who may do what: a role that was taken away would go on for as long.
        guard follower.current.failure == nil else { throw Problem(.readModelsBehind) }
        let ready = try await threads.run { try Submission(self, call).prepare(command) }
        let receipt = try await append(ready)
        await untilReadModelsKnow(receipt.index)
        return receipt
    }

    /// Fills in the LAO where the village has one alone.
    @available(*, noasync)
    func completeLAO(of entry: inout HouseholdEntry) throws {
        guard entry[.lao].isEmpty, entry[.village].utf8.count == 8 else { return }
        let laos = try laos(ofVillage: entry[.village])
        if laos.count == 1 { entry[.lao] = laos[0] }
    }
}
