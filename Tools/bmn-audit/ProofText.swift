import Audit
import Console
import Cryptography
import Ledger
import Survey
import TransparencyLog

/// What a proof proves, in words.
struct ProofText {
    let index: UInt64
    let byteCount: Int
    let leafHash: Digest
    let endorsement: LogPolicy.Endorsement

    private var head: TreeHead { endorsement.checkpoint.treeHead }

    func text(_ language: Language) -> String {
        let origin = endorsement.checkpoint.origin.shown
        var lines = [
            Phrase(
                thai: "บัญชี \(origin) มีไบต์ \(byteCount) ไบต์นี้เป็นระเบียน \(index)",
                english: "The log \(origin) has exactly these \(byteCount) bytes as record \(index)"
            ),
            Phrase(thai: "แฮชของระเบียน: \(leafHash.hex)", english: "Leaf hash: \(leafHash.hex)"),
            Phrase(
                thai: "ใต้จุดตรวจของ \(head.treeSize) ระเบียน ราก \(head.rootHash.hex)",
                english:
                    "Under its checkpoint of \(head.treeSize) records, root \(head.rootHash.hex)"
            ),
            Phrase(
                thai: "ลงนามด้วยกุญแจของบัญชี \(endorsement.logKey.vkey.shown)",
                english: "Signed with the log's key \(endorsement.logKey.vkey.shown)"
            ),
        ].map { $0.text(language) }
        for cosigned in endorsement.cosignatures {
            let name = cosigned.witness.name.shown
            let time = Self.text(cosigned.time, language)
            lines.append(
                Phrase(
                    thai: "พยาน \(name) ร่วมลงนามเมื่อ \(time)",
                    english: "Cosigned by the witness \(name) on \(time)"
                ).text(language)
            )
        }
        lines.append(
            Phrase(
                thai: "ไม่ได้พิสูจน์ว่าข้อความเป็นจริง หรือว่าไม่มีระเบียนใหม่กว่าในเรื่องเดียวกัน",
                english: "Not proved: that what it says is true, or that nothing later changed it"
            ).text(language)
        )
        lines.append(
            Phrase(thai: "ผล: พิสูจน์แล้ว", english: "Verdict: proved").text(language)
        )
        return lines.joined(separator: "\n") + "\n"
    }

    /// A witness may state any time up to the end of the world.
    private static func text(_ unixSeconds: UInt64, _ language: Language) -> String {
        let (time, overflow) = Int64(clamping: unixSeconds)
            .multipliedReportingOverflow(by: 1_000_000)
        guard !overflow, RecordTime(unixMicroseconds: time) != nil else { return "\(unixSeconds)" }
        return language.text(unixMicroseconds: time)
    }

    var json: JSON {
        [
            "ok": true,
            "origin": .string(endorsement.checkpoint.origin.shown),
            "index": .unsigned(index),
            "leaf": .string(leafHash.hex),
            "size": .unsigned(head.treeSize),
            "root": .string(head.rootHash.hex),
            "logKey": .string(endorsement.logKey.vkey.shown),
            "witnesses": .array(
                endorsement.cosignatures.map {
                    ["name": .string($0.witness.name.shown), "time": .unsigned($0.time)]
                }
            ),
        ]
    }

    static func refusal(_ error: TransparencyLogError) -> JSON {
        ["ok": false, "code": .string(error.code.rawValue), "reason": .string(error.reason.shown)]
    }

    static func refusal(_ error: TransparencyLogError, _ language: Language) -> String {
        Phrase(
            thai: "ผล: ไม่พิสูจน์ (\(error.code.rawValue)): \(error.reason.shown)",
            english: "Verdict: not proved (\(error.code.rawValue)): \(error.reason.shown)"
        ).text(language) + "\n"
    }
}
