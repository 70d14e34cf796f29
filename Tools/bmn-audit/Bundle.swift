import ArgumentParser
import Audit
import Console
import Cryptography
import Evidence
import EvidenceContainer
import Foundation
import LedgerAudit
import LedgerReader
import Survey
import TransparencyLog

struct Bundle: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "แฟ้มหลักฐานของคำรับรองหรือครัวเรือน · An evidence bundle (ASiC-E), for offline proof.",
        usage: """
            bmn-audit bundle LEDGER CERTIFICATION -o FILE.asice [--policy FILE] [SIGNER]
            bmn-audit bundle LEDGER --household CYCLE/ID -o FILE.asice [--policy FILE] [SIGNER]
            """,
        discussion: """
            รวมระเบียน หลักฐานว่าอยู่ในบัญชี คำรับรอง ลายมือชื่อ จุดตรวจ และตราประทับเวลา ไว้ในแฟ้มเดียว
            ซึ่งตรวจได้โดยไม่ต้องมีบัญชี ทั้งด้วย bmn-audit verify และด้วย openssl ตาม README.txt ในแฟ้ม
            ข้อมูลส่วนบุคคลยังคงผนึกอยู่
            One file with the records, the proofs that the log has them, the statement, its
            signatures, the checkpoint and its time-stamps. It is verified before it is written.
            Personal data stays sealed.

            SIGNER: --signer CERT.pem --signer-key KEY.pem, or --signer-pkcs12 FILE; a passphrase is
            the first line of the file that BMN_PASSPHRASE_FILE names. Without it the container is
            sealed with a key that is thrown away: then its own signature proves no origin, while
            the content carries its own proofs.

            Examples:
              bmn-audit bundle D 2561-3801-1 -o 2561-3801-1.asice
              bmn-audit verify 2561-3801-1.asice
              bmn-audit bundle D --household 2561/38010101-0001 -o house.asice

            Exit codes: 0 written, 1 findings and nothing written, 2 wrong usage, 3 could not be
            read, or no checkpoint covers it.
            """
    )

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger directory.", completion: .directory)
    var ledger: String

    @Argument(help: "รหัสการรับรอง · The certification's id.")
    var certification: String?

    @Option(help: "ครัวเรือน · Evidence of a household instead: CYCLE/ID.")
    var household: String?

    @Option(name: .shortAndLong, help: "แฟ้มผลลัพธ์ · A new file NAME.asice.", completion: .file())
    var output: String

    @Option(help: "นโยบาย · Must be met, and is put in beside (tlog-policy).", completion: .file())
    var policy: String?

    @Option(help: "ขนาดของจุดตรวจ · The tree size of the checkpoint to prove it under.")
    var size: UInt64?

    @Flag(help: "ผลเป็น JSON · The verdict as one JSON object instead of text.")
    var json = false

    @OptionGroup var signer: SignerOptions

    @OptionGroup var options: EvidenceOptions

    func validate() throws {
        guard (certification == nil) != (household == nil) else {
            throw ValidationError("Name a certification, or a household with --household.")
        }
        guard subject != nil else {
            throw ValidationError("--household takes CYCLE/ID, such as 2561/38010101-0001.")
        }
        guard BundleFile.isNamed(output) else {
            throw ValidationError("-o takes a name that ends in .asice.")
        }
    }

    private var subject: BundleSubject? {
        if let certification { return .certification(certification) }
        let parts = (household ?? "").split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts.contains("") else { return nil }
        return .household(cycle: String(parts[0]), household: String(parts[1]))
    }

    func run() throws {
        try options.run(json: json) {
            guard let subject else { return .wrongUsage }
            let policy = try policy.map { try PolicyFile($0) }
            let trust = Trust(policy: policy?.policy)
            let watched = Watched(
                language: options.language,
                ledger: LedgerDirectory(ledger),
                label: Phrase(thai: "รวบรวม", english: "collecting")
            )
            let now = Int64(Date().timeIntervalSince1970)
            var bytes = try watched.output { snapshot in
                let contents = try snapshot.bundleContents(
                    of: subject,
                    treeSize: size,
                    policy: trust.policy,
                    policyBytes: policy?.bytes,
                    heartbeat: { Supervisor.report(0, of: 0) }
                )
                return try BundleSeal.container(try BundleFiles.make(contents), at: now)
            }
            let container = try BundleFile.open(bytes, output)
            let identity = try signer.identity()
            if let identity {
                bytes = try BundleSeal.container(Self.files(container), identity: identity, at: now)
            }
            return try finish(bytes, trust)
        }
    }

    /// Writes what passes; shows what is wrong with what does not.
    private func finish(_ bytes: [UInt8], _ trust: Trust) throws -> ExitCode {
        let verdict = BundleAuditor.verify(try BundleFile.open(bytes, output), trust: trust)
        let text = json ? verdict.json.text + "\n" : verdict.text(options.language)
        guard verdict.verdict.isOK else {
            guard !json else { return Output.put(text, .findings, options.language) }
            Notice.write(text)
            throw Failure(
                "notProved",
                thai: "หลักฐานไม่ครบ จึงไม่เขียน \(output): ดูข้อที่พบข้างต้น",
                english: "This is no sound evidence, so \(output) was not written: see above.",
                exitStatus: ExitStatus.findings
            )
        }
        // First: where it cannot be written, no file is left that a second try would stumble over.
        let status = Output.put(text, .verified, options.language)
        guard status == .verified else { return status }
        try EvidenceOptions.write(bytes, to: output)
        return .verified
    }

    /// The same files once more, to be sealed by somebody else.
    private static func files(_ container: EvidenceContainer) -> [ContainerFile] {
        let types = Dictionary(
            container.manifests.flatMap(\.manifest.references).map { ($0.name, $0.mediaType) },
            uniquingKeysWith: { first, _ in first }
        )
        return container.files.map { file in
            ContainerFile(
                name: file.name,
                mediaType: types[file.name] ?? "application/octet-stream",
                contents: Array(file.contents)
            )
        }
    }
}
