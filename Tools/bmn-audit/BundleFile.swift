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

    static func isNamed(_ path: String?) -> Bool { path?.hasSuffix(suffix) ?? false }

    func verify(_ trust: Trust) throws -> BundleVerdict {
        let bytes = try InputFile.bytes(path, byteCountMaximum: Self.byteCountMax)
        return BundleAuditor.verify(try Self.open(bytes, path), trust: trust)
    }

    static func open(_ bytes: [UInt8], _ path: String) throws(Failure) -> EvidenceContainer {
        do throws(ContainerError) {
            return try EvidenceContainer(bytes: bytes)
        } catch {
            throw Failure(
                error.code.rawValue,
                thai: "\(path) ไม่ใช่แฟ้มหลักฐานที่อ่านได้: \(error.thai)",
                english: "\(path) is no evidence container: \(error.english)",
                exitStatus: ExitStatus.unreadable
            )
        }
    }
}
