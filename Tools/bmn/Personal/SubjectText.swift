import Console
import Ledger
import Survey

extension SubjectData {
    var json: JSON {
        let cycle: JSON =
            switch subject {
            case .household(let cycle, _): .string(cycle)
            case .person: .null
            }
        return [
            "subject": .string(subject.stream),
            "id": .string(subject.id),
            "cycle": cycle,
            "origin": .string(origin),
            "size": .unsigned(treeSize),
            "madeAt": .string(madeAt.text),
            "records": .array(records.map(\.json)),
            "mentions": .array(mentions.map(\.json)),
            "certifications": .array(certifications.map(\.json)),
            "erased": erasure?.json ?? .null,
            "otherCycles": .array(otherCycles.map { .string($0) }),
        ]
    }
}

extension SubjectData.Record {
    fileprivate var json: JSON {
        let envelope = recorded.envelope
        return [
            "index": .unsigned(envelope.index),
            "event": .string(recorded.event.eventKind?.rawValue ?? ""),
            "recordedAt": .string(envelope.recordedAt.text),
            "occurredOn": .string(envelope.day.iso),
            "user": .string(envelope.actor.user),
            "capacity": .string(envelope.actor.capacity),
            "authentication": .string(envelope.actor.authentication),
            "stream": .string(envelope.stream),
            "personalData": personal.word.map { .string($0) } ?? .null,
            "personal": personal.value.map { .fields($0) } ?? .null,
            // The stored line itself, which is JSON: whoever has it can prove it.
            "record": bytes.map { .raw($0) } ?? .null,
        ]
    }
}

extension SubjectData.Certification {
    fileprivate var json: JSON {
        [
            "certification": .string(id),
            "cycle": .string(cycle),
            "area": .string(area),
            "index": .unsigned(index),
            "status": status.map { .string($0.rawValue) } ?? .null,
            "role": role.map { .string($0) } ?? .null,
        ]
    }
}

/// What is held on somebody, as people read it.
struct SubjectText {
    let language: Language

    init(_ language: Language) { self.language = language }

    private func choose(_ thai: String, _ english: String) -> String {
        Phrase(thai: thai, english: english).text(language)
    }

    func text(_ data: SubjectData) -> String {
        var fields = FieldList()
        fields.append(choose("ข้อมูลของ", "held on"), data.subject.name.text(language))
        fields.append(choose("บัญชี", "ledger"), data.origin)
        fields.append(choose("จำนวนระเบียน", "size"), "\(data.treeSize)")
        fields.append(
            choose("จัดทำเมื่อ", "made at"),
            language.text(unixMicroseconds: data.madeAt.unixMicroseconds)
        )
        if !data.otherCycles.isEmpty {
            fields.append(
                choose("รอบปีอื่นที่มี", "also in cycles"),
                data.otherCycles.joined(separator: ", ")
            )
        }
        if let erasure = data.erasure {
            fields.append(choose("ข้อมูลบุคคล", "personal data"), erasure.text(language))
        }
        var parts = [fields.text(forTerminal: true)]
        parts += data.records.map { text($0, data.words) }
        if !data.mentions.isEmpty {
            parts.append(choose("ระเบียนอื่นที่ระบุชื่อ", "Other records that name it") + "\n")
            parts += data.mentions.map { text($0, nil) }
        }
        if !data.certifications.isEmpty { parts.append(text(data.certifications)) }
        return parts.joined(separator: "\n")
    }

    private func text(_ record: SubjectData.Record, _ words: AnswerFields?) -> String {
        let envelope = record.recorded.envelope
        var fields = FieldList()
        let kind = record.recorded.event.eventKind?.rawValue ?? ""
        fields.append(choose("ระเบียน", "record"), "\(envelope.index) \(kind)")
        fields.append(
            choose("บันทึกเมื่อ", "recorded"),
            language.text(unixMicroseconds: envelope.recordedAt.unixMicroseconds)
        )
        fields.append(choose("วันที่กระทำ", "act of"), language.text(envelope.day))
        fields.append(choose("โดย", "by"), "\(envelope.actor.user) (\(envelope.actor.capacity))")
        let title = choose("ข้อมูลบุคคล", "personal data")
        switch record.personal {
        case .erased(let note): fields.append(title, note.text(language))
        case .keyMissing: fields.append(title, Phrase.keyMissing.text(language))
        case .absent, .open: break
        }
        for field in record.personal.value ?? [] {
            fields.append(
                words?.label(field.name, language) ?? Words.field(field.name, language),
                words?.words(field.value, of: field.name, language)
                    ?? Words.value(field.value, of: field.name, language)
            )
        }
        if let bytes = record.bytes {
            let stored = choose("ตามที่เก็บไว้", "as stored")
            fields.append(stored, String(decoding: bytes, as: UTF8.self))
        } else {
            fields.append(choose("ครัวเรือน", "household"), envelope.stream)
        }
        return fields.text(forTerminal: true)
    }

    private func text(_ certifications: [SubjectData.Certification]) -> String {
        var table = Table([
            .init(choose("การรับรอง", "certification")), .init(choose("รอบปี", "cycle")),
            .init(choose("พื้นที่", "area")), .init(choose("สถานะ", "status")),
            .init(choose("บทบาท", "role")),
        ])
        for row in certifications {
            table.append([
                row.id, row.cycle, row.area, Words.text(row.status?.rawValue ?? "-", language),
                Words.text(row.role ?? "-", language),
            ])
        }
        return table.text(forTerminal: true)
    }
}
