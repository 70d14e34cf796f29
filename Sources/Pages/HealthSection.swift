import Console
import Cryptography
import Foundation
import Ledger
import LedgerReader
import ProjectionCatalog
import ProjectionRuntime
import Survey
import TransparencyLog

/// What a list of records says of each.
struct RecordLine {
    let envelope: Envelope
    let kindName: String

    init(_ index: UInt64, _ snapshot: borrowing LedgerSnapshot) throws {
        let scanned = try snapshot.withRecord(index) { record in try RecordScanner.scan(record) }
        snapshot.countScatteredRead()
        guard let scanned else { throw LedgerError(.damaged, "record \(index) is missing") }
        envelope = scanned.envelope
        kindName = scanned.kindName
    }
}

extension PageContext {
    /// Records as rows, in the order given.
    func recordTable(_ id: String, _ caption: String, _ lines: [RecordLine]) -> Markup {
        var table = PageTable(
            id: id,
            caption: caption,
            columns: [
                .init(choose("ระเบียน", "Record"), isNumeric: true),
                .init(choose("การกระทำ", "Act")), .init(choose("เรื่อง", "Of")),
                .init(choose("โดย", "By")), .init(choose("บันทึกเมื่อ", "Recorded")),
                .init(choose("วันที่กระทำ", "Day of the act")),
            ]
        )
        table.rows = lines.map { line -> [Markup] in
            let envelope = line.envelope
            return [
                link(["records", "\(envelope.index)"], envelope.index.grouped),
                "\(Words.kind(line.kindName).text(language))", code(envelope.stream),
                "\(envelope.actor.user)", time(envelope.recordedAt), day(envelope.day.iso),
            ]
        }
        return self.table(table)
    }

    func time(_ time: RecordTime) -> Markup {
        self.time(unixMicroseconds: time.unixMicroseconds, iso: time.text)
    }

    func newestActs(_ snapshot: borrowing LedgerSnapshot) throws -> Markup {
        let size = snapshot.treeSize
        var lines: [RecordLine] = []
        for index in (size - min(size, 10)..<size).reversed() {
            lines.append(try RecordLine(index, snapshot))
        }
        return section(
            "newest",
            choose("การกระทำล่าสุด", "Newest acts"),
            [
                recordTable("newest-table", choose("สิบระเบียนล่าสุด", "The last ten records"), lines),
                paragraph(link(["records"], choose("ระเบียนทั้งหมด", "All records"))),
            ]
        )
    }

    /// How large the ledger is, what of it is signed, and how far the read models are behind.
    func health(_ snapshot: borrowing LedgerSnapshot) throws -> Markup {
        let size = snapshot.treeSize
        var facts: [(String, Markup)] = [
            (choose("ชื่อบัญชี", "Origin"), code(pages.origin)),
            (choose("จำนวนระเบียน", "Records"), number(size)),
            (choose("ค่าราก", "Root hash"), code(snapshot.head.range.rootHash.hex)),
        ]
        if let time = snapshot.head.lastRecordedAt {
            facts.append((choose("ระเบียนล่าสุดเมื่อ", "Last record"), self.time(time)))
        }
        if let byteCount = fileByteCount {
            facts.append((choose("ขนาดไฟล์ (ไบต์)", "File size (bytes)"), number(byteCount)))
        }
        facts.append((choose("จุดตรวจล่าสุด", "Last checkpoint"), try lastCheckpoint(snapshot)))
        facts.append((choose("แบบจำลองอ่าน", "Read models"), try lag(size)))
        return section(
            "health",
            choose("สุขภาพของบัญชี", "Health of the ledger"),
            [self.facts(facts)]
        )
    }

    private var fileByteCount: Int? {
        let path = pages.reader.directory.ledgerFile
        return try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }

    private func lastCheckpoint(_ snapshot: borrowing LedgerSnapshot) throws -> Markup {
        guard let stored = try snapshot.latestCheckpoint() else {
            return late(choose("ยังไม่มีจุดตรวจที่ลงนาม", "none is signed yet"))
        }
        let behind = snapshot.treeSize - min(snapshot.treeSize, stored.treeSize)
        let size = link(
            ["checkpoints"],
            choose("\(stored.treeSize.grouped) ระเบียน", "\(stored.treeSize.grouped) records")
        )
        let rest = choose(
            "ตามหลัง \(behind.grouped) มีพยาน \(stored.cosignatureLines.count) ราย",
            "\(behind.grouped) behind, \(stored.cosignatureLines.count) cosignatures"
        )
        return "\(size), \(rest)"
    }

    /// Only those that are behind are named.
    private func lag(_ size: UInt64) throws -> Markup {
        let positions = try ProjectionRunner(ProjectionCatalog.all, pages.survey).positions()
        let behind = positions.filter { $0.treeSize < size }
        let missing = ProjectionCatalog.all.count - positions.count
        if behind.isEmpty, missing == 0 {
            return "\(choose("ตามทันทุกแบบจำลอง", "all are up to date"))"
        }
        let names = behind.map { position in
            let count = (size - position.treeSize).grouped
            return position.name + choose(" ตามหลัง \(count)", " \(count) behind")
        }
        let unbuilt = missing > 0 ? [choose("ยังไม่สร้าง \(missing)", "\(missing) not built")] : []
        return late((names + unbuilt).joined(separator: ", "))
    }
}
