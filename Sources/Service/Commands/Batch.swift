/// The commands of a body: a line each, or an element each of a JSON array.
enum Batch {
    static func lines(_ body: [UInt8]) throws(Problem) -> [[UInt8]] {
        guard let first = body.first(where: { $0 > 0x20 }) else {
            throw Problem(.batchNotUnderstood)
        }
        guard first == UInt8(ascii: "[") else {
            return body.split(separator: UInt8(ascii: "\n"))
                .filter { line in line.contains { $0 > 0x20 } }
                .map { Array($0) }
        }
        return try elements(body)
    }

    private static func trimmed(_ element: [UInt8]) -> [UInt8] {
        let end = element.lastIndex { $0 > 0x20 } ?? -1
        return Array(element[...end])
    }

    /// Cuts an array where its elements end; whether they are commands is for each to show.
    ///
    /// Their bytes stay as they are, so that the strict reader of commands sees what was sent.
    private static func elements(_ body: [UInt8]) throws(Problem) -> [[UInt8]] {
        var elements: [[UInt8]] = []
        var element: [UInt8] = []
        var depth = 0
        var isString = false
        var isEscaped = false
        var isOver = false
        for byte in body {
            guard !isOver else {
                guard byte <= 0x20 else { throw Problem(.batchNotUnderstood) }
                continue
            }
            if isString {
                isString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                element.append(byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                if depth == 1 { continue }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                isOver = depth == 0
            case UInt8(ascii: "\""): isString = true
            default: break
            }
            if isOver || (depth == 1 && byte == UInt8(ascii: ",")) {
                elements.append(trimmed(element))
                element = []
            } else if byte > 0x20 || !element.isEmpty {
                // Between two digits even a space says something.
                element.append(byte)
            }
        }
        guard isOver, !elements.contains(where: \.isEmpty) else {
            throw Problem(.batchNotUnderstood)
        }
        return elements
    }
}
