import Access
import Console
import Hummingbird
import LMDB
import Ledger
import LedgerReader
import LedgerWriter
import Pages
import Survey

/// The short forms: a household that was not collected, and one that is withdrawn.
enum HouseholdActs {
    private static let reasons: [(String, HouseholdNotCollected.Reason, Phrase)] = [
        ("absent", .absent, Phrase(thai: "ไม่มีคนอยู่", english: "nobody at home")),
        ("refused", .refused, Phrase(thai: "ไม่ให้ข้อมูล", english: "refused")),
        ("vacant", .vacant, Phrase(thai: "บ้านว่าง", english: "vacant")),
        ("moved", .moved, Phrase(thai: "ย้ายออกแล้ว", english: "moved away")),
        ("not_found", .notFound, Phrase(thai: "หาบ้านไม่พบ", english: "not found")),
        ("other", .other, Phrase(thai: "เหตุอื่น", english: "another reason")),
    ]

    private static func text(_ field: HouseholdEntry.Frame) -> ActForm.Field {
        ActForm.Field(
            field.rawValue,
            field.label,
            hint: field.hint,
            isRequired: field != .occurredOn
        )
    }

    private static func notCollectedForm(
        _ cycle: String,
        formID: String,
        _ values: [String: String]
    ) -> ActForm {
        ActForm(
            title: Phrase(
                thai: "บันทึกว่าจัดเก็บไม่ได้ \(cycle)",
                english: "A household that was not collected \(cycle)"
            ),
            path: ["households", "not-collected"],
            fields: [
                text(.household), text(.village), text(.lao),
                ActForm.Field(
                    "interviewedOn",
                    Phrase(thai: "วันไปเยี่ยม", english: "Visited on"),
                    hint: HouseholdEntry.Frame.interviewedOn.hint
                ),
                text(.collector),
                ActForm.Field(
                    "why",
                    Phrase(thai: "เหตุที่จัดเก็บไม่ได้", english: "Why it was not collected"),
                    options: reasons.map { ($0.0, $0.2) }
                ),
                text(.occurredOn),
            ],
            hidden: [("form", formID), ("cycle", cycle)],
            values: values
        )
    }

    private static func withdrawalForm(
        _ household: String,
        _ cycle: String,
        version: UInt32,
        formID: String,
        _ values: [String: String]
    ) -> ActForm {
        ActForm(
            title: Phrase(
                thai: "ถอนครัวเรือน \(household) \(cycle)",
                english: "Withdraw household \(household) \(cycle)"
            ),
            path: ["households", household, "withdraw"],
            fields: [
                ActForm.Field(
                    "reason",
                    Phrase(thai: "เหตุผลที่ถอน", english: "Why it is withdrawn"),
                    hint: HouseholdEntry.Frame.reason.hint
                ),
                text(.occurredOn),
            ],
            hidden: [("form", formID), ("cycle", cycle), ("version", "\(version)")],
            values: values
        )
    }

    @Sendable
    static func showNotCollected(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let setting = try await core.threads.run {
            try core.entrySetting(call.parameters["cycle"], call.principal)
        }
        let kept = call.parameters.filter { ["village", "lao", "collector"].contains($0.key) }
        let form = notCollectedForm(setting.cycle, formID: core.newCommandID().text, kept)
        return .page(core.parts.pages.actForm(form, call.pageRequest(core)))
    }

    @Sendable
    static func notCollected(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let fields = try FormFields(call.body, countMax: 20)
        let setting = try await core.threads.run {
            try core.entrySetting(fields["cycle"], call.principal)
        }
        let typed = try typed(
            fields,
            [.household, .village, .lao, .interviewedOn, .collector, .occurredOn],
            setting
        )
        var values = typed.values
        values["why"] = fields["why"]
        var form = notCollectedForm(setting.cycle, formID: fields["form"], values)
        form.faults = typed.faults
        let reason = reasons.first { $0.0 == fields["why"] }
        if reason == nil {
            form.faults["why"] = Phrase(thai: "เลือกจากรายการ", english: "choose one of the list")
        }
        var visit = HouseholdNotCollected()
        visit.cycle = setting.cycle
        visit.household = typed.reading[.household]
        visit.village = typed.reading[.village]
        visit.lao = typed.reading[.lao]
        visit.visitedOn = typed.reading[.interviewedOn]
        visit.collector = typed.reading[.collector]
        visit.reason = reason?.1 ?? .unspecified
        var command = Command()
        command.id = fields["form"]
        command.occurredOn = typed.reading[.occurredOn]
        command.recordNotCollected = visit
        return try await act(
            command,
            form,
            of: visit.household,
            cycle: setting.cycle,
            Phrase(thai: "บันทึกว่าจัดเก็บไม่ได้แล้ว", english: "Recorded as not collected"),
            call,
            core
        )
    }

