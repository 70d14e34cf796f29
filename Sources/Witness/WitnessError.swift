import DurableFiles

/// Why a witness cannot be made, opened or asked; only the code takes part in equality.
package struct WitnessError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A key or a state folder is there already; neither is ever replaced.
        case alreadyExists
        /// The state is locked by another process for too long.
        case busy
        case diskFull
        /// Others than its owner can read or write the key file.
        case keyExposed
        case keyMissing
        /// The key file holds no key, or a key of another kind.
        case keyUnusable
        case nameInvalid
        /// The policy names no log.
        case noLogs
        /// A state file is not as this witness wrote it: it must not sign on top of it.
        case stateDamaged
        /// There is no state folder, or an empty one: a disk that is not mounted, perhaps.
        case stateMissing
        /// The state folder belongs to another key or name.
        case stateOfAnother
        /// The state or the key cannot be read or written.
        case notAccessible
    }

    package let code: Code

    /// What and where, in one sentence.
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    init(key error: FileError) {
        let code: Code =
            switch error.code {
            case .exposed: .keyExposed
            case .missing: .keyMissing
            case .tooLarge: .keyUnusable
            default: Code(error.code)
            }
        self.init(code, error.reason)
    }

    init(state error: FileError) {
        self.init(Code(error.code), error.reason)
    }

    package var description: String { "\(code.rawValue): \(reason)" }
}

extension WitnessError.Code {
    fileprivate init(_ code: FileError.Code) {
        self =
            switch code {
            case .alreadyExists: .alreadyExists
            case .busy: .busy
            case .diskFull: .diskFull
            case .missing: .stateMissing
            case .tooLarge: .stateDamaged
            case .exposed, .notAccessible, .notRegular, .unsupported: .notAccessible
            }
    }
}

extension WitnessError: Equatable {
    package static func == (left: WitnessError, right: WitnessError) -> Bool {
        left.code == right.code
    }
}
