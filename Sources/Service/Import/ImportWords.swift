import Console
import Pages

/// What the pages of uploads say, beside what those of forms do.
struct ImportWords {
    let entry: EntryWords

    init(_ request: PageRequest) { entry = EntryWords(request) }

    private func choose(_ thai: String, _ english: String) -> String {
        entry.choose(thai, english)
    }

    var upload: String { choose("นำเข้าจากแฟ้ม CSV", "Import a CSV file") }
    var howTo: String {
        choose(
            "ดาวน์โหลดแม่แบบ กรอกแถวละรายการ แล้วเลือกแฟ้ม ระบบจะแสดงสิ่งที่อ่านได้ก่อน"
                + " ยังไม่บันทึกจนกว่าท่านจะยืนยัน",
            "Take the template, fill in its rows and choose the file. You see first what it says; "
                + "nothing is recorded before you confirm it."
        )
    }
    var template: String { choose("ดาวน์โหลดแม่แบบ", "Download the template") }
    var file: String { choose("แฟ้ม CSV", "CSV file") }
    var fileHint: String {
        choose(
            "CSV UTF-8 ไม่เกิน 8 MiB แฟ้มอยู่ในหน่วยความจำเท่านั้น และลืมภายในหนึ่งชั่วโมง",
            "CSV UTF-8, 8 MiB at most. It is kept in memory alone and forgotten within an hour."
        )
    }
    var noFile: String { choose("ยังไม่ได้เลือกแฟ้ม", "No file was chosen.") }
    var look: String { choose("ดูก่อนบันทึก", "Look at it first") }
    var oneByOne: String { choose("พิมพ์ทีละรายการแทน", "Type one instead") }
    var columns: String { choose("คอลัมน์ของแฟ้ม", "Columns of the file") }
    var column: String { choose("คอลัมน์", "Column") }
    var required: String { choose("ต้องมี", "Required") }
    var yes: String { choose("ใช่", "yes") }
    var meaning: String { choose("ความหมาย", "Meaning") }
    var example: String { choose("ตัวอย่าง", "Example") }
    var rows: String { choose("แถวทั้งหมด", "Rows") }
    var ready: String { choose("รายการที่บันทึกได้", "Acts that can be recorded") }
    var refused: String { choose("ไม่รับ", "Refused") }
    var warnings: String { choose("คำเตือน", "Warnings") }
    var warning: String { choose("คำเตือน", "Warning") }
    var firstRows: String { choose("แถวแรก ๆ ของแฟ้ม", "First rows of the file") }
    var line: String { choose("บรรทัด", "Line") }
    var nothingYet: String {
        choose(
            "ยังไม่บันทึกอะไร แถวที่ไม่รับจะไม่บันทึก แก้ในแฟ้มแล้วนำเข้าใหม่ได้"
                + " สิ่งที่บันทึกแล้วจะไม่บันทึกซ้ำ",
            "Nothing is recorded yet. Refused rows stay out: mend them in the file and import it "
                + "again; what is recorded by then is not recorded twice."
        )
    }
    func confirm(_ count: Int) -> String {
        choose("บันทึก \(count) รายการ", "Record \(count)")
    }
    var forget: String { choose("ยกเลิกและลืมแฟ้มนี้", "Forget this file") }
    var recorded: String { choose("บันทึกแล้ว", "Recorded") }
    var repeated: String { choose("มีอยู่ก่อนแล้ว", "Recorded before") }
    var left: String { choose("เหลือ", "Left") }
    var doneOf: String { choose("ทำไปแล้ว", "Done so far") }
    var mayLeave: String {
        choose(
            "ออกจากหน้านี้ได้ การบันทึกดำเนินต่อ หน้านี้แสดงใหม่เองทุกสองวินาที",
            "You may leave: recording goes on. This page comes again every two seconds."
        )
    }
    var refresh: String { choose("แสดงใหม่เดี๋ยวนี้", "Show it again now") }
    var again: String {
        choose(
            "นำเข้าแฟ้มเดิมอีกครั้งได้ สิ่งที่บันทึกแล้วจะไม่บันทึกซ้ำ",
            "Import the same file again: what is recorded is not recorded twice."
        )
    }
    var records: String { choose("ดูระเบียน", "See the records") }
    var another: String { choose("นำเข้าอีกแฟ้ม", "Import another file") }
    var faults: String { choose("แถวที่ต้องดู", "Rows to look at") }
    var faultsFile: String {
        choose("ดาวน์โหลดรายการข้อผิดพลาด (CSV)", "Download this list as CSV")
    }
    var result: String { choose("ผล", "Result") }
    var reason: String { choose("เหตุ", "Reason") }
    func onlyFirst(_ count: Int) -> String {
        choose("แสดง \(count) รายการแรก", "The first \(count) are shown.")
    }

    func state(_ upload: ImportUpload) -> String {
        switch upload.state {
        case .previewed: choose("ตัวอย่างก่อนบันทึก", "Preview")
        case .waiting: choose("รอคิว", "Waiting its turn")
        case .recording: choose("กำลังบันทึก", "Recording")
        case .done: choose("เสร็จแล้ว", "Done")
        case .stopped: choose("หยุดก่อนจบ", "Stopped before its end")
        }
    }
}
