import ArgumentParser
import CertificationsProjection
import Console
import Ledger
import LedgerReader
import Survey

/// The command `bmn history`.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ประวัติ · What was done to one thing, when, by whom, and why.",
        usage:
            "bmn history LEDGER household|member|office|order|target|certification ID [--cycle 2561] [--with-names]",
        discussion: """
            Of a household: who changed which answer, from what to what, and why. Of a member (a \
            person): the terms that orders gave, changed and ended, keys and registrations as a \
            user. Of an office (an area): everybody whom orders gave an office there. Of an order: \
            issued, circulated, submitted, amended, revoked. Of the targets of a village: reported, \
            revised and why. Of a certification: prepared, signed, issued, submitted, withdrawn, and \
            the later record that overtook it.

            Reads the records themselves, so nothing can be missing. What was recorded on a later \
            day than it was done is shown with both days. Personal data of a household stays sealed \
            unless --with-names opens it through the vault; then each answer that changed is told, \
            too, from what to what.

            Examples:
              bmn history L household 38010101-0001 --lang en
              bmn history L member rec-3801-1
              bmn history L office 3801 --json
              bmn history L target 38010101
            """
    )

    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case household, member, office, order, target, certification
    }

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(
        help: "ชนิด · household, member, office, order, target or certification.",
        completion: .list(Kind.allCases.map(\.rawValue))
    )
    var kind: String?

    @Argument(help: "รหัส · The id, or the code of the area.")
    var id: String?

    @Option(help: "รอบปี · The cycle of a household or target (default: the latest with data).")
    var cycle: String?

    @Flag(help: "เปิดข้อมูลบุคคล · Open a household's personal data through the vault.")
    var withNames = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, kind, id].compactMap(\.self),
            restCount: 2
        )
        guard let kind = Kind(rawValue: rest[0]) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\"\(rest[0])\" is none of \(known).")
        }
        guard kind == .household || !withNames else {
            throw ValidationError("--with-names goes with household.")
        }
        let page = Page(output.language, asJSON: output.json)
        switch kind {
        case .household: return try household(rest[1], directory)
        case .certification:
            let models = try ReadModels(
                directory,
                asOf: nil,
                [CertificationReadModel()],
                output.language
            )
            try page.write(RecordHistory.certification(rest[1], models))
        case .member, .office, .order, .target:
            let snapshot = try Composition.reader(directory).snapshot()
            switch kind {
            case .member: try page.write(AppointmentHistory.member(rest[1], snapshot))
            case .office: try page.write(AppointmentHistory.office(rest[1], snapshot))
            case .order: try page.write(RecordHistory.order(rest[1], snapshot))
            default:
                let cycle = try snapshot.cycle(cycle)
                try page.write(RecordHistory.target(rest[1], cycle, snapshot))
            }
        }
        try page.flush()
    }

    private func household(_ id: String, _ directory: LedgerDirectory) throws {
        let snapshot = try Composition.reader(directory).snapshot()
        let cycle = try snapshot.cycle(cycle)
        let records = try snapshot.records(ofStream: Event.stream(cycle, id))
        guard !records.isEmpty else { throw Rejection(.householdNotRecorded, id) }
        let entries = try HistoryEntry.entries(
            records,
            cycle: cycle,
            names: withNames ? try Names(directory, snapshot) : nil,
            words: AnswerFields(form: try snapshot.form(ofCycle: cycle).questionnaire),
            snapshot
        )
        let results = Output()
        if output.json {
            for entry in entries { try results.write(entry.json) }
        } else {
            let text = entries.map { $0.text(output.language, forTerminal: results.isTerminal) }
            try results.write(text.joined(separator: "\n"))
        }
        try results.flush()
    }
}

/// One act on a household.
struct HistoryEntry {
    struct Change {
        let field: String
        let old: String
        let new: String
    }

    let envelope: Envelope
    let cycle: String
    let kind: String
    let reason: String
    let changes: [Change]
    let words: AnswerFields
    /// What this act sealed, where it was asked for.
    let opened: Opened<[(name: String, value: String)]>
    /// Of what this act sealed, where it was asked for and was erased; or this act itself.
    let erasure: ErasureNote?

