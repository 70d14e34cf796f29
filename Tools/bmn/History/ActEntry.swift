import Console
import Ledger
import LedgerReader
import OfficeLists
import Survey

/// One act in the history of a person, an office, an order, a target or a certification.
struct ActEntry {
    struct Fact {
        let title: ListTitle
        let value: ListValue
        /// What stood there before; nil where the act is no change of it.
        let old: ListValue?

        init(_ title: ListTitle, _ value: ListValue, from old: ListValue? = nil) {
            self.title = title
            self.value = value
            self.old = old
        }

        static func text(_ key: String, _ thai: String, _ english: String, _ text: String) -> Fact {
            Fact(ListTitle(key, thai, english), text.isEmpty ? .empty : .text(text))
        }

        static func word(_ key: String, _ thai: String, _ english: String, _ word: String) -> Fact {
            Fact(ListTitle(key, thai, english), word.isEmpty ? .empty : .word(word))
        }

        static func day(_ key: String, _ thai: String, _ english: String, _ iso: String) -> Fact {
            Fact(ListTitle(key, thai, english), iso.isEmpty ? .empty : .day(iso))
        }

        static func number(_ key: String, _ thai: String, _ english: String, _ number: Int) -> Fact
        {
            Fact(ListTitle(key, thai, english), .number(number))
        }

        static let reasonTitle = ListTitle("reason", "เหตุผล", "reason")
        static func reason(_ text: String) -> Fact {
            Fact(reasonTitle, text.isEmpty ? .empty : .text(text))
        }
    }

    let envelope: Envelope
    /// The kind's name in the records, for scripts and for words.
    let kind: EventKind
    let facts: [Fact]

    init(_ record: RecordedEvent, _ kind: EventKind, _ facts: [Fact]) {
        envelope = record.envelope
        self.kind = kind
        self.facts = facts.filter { fact in
            if case .empty = fact.value, fact.old == nil { return false }
            return true
        }
    }

    /// How many days after the act it was recorded; 0 on the day itself.
    var backdatedDays: Int { max(0, envelope.recordedAt.bangkokDay - envelope.day) }

    var json: JSON {
        let changes = facts.filter { $0.old != nil }
        return [
            "index": .unsigned(envelope.index),
            "event": .string(kind.rawValue),
            "recordedAt": .string(envelope.recordedAt.text),
            "occurredOn": .string(envelope.day.iso),
            "backdatedDays": .number(backdatedDays),
            "user": .string(envelope.actor.user),
            "capacity": .string(envelope.actor.capacity),
            "details": .object(facts.map { ($0.title.jsonKey, $0.value.json) }),
            "changes": .array(
                changes.map { fact in
                    [
                        "field": .string(fact.title.jsonKey),
                        "old": fact.old?.json ?? .null,
                        "new": fact.value.json,
                    ]
                }
            ),
        ]
    }

    func fields(_ page: Page) -> FieldList {
        var fields = FieldList()
        fields.append(
            page.choose("ระเบียน", "record"),
            "\(envelope.index) \(Words.kind(kind.rawValue).text(page.language))"
        )
        fields.append(
            page.choose("บันทึกเมื่อ", "recorded"),
            page.language.text(unixMicroseconds: envelope.recordedAt.unixMicroseconds)
        )
        if backdatedDays > 0 {
            let days = page.choose(
                "บันทึกย้อนหลัง \(backdatedDays) วัน",
                "recorded \(backdatedDays) days later"
            )
            fields.append(
                page.choose("วันที่กระทำ", "act of"),
                "\(page.language.text(envelope.day)) (\(days))"
            )
        }
        fields.append(
            page.choose("โดย", "by"),
            "\(envelope.actor.user) (\(envelope.actor.capacity))"
        )
        for fact in facts {
            let value = text(fact.value, page)
            let old = fact.old.map { text($0, page) + " → " } ?? ""
            fields.append(fact.title.words.text(page.language), old + value)
        }
        return fields
    }

    private func text(_ value: ListValue, _ page: Page) -> String {
        switch value {
        case .empty: "-"
        case .word(let word): page.word(word)
        case .day(let iso): page.day(iso)
        case .flag(let value): page.yesNo(value)
        case .text, .area, .number, .satang: value.machineText
        }
    }
}

extension Page {
    /// Entry after entry, or one object a line.
    func write(_ entries: [ActEntry]) throws {
        for (offset, entry) in entries.enumerated() {
            if asJSON {
                try write(entry.json)
            } else {
                if offset > 0 { try write("\n") }
                try write(entry.fields(self))
            }
        }
    }
}

extension LedgerSnapshot {
    /// The records of some kinds, oldest first.
    func records(ofKinds kinds: [EventKind]) throws -> [RecordedEvent] {
        var found: [UInt64] = []
        for kind in kinds { found += try indexes(ofKind: kind) }
        return try found.sorted().map { index in
            guard let record = try recordedEvent(index) else {
                throw LedgerError(.damaged, "the kind index names record \(index), missing")
            }
            return record
        }
    }
}
