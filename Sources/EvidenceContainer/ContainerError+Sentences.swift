extension ContainerError.Code {
    /// What people read, in both languages.
    var sentences: (thai: String, english: String) {
        switch self {
        case .comment:
            (
                "ไฟล์ zip มีหมายเหตุ (comment): ให้บีบอัดใหม่โดยไม่ใส่หมายเหตุ",
                "The zip has a comment: pack it again without one."
            )
        case .leadingBytes:
            (
                "มีข้อมูลอื่นอยู่ก่อนรายการแรก: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "Other bytes come before the first entry: ask its maker for the file again."
            )
        case .multiDisk:
            (
                "ไฟล์ zip แบ่งเป็นหลายส่วน: ให้บีบอัดใหม่เป็นไฟล์เดียว",
                "The zip is split over several files: pack it again as one."
            )
        case .notAZip:
            (
                "ไม่ใช่ไฟล์ zip จึงไม่ใช่แฟ้มหลักฐาน .asice: ตรวจว่าเลือกไฟล์ถูกต้อง",
                "This is no zip and so no .asice container: check that it is the right file."
            )
        case .overlappingEntries:
            (
                "รายการซ้อนทับกันในไฟล์ (zip bomb): ห้ามเปิดไฟล์นี้",
                "Entries overlap in the file, as in a zip bomb: do not unpack it."
            )
        case .tooLarge:
            (
                "ใหญ่เกิน 64 MiB: ให้แบ่งหลักฐานเป็นหลายชุด",
                "It is larger than 64 MiB: split the evidence into several containers."
            )
        case .tooManyEntries:
            (
                "มีเกิน 4,096 รายการ: ให้แบ่งหลักฐานเป็นหลายชุด",
                "There are more than 4,096 entries: split the evidence into several containers."
            )
        case .trailingBytes:
            (
                "มีข้อมูลอื่นต่อท้ายไฟล์ zip: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "Other bytes come after the end of the zip: ask its maker for the file again."
            )
        case .truncated:
            (
                "ไฟล์ขาดตอน: ให้คัดลอกหรือดาวน์โหลดใหม่",
                "The file ends too early: copy or download it again."
            )
        case .unlistedBytes:
            (
                "มีข้อมูลที่ไม่อยู่ในสารบัญ หรือรายการไม่เรียงตามสารบัญ: ให้บีบอัดใหม่",
                "There are bytes that no entry lists, or the entries lie in another order than"
                    + " listed: pack it again."
            )
        case .zip64:
            (
                "เป็น zip64 ซึ่งหลักฐานที่ไม่เกิน 64 MiB ไม่ต้องใช้: ให้บีบอัดใหม่ด้วย zip",
                "It is a zip64, which nothing below 64 MiB needs: pack it again with `zip`."
            )
        default: entrySentences
        }
    }

    private var entrySentences: (thai: String, english: String) {
        switch self {
        case .dataDescriptor:
            (
                "ขนาดอยู่หลังข้อมูล (data descriptor): ให้บีบอัดใหม่ลงไฟล์ ไม่ใช่ลง pipe",
                "Its size stands after its data (a data descriptor): pack it again into a file,"
                    + " not a pipe."
            )
        case .duplicateName:
            (
                "ชื่อชนกับรายการอื่น (แม้ต่างเพียงตัวพิมพ์ หรือเป็นทั้งไฟล์และโฟลเดอร์): ให้เปลี่ยนชื่อ",
                "Its name collides with another entry's, perhaps in case only or as a folder:"
                    + " rename one."
            )
        case .encrypted:
            (
                "ถูกเข้ารหัส: ให้บีบอัดใหม่โดยไม่ใส่รหัสผ่าน",
                "It is encrypted: pack it again without a password."
            )
        case .extraField:
            (
                "มีข้อมูลเสริม (extra field) ที่ไม่รู้จักหรือผิดรูป: ให้บีบอัดใหม่ด้วย zip -X",
                "It has an extra field that is unknown or malformed: pack it again with `zip -X`."
            )
        case .headersDiffer:
            (
                "สารบัญกับหัวของรายการไม่ตรงกัน: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "The directory and the entry's own header differ: ask its maker for the file"
                    + " again."
            )
        case .malformedDeflate:
            (
                "คลายข้อมูลไม่ได้ หรือได้ขนาดไม่ตรง: ให้คัดลอกหรือดาวน์โหลดใหม่",
                "Its data cannot be unpacked to the size it states: copy or download the file"
                    + " again."
            )
        case .malformedHeader:
            (
                "หัวของรายการเสียหาย: ให้คัดลอกหรือดาวน์โหลดใหม่",
                "Its header is damaged: copy or download the file again."
            )
        case .nameRefused:
            (
                "ชื่อต้องเป็นอักษร ASCII ไม่เกิน 255 ไบต์ ไม่ขึ้นต้นหรือลงท้ายด้วย / ไม่มี .. และไม่มี"
                    + " \\ : * ? \" < > | : ให้เปลี่ยนชื่อ (โฟลเดอร์ไม่เป็นรายการ: zip -D)",
                "A name is ASCII, at most 255 bytes, neither begins nor ends with /, and has no .."
                    + " nor \\ : * ? \" < > | in it: rename it (folders are no entries: `zip -D`)."
            )
        case .notAFile:
            (
                "ไม่ใช่ไฟล์ธรรมดา (โฟลเดอร์หรือลิงก์): ให้บีบอัดใหม่ด้วย zip -D",
                "It is no plain file but a folder or a link: pack it again with `zip -D`."
            )
        case .outsideFile:
            (
                "อยู่นอกไฟล์: ไฟล์อาจขาดตอน ให้คัดลอกหรือดาวน์โหลดใหม่",
                "It lies outside the file, which may have been cut: copy or download it again."
            )
        default: dataSentences
        }
    }

    private var dataSentences: (thai: String, english: String) {
        switch self {
        case .unsupportedCompression:
            (
                "ใช้วิธีบีบอัดอื่นที่ไม่ใช่ stored หรือ deflate: ให้บีบอัดใหม่ด้วย zip -0",
                "It is neither stored nor deflated: pack it again with `zip -0`."
            )
        case .unsupportedFeature:
            (
                "ใช้คุณสมบัติของ zip ที่ไม่รองรับ: ให้บีบอัดใหม่ด้วย zip -0 -X",
                "It uses a feature of zip that is not read here: pack it again with `zip -0 -X`."
            )
        case .wrongChecksum:
            (
                "ค่า CRC-32 ไม่ตรงกับข้อมูล: ให้คัดลอกหรือดาวน์โหลดใหม่",
                "Its CRC-32 is not that of its data: copy or download the file again."
            )
        case .wrongSize:
            (
                "ขนาดที่ระบุไม่ตรงกับข้อมูล: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "The sizes it states cannot be true: ask its maker for the file again."
            )
        default: containerSentences
        }
    }

    private var containerSentences: (thai: String, english: String) {
        switch self {
        case .mediaTypeRefused:
            (
                "ชนิดของไฟล์ต้องเป็น ชนิด/ชนิดย่อย เช่น text/plain: ให้แก้",
                "Its media type is not of the form type/subtype, as text/plain is: correct it."
            )
        case .mimetypeMissing:
            (
                "ไม่มีรายการ mimetype จึงไม่ใช่แฟ้มหลักฐาน .asice: ตรวจว่าเลือกไฟล์ถูกต้อง",
                "There is no entry `mimetype`, so this is no .asice container: check that it is"
                    + " the right file."
            )
        case .mimetypeNotFirst:
            (
                "mimetype ต้องเป็นรายการแรก: ให้ใส่ mimetype ก่อนด้วย zip -0 -X",
                "`mimetype` must be the first entry: pack it first, with `zip -0 -X`."
            )
        case .mimetypeNotPlain:
            (
                "mimetype ต้องไม่บีบอัดและไม่มี extra field: ให้ใส่ด้วย zip -0 -X",
                "`mimetype` must be stored and have no extra field: pack it with `zip -0 -X`."
            )
        case .mimetypeWrong:
            (
                "mimetype ต้องมีเพียง application/vnd.etsi.asic-e+zip ไม่ขึ้นบรรทัดใหม่: ให้แก้",
                "`mimetype` must hold application/vnd.etsi.asic-e+zip and no line break:"
                    + " correct it."
            )
        case .reservedName:
            (
                "ชื่อ mimetype และโฟลเดอร์ META-INF สงวนไว้: ให้เปลี่ยนชื่อ",
                "The name `mimetype` and the folder META-INF are taken: rename the file."
            )
        default: manifestSentences
        }
    }

    private var manifestSentences: (thai: String, english: String) {
        switch self {
        case .duplicateReference:
            (
                "อ้างไฟล์เดียวกันสองครั้ง: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "It lists one file twice: ask its maker for the container again."
            )
        case .manifestDoctype:
            (
                "มี DOCTYPE ซึ่งไม่รับ: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "It has a DOCTYPE, which is not read: ask its maker for the container again."
            )
        case .manifestEntity:
            (
                "มี entity ที่ไม่ใช่ของ XML เองหรือเขียนผิด: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "It has an entity other than XML's own, or a malformed one: ask its maker for the"
                    + " container again."
            )
        case .manifestTooLarge:
            (
                "manifest ใหญ่หรือซ้อนลึกเกินไป: ให้แบ่งหลักฐานเป็นหลายชุด",
                "It is too large or too deep: split the evidence into several containers."
            )
        case .malformedReference:
            (
                "URI ไม่ใช่ชื่อของรายการในแฟ้มหลักฐาน: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "A URI is no name that an entry may have: ask its maker for the container again."
            )
        case .unsupportedDigest:
            (
                "ค่าแฮชต้องเป็น SHA-256 ในรูป base64: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "A digest is not SHA-256 in base64: ask its maker for the container again."
            )
        case .unsupportedManifest:
            (
                "ไม่ใช่ ASiCManifest หรือมีส่วนที่ไม่รู้จัก: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "It is no ASiCManifest, or has a part that is not known: ask its maker for the"
                    + " container again."
            )
        case .unsupportedSignature:
            (
                "ลายมือชื่อต้องเป็น .p7s (CAdES) หรือ .tst (RFC 3161) ใน META-INF:"
                    + " ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "Its signature is neither CAdES (.p7s) nor a timestamp (.tst) in META-INF: ask its"
                    + " maker for the container again."
            )
        default:
            (
                "manifest ไม่ใช่ XML ที่ถูกต้อง: ให้ขอไฟล์ใหม่จากผู้จัดทำ",
                "It is not well-formed XML: ask its maker for the container again."
            )
        }
    }
}
