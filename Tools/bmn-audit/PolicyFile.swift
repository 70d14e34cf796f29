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
            throw Self.unreadable(path, error.reason)
        }
        do throws(TransparencyLogError) {
            policy = try LogPolicy(bytes: bytes)
        } catch {
            throw Self.unreadable(path, error.reason)
        }
    }

    private static func unreadable(_ path: String, _ reason: String) -> Failure {
        Failure(
            "policyUnreadable",
            thai: "อ่านนโยบาย \(path) ไม่ได้: \(reason)",
            english: "The policy \(path) cannot be read: \(reason)",
            exitStatus: ExitStatus.unreadable
        )
    }
}
