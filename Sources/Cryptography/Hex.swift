/// Lower-case hexadecimal, in the one spelling the ledger's formats allow.
package enum Hex {
    /// Spells the bytes in lower case.
    package static func encode(_ bytes: RawSpan) -> String {
        unsafe String(unsafeUninitializedCapacity: bytes.byteCount * 2) { characters in
            for index in 0..<bytes.byteCount {
                let byte = unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
                unsafe characters[index * 2] = digit(byte >> 4)
                unsafe characters[index * 2 + 1] = digit(byte & 0x0F)
            }
            return bytes.byteCount * 2
        }
    }

    /// Spells the bytes in lower case.
    package static func encode(_ bytes: [UInt8]) -> String {
        unsafe encode(bytes.span.bytes)
    }

    /// Reads pairs of digits in `0-9a-f`; upper case, spaces and half a byte are nil.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 2) else {
            return nil
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 2)
        for index in stride(from: 0, to: characters.count, by: 2) {
            guard
                let high = value(characters[index]),
                let low = value(characters[index + 1])
            else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
