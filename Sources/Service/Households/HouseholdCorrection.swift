import Access
import Console
import Cryptography
import Hummingbird
import Ledger
import LedgerReader
import LedgerWriter
import Pages
import Survey

/// Correcting a household by its answers, which are opened for it; and reading them.
enum HouseholdCorrection {
    @Sendable
    static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let id = call.parameters["id"] ?? ""
        let page = try await core.threads.run { () -> [UInt8] in
            let draft = try call.parameters["draft"].map { try core.draft($0, call) }
            let setting = try core.entrySetting(
                draft?.entry.cycle ?? call.parameters["cycle"],
                call.principal
            )
            let opened = try core.opened(id, setting, call.principal)
            guard draft == nil || draft?.household == id else { throw Problem(.draftUnknown) }
            let entry = draft?.entry ?? Self.entry(opened, setting, call.language.ofPages)
            var form = Self.form(
                id,
                entry,
                setting,
                opened,
                formID: draft?.formID ?? core.newCommandID().text
            )
            form.draftID = call.parameters["draft"] ?? ""
            if let draft, draft.version != opened.state.version {
                form.notices = [.overtaken]
                form.isRefused = true
            }
            if opened.answers == nil { form.notices.append(.recordedByCounts) }
            return try core.page(form, call)
        }
        return .page(page)
    }

    @Sendable
    static func send(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let id = call.parameters["id"] ?? ""
        let turned = try await core.threads.run { () -> Turned in
            let fields = try FormFields(call.body, countMax: HouseholdRoutes.fieldCountMax)
            let setting = try core.entrySetting(fields["cycle"], call.principal)
            let opened = try core.opened(id, setting, call.principal)
            var turn = try EntryTurn(fields, setting)
            let repeated = try core.repeated(turn, of: id, call)
            try core.keep(&turn, correcting: id, call)
            var form = Self.form(id, turn.entry, setting, opened, formID: turn.formID)
            form.take(turn)
            if form.isChecked { form.confirmed = Self.token(form) }
            return Turned(
                turn: turn,
                form: form,
                setting: setting,
                opened: opened,
                repeated: repeated
            )
        }
        var form = turned.form
        let turn = turned.turn
        if turn.press == .record, let repeated = turned.repeated {
            return .page(core.parts.pages.entered(repeated, call.pageRequest(core)))
        }
        guard turn.version == turned.opened.state.version else {
            return try await overtaken(form, call, core)
        }
        guard turn.press == .record else {
            return try await core.answer(form, call, status: form.isRefused ? 422 : 200)
        }
        guard form.judgement.isSound, !form.changes.isEmpty, turn.confirmed == form.confirmed else {
            return try await core.answer(form, call, status: 422)
        }
        do {
            let receipt = try await core.enter(Self.command(id, turned), call)
            return try await corrected(receipt, id, turn, call, core)
        } catch let problem as Problem where problem.code == RejectionCode.versionConflict.rawValue
        {
            // Between reading and appending somebody else came.
            let opened = try await core.threads.run {
                try core.opened(id, turned.setting, call.principal)
            }
            let now = Self.form(id, turn.entry, turned.setting, opened, formID: turn.formID)
            return try await overtaken(now, call, core)
        } catch let problem as Problem where !problem.isOfAccess {
            form.notices = [problem.sentence]
            form.isRefused = true
            return try await core.answer(form, call, status: problem.status)
        }
    }

    private struct Turned: Sendable {
        let turn: EntryTurn
        let form: HouseholdForm
        let setting: EntrySetting
        let opened: OpenedHousehold
        /// Where this form was recorded already.
        let repeated: EntryReceipt?
    }

    /// What was typed stands beside what is on record by now; to record it takes another look at it.
    private static func overtaken(
        _ form: HouseholdForm,
        _ call: Call,
        _ core: ServiceCore
    ) async throws -> Response {
        var form = form
        form.notices = [.overtaken]
        form.isRefused = true
        form.isChecked = true
        form.confirmed = token(form)
        return try await core.answer(form, call, status: 409)
    }

    private static func corrected(
        _ receipt: Receipt,
        _ id: String,
        _ turn: EntryTurn,
        _ call: Call,
        _ core: ServiceCore
    ) async throws -> Response {
        try await core.threads.run { try core.forget(turn, correcting: id, call) }
        let receipt = EntryReceipt(
            title: .corrected,
            cycle: turn.entry.cycle,
            household: id,
            index: receipt.index,
            leafHashHex: receipt.leafHashHex,
            isRepeated: receipt.isRepeated,
            next: nil
        )
        return .page(core.parts.pages.entered(receipt, call.pageRequest(core)))
    }
}

extension HouseholdCorrection {
    /// What is on record, as it would be typed.
    private static func entry(
        _ opened: OpenedHousehold,
        _ setting: EntrySetting,
        _ language: PageLanguage
    ) -> HouseholdEntry {
        // Where counts were recorded, the roster has as many as had ages.
        let answers =
            opened.answers ?? Answers(members: opened.state.ages.map { _ in [:] })
        var entry = HouseholdEntry(cycle: setting.cycle, answers, language)
        for (field, value) in opened.frame { entry[field] = value }
        if let day = Day(iso: opened.state.interviewedOn) {
            entry[.interviewedOn] = HouseholdEntry.typed(day, language)
        }
        return entry
    }

