import ArgumentParser
import Console
import LedgerAudit
import LedgerReader
import TransparencyLog

struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "พิสูจน์ว่าระเบียนอยู่ในบัญชี · Prove that a record is in the log (.tlog-proof).",
        discussion: """
            พิมพ์หลักฐาน (C2SP tlog-proof) ว่าระเบียนอยู่ใต้จุดตรวจล่าสุดที่เก็บไว้ พร้อมลายมือชื่อของพยาน
            Prints the proof under the latest stored checkpoint, with its cosignatures; --size takes
            that of another size. Whoever has the record's bytes and a policy checks it with
            bmn-audit check, without the ledger.

            Examples:
              bmn-audit prove D 7 -o 7.tlog-proof
              bmn log D --from 7 --to 7 > 7.json
              bmn-audit check 7.tlog-proof --record 7.json --policy policy.txt

            Exit codes: 0 proved, 2 wrong usage, 3 could not be read, or no checkpoint covers it.
            """
    )

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger directory.", completion: .directory)
    var ledger: String

    @Argument(help: "ลำดับระเบียน · The record's index.")
    var index: UInt64

    @Option(name: .shortAndLong, help: "แฟ้มผลลัพธ์ · A new file for the proof.", completion: .file())
    var output: String?

    @Option(help: "ขนาดของจุดตรวจ · The tree size of the checkpoint to prove it under.")
    var size: UInt64?

    @OptionGroup var options: EvidenceOptions

    func run() throws {
        try options.run {
            let watched = Watched(
                language: options.language,
                ledger: LedgerDirectory(ledger),
                label: Phrase(thai: "พิสูจน์", english: "proving")
            )
            let proof = try watched.output { snapshot in
                try snapshot.proof(of: index, treeSize: size).encoded
            }
            try EvidenceOptions.write(proof, to: output)
            return .verified
        }
    }
}
