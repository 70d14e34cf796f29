package import DurableFiles

extension LedgerError {
    /// Why a file cannot be read or written.
    package init(_ error: FileError) {
        let code: Code =
            switch error.code {
            case .alreadyExists: .alreadyExists
            case .diskFull: .diskFull
            case .exposed: .keyExposed
            case .missing: .keyMissing
            case .busy: .busy
            case .notAccessible, .unsupported: .noPermission
            case .notRegular, .tooLarge: .damaged
            }
        self.init(code, error.reason)
    }
}
