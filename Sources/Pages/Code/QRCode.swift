/// A QR code of some bytes: byte mode, error correction level M, versions 1 to 10
/// (ISO/IEC 18004:2015).
package struct QRCode {
    /// Modules on a side.
    package let size: Int
    /// Row by row; true is dark.
    private(set) var modules: [Bool]
    /// What is neither data nor error correction.
    private var isFunction: [Bool]

    /// Table 9, level M, versions 1 to 10: codewords of error correction in a block, and blocks.
    private static let correctionCounts = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26]
    private static let blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5]

    /// Nil for more bytes than version 10 holds, which are 213.
    package init?(_ bytes: [UInt8]) {
        guard
            let version = (1...10).first(where: { version in
                Self.headBitCount(version) + 8 * bytes.count <= 8 * Self.dataCount(version)
            })
        else { return nil }
        size = 17 + 4 * version
        modules = [Bool](repeating: false, count: size * size)
        isFunction = modules
        drawFunctions(version)
        drawCodewords(Self.codewords(Self.data(bytes, version), version))
        // The mask that leaves the fewest patterns which confuse a reader (7.8.3).
        let best = (0..<8).map { mask in (masked(mask).penalty, mask) }.min { $0 < $1 }
        modules = masked(best?.1 ?? 0).modules
    }

    /// Whether a module is dark.
    package subscript(x: Int, y: Int) -> Bool { modules[y * size + x] }

    // MARK: Data (7.4)

    private static func headBitCount(_ version: Int) -> Int { 4 + (version < 10 ? 8 : 16) }

    /// Modules for data and correction, in codewords.
    private static func codewordCount(_ version: Int) -> Int {
        var count = (16 * version + 128) * version + 64
        if version >= 2 {
            let alignments = version / 7 + 2
            count -= (25 * alignments - 10) * alignments - 55
            if version >= 7 { count -= 36 }
        }
        return count / 8
    }

    private static func dataCount(_ version: Int) -> Int {
        codewordCount(version) - correctionCounts[version - 1] * blockCounts[version - 1]
    }

    private static func data(_ bytes: [UInt8], _ version: Int) -> [UInt8] {
        var bits: [Bool] = []
        func append(_ value: Int, _ count: Int) {
            for bit in (0..<count).reversed() { bits.append(value >> bit & 1 == 1) }
        }
        append(0b0100, 4)
        append(bytes.count, headBitCount(version) - 4)
        for byte in bytes { append(Int(byte), 8) }
        let capacity = 8 * dataCount(version)
        append(0, min(4, capacity - bits.count))
        append(0, (8 - bits.count % 8) % 8)
        var isFirst = true
        while bits.count < capacity {
            append(isFirst ? 0xEC : 0x11, 8)
            isFirst.toggle()
        }
        return stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
        }
    }

    /// Blocks with their correction, interleaved (7.6).
    private static func codewords(_ data: [UInt8], _ version: Int) -> [UInt8] {
        let (blockCount, correctionCount) = (
            blockCounts[version - 1], correctionCounts[version - 1]
        )
        let shortCount = blockCount - codewordCount(version) % blockCount
        let shortLength = data.count / blockCount
        var blocks: [[UInt8]] = []
        var start = 0
        for block in 0..<blockCount {
            let length = shortLength + (block < shortCount ? 0 : 1)
            blocks.append(Array(data[start..<start + length]))
            start += length
        }
        let corrections = blocks.map { ReedSolomon.remainder(of: $0, count: correctionCount) }
        var result: [UInt8] = []
        for offset in 0...shortLength {
            for block in blocks where offset < block.count { result.append(block[offset]) }
        }
        for offset in 0..<correctionCount {
            for correction in corrections { result.append(correction[offset]) }
        }
        return result
    }

    // MARK: Drawing

    private mutating func setFunction(_ x: Int, _ y: Int, _ isDark: Bool) {
        modules[y * size + x] = isDark
        isFunction[y * size + x] = true
    }

    /// Finders, timing, alignment, and the places of format and version (6.3).
    private mutating func drawFunctions(_ version: Int) {
        for offset in 0..<size {
            setFunction(6, offset, offset % 2 == 0)
            setFunction(offset, 6, offset % 2 == 0)
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
        let centres = alignmentCentres(version)
        for x in centres {
            for y in centres {
                let isAtFinder =
                    (x == 6 && (y == 6 || y == size - 7)) || (x == size - 7 && y == 6)
                if !isAtFinder { drawAlignment(x, y) }
            }
        }
        drawFormat(mask: 0)
        if version >= 7 { drawVersion(version) }
    }

    private func alignmentCentres(_ version: Int) -> [Int] {
        guard version > 1 else { return [] }
        let count = version / 7 + 2
        let step = (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2
        return [6] + (0..<count - 1).map { size - 7 - (count - 2 - $0) * step }
    }

    private mutating func drawFinder(_ centreX: Int, _ centreY: Int) {
        for y in max(0, centreY - 4)...min(size - 1, centreY + 4) {
            for x in max(0, centreX - 4)...min(size - 1, centreX + 4) {
                let distance = max(abs(x - centreX), abs(y - centreY))
                setFunction(x, y, distance != 2 && distance != 4)
            }
        }
    }

    private mutating func drawAlignment(_ centreX: Int, _ centreY: Int) {
        for y in centreY - 2...centreY + 2 {
            for x in centreX - 2...centreX + 2 {
                setFunction(x, y, max(abs(x - centreX), abs(y - centreY)) != 1)
            }
        }
    }

    /// Level M is 00; the mask is written with it, twice (7.9).
    private mutating func drawFormat(mask: Int) {
        var remainder = mask
        for _ in 0..<10 { remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537) }
        let bits = (mask << 10 | remainder) ^ 0x5412
        func bit(_ index: Int) -> Bool { bits >> index & 1 == 1 }
        for index in 0...5 { setFunction(8, index, bit(index)) }
        setFunction(8, 7, bit(6))
        setFunction(8, 8, bit(7))
        setFunction(7, 8, bit(8))
        for index in 9..<15 { setFunction(14 - index, 8, bit(index)) }
        for index in 0..<8 { setFunction(size - 1 - index, 8, bit(index)) }
        for index in 8..<15 { setFunction(8, size - 15 + index, bit(index)) }
        setFunction(8, size - 8, true)
    }

    private mutating func drawVersion(_ version: Int) {
        var remainder = version
        for _ in 0..<12 { remainder = (remainder << 1) ^ ((remainder >> 11) * 0x1F25) }
        let bits = version << 12 | remainder
        for index in 0..<18 {
            let (far, near) = (size - 11 + index % 3, index / 3)
            setFunction(far, near, bits >> index & 1 == 1)
            setFunction(near, far, bits >> index & 1 == 1)
        }
    }

    /// Up and down in columns of two, from the lower right (7.7.3).
    private mutating func drawCodewords(_ codewords: [UInt8]) {
        var index = 0
        for right in stride(from: size - 1, through: 1, by: -2) {
            let right = right <= 6 ? right - 1 : right
            for step in 0..<size {
                let y = (right + 1) & 2 == 0 ? size - 1 - step : step
                for x in [right, right - 1]
                where !isFunction[y * size + x] && index < 8 * codewords.count {
                    modules[y * size + x] = codewords[index / 8] >> (7 - index % 8) & 1 == 1
                    index += 1
                }
            }
        }
    }

    /// Table 10.
    private func masked(_ mask: Int) -> QRCode {
        var code = self
        for y in 0..<size {
            for x in 0..<size where !isFunction[y * size + x] {
                let flips =
                    switch mask {
                    case 0: (x + y) % 2 == 0
                    case 1: y % 2 == 0
                    case 2: x % 3 == 0
                    case 3: (x + y) % 3 == 0
                    case 4: (x / 3 + y / 2) % 2 == 0
                    case 5: x * y % 2 + x * y % 3 == 0
                    case 6: (x * y % 2 + x * y % 3) % 2 == 0
                    default: ((x + y) % 2 + x * y % 3) % 2 == 0
                    }
                if flips { code.modules[y * size + x].toggle() }
            }
        }
        code.drawFormat(mask: mask)
        return code
    }
}
