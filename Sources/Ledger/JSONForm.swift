/// The one way to write an event that every JSON reader understands alike, and what a command may
/// not do to be one.
///
/// Parsers differ where a key comes twice, and protobuf's also takes a field by two names
/// (`validFrom`, `valid_from`) and whitespace anywhere. A record is evidence and must not depend on
/// who reads it, so the form is checked before the content: one line without whitespace between
/// tokens, one kind, and in each object every key once, of letters and digits alone. People may
/// write a command in either spelling and with whitespace, but no field twice: of two reasons, the
/// one that a parser drops could be the one that was meant.
package struct JSONForm {
    package enum Subject: Sendable {
        case event
        case command
    }

    package enum Problem: Error, Hashable, Sendable {
        /// A key that its object has already, as it is written the second time.
        case keyGivenTwice(String, byteOffset: Int)
        /// A key that is no name of a field, or an escape in one.
        case keyMalformed(byteOffset: Int)
        case other(RecordError)
    }

    /// The schema nests seven deep at most, in a choice of a questionnaire.
    static let depthMaximum = 8

    /// More than twice what the largest message of an event has; a command may hold the answers to
    /// a questionnaire, one key each.
    private var keyCountMaximum: Int { subject == .event ? 64 : 400 }

    private struct Container {
        var isObject = false
        /// Where its keys begin in `keys`.
        var firstKey = 0
    }

    private var containers = InlineArray<8, Container>(repeating: Container())
    private var depth = 0
    private var keys: [Range<Int>] = []
    /// In an object, whether the next string is a key.
    private var isKeyNext = false
    private let subject: Subject

    private init(_ subject: Subject) { self.subject = subject }

    /// What is wrong with the form; nil says nothing about the content.
    package static func problem(of json: Span<UInt8>, as subject: Subject) -> Problem? {
        var form = JSONForm(subject)
        do throws(Problem) {
            try form.check(json)
            return nil
        } catch {
            return error
        }
    }

    private mutating func check(_ json: Span<UInt8>) throws(Problem) {
        keys.reserveCapacity(16)
        var position = 0
        while position < json.count {
            switch json[position] {
            case UInt8(ascii: "\""):
                let end = try Self.stringEnd(json, from: position)
                if isKeyNext { try add(key: position + 1..<end, json) }
                isKeyNext = false
                position = end
            case UInt8(ascii: "{"): try open(isObject: true, position)
            case UInt8(ascii: "["): try open(isObject: false, position)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): try close(position)
            case UInt8(ascii: ","): isKeyNext = depth > 0 && containers[depth - 1].isObject
            case 0x09, 0x0A, 0x0D, 0x20:
                guard subject == .command else {
                    throw Problem(position, "nothing between tokens")
                }
            case 0...0x1F, 0x7F...0xFF: throw Problem(position, "nothing between tokens")
            default: break
            }
            position += 1
        }
    }

    /// The offset of the closing quote.
    private static func stringEnd(
        _ json: Span<UInt8>,
        from start: Int
    ) throws(Problem) -> Int {
        var position = start + 1
        while position < json.count {
            switch json[position] {
            case UInt8(ascii: "\""): return position
            case UInt8(ascii: "\\"): position += 1
            case 0..<0x20:
                throw Problem(position, "no control character")
            default: break
            }
            position += 1
        }
        throw Problem(start, "a string that ends")
    }

    private mutating func add(key: Range<Int>, _ json: Span<UInt8>) throws(Problem) {
        for offset in key {
            switch json[offset] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                break
            case UInt8(ascii: "_") where subject == .command: break
            // As in the names of questions: "q7.1".
            case UInt8(ascii: ".") where subject == .command: break
            default: throw .keyMalformed(byteOffset: offset)
            }
        }
        let siblings = containers[depth - 1].firstKey..<keys.count
        // Each key is compared with those before it, and a forged event must not take seconds.
        guard siblings.count < keyCountMaximum else {
            throw Problem(key.lowerBound, "at most \(keyCountMaximum) keys")
        }
        if subject == .event, depth == 1, !siblings.isEmpty {
            throw Problem(key.lowerBound, "one kind of event")
        }
        for sibling in siblings where isSame(keys[sibling], key, json) {
            var name = ""
            for offset in key { name.unicodeScalars.append(Unicode.Scalar(json[offset])) }
            throw .keyGivenTwice(name, byteOffset: key.lowerBound)
        }
        keys.append(key)
    }

    /// Whether two keys name one field; in a command `valid_from` is `validFrom`.
    private func isSame(_ one: Range<Int>, _ other: Range<Int>, _ json: Span<UInt8>) -> Bool {
        guard subject == .command || one.count == other.count else { return false }
        var (left, right) = (one.lowerBound, other.lowerBound)
        while true {
            let first = plain(json, &left, one.upperBound)
            let second = plain(json, &right, other.upperBound)
            guard first == second else { return false }
            if first == nil { return true }
        }
    }

    /// The next letter or digit of a key that tells fields apart; nil at its end.
    private func plain(_ json: Span<UInt8>, _ offset: inout Int, _ end: Int) -> UInt8? {
        while offset < end {
            let byte = json[offset]
            offset += 1
            guard subject == .command else { return byte }
            if byte != UInt8(ascii: "_") { return byte | 0x20 }
        }
        return nil
    }

    private mutating func open(isObject: Bool, _ position: Int) throws(Problem) {
        guard depth < Self.depthMaximum else {
            throw Problem(position, "less nesting")
        }
        containers[depth] = Container(isObject: isObject, firstKey: keys.count)
        depth += 1
        isKeyNext = isObject
    }

    private mutating func close(_ position: Int) throws(Problem) {
        guard depth > 0 else {
            throw Problem(position, "no end without a beginning")
        }
        depth -= 1
        keys.removeLast(keys.count - containers[depth].firstKey)
        isKeyNext = false
    }
}

extension JSONForm.Problem {
    fileprivate init(_ byteOffset: Int, _ expected: String) {
        self = .other(RecordError(byteOffset: byteOffset, expected: expected))
    }
}

extension JSONForm.Problem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .keyGivenTwice(_, let byteOffset): "byte \(byteOffset): expected each key once"
        case .keyMalformed(let byteOffset):
            "byte \(byteOffset): expected a key of letters and digits"
        case .other(let error): error.description
        }
    }
}
