import ArgumentParser
import Console
import Cryptography
import Ledger
import LedgerAudit
import LedgerReader
import Survey
import TransparencyLog

struct CheckProof: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "ตรวจหลักฐานของระเบียน · Check a .tlog-proof against a record and a policy.",
        discussion: """
            ไม่ต้องใช้บัญชี: ใช้เพียงหลักฐาน ไบต์ของระเบียน และนโยบายว่าเชื่อกุญแจของใคร
            Needs no ledger. RECORD holds the record's bytes as bmn log prints them; a newline at the
            end is no part of it. POLICY says whose keys count (C2SP tlog-policy).

            Examples:
              bmn-audit check 7.tlog-proof --record 7.json --policy policy.txt
              bmn-audit check 7.tlog-proof --record 7.json --policy policy.txt --json

            Exit codes: 0 it is proved, 1 it is not, 2 wrong usage, 3 could not be read.
            """
    )

    @Argument(help: "แฟ้มหลักฐาน · The proof (tlog-proof).", completion: .file())
    var proof: String

    @Option(help: "แฟ้มระเบียน · The record's bytes.", completion: .file())
    var record: String

    @Option(help: "นโยบายความเชื่อถือ · Which log keys and witnesses count.", completion: .file())
    var policy: String

    @Flag(help: "ผลเป็น JSON · One JSON object instead of text.")
    var json = false

    @OptionGroup var options: EvidenceOptions

    func run() throws {
        try options.run(json: json) {
            let trust = try PolicyFile(policy).policy
            let proof = try readProof()
            let bytes = try readRecord()
            let leafHash = MerkleTree.leafHash(of: bytes)
            let (text, code) = result(of: proof, leafHash, bytes.count, trust)
            return Output.put(text, code, options.language)
        }
    }

    private func result(
        of proof: TLogProof,
        _ leafHash: Digest,
        _ byteCount: Int,
        _ trust: LogPolicy
    ) -> (String, ExitCode) {
        let language = options.language
        do throws(TransparencyLogError) {
            let proved = ProofText(
                index: proof.inclusion.leafIndex,
                byteCount: byteCount,
                leafHash: leafHash,
                endorsement: try proof.verify(leafHash: leafHash, policy: trust)
            )
            return (json ? proved.json.text + "\n" : proved.text(language), .verified)
        } catch {
            let json = ProofText.refusal(error).text + "\n"
            return (self.json ? json : ProofText.refusal(error, language), .findings)
        }
    }

    /// Without the newline that ends a line of `bmn log`.
    private func readRecord() throws -> [UInt8] {
        var bytes = try InputFile.bytes(record, byteCountMaximum: RecordLimit.byteCount + 1)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return bytes
    }

    private func readProof() throws -> TLogProof {
        let bytes = try InputFile.bytes(proof, byteCountMaximum: TLogProof.byteCountMax)
        do throws(TransparencyLogError) {
            return try TLogProof(bytes: bytes)
        } catch {
            throw Failure(
                error.code.rawValue,
                thai: "\(proof) ไม่ใช่หลักฐาน tlog-proof: \(error.reason)",
                english: "\(proof) is no tlog-proof: \(error.reason)",
                exitStatus: ExitStatus.unreadable
            )
        }
    }
}
