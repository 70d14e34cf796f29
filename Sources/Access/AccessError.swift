/// Why access could not be read or changed.
package struct AccessError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The file cannot be opened, read or written, or is none of ours.
        case accessStoreFailed
        case tokenUnknown
        /// A person has as many drafts as one may have; a draft is larger than any may be.
        case draftsTooMany, draftTooLarge
    }

    package let code: Code
    package let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { "\(code.rawValue): \(reason)" }
}
