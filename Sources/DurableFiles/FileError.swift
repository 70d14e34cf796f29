import Glibc

/// Why a file cannot be read or written; only the code takes part in equality.
package struct FileError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case alreadyExists
        /// Another process holds the lock, for longer than was waited.
        case busy
        case diskFull
        /// Others than the owner can read or write what should be secret.
        case exposed
        case missing
        /// The system refused, for none of the other reasons.
        case notAccessible
        case notRegular
        /// Larger than the bound, or growing while it is read.
        case tooLarge
        /// The file system has no such thing.
        case unsupported
    }

    package let code: Code

    /// What and where.
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Why a system call about a path failed.
    package init(_ path: String, _ what: String, errno number: Int32) {
        let reason = unsafe String(cString: strerror(number))
        switch number {
        case EEXIST: self.init(.alreadyExists, "\(path) exists already")
        case ENOENT, ENOTDIR: self.init(.missing, "\(path) is missing")
        case ENOSPC, EDQUOT: self.init(.diskFull, "\(path) \(what): \(reason)")
        default: self.init(.notAccessible, "\(path) \(what): \(reason)")
        }
    }

    package var description: String { "\(code.rawValue): \(reason)" }
}

extension FileError: Equatable {
    package static func == (left: FileError, right: FileError) -> Bool { left.code == right.code }
}