    /// The form against what is on record; its household is that of its address.
    private static func form(
        _ id: String,
        _ entry: HouseholdEntry,
        _ setting: EntrySetting,
        _ opened: OpenedHousehold,
        formID: String
    ) -> HouseholdForm {
        var entry = entry
        entry[.household] = id
        let judgement = EntryJudgement(
            entry,
            setting.form,
            referenceDate: setting.referenceDate,
            isCorrection: true
        )
        var form = HouseholdForm(.correction(id), setting.form, entry, judgement, formID: formID)
        form.version = opened.state.version
        form.changes =
            EntryChange.between(opened.frame, judgement.reading)
            + EntryChange.between(
                opened.answers ?? Answers(members: []),
                judgement.reading.answers,
                setting.form
            )
        return form
    }

    /// Names what was shown: another change, another warning or another version has another token.
    private static func token(_ form: HouseholdForm) -> String {
        let shown = "\(form.version) \(form.judgement.warningsToken) \(form.changes)"
        return String(SHA256.hash(Array(shown.utf8)).hex.prefix(32))
    }

    private static func command(_ id: String, _ turned: Turned) -> Command {
        let (reading, opened) = (turned.form.judgement.reading, turned.opened)
        var correction = CorrectHousehold()
        correction.cycle = turned.setting.cycle
        correction.household = id
        correction.reason = reading[.reason]
        if reading[.village] != opened.state.village { correction.village = reading[.village] }
        if reading[.lao] != opened.state.lao { correction.lao = reading[.lao] }
        if reading[.interviewedOn] != opened.state.interviewedOn {
            correction.interviewedOn = reading[.interviewedOn]
        }
        if reading[.collector] != opened.state.collector {
            correction.collector = reading[.collector]
        }
        if reading[.questionnaire] != opened.state.questionnaire {
            correction.questionnaire = reading[.questionnaire]
        }
        // Answers are given anew as a whole, or not at all where none is another.
        let isSealedOther =
            reading.answers != opened.answers || reading[.address] != opened.personal.address
        if isSealedOther {
            correction.answers = AnswersDocument(reading.answers)
            var beside = opened.personal.unasked(by: turned.setting.form)
            beside.address = reading[.address]
            if beside != PersonalData() || !opened.personal.address.isEmpty {
                correction.personal = beside
            }
        }
        var command = Command()
        command.id = turned.turn.formID
        command.occurredOn = reading[.occurredOn]
        command.expectedVersion = opened.state.version
        command.correctHousehold = correction
        return command
    }

    /// What a household answered, and what corrections changed in it.
    @Sendable
    static func answers(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let id = call.parameters["id"] ?? ""
        let page = try await core.threads.run { () -> [UInt8] in
            let setting = try core.entrySetting(call.parameters["cycle"], call.principal)
            let opened = try core.opened(id, setting, call.principal)
            return core.parts.pages.answers(
                of: id,
                cycle: setting.cycle,
                setting.form,
                opened.records,
                call.pageRequest(core)
            )
        }
        return .page(page)
    }
}

extension ServiceCore {
    /// The receipt of a correction that this form recorded before: what it was made from has changed
    /// by itself, so the command cannot be made again to be told as one that is repeated.
    @available(*, noasync)
    fileprivate func repeated(
        _ turn: EntryTurn,
        of household: String,
        _ call: Call
    ) throws -> EntryReceipt? {
        guard let record = try recorded(turn.formID),
            record.envelope.actor.user == call.principal?.person,
            record.envelope.stream == Event.stream(turn.entry.cycle, household)
        else { return nil }
        let index = record.envelope.index
        let snapshot = try reader.snapshot()
        let hash = try snapshot.store.leafHash(
            index,
            head: snapshot.head,
            snapshot.transaction
        )
        return EntryReceipt(
            title: .corrected,
            cycle: turn.entry.cycle,
            household: household,
            index: index,
            leafHashHex: hash.hex,
            isRepeated: true,
            next: nil
        )
    }
}

extension Phrase {
    fileprivate static let corrected = Phrase(
        thai: "แก้ไขครัวเรือนแล้ว",
        english: "The household is corrected"
    )
    fileprivate static let overtaken = Phrase(
        thai: "มีผู้แก้ไขครัวเรือนนี้ระหว่างนั้น: เทียบกับข้อมูลปัจจุบันด้านล่าง แล้วจึงบันทึก",
        english: "Somebody changed this household meanwhile: compare with what is on record now,"
            + " below, before you record."
    )
    fileprivate static let recordedByCounts = Phrase(
        thai: "ครัวเรือนนี้บันทึกจากจำนวน ไม่มีคำตอบเดิม: ใส่คำตอบทั้งหมด",
        english: "This household was recorded by counts, without answers: enter all of them."
    )
}
