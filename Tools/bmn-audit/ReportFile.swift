import AuditReport
import Console
import DurableFiles
import Foundation

/// The file of a report: there as a whole or not at all.
enum ReportFile {
    /// Writes beside it and renames.
    ///
    /// A file that is there is replaced only if it is empty or a report: a slip of the hand must not
    /// cost the ledger that was just verified.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        try requireReplaceable(path)
        do throws(FileError) {
            let draft = "\(path).\(UUID().uuidString)"
            try DurableFile.replace(path, bytes, mode: 0o644, draft: draft)
        } catch {
            throw failure(path, thai: error.reason, english: error.reason)
        }
    }

    private static func requireReplaceable(_ path: String) throws(Failure) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw failure(path, errno) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw failure(path, thai: "ไม่ใช่ไฟล์ธรรมดา", english: "it is not a regular file")
        }
        guard status.st_size > 0 else { return }
        let file = FileHandle(forReadingAtPath: path)
        let beginning = try? file?.read(upToCount: VerificationReport.beginning.utf8.count)
        guard let beginning, Array(beginning) == Array(VerificationReport.beginning.utf8) else {
            throw failure(
                path,
                thai: "มีไฟล์อื่นชื่อนี้อยู่แล้ว",
                english: "another file has that name and would be lost"
            )
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        let reason = unsafe String(cString: strerror(code))
        return failure(path, thai: reason, english: reason)
    }

    private static func failure(_ path: String, thai: String, english: String) -> Failure {
        Failure(
            "reportNotWritten",
            thai: "เขียนรายงาน \(path) ไม่ได้ (\(thai)): ใช้ชื่อไฟล์อื่น ผลการตรวจสอบแสดงไว้แล้ว",
            english: "The report \(path) could not be written (\(english)): name another file."
                + " The verdict was printed.",
            exitStatus: ExitStatus.unreadable
        )
    }
}
