import Audit
import Console
import Cryptography
import Ledger
import LedgerReader
import TransparencyLog

/// The latest checkpoint and who is said to stand behind it; that it is true is for auditors.
struct CheckpointSummary {
    private let treeSize: UInt64
    private let recordsBehind: UInt64
    /// As they call themselves, on one line that steers no terminal.
    private let cosigners: [String]
    /// The earliest: what was known then was known since.
    private let timestamp: TimestampToken?

    /// Nil where the log has signed none.
    init?(_ snapshot: borrowing LedgerSnapshot) throws {
        guard let stored = try snapshot.latestCheckpoint() else { return nil }
        treeSize = stored.treeSize
        recordsBehind = snapshot.treeSize - min(snapshot.treeSize, stored.treeSize)
        cosigners = try stored.cosignatures().map { Self.shown($0.name) }.sorted()
        timestamp = stored.timestamps.compactMap { try? TimestampToken(der: $0) }
            .min { $0.unixMicroseconds < $1.unixMicroseconds }
    }

    private static func shown(_ name: String) -> String { name.printable(byteCountMaximum: 300) }

    var json: JSON {
        [
            "treeSize": .unsigned(treeSize),
            "recordsBehind": .unsigned(recordsBehind),
            "cosigners": .array(cosigners.map { .string($0) }),
            "timestamp": timestamp.map { token in
                [
                    "time": .string(
                        RecordTime(unixMicroseconds: token.unixMicroseconds)?.text ?? ""
                    ),
                    "authority": .string(Self.shown(token.authority ?? "")),
                ]
            } ?? .null,
        ]
    }

    func text(_ page: Page) -> String {
        var parts = [
            page.choose(
                "\(treeSize) ระเบียน ตามหลัง \(recordsBehind)",
                "\(treeSize) records, \(recordsBehind) behind"
            )
        ]
        let names = cosigners.joined(separator: ", ")
        parts.append(
            names.isEmpty
                ? page.choose("ไม่มีพยานร่วมลงนาม", "cosigned by nobody")
                : page.choose("ร่วมลงนามโดย \(names)", "cosigned by \(names)")
        )
        if let timestamp {
            let time = page.language.text(unixMicroseconds: timestamp.unixMicroseconds)
            let authority = Self.shown(timestamp.authority ?? "?")
            parts.append(
                page.choose(
                    "ตราประทับเวลา \(time) โดย \(authority)",
                    "time-stamped \(time) by \(authority)"
                )
            )
        }
        return parts.joined(separator: "; ")
    }
}
