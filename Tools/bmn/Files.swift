import Console
import DurableFiles
import Foundation

/// Files named on the command line.
enum Files {
    static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        return exists && isDirectory.boolValue
    }

    /// A path as people are told it, where a sentence begins.
    static func named(_ path: String) -> Phrase {
        path == "-"
            ? Phrase(thai: "ข้อมูลเข้ามาตรฐาน", english: "Standard input")
            : Phrase(thai: path, english: path)
    }

    /// Opens a file for reading; "-" is standard input.
    static func open(_ path: String) throws(Failure) -> Int32 {
        guard path != "-" else { return STDIN_FILENO }
        let descriptor = unsafe Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        guard !isDirectory(path) else {
            close(descriptor)
            throw unreadable(path, EISDIR)
        }
        return descriptor
    }

    /// The size of a regular file, for progress; 0 when there is none to know.
    static func byteCount(_ descriptor: Int32) -> Int {
        // A pipe or a terminal has no place to go to.
        let place = lseek(descriptor, 0, SEEK_CUR)
        guard place >= 0 else { return 0 }
        let end = lseek(descriptor, 0, SEEK_END)
        lseek(descriptor, place, SEEK_SET)
        return max(0, Int(end))
    }

    /// The next bytes, at most `byteCount`; empty at the end.
    static func read(
        _ descriptor: Int32,
        upTo byteCount: Int,
        of path: String
    ) throws(Failure) -> [UInt8] {
        while true {
            var code: Int32 = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
                let result = unsafe Foundation.read(descriptor, buffer.baseAddress, byteCount)
                if result < 0 { code = errno }
                count = max(0, result)
            }
            if code == 0 { return bytes }
            if code != EINTR { throw unreadable(path, code) }
        }
    }

    /// A whole file, refused above a size.
    static func readAll(_ path: String, byteCountMaximum: Int) throws(Failure) -> [UInt8] {
        let descriptor = try open(path)
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        while true {
            let chunk = try read(descriptor, upTo: 64 * 1024, of: path)
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= byteCountMaximum else {
                throw Failure(
                    "fileTooLarge",
                    thai: "ไฟล์ \(named(path).thai) ใหญ่เกิน \(byteCountMaximum.grouped) ไบต์",
                    english: "\(named(path).english) is larger than"
                        + " \(byteCountMaximum.grouped) bytes.",
                    exit: .badInput
                )
            }
        }
    }

    /// Writes a new file; one that is there stays as it is.
    static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(Failure) {
        do throws(FileError) {
            try DurableFile.create(path, bytes, mode: mode)
        } catch {
            throw unwritable(path, error)
        }
    }

    static func unreadable(_ path: String, _ code: Int32) -> Failure {
        let reason = unsafe String(cString: strerror(code))
        return Failure(
            "fileUnreadable",
            thai: "อ่านไฟล์ \(named(path).thai) ไม่ได้: \(reason)",
            english: "\(named(path).english) cannot be read: \(reason).",
            exit: .badInput
        )
    }

    static func unwritable(_ path: String, _ code: Int32) -> Failure {
        unwritable(path, FileError(path, "cannot be written", errno: code))
    }

    private static func unwritable(_ path: String, _ error: FileError) -> Failure {
        guard error.code != .alreadyExists else {
            return Failure(
                "alreadyExists",
                thai: "มี \(path) อยู่แล้ว: ไม่เขียนทับ",
                english: "\(path) exists already and is not overwritten: name another.",
                exit: .outputFailed
            )
        }
        return Failure(
            error.code == .diskFull ? "diskFull" : "fileUnwritable",
            thai: "เขียนไฟล์ไม่ได้: \(error.reason)",
            english: "\(error.reason).",
            exit: .outputFailed
        )
    }
}
