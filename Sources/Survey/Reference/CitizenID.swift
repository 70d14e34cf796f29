import Cryptography

/// Why text is not a citizen id.
///
/// Says what is wrong, never the digits: errors reach logs.
package enum CitizenIDProblem: Error, Hashable, Sendable {
    /// Not exactly 13 ASCII digits.
    case notThirteenDigits
    /// The first digit is 9.
    case unknownRegister
    case wrongCheckDigit
}

/// The 13-digit number of a person in the civil register.
///
/// The first digit names the kind of registration. 1-8 are nationals and registered residents. 0 is
/// accepted as well: it is given to people who live in Thailand without civil status, and the
/// survey counts everybody who really lives in a household. 9 is refused: no register of persons is
/// known to use it. Published libraries differ on both; this is our decision.
package struct CitizenID: Hashable, Sendable {
    package let digits: String

    package init(_ text: String) throws(CitizenIDProblem) {
        if let problem = CitizenID.problem(of: text) { throw problem }
        digits = text
    }

    /// What is wrong with the text as a citizen id, if anything.
    package static func problem(of text: String) -> CitizenIDProblem? { problem(of: text.utf8) }

    /// Whether the text is a citizen id, be it with the separators of its printed form:
    /// `1-1017-00203-45-0`.
    static func isWritten(in text: String) -> Bool {
        guard text.utf8.count >= 13 else { return false }
        let digits = text.utf8.lazy.filter { byte in
            !isSeparator(byte)
        }
        return problem(of: digits) == nil
    }

    /// Whether a citizen id stands anywhere in the text, with or without the separators of its
    /// printed form, in ASCII, Thai or full-width digits: `PNOTH-1101700203450`.
    ///
    /// A number of more digits is none, whatever is in the middle of it.
    static func isFound(in text: String) -> Bool {
        isFound(inASCII: text.unicodeScalars.map { asASCII($0.value) })
    }

    /// Whether a citizen id stands in any value of a certificate or a signature in DER, whatever it
    /// is meant for: read as ASCII or UTF-8, or as UTF-16, in which names may be, too.
    ///
    /// Value for value, because a tag or a length may look like a digit. Serial numbers are bytes
    /// here and no digits, times have 12 digits or 14, and that 13 random bytes of a signature are
    /// the right digits is not to be expected.
    package static func isFound(inDER der: [UInt8]) -> Bool {
        DER.contents(of: der).contains { content in
            content.count >= 13
                && (isFound(in: String(decoding: content, as: UTF8.self))
                    || isFound(inUTF16: content) || isFound(inUTF16: content.dropFirst()))
        }
    }

    /// Big-endian, as BMPString is; zeros between the digits, as UniversalString has, are passed over.
    private static func isFound(inUTF16 bytes: ArraySlice<UInt8>) -> Bool {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
            UInt32(bytes[index]) << 8 | UInt32(bytes[index + 1])
        }
        return isFound(inASCII: units.filter { $0 != 0 }.map(asASCII))
    }

    private static func isFound(inASCII bytes: [UInt8]) -> Bool {
        var isInsideNumber = false
        for start in bytes.indices {
            let startsNumber = bytes[start].isDigit && !isInsideNumber
            isInsideNumber = bytes[start].isDigit
            guard startsNumber else { continue }
            var digits: [UInt8] = []
            var next = start
            while next < bytes.endIndex, digits.count < 13,
                bytes[next].isDigit || isSeparator(bytes[next])
            {
                if bytes[next].isDigit { digits.append(bytes[next]) }
                next += 1
            }
            let ends = next == bytes.endIndex || !bytes[next].isDigit
            if ends, problem(of: digits) == nil { return true }
        }
        return false
    }

    /// Thai and full-width digits as their ASCII ones, other ASCII as it is, and a zero byte for
    /// anything else.
    private static func asASCII(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0x0E50...0x0E59: UInt8(ascii: "0") + UInt8(scalar - 0x0E50)
        case 0xFF10...0xFF19: UInt8(ascii: "0") + UInt8(scalar - 0xFF10)
        case ..<0x80: UInt8(scalar)
        default: 0
        }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: " "): true
        default: false
        }
    }

    private static func problem(of bytes: some Sequence<UInt8>) -> CitizenIDProblem? {
        var sum = 0
        var position = 0
        var first: UInt8 = 0
        var last: UInt8 = 0
        for byte in bytes {
            let digit = byte &- UInt8(ascii: "0")
            guard digit <= 9, position < 13 else { return .notThirteenDigits }
            if position == 0 { first = digit }
            if position < 12 { sum += Int(digit) * (13 - position) }
            last = digit
            position += 1
        }
        guard position == 13 else { return .notThirteenDigits }
        guard first != 9 else { return .unknownRegister }
        // Two remainders share a check digit: 0 and 10 both give 1, 1 gives 0.
        return (11 - sum % 11) % 10 == Int(last) ? nil : .wrongCheckDigit
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

// Printing or dumping a value that holds one must not disclose it.
extension CitizenID: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "citizen id (not shown)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
