import GRDB

/// Why a read model cannot be built, caught up or read.
///
/// `code` is stable: scripts rely on it. `index` names the record at fault, where there is one.
/// Only these two take part in equality; `reason` says what, where and what to do.
package struct ProjectionError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The file is SQLite, but nothing that this program made; or it is no SQLite at all.
        case notASurveyDatabase
        /// The read models know more records than the ledger holds.
        case positionBeyondLedger
        /// The ledger has other records than those the read models were built from.
        case ledgerChanged
        /// Another process rebuilt a read model meanwhile.
        case positionMoved
        /// A record's bytes cannot be understood.
        case recordUnreadable
        /// A record was understood, but a read model cannot take it.
        case recordNotApplicable
        case unknownProjection
        case treeSizeBeyondLedger
        case databaseBusy
        case diskFull
        case databaseFailed
        /// A table holds a value that has no place in a digest.
        case valueNotDigestible
        /// A newer program made the tables of the other database.
        case sinkNewer
        /// Rows of the other database are not what the records give.
        case digestsDiffer
        /// Another process keeps the other database level with this ledger.
        case originBusy
        /// The other database is none that read models can be kept in.
        case sinkUnusable
    }

    package let code: Code
    package let index: UInt64?
    package let reason: String

    package init(_ code: Code, index: UInt64? = nil, _ reason: String) {
        self.code = code
        self.index = index
        self.reason = reason
    }

    package var description: String {
        let place = index.map { "record \($0): " } ?? ""
        return "\(code.rawValue): \(place)\(reason)"
    }
}

extension ProjectionError: Equatable {
    package static func == (left: ProjectionError, right: ProjectionError) -> Bool {
        left.code == right.code && left.index == right.index
    }
}

extension ProjectionError {
    /// Any error as one of ours; `path` names the file for the reader.
    package init(caught error: any Error, path: String) {
        switch error {
        case let error as ProjectionError: self = error
        case let error as DatabaseError:
            let code: Code =
                switch error.resultCode {
                case .SQLITE_BUSY, .SQLITE_LOCKED: .databaseBusy
                case .SQLITE_FULL: .diskFull
                case .SQLITE_NOTADB, .SQLITE_CORRUPT: .notASurveyDatabase
                default: .databaseFailed
                }
            let message = error.message ?? "SQLite error \(error.resultCode)"
            let busy = ": another process is at work in it; run this again when it has ended"
            self.init(code, "\(path): \(message)\(code == .databaseBusy ? busy : "")")
        default: self.init(.databaseFailed, "\(path): \(error)")
        }
    }
}
