import COpenSSL

/// Padded base64 with the standard alphabet (RFC 4648 §4), in the one canonical spelling.
///
/// Foundation's decoder takes no account of leftover bits: there, `AB==` and `AA==` are the same
/// byte. In signed text two spellings of one value are two texts, so here the first is refused.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    private static let padding = UInt8(ascii: "=")

    // The value of each ASCII character, 0xFF for those outside the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() {
            values[Int(character)] = UInt8(value)
        }
        return values
    }()

    /// How many characters so many bytes become.
    package static func encodedByteCount(_ byteCount: Int) -> Int { (byteCount + 2) / 3 * 4 }

    /// Encodes the bytes, with padding and without line breaks.
    package static func encode(_ bytes: RawSpan) -> String {
        let characters = [UInt8](capacity: encodedByteCount(bytes.byteCount) + 1) { output in
            append(bytes, to: &output)
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// Encodes the bytes, with padding and without line breaks.
    package static func encode(_ bytes: [UInt8]) -> String {
        unsafe encode(bytes.span.bytes)
    }

    /// Appends what `encode` returns to an output that has room for it and one byte more.
    package static func append(_ bytes: RawSpan, to output: inout OutputSpan<UInt8>) {
        // libcrypto ends its text with a NUL, which the next byte appended overwrites.
        precondition(
            encodedByteCount(bytes.byteCount) < output.freeCapacity,
            "the output has no room for the base64"
        )
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            unsafe bytes.withUnsafeBytes { bytes in
                let start = unsafe bytes.assumingMemoryBound(to: UInt8.self).baseAddress
                let free = unsafe buffer.baseAddress.map { unsafe $0 + count }
                guard bytes.count > 0 else { return }
                count += unsafe Int(EVP_EncodeBlock(free, start, Int32(bytes.count)))
            }
        }
    }

    /// Appends what `encode` returns to an output that has room for it and one byte more.
    package static func append(_ bytes: [UInt8], to output: inout OutputSpan<UInt8>) {
        unsafe append(bytes.span.bytes, to: &output)
    }

    /// Decodes canonical base64; nil for any other text, missing padding and spare bits included.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8).span)
    }

    /// The same of a text's bytes.
    package static func decode(_ characters: Span<UInt8>) -> [UInt8]? {
        let count = characters.count
        guard count.isMultiple(of: 4) else {
            return nil
        }
        var end = count
        while end > 0, count - end < 2, characters[end - 1] == padding { end -= 1 }
        let values = Self.values.span
        var isCanonical = true
        let bytes = [UInt8](capacity: count / 4 * 3) { output in
            var bits: UInt32 = 0
            var bitCount: UInt32 = 0
            // Of a value outside the alphabet the two highest bits are left: the loop asks nothing.
            var faults: UInt8 = 0
            for index in 0..<end {
                let value = values[Int(characters[index])]
                faults |= value
                bits = bits << 6 | UInt32(value & 0x3F)
                bitCount += 6
                if bitCount >= 8 {
                    bitCount -= 8
                    output.append(UInt8(truncatingIfNeeded: bits >> bitCount))
                }
            }
            let spareBits = bits & (1 << bitCount - 1)
            isCanonical = faults & 0xC0 == 0 && spareBits == 0
        }
        return isCanonical ? bytes : nil
    }
}
