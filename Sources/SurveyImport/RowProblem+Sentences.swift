extension RowProblem.Code {
    /// What people read, in both languages; `{}` is the detail, `{whole}` what the rows make.
    var sentences: (thai: String, english: String) {
        switch self {
        case .invalidUTF8:
            (
                "มีอักขระที่ไม่ใช่ UTF-8: ใน Excel ให้บันทึกเป็น \"CSV UTF-8\"",
                "There are bytes that are not UTF-8: in Excel, save as \"CSV UTF-8\"."
            )
        case .nulByte:
            (
                "มีไบต์ศูนย์ในไฟล์ (อาจเป็น UTF-16): ให้บันทึกเป็น \"CSV UTF-8\"",
                "There is a zero byte (the file may be UTF-16): save as \"CSV UTF-8\"."
            )
        case .unclosedQuote:
            (
                "เครื่องหมายคำพูดเปิดที่บรรทัดนี้แล้วไม่ปิด หรือไฟล์ขาดตอน",
                "A quote opens on this line and never closes, or the file was cut."
            )
        case .cutMidRow:
            (
                "ไฟล์จบกลางแถว (ช่อง {}): ไฟล์อาจขาดตอน",
                "The file ends inside a row (fields {}): it may have been cut."
            )
        case .rowUnterminated:
            (
                "แถวสุดท้ายไม่มีการขึ้นบรรทัดใหม่ ไฟล์อาจขาดตอน: ถ้าไฟล์ครบแล้ว ให้ขึ้นบรรทัดใหม่ท้ายไฟล์",
                "The last row has no line end, so it may have been cut: if the file is whole, end its"
                    + " last line with a line break."
            )
        case .wrongFieldCount:
            (
                "จำนวนช่องไม่ตรงกับหัวตาราง (ช่อง {}): ช่องที่มีจุลภาคต้องอยู่ในเครื่องหมายคำพูด",
                "The row's fields do not match the header ({}): quote a field that has commas."
            )
        case .fieldTooLong:
            (
                "ช่องยาวเกิน 64 KiB: เครื่องหมายคำพูดอาจไม่ได้ปิด",
                "A field is longer than 64 KiB: a quote may not have been closed."
            )
        case .rowTooLong:
            (
                "แถวยาวเกิน 1 MiB: เครื่องหมายคำพูดอาจไม่ได้ปิด",
                "A row is longer than 1 MiB: a quote may not have been closed."
            )
        case .strayQuote:
            (
                "เครื่องหมายคำพูดอยู่ผิดที่: ใช้ \"\" แทน \" และครอบทั้งช่อง",
                "A quote is out of place: write \"\" for \" and quote the whole field."
            )
        case .bareCarriageReturn:
            (
                "ตัวปัดแคร่ (CR) ที่ไม่ตามด้วย LF: ขึ้นบรรทัดด้วย CRLF หรือ LF",
                "A carriage return without a line feed: end lines with CRLF or LF."
            )
        default: valueSentences
        }
    }

    private var valueSentences: (thai: String, english: String) {
        switch self {
        case .headerMissing:
            (
                "ไม่มีหัวตาราง: แถวแรกต้องเป็นชื่อคอลัมน์",
                "There is no header: the first row must name the columns."
            )
        case .separatorNotComma:
            (
                "หัวตารางคั่นด้วยอัฒภาคหรือแท็บ: ต้องคั่นด้วยจุลภาค (,)",
                "The header is separated by semicolons or tabs: separate fields by commas."
            )
        case .columnMissing: ("ไม่มีคอลัมน์ที่จำเป็นนี้", "This required column is missing.")
        case .columnUnknown: ("ไม่รู้จักคอลัมน์นี้", "This column is not known.")
        case .columnDuplicate:
            (
                "คอลัมน์นี้ซ้ำ หรือมีชื่ออื่นซ้ำกัน",
                "This column is given twice, perhaps by another name."
            )
        case .valueMissing: ("ต้องกรอกช่องนี้", "This field must be filled in.")
        case .dateUnreadable:
            (
                "อ่านวันที่ไม่ได้: ใช้ 20/3/2561, 20 มี.ค. 2561 หรือ 2018-03-20",
                "The date cannot be read: use 2018-03-20, 20/3/2561 or 20 มี.ค. 2561."
            )
        case .dateNoSuchDay: ("ไม่มีวันนี้ในปฏิทิน", "There is no such day in the calendar.")
        case .dateTwoDigitYear:
            ("ปีต้องมีสี่หลัก", "The year must have four digits.")
        case .dateAmbiguous:
            (
                "ไม่แน่ชัดว่าเลขใดคือวันหรือเดือน: ใช้ปี พ.ศ. หรือรูป 2018-03-20",
                "Which number is the day is not certain: use a B.E. year or 2018-03-20."
            )
        case .dateYearOutOfRange: ("ปีอยู่นอกช่วงที่รับได้", "The year is out of range.")
        case .numberMalformed:
            ("ต้องเป็นจำนวนเต็ม 0-9999999", "A whole number from 0 to 9999999 is needed.")
        case .wordUnknown: ("ต้องเป็นคำใดคำหนึ่งใน: {}", "It must be one of: {}.")
        case .flagMalformed: ("ต้องเป็น true หรือ false", "It must be true or false.")
        case .codeMalformed: ("รหัสพื้นที่ต้องเป็นตัวเลข {} หลัก", "An area code has {} digits.")
        case .identifierIsPersonal:
            (
                "ห้ามใช้เลขประจำตัวประชาชนเป็นรหัส: รหัสเปิดเผยในบันทึก",
                "A citizen id must not serve as an identifier: identifiers are public."
            )
        default: rowSentences
        }
    }

    private var rowSentences: (thai: String, english: String) {
        switch self {
        case .citizenIdMalformed:
            ("เลขประจำตัวประชาชนต้องมี 13 หลัก", "A citizen id has 13 digits.")
        case .citizenIdRegisterUnknown:
            ("เลขประจำตัวประชาชนขึ้นต้นด้วย 9 ไม่ได้", "No citizen id begins with 9.")
        case .citizenIdCheckDigit:
            ("เลขประจำตัวประชาชนผิด (หลักตรวจสอบไม่ตรง)", "The citizen id's check digit is wrong.")
        case .amountMalformed:
            (
                "จำนวนเงินต้องเป็นบาทไม่เกินสองตำแหน่งทศนิยม หรือเป็นสตางค์ อย่างใดอย่างหนึ่ง",
                "An amount is given in baht with two decimals at most, or in satang, and not in both."
            )
        case .keyMalformed:
            ("กุญแจหรือใบรับรองต้องเป็น 64 หลักฐานสิบหก", "A key or certificate is 64 hex digits.")
        case .memberFieldCount:
            (
                "สมาชิกแต่ละคนต้องมี 9 ช่องคั่นด้วย | (พบ {})",
                "Each member has 9 fields separated by | (found {})."
            )
        case .membersTooMany: ("สมาชิกเกิน {} คน", "There are more than {} members.")
        case .answerMalformed: ("คำตอบต้องเป็น {}", "The answer must be {}.")
        case .answerFailingExceeds:
            ("จำนวนที่ไม่ผ่านมากกว่าจำนวนที่ต้องตอบ", "More failed than were in scope.")
        case .answerTooLarge: ("จำนวนเกิน {}", "The count is above {}.")
        case .editionOther:
            (
                "รอบปีนี้ใช้แบบสอบถามฉบับ {} ซึ่งคอลัมน์ในไฟล์ไม่ตรง: แยกเป็นอีกไฟล์",
                "This cycle asks the edition {}, whose columns the file has not: import it by itself."
            )
        case .orderRowsDiffer:
            (
                "แถวของ{whole}เดียวกันต้องมีค่านี้ตรงกัน",
                "All rows of one {whole} must agree in this."
            )
        case .orderNotConsecutive:
            (
                "แถวของ{whole}เดียวกันต้องอยู่ติดกัน",
                "The rows of one {whole} must follow each other."
            )
        case .orderTooLong:
            ("{whole}เดียวมีเกิน {} แถว", "One {whole} has more than {} rows.")
        case .orderIncomplete:
            (
                "ไม่บันทึก{whole}นี้ เพราะบางแถวผิดหรืออ่านไม่ได้",
                "This {whole} is left out, because a row of it is wrong or could not be read."
            )
        default: preconditionFailure("a code without a sentence")
        }
    }
}
