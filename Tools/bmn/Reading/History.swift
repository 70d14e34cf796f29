import ArgumentParser
import Console
import Ledger
import LedgerReader
import Survey

/// The command `bmn history`.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ประวัติครัวเรือน · Who changed which answer, when, from what to what, and why.",
        usage: "bmn history LEDGER household ID [--cycle 2561] [--with-names]",
        discussion: """
            Reads the household's stream itself, so nothing can be missing from it. Personal data \
            stays sealed unless --with-names opens it through the vault; then each answer that \
            changed is told, too, from what to what.

            Example:
              bmn history L household 38010101-0001 --lang en
            """
    )

    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case household
    }

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(help: "ชนิด · household.", completion: .list(Kind.allCases.map(\.rawValue)))
    var kind: String?

    @Argument(help: "รหัสครัวเรือน · The household's id.")
    var id: String?

    @Option(help: "รอบปี · The cycle (default: the latest with data).")
    var cycle: String?

    @Flag(help: "เปิดข้อมูลบุคคล · Open personal data through the vault.")
    var withNames = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, kind, id].compactMap(\.self),
            restCount: 2
        )
        guard Kind(rawValue: rest[0]) != nil else {
            throw ValidationError("Only a household has a history here, not \"\(rest[0])\".")
        }
        let snapshot = try Composition.reader(directory).snapshot()
        let cycle = try snapshot.cycle(cycle)
        let stream = Event.stream(cycle, rest[1])
        let records = try snapshot.records(ofStream: stream)
        guard !records.isEmpty else { throw Rejection(.householdNotRecorded, rest[1]) }
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
