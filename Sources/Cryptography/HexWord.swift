/// Eight hexadecimal digits at once, as the eight bytes of one machine word.
///
/// A word is as loaded from memory; a value has its first byte lowest.
@usableFromInline
enum HexWord {
    @inlinable
    static func load(_ bytes: RawSpan, _ byteOffset: Int) -> UInt64 {
        unsafe bytes.unsafeLoadUnaligned(fromByteOffset: byteOffset, as: UInt64.self)
    }

    /// Spells four bytes in lower case.
    @inlinable
    static func encode(_ value: UInt32) -> UInt64 {
        // One byte of the value into each 16-bit lane, then its two halves into the lane's bytes.
        var lanes = UInt64(value)
        lanes = (lanes | lanes << 16) & 0x0000_FFFF_0000_FFFF
        lanes = (lanes | lanes << 8) & 0x00FF_00FF_00FF_00FF
        let nibbles = (lanes >> 4 | lanes << 8) & 0x0F0F_0F0F_0F0F_0F0F
        // Adding 6 carries into bit 4 just for 10...15; those lie 39 further on, at "a".
        let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return (nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39).littleEndian
    }

    /// Reads four bytes; nil unless all eight characters are in `0-9a-f`.
    @inlinable
    static func decode(_ word: UInt64) -> UInt32? {
        let characters = UInt64(littleEndian: word)
        // A guess that is right for valid digits and made safe by spelling it again.
        let letters = characters >> 6 & 0x0101_0101_0101_0101
        let nibbles = (characters & 0x0F0F_0F0F_0F0F_0F0F) &+ letters &* 9
        var lanes = (nibbles << 4 | nibbles >> 8) & 0x00FF_00FF_00FF_00FF
        lanes = (lanes | lanes >> 8) & 0x0000_FFFF_0000_FFFF
        let value = UInt32(truncatingIfNeeded: lanes | lanes >> 16)
        return encode(value) == word ? value : nil
    }
}
