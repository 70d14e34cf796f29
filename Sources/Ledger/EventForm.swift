/// The one way to write an event that every JSON reader understands alike.
///
/// Parsers differ where a key comes twice, and protobuf's also takes a field by two names
/// (`validFrom`, `valid_from`) and whitespace anywhere. A record is evidence and must not depend on
/// who reads it, so the form is checked before the content: one line without whitespace between
/// tokens, one kind, and in each object every key once, of letters and digits alone.
struct EventForm {
    /// The schema nests five deep at most.
    static let depthMaximum = 8

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

    /// What is wrong with the form; nil says nothing about the content.
    static func problem(of json: Span<UInt8>) -> RecordError? {
        var form = EventForm()
        do throws(RecordError) {
            try form.check(json)
            return nil
        } catch {
            return error
        }
    }

    private mutating func check(_ json: Span<UInt8>) throws(RecordError) {
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
            case 0...0x20, 0x7F...0xFF:
                throw RecordError(byteOffset: position, expected: "nothing between tokens")
            default: break
            }
            position += 1
        }
    }

    /// The offset of the closing quote.
    private static func stringEnd(
        _ json: Span<UInt8>,
        from start: Int
    ) throws(RecordError) -> Int {
        var position = start + 1
        while position < json.count {
            switch json[position] {
            case UInt8(ascii: "\""): return position
            case UInt8(ascii: "\\"): position += 1
            case 0..<0x20:
                throw RecordError(byteOffset: position, expected: "no control character")
            default: break
            }
            position += 1
        }
        throw RecordError(byteOffset: start, expected: "a string that ends")
    }

    private mutating func add(key: Range<Int>, _ json: Span<UInt8>) throws(RecordError) {
        for offset in key {
            switch json[offset] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                break
            default: throw RecordError(byteOffset: offset, expected: "a key of letters and digits")
            }
        }
        let siblings = containers[depth - 1].firstKey..<keys.count
        if depth == 1, !siblings.isEmpty {
            throw RecordError(byteOffset: key.lowerBound, expected: "one kind of event")
        }
        for sibling in siblings where keys[sibling].count == key.count {
            let start = keys[sibling].lowerBound
            var offset = 0
            while offset < key.count, json[start + offset] == json[key.lowerBound + offset] {
                offset += 1
            }
            guard offset < key.count else {
                throw RecordError(byteOffset: key.lowerBound, expected: "each key once")
            }
        }
        keys.append(key)
    }

    private mutating func open(isObject: Bool, _ position: Int) throws(RecordError) {
        guard depth < Self.depthMaximum else {
            throw RecordError(byteOffset: position, expected: "less nesting")
        }
        containers[depth] = Container(isObject: isObject, firstKey: keys.count)
        depth += 1
        isKeyNext = isObject
    }

    private mutating func close(_ position: Int) throws(RecordError) {
        guard depth > 0 else {
            throw RecordError(byteOffset: position, expected: "no end without a beginning")
        }
        depth -= 1
        keys.removeLast(keys.count - containers[depth].firstKey)
        isKeyNext = false
    }
}
