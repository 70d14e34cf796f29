// The formats of this module write their numbers with the most significant byte first.

extension FixedWidthInteger {
    /// The number's bytes, the most significant first.
    var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { shift in
            UInt8(truncatingIfNeeded: self >> Self(truncatingIfNeeded: shift))
        }
    }

    /// Reads at most as many bytes as the type has.
    init(bigEndianBytes bytes: ArraySlice<UInt8>) {
        precondition(bytes.count * 8 <= Self.bitWidth, "the number does not fit")
        self = bytes.reduce(0) { number, byte in number << 8 | Self(truncatingIfNeeded: byte) }
    }
}
