import Console
import LedgerAudit
import LedgerReader
import TransparencyLog

/// Whose keys count (C2SP tlog-policy), read once: what is measured by is what is packed.
struct PolicyFile {
    let bytes: [UInt8]
    let policy: LogPolicy

    init(_ path: String) throws(Failure) {
        do throws(LedgerError) {
            bytes = try InputFile.bytes(path, byteCountMaximum: LogPolicy.byteCountMax)
        } catch {
            throw Failure(error, exitStatus: ExitStatus.unreadable)
        }
        do throws(TransparencyLogError) {
            policy = try LogPolicy(bytes: bytes)
        } catch {
            throw Failure(
                "policyUnreadable",
                thai: "อ่านนโยบาย \(path) ไม่ได้: \(error.reason)",
                english: "The policy \(path) cannot be read: \(error.reason)",
                exitStatus: ExitStatus.unreadable
            )
        }
    }
}