    @Sendable
    static func showWithdrawal(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let id = call.parameters["id"] ?? ""
        let (cycle, state) = try await core.threads.run { () -> (String, HouseholdState) in
            let setting = try core.entrySetting(call.parameters["cycle"], call.principal)
            let state = try core.enteredHousehold(
                id,
                setting.cycle,
                .enterHousehold,
                call.principal
            )
            return (setting.cycle, state)
        }
        let form = withdrawalForm(
            id,
            cycle,
            version: state.version,
            formID: core.newCommandID().text,
            [:]
        )
        return .page(core.parts.pages.actForm(form, call.pageRequest(core)))
    }

    @Sendable
    static func withdraw(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let id = call.parameters["id"] ?? ""
        let fields = try FormFields(call.body, countMax: 20)
        guard let version = UInt32(fields["version"]) else { throw Problem(.formMalformed) }
        let setting = try await core.threads.run { () -> EntrySetting in
            let setting = try core.entrySetting(fields["cycle"], call.principal)
            _ = try core.enteredHousehold(id, setting.cycle, .enterHousehold, call.principal)
            return setting
        }
        let typed = try typed(fields, [.reason, .occurredOn], setting)
        var form = withdrawalForm(
            id,
            setting.cycle,
            version: version,
            formID: fields["form"],
            typed.values
        )
        form.faults = typed.faults
        var withdrawal = HouseholdWithdrawn()
        withdrawal.cycle = setting.cycle
        withdrawal.household = id
        withdrawal.reason = typed.reading[.reason]
        var command = Command()
        command.id = fields["form"]
        command.occurredOn = typed.reading[.occurredOn]
        command.expectedVersion = version
        command.withdrawHousehold = withdrawal
        return try await act(
            command,
            form,
            of: id,
            cycle: setting.cycle,
            Phrase(thai: "ถอนครัวเรือนแล้ว", english: "The household is withdrawn"),
            call,
            core
        )
    }

    private struct Typed {
        let reading: EntryReading
        let values: [String: String]
        let faults: [String: Phrase]
    }

    /// The fields of a frame, read as the long form reads them.
    private static func typed(
        _ fields: FormFields,
        _ frame: [HouseholdEntry.Frame],
        _ setting: EntrySetting
    ) throws(Problem) -> Typed {
        guard CommandID(fields["form"]) != nil else { throw Problem(.formMalformed) }
        let entry: HouseholdEntry
        do throws(EntryFault) {
            entry = try HouseholdEntry(
                frame.map { ($0.rawValue, fields[$0.rawValue]) },
                cycle: setting.cycle,
                memberCount: 1,
                setting.form
            )
        } catch {
            throw Problem(.formMalformed)
        }
        let reading = EntryReading(entry, setting.form)
        var faults = reading.faultsOfFrame
        for field in frame
        where field.isRequired && entry[field].isEmpty {
            faults[field.rawValue] = Phrase(thai: "ยังไม่ได้ใส่", english: "not given")
        }
        return Typed(
            reading: reading,
            values: Dictionary(uniqueKeysWithValues: frame.map { ($0.rawValue, entry[$0]) }),
            faults: faults
        )
    }

    private static func act(
        _ command: Command,
        _ form: ActForm,
        of household: String,
        cycle: String,
        _ title: Phrase,
        _ call: Call,
        _ core: ServiceCore
    ) async throws -> Response {
        var form = form
        guard form.faults.isEmpty else {
            return .page(core.parts.pages.actForm(form, call.pageRequest(core)), status: 422)
        }
        do {
            let receipt = try await core.enter(command, call)
            let told = EntryReceipt(
                title: title,
                cycle: cycle,
                household: household,
                index: receipt.index,
                leafHashHex: receipt.leafHashHex,
                isRepeated: receipt.isRepeated,
                next: nil
            )
            return .page(core.parts.pages.entered(told, call.pageRequest(core)))
        } catch let problem as Problem where !problem.isOfAccess {
            form.notices = [problem.sentence]
            return .page(
                core.parts.pages.actForm(form, call.pageRequest(core)),
                status: problem.status == 412 ? 409 : problem.status
            )
        }
    }
}

extension ServiceCore {
    /// What a command of this id recorded, if it did.
    @available(*, noasync)
    func recorded(_ id: String) throws -> RecordedEvent? {
        guard let id = CommandID(id) else { return nil }
        let snapshot = try reader.snapshot()
        let index = try snapshot.transaction.withValue(
            snapshot.store.commands,
            LedgerKey.command(id)
        ) { value in
            value.byteCount >= 8 ? BigEndianKey(value.extracting(0..<8))?.value : nil
        }
        guard let index = index ?? nil else { return nil }
        return try snapshot.recordedEvent(index)
    }
}
