import DurableFiles

/// Why a log is not published.
package struct PublishError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// Nothing is signed that could be published.
        case noCheckpoint
        /// What is published already is not a beginning of this ledger.
        case publishedFork
        /// The directory's own checkpoint cannot be read.
        case publishedDamaged
        /// Somebody else publishes there now.
        case publishBusy
        case fileUnwritable
        case diskFull
    }

    package let code: Code
    /// What, where and what to do.
    package let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    init(_ error: FileError) {
        code = error.code == .diskFull ? .diskFull : .fileUnwritable
        reason = error.reason
    }

    package var description: String { "\(code.rawValue): \(reason)" }
}
