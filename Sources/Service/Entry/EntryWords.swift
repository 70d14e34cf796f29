import Console
import Ledger
import LedgerWriter
import Pages
import Survey
import SurveyImport

/// What the pages of entering acts and of uploads say.
struct EntryWords {
    private let language: Language

    init(_ request: PageRequest) { language = request.language.language }

    func choose(_ thai: String, _ english: String) -> String {
        language == .thai ? thai : english
    }

    func text(_ phrase: Phrase) -> String { phrase.text(language) }

    /// A word of records; in English as they have it.
    func word(_ word: String) -> String { Words.text(word, language) }

    func time(_ receipt: Receipt) -> String {
        language.text(unixMicroseconds: receipt.recordedAt.unixMicroseconds)
    }

    /// What a column means; where one chooses, the words to choose from stand in the list.
    func label(_ field: ImportField) -> String {
        let meaning = choose(field.column.meaningTh, field.column.meaningEn)
        guard case .words = field.input else { return meaning }
        return String(meaning.prefix { $0 != ":" })
    }

    /// How it is written.
    ///
    /// A day is typed as it stands on papers, in the Buddhist era, which the browsers' own fields for
    /// days do not know.
    func hint(_ field: ImportField, _ today: Day) -> String {
        switch field.input {
        case .day:
            let example = "\(today.day)/\(today.month)/\(today.year + 543)"
            return choose("วัน/เดือน/ปี พ.ศ. เช่น \(example)", "day/month/B.E. year, like \(example)")
        case .words, .flag: return ""
        case .text, .count, .areaCode:
            let example = field.column.example
            return example.isEmpty ? "" : choose("เช่น \(example)", "like \(example)")
        }
    }

    var enter: String { choose("บันทึกข้อมูล", "Enter") }
    var whatToEnter: String {
        choose(
            "สิ่งที่ท่านบันทึกได้ตามบทบาท พิมพ์ทีละรายการ หรือนำเข้าหลายรายการจากแฟ้ม CSV",
            "What your role lets you enter: one by one, or many from a CSV file."
        )
    }
    var fromFile: String { choose("นำเข้าจากแฟ้ม CSV", "from a CSV file") }
    var openInRecords: String {
        choose(
            "สิ่งที่พิมพ์จะเปิดเผยในบันทึก (เว้นข้อมูลส่วนบุคคลของบุคคล ซึ่งปิดผนึก)"
                + " อย่าใส่เลขประจำตัวประชาชนในข้อความ",
            "What you type is open in the records, but for a person's own data, which is sealed; "
                + "put no citizen id into a text."
        )
    }
    var record: String { choose("บันทึก", "Record") }
    var addRow: String { choose("เพิ่มแถว", "Add a row") }
    var dropRow: String { choose("ลบแถวที่", "Remove row") }
    var rowNumber: String { choose("แถวที่", "Row") }
    var mayBeEmpty: String { choose("(ไม่บังคับ)", "(optional)") }
    var mistakes: String { choose("ยังบันทึกไม่ได้", "Not recorded yet") }
    var recorded: String { choose("บันทึกแล้ว", "Recorded") }
    var isThere: String {
        choose("บันทึกลงบัญชีแล้ว และจะอยู่ถาวร", "It is in the ledger, where it stays for good.")
    }
    var wasThere: String {
        choose(
            "รายการนี้บันทึกไว้ก่อนแล้ว จึงไม่บันทึกซ้ำ",
            "This was in the ledger before; nothing was recorded twice."
        )
    }
    var recordNumber: String { choose("ระเบียนที่", "Record") }
    var recordedAt: String { choose("เวลาที่บันทึก", "Recorded at") }
    var whatNext: String { choose("ทำอะไรต่อ", "What comes next") }
    var oneMore: String { choose("บันทึกอีกรายการ", "One more") }
}
