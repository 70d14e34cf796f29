extension RawSpan {
    /// Valid UTF-8 without control characters, so without a newline.
    package var isOneLineOfUTF8: Bool {
        let bytes = Span<UInt8>(_bytes: self)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                guard byte >= 0x20 else { return false }
                index += 1
                continue
            }
            guard let length = bytes.utf8SequenceLength(at: index) else { return false }
            index += length
        }
        return true
    }
}

extension Span<UInt8> {
    /// The length of a well-formed multi-byte sequence (Unicode 15 table 3-7).
    fileprivate func utf8SequenceLength(at index: Int) -> Int? {
        let (length, second): (Int, ClosedRange<UInt8>)
        switch self[index] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard index + length <= count, second.contains(self[index + 1]) else { return nil }
        for offset in stride(from: 2, to: length, by: 1)
        where !(0x80...0xBF).contains(self[index + offset]) {
            return nil
        }
        return length
    }
}