    static func entries(
        _ records: [RecordedEvent],
        cycle: String,
        names: Names?,
        words: AnswerFields,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> [HistoryEntry] {
        var personal: [(name: String, value: String)] = []
        return try records.map { record in
            var changes: [Change] = []
            var reason = ""
            switch record.event.kind {
            case .householdCorrected(let correction):
                reason = correction.reason
                changes = correction.changes.map {
                    Change(field: $0.field, old: $0.old, new: $0.new)
                }
            case .householdNotCollected(let visit): reason = visit.reason.word
            case .householdWithdrawn(let withdrawal): reason = withdrawal.reason
            case .personalDataErased(let erasure): reason = erasure.reason
            case .householdReinterviewed(let interview): reason = interview.check
            default: break
            }
            let opened = try names?.household(record, snapshot).map(words.of) ?? .absent
            if let value = opened.value {
                changes += PersonalFields.changes(from: personal, to: value).map {
                    Change(field: $0.name, old: $0.old, new: $0.new)
                }
                personal = value
            }
            return HistoryEntry(
                envelope: record.envelope,
                cycle: cycle,
                kind: record.event.eventKind?.rawValue ?? "",
                reason: reason,
                changes: changes,
                words: words,
                opened: opened,
                erasure: opened.erasure ?? ErasureNote([record])
            )
        }
    }

    var json: JSON {
        [
            "index": .unsigned(envelope.index),
            "cycle": .string(cycle),
            "event": .string(kind),
            "recordedAt": .string(envelope.recordedAt.text),
            "occurredOn": .string((envelope.occurredOn ?? envelope.recordedAt.bangkokDay).iso),
            "user": .string(envelope.actor.user),
            "capacity": .string(envelope.actor.capacity),
            "reason": .string(reason),
            "changes": .array(
                changes.map {
                    ["field": .string($0.field), "old": .string($0.old), "new": .string($0.new)]
                }
            ),
            "personalData": opened.word.map { .string($0) } ?? .null,
            "erased": erasure?.json ?? .null,
        ]
    }

    func text(_ language: Language, forTerminal: Bool) -> String {
        let titles = HistoryTitles(language)
        var fields = FieldList()
        fields.append(titles.record, "\(envelope.index) \(titles.event(kind))")
        fields.append(titles.cycle, cycle)
        fields.append(
            titles.recordedAt,
            language.text(unixMicroseconds: envelope.recordedAt.unixMicroseconds)
        )
        if let day = envelope.occurredOn { fields.append(titles.occurredOn, language.text(day)) }
        fields.append(titles.actor, "\(envelope.actor.user) (\(envelope.actor.capacity))")
        if !reason.isEmpty { fields.append(titles.reason, Words.text(reason, language)) }
        if let erasure {
            fields.append(
                titles.field(HouseholdField.personal.name, words),
                erasure.text(language)
            )
        } else if case .keyMissing = opened {
            fields.append(
                titles.field(HouseholdField.personal.name, words),
                Phrase.keyMissing.text(language)
            )
        }
        for change in changes {
            func value(_ text: String) -> String {
                words.words(text, of: change.field, language)
            }
            let isSealed = change.field == HouseholdField.personal.name
            fields.append(
                titles.field(change.field, words),
                isSealed ? titles.sealed : "\(value(change.old)) → \(value(change.new))"
            )
        }
        return fields.text(forTerminal: forTerminal)
    }
}

/// What people read in a history.
private struct HistoryTitles {
    let language: Language

    init(_ language: Language) { self.language = language }

    private func choose(_ thai: String, _ english: String) -> String {
        Phrase(thai: thai, english: english).text(language)
    }

    var record: String { choose("ระเบียน", "record") }
    var cycle: String { choose("รอบปี", "cycle") }
    var recordedAt: String { choose("บันทึกเมื่อ", "recorded") }
    var occurredOn: String { choose("วันที่กระทำ", "act of") }
    var actor: String { choose("โดย", "by") }
    var reason: String { choose("เหตุผล", "reason") }
    var sealed: String { choose("เปลี่ยน (ปิดผนึก)", "changed (sealed)") }

    func event(_ kind: String) -> String {
        EventKind(rawValue: kind).map { Words.act($0, language) } ?? kind
    }

    func field(_ name: String, _ words: AnswerFields) -> String {
        HouseholdField(name: name) == nil
            ? words.label(name, language) : Words.householdField(name, language)
    }
}

extension HouseholdNotCollected.Reason {
    /// The reason's one name, as in the schema.
    fileprivate var word: String {
        switch self {
        case .absent: "absent"
        case .refused: "refused"
        case .vacant: "vacant"
        case .moved: "moved"
        case .notFound: "not_found"
        case .other: "other"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
