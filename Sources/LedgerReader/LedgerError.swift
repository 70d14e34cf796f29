package import LMDB

/// Why a ledger cannot be opened, read or written.
///
/// Only `code` takes part in equality; `reason` says what, where and what to do.
package struct LedgerError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case notALedger
        case newerFormat
        case olderFormat
        case alreadyExists
        case noPermission
        case diskFull
        case damaged
        /// A file that was named, and is not there; not one of the ledger's own.
        case fileMissing
        case checkpointConflict
        case storeFailed
        case busy
        case vaultMissing
        case keyMissing
        case keyExposed
        case vaultWrongKey
        case passphraseNeeded
        case vaultOlder
        /// The vault or a master key has further names (hard links), which rewriting would empty.
        case vaultLinked
        case wrongPassphrase
        /// An erasure is recorded, and its key is not destroyed yet.
        case erasureUnfinished
    }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package init(_ error: LMDBError) {
        code =
            switch error.code {
            case .noSuchFile, .invalid: .notALedger
            case .versionMismatch: .newerFormat
            case .noPermission, .readOnlyFileSystem: .noPermission
            case _ where error.isOutOfSpace: .diskFull
            case .corrupted, .pageNotFound, .notFound: .damaged
            case .timedOut, .readersFull: .busy
            default: .storeFailed
            }
        reason = "\(error)"
    }

    package var description: String { "\(code.rawValue): \(reason)" }
}

extension LedgerError: Equatable {
    package static func == (left: LedgerError, right: LedgerError) -> Bool {
        left.code == right.code
    }
}
