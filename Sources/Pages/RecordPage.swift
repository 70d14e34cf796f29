import Console
import Cryptography
import Ledger
import LedgerReader
import Survey
import TransparencyLog

extension PageContext {
    private func bytes(
        _ text: String,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> (index: UInt64, bytes: [UInt8]) {
        guard let index = UInt64(text), text == "\(index)", index < snapshot.treeSize,
            let bytes = try snapshot.withRecord(index, { $0.byteArray })
        else { throw NoSuchPage.record }
        return (index, bytes)
    }

    /// `/records/{index}/bytes`: what is stored and nothing else.
    func recordFile(_ text: String) throws -> PageAnswer {
        let (index, bytes) = try bytes(text, pages.reader.snapshot())
        return PageAnswer(
            contentType: "application/json",
            body: bytes,
            name: "record-\(index).json"
        )
    }

    /// `/records/{index}`: what is stored, that it is in the tree, and how to check that by hand.
    func record(_ text: String) throws -> PageAnswer {
        let snapshot = try pages.reader.snapshot()
        let (index, bytes) = try bytes(text, snapshot)
        let line = try RecordLine(index, snapshot)
        let envelope = line.envelope
        var facts: [(String, Markup)] = [
            (choose("การกระทำ", "Act"), "\(Words.kind(line.kindName).text(language))"),
            (choose("ชนิดในระเบียน", "Kind in the record"), code(line.kindName)),
            (choose("เรื่อง", "Stream"), code(envelope.stream)),
            (choose("ลำดับในเรื่อง", "Stream version"), "\(envelope.streamVersion)"),
            (choose("โดย", "By"), "\(envelope.actor.user) (\(envelope.actor.capacity))"),
            (choose("บันทึกเมื่อ", "Recorded"), time(envelope.recordedAt)),
            (choose("วันที่กระทำ", "Day of the act"), day(envelope.day.iso)),
        ]
        if index > 0 {
            facts.append(
                (choose("ระเบียนก่อนหน้า", "Previous"), link(record: Int64(clamping: index - 1)))
            )
        }
        if index + 1 < snapshot.treeSize {
            facts.append((choose("ระเบียนถัดไป", "Next"), link(record: Int64(clamping: index + 1))))
        }
        let parts = [
            self.facts(facts),
            section(
                "readable",
                choose("เนื้อหาจัดย่อหน้าให้อ่านง่าย", "Laid out for reading"),
                [exact(JSONLayout.text(bytes))]
            ),
            section(
                "exact",
                choose("ไบต์ที่เก็บไว้ทุกไบต์", "The bytes as stored"),
                [
                    exact(String(decoding: bytes, as: UTF8.self)),
                    paragraph(
                        link(
                            ["records", "\(index)", "bytes"],
                            choose("บันทึกไบต์เป็นไฟล์", "Save the bytes as a file")
                        )
                    ),
                ]
            ),
            try proof(index, bytes, snapshot),
            check(index),
        ]
        return page(choose("ระเบียนที่ \(index.grouped)", "Record \(index.grouped)"), parts)
    }

    private func proof(
        _ index: UInt64,
        _ bytes: [UInt8],
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> Markup {
        let checkpoint = try snapshot.latestCheckpoint().flatMap { $0.treeSize > index ? $0 : nil }
        let treeSize = checkpoint?.treeSize ?? snapshot.treeSize
        let inclusion = try snapshot.inclusionProof(recordIndex: index, treeSize: treeSize)
        let hashes = inclusion.path.map { hash -> Markup in "<li>\(code(hash.hex))</li>\n" }
        var parts: [Markup] = [
            facts([
                (choose("ค่าใบไม้", "Leaf hash"), code(MerkleTree.leafHash(of: bytes).hex)),
                (choose("ขนาดบัญชี", "Tree size"), number(treeSize)),
                (
                    choose("ค่าราก", "Root hash"),
                    code(try snapshot.rootHash(treeSize: treeSize).hex)
                ),
            ]),
            sentence(
                choose("ค่าที่ต้องใช้ประกอบ จากล่างขึ้นบน:", "The hashes on the way up, lowest first:")
            ),
            "<ol class=\"hashes\">\n\(hashes)</ol>\n",
        ]
        if let checkpoint {
            let note = try checkpoint.cosigned()
            parts += [
                sentence(choose("จุดตรวจที่ลงนามแล้ว:", "The signed checkpoint:")),
                exact(String(decoding: note.encoded, as: UTF8.self)),
            ]
        } else {
            parts.append(
                note(
                    "\(choose("ยังไม่มีจุดตรวจที่ลงนามครอบคลุมระเบียนนี้", "No signed checkpoint covers this record yet."))"
                )
            )
        }
        return section("proof", choose("หลักฐานว่าอยู่ในบัญชี", "Proof that it is in the ledger"), parts)
    }

    private func check(_ index: UInt64) -> Markup {
        let byHand =
            #"{ printf '\0'; bmn log LEDGER --from \#(index) --to \#(index) | tr -d '\n'; } | sha256sum"#
        return section(
            "check",
            choose("ตรวจเอง", "Check it by hand"),
            [
                sentence(choose("คำสั่งนี้พิมพ์ค่าใบไม้ข้างต้น:", "This prints the leaf hash above:")),
                exact(byHand),
                sentence(choose("หรือจากไฟล์ที่บันทึกจากหน้านี้:", "Or from the file saved here:")),
                exact(#"{ printf '\0'; cat record-\#(index).json; } | sha256sum"#),
                sentence(
                    choose(
                        "คำสั่งนี้เขียนหลักฐานเป็นไฟล์ ซึ่งใครก็ตรวจได้:",
                        "This writes the proof as a file that anybody can check:"
                    )
                ),
                exact("bmn-audit prove LEDGER \(index) -o record-\(index).tlog-proof"),
            ]
        )
    }
}

/// JSON with its members on lines of their own, in the order that they have.
enum JSONLayout {
    static func text(_ json: [UInt8]) -> String {
        var bytes: [UInt8] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        func breakLine() {
            bytes.append(UInt8(ascii: "\n"))
            bytes += [UInt8](repeating: UInt8(ascii: " "), count: 2 * max(0, depth))
        }
        for (offset, byte) in json.enumerated() {
            if isInString {
                bytes.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            let next = offset + 1 < json.count ? json[offset + 1] : 0
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                bytes.append(byte)
                depth += 1
                if next != UInt8(ascii: "}"), next != UInt8(ascii: "]") { breakLine() }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                let isEmpty =
                    offset > 0 && [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(json[offset - 1])
                if !isEmpty { breakLine() }
                bytes.append(byte)
            case UInt8(ascii: ","):
                bytes.append(byte)
                breakLine()
            case UInt8(ascii: ":"): bytes += [byte, UInt8(ascii: " ")]
            default:
                isInString = byte == UInt8(ascii: "\"")
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
