/// A command's UUID, the key that makes sending it twice harmless.
///
/// Written in lower case with hyphens, in that form only. Version 7 (time-ordered) is best: it keeps
/// the store's index inserts close together.
package struct CommandID: Hashable, Sendable {
    package static let textByteCount = 36
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A version 7 UUID (RFC 9562 §5.7) from a clock reading and random bits, both given.
    package init(unixMilliseconds: UInt64, random: (UInt64, UInt64)) {
        high = unixMilliseconds << 16 | 0x7000 | random.0 & 0x0FFF
        low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
    }

    package init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { bytes in CommandID(text: unsafe Span(_unsafeElements: bytes)) }
        guard let parsed else { return nil }
        self = parsed
    }

    package init?(text: Span<UInt8>) {
        guard text.count == Self.textByteCount else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        var digitCount = 0
        for index in 0..<Self.textByteCount {
            let byte = text[index]
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let value: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            if digitCount < 16 {
                words.0 = words.0 << 4 | UInt64(value)
            } else {
                words.1 = words.1 << 4 | UInt64(value)
            }
            digitCount += 1
        }
        (high, low) = words
    }

    package var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package func append(to bytes: inout [UInt8]) {
        let hyphen = UInt8(ascii: "-")
        var text = InlineArray<36, UInt8>(repeating: hyphen)
        var offset = 0
        for place in 0..<32 {
            if place == 8 || place == 12 || place == 16 || place == 20 { offset += 1 }
            let word = place < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64((15 - place % 16) * 4) & 0xF)
            text[offset] = digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a")
            offset += 1
        }
        unsafe withUnsafeBytes(of: text) { text in unsafe bytes.append(contentsOf: text) }
    }
}
