/// Checks of text that people read.
extension Validation {
    /// Free text on one line: bounded, something to see in it, nothing in it that cannot be seen.
    static func text(
        _ text: String,
        _ field: @autoclosure () -> String,
        byteCount: ClosedRange<Int> = nameByteCount
    ) throws(Rejection) {
        if byteCount.lowerBound > 0, !text.unicodeScalars.contains(where: isLetterOrDigit) {
            throw Rejection(.commandIncomplete, field())
        }
        guard text.utf8.count <= byteCount.upperBound, isPrintable(text) else {
            throw Rejection(.textMalformed, field())
        }
    }

    static func optionalText(
        _ value: String,
        _ field: @autoclosure () -> String
    ) throws(Rejection) {
        guard !value.isEmpty else { return }
        try text(value, field(), byteCount: 0...nameByteCount.upperBound)
    }

    /// Text of a paper, which everybody can read for ever: nobody's citizen id is in it.
    static func paperText(
        _ text: String,
        _ field: @autoclosure () -> String,
        byteCount: ClosedRange<Int> = nameByteCount
    ) throws(Rejection) {
        try Self.text(text, field(), byteCount: byteCount)
        guard text.utf8.count < 13 || !CitizenID.isFound(in: text) else {
            throw Rejection(.textHoldsCitizenId, field())
        }
    }

    static func optionalPaperText(
        _ value: String,
        _ field: @autoclosure () -> String
    ) throws(Rejection) {
        guard !value.isEmpty else { return }
        try paperText(value, field(), byteCount: 0...nameByteCount.upperBound)
    }

    static func reason(_ text: String, _ field: String = "reason") throws(Rejection) {
        guard text.unicodeScalars.contains(where: isLetterOrDigit) else {
            throw Rejection(.reasonMissing, field)
        }
        try paperText(text, field, byteCount: reasonByteCount)
    }

    /// What makes a text say something: not a space, not a mark without a letter to carry it, and
    /// not a letter that is never shown (U+3164 HANGUL FILLER).
    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
        case 0x0E01...0x0E2E: return true  // the Thai consonants
        case ..<0x80: return false
        default: break
        }
        guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber:
            return true
        default: return false
        }
    }

    private static func isPrintable(_ text: String) -> Bool {
        // ASCII and the Thai block are decided by their bytes; anything else is rare here.
        var needsScalars = false
        var previous: UInt8 = 0
        let bytes = text.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 || byte == 0x7F { return false }
            let isThai = previous != 0xE0 || byte == 0xB8 || byte == 0xB9
            if byte >= 0xC0 && byte != 0xE0 || !isThai { needsScalars = true }
            previous = byte
        }
        return !needsScalars || text.unicodeScalars.allSatisfy(isPrintable)
    }

    /// Neither a control character nor one without an appearance of its own, which could hide a
    /// difference or turn the direction of writing: what people sign must look like what it is.
    ///
    /// U+200B alone is let through: Thai is written without spaces, and it marks where a line may
    /// break.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F, 0x0E00...0x0E7F, 0x200B: return true
        default: break
        }
        guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }
}
