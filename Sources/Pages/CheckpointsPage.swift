import Console
import Cryptography
import LedgerReader
import TransparencyLog

extension PageContext {
    private static let pageCount = 50

    /// `/checkpoints?below=…`: the tree heads that the log signed, the latest first.
    func checkpoints() throws -> PageAnswer {
        let snapshot = try pages.reader.snapshot()
        var below = query("below").flatMap { UInt64($0) } ?? UInt64.max
        var found: [StoredCheckpoint] = []
        while found.count <= Self.pageCount, let next = try snapshot.checkpoint(below: below) {
            found.append(next)
            below = next.treeSize
        }
        let shown = found.prefix(Self.pageCount)
        var parts: [Markup] = [
            sentence(
                choose(
                    "จุดตรวจคือขนาดและค่ารากของบัญชีที่ลงนามไว้ พยานร่วมลงนามว่าบัญชีไม่เคยถูกเขียนใหม่",
                    "A checkpoint is the size and root hash of the ledger, signed. Witnesses cosign"
                        + " that the ledger was never rewritten."
                )
            ),
            try table(Array(shown)),
        ]
        if let latest = shown.first {
            parts.append(
                section(
                    "latest",
                    choose("จุดตรวจล่าสุดของหน้านี้ทุกไบต์", "The latest of this page, every byte"),
                    [exact(String(decoding: try latest.cosigned().encoded, as: UTF8.self))]
                )
            )
        }
        if found.count > Self.pageCount, let last = shown.last {
            let address = Link.same(request, ["below": "\(last.treeSize)"])
            let text = choose("ก่อนหน้านี้", "Earlier ones")
            parts.append("<p><a rel=\"next\" href=\"\(address)\">\(text)</a></p>\n")
        }
        return page(choose("จุดตรวจ", "Checkpoints"), parts)
    }

    private func table(_ checkpoints: [StoredCheckpoint]) throws -> Markup {
        var table = PageTable(
            id: "checkpoint-table",
            caption: choose("จุดตรวจที่ลงนามแล้ว", "Signed checkpoints"),
            columns: [
                .init(choose("ขนาดบัญชี", "Tree size"), isNumeric: true),
                .init(choose("ค่าราก", "Root hash")), .init(choose("พยาน", "Cosigned by")),
                .init(choose("ตราประทับเวลา", "Time-stamps"), isNumeric: true),
            ]
        )
        table.rows = try checkpoints.map { stored -> [Markup] in
            let names = try stored.cosignatures().map(\.name).sorted()
            let cosigners = names.isEmpty ? choose("ไม่มี", "nobody") : names.joined(separator: ", ")
            return [
                number(stored.treeSize), code(try stored.checkpoint().treeHead.rootHash.hex),
                "\(cosigners)", number(stored.timestamps.count),
            ]
        }
        return self.table(table)
    }
}
