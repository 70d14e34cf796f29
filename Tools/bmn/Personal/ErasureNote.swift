import Console
import Ledger
import LedgerReader
import Survey

/// That personal data was erased, when and on what ground: what is told in its place.
struct ErasureNote {
    let index: UInt64
    let day: Day
    let erasure: Erasure

    /// The last erasure of a stream, where nothing was sealed after it.
    init?(_ records: [RecordedEvent]) {
        let last = records.last { record in
            if case .personalDataErased = record.event.kind { return true }
            return record.event.sealed != nil
        }
        guard let last, case .personalDataErased(let erasure) = last.event.kind else { return nil }
        (index, day, self.erasure) = (last.envelope.index, last.envelope.day, erasure)
    }

    /// The erasure of one sealed value, whenever it was recorded: also after the moment that is shown.
    init?(
        of sealed: Sealed,
        ofStream stream: String,
        _ snapshot: borrowing LedgerSnapshot
    ) throws {
        for record in try snapshot.records(ofStream: stream) {
            guard case .personalDataErased(let erasure) = record.event.kind,
                erasure.keyID == sealed.keyID
            else { continue }
            (index, day, self.erasure) = (record.envelope.index, record.envelope.day, erasure)
            return
        }
        return nil
    }

    /// `(erased on 1 May 2018: request_of_subject)`.
    func text(_ language: Language) -> String {
        let ground = Words.text(erasure.ground.word, language)
        return Phrase(
            thai: "(ลบเมื่อ \(language.text(day)): \(ground))",
            english: "(erased on \(language.text(day)): \(ground))"
        ).text(language)
    }

    var json: JSON {
        [
            "index": .unsigned(index),
            "on": .string(day.iso),
            "ground": .string(erasure.ground.word),
            "reason": .string(erasure.reason),
            "documentNumber": .string(erasure.documentNumber),
        ]
    }
}

extension Erasure.Ground {
    /// The grounds that a command may give.
    static let all: [Erasure.Ground] = [
        .requestOfSubject, .retentionOver, .collectedWrongly, .orderOfAuthority, .other,
    ]

    /// The ground's one name, as in the schema.
    var word: String {
        switch self {
        case .requestOfSubject: "request_of_subject"
        case .retentionOver: "retention_over"
        case .collectedWrongly: "collected_wrongly"
        case .orderOfAuthority: "order_of_authority"
        case .other: "other"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
