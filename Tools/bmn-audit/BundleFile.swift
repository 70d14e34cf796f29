import Audit
import Console
import Evidence
import EvidenceContainer
import LedgerAudit
import LedgerReader

/// A file NAME.asice: evidence that is verified without a ledger.
struct BundleFile {
    private static let suffix = ".asice"

    /// The most bytes that are read, as `EvidenceContainer` has it.
    private static let byteCountMax = 64 << 20

    private let path: String

    init(_ path: String) { self.path = path }

    /// In any case of letters, as other systems spell the names of files.
    static func isNamed(_ path: String) -> Bool { path.lowercased().hasSuffix(suffix) }

    /// In the child: says between the parts that it goes on.
    func verify(_ trust: Trust) throws -> BundleVerdict {
        let bytes = try InputFile.bytes(path, byteCountMaximum: Self.byteCountMax)
        let heartbeat = { Supervisor.report(0, of: 0) }
        let container = try Self.open(bytes, path, heartbeat: heartbeat)
        return BundleAuditor.verify(container, trust: trust, heartbeat: heartbeat)
    }

    static func open(
        _ bytes: [UInt8],
        _ path: String,
        heartbeat: () -> Void = {}
    ) throws(Failure) -> EvidenceContainer {
        do throws(ContainerError) {
            return try EvidenceContainer(bytes: bytes, heartbeat: heartbeat)
        } catch {
            let path = path.printable(byteCountMaximum: 300)
            throw Failure(
                error.code.rawValue,
                thai: "\(path) ไม่ใช่แฟ้มหลักฐานที่อ่านได้: \(error.thai)",
                english: "\(path) is no evidence container: \(error.english)",
                exitStatus: ExitStatus.unreadable
            )
        }
    }
}
