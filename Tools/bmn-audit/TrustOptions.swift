import ArgumentParser
import Audit
import Cryptography
import LedgerAudit
import LedgerReader
import TransparencyLog

/// What the auditor brings along: checkpoints kept from earlier, and whom to believe.
struct TrustOptions: ParsableArguments {
    @Option(
        help: "จุดตรวจที่เก็บไว้ · A checkpoint kept from earlier; may be given several times.",
        completion: .file()
    )
    var checkpoint: [String] = []

    @Option(
        help: "นโยบายความเชื่อถือ · Which log keys and witnesses count (tlog-policy).",
        completion: .file()
    )
    var policy: String?

    @Option(
        help: "ใบรับรองรากของผู้ประทับเวลา · Roots (PEM) of time-stamping authorities.",
        completion: .file()
    )
    var tsaRoots: String?

    /// What the kept checkpoints say; a file that is none is an error.
    func knownHeads() throws(LedgerError) -> [KnownHead] {
        var heads: [KnownHead] = []
        for path in checkpoint {
            let bytes = try InputFile.bytes(path, byteCountMaximum: SignedNote.byteCountMax)
            do {
                heads.append(try KnownHead(note: try SignedNote(bytes: bytes), witness: path))
            } catch {
                throw LedgerError(.damaged, "\(path): \(error)")
            }
        }
        return heads
    }

    func trust() throws -> Trust {
        var trust = Trust()
        if let policy { trust.policy = try PolicyFile(policy).policy }
        if let tsaRoots {
            let bytes = try InputFile.bytes(tsaRoots, byteCountMaximum: 1 << 20)
            do {
                trust.timestampRoots = try TrustedRoots(pem: bytes)
            } catch {
                throw LedgerError(.damaged, "\(tsaRoots): \(error)")
            }
        }
        return trust
    }
}
