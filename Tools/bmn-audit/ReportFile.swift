import AuditReport
import Console
import Foundation

/// The file of a report: there as a whole or not at all.
enum ReportFile {
    /// Writes beside it and renames.
    ///
    /// A file that is there is replaced only if it is empty or a report: a slip of the hand must not
    /// cost the ledger that was just verified.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        try requireReplaceable(path)
        let draft = "\(path).\(UUID().uuidString)"
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
        let descriptor = unsafe open(draft, flags, 0o644)
        guard descriptor >= 0 else { throw failure(path, errno) }
        var code = write(bytes, descriptor)
        if code == 0, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0, unsafe rename(draft, path) != 0 { code = errno }
        guard code == 0 else {
            _ = unsafe unlink(draft)
            throw failure(path, code)
        }
    }

    /// Zero, or the error's number.
    private static func write(_ bytes: [UInt8], _ descriptor: Int32) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Foundation.write(
                    descriptor,
                    bytes.baseAddress?.advanced(by: written),
                    bytes.count - written
                )
            }
            if count >= 0 { written += count } else if errno != EINTR { return errno }
        }
        return 0
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
