/// Unpacks DEFLATE (RFC 1951) into room of a known size, never one byte more.
///
/// Only reading knows this method: what stock packers and other makers of containers write is
/// mostly deflated. What is written here is stored.
package enum Inflate {
    /// No stream makes more than so many bytes of one: a match of 258 bytes takes at least 2 bits.
    static let ratioMax = 1032

    /// Nil unless the bytes are one DEFLATE stream, with nothing after it, of exactly so many
    /// bytes.
    package static func inflate(_ bytes: ArraySlice<UInt8>, byteCount: Int) -> ArraySlice<UInt8>? {
        var inflater = Inflater(input: bytes, outputByteCount: byteCount)
        do throws(MalformedDeflate) {
            try inflater.run()
        } catch {
            return nil
        }
        return inflater.isComplete ? inflater.output[...] : nil
    }
}

struct MalformedDeflate: Error {}

private struct Inflater {
    private let input: ArraySlice<UInt8>
    private var position: Int
    private var bits: UInt32 = 0
    private var bitCount = 0
    private let outputByteCount: Int
    private(set) var output: [UInt8] = []

    init(input: ArraySlice<UInt8>, outputByteCount: Int) {
        self.input = input
        position = input.startIndex
        self.outputByteCount = outputByteCount
        output.reserveCapacity(outputByteCount)
    }

    var isComplete: Bool { output.count == outputByteCount && position == input.endIndex }

    /// RFC 1951 §3.2.3: blocks up to the one that says it is the last.
    mutating func run() throws(MalformedDeflate) {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try copyStored()
            case 1: try decode(DeflateTables.fixedLengths, DeflateTables.fixedDistances)
            case 2:
                let (lengths, distances) = try readTables()
                try decode(lengths, distances)
            default: throw MalformedDeflate()
            }
        }
    }

    /// The next bits, the first one least significant; at most 16.
    private mutating func take(_ count: Int) throws(MalformedDeflate) -> Int {
        while bitCount < count {
            guard position < input.endIndex else { throw MalformedDeflate() }
            bits |= UInt32(input[position]) << UInt32(bitCount)
            position += 1
            bitCount += 8
        }
        let value = bits & (1 << UInt32(count) - 1)
        bits >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    /// §3.2.4: from the next whole byte on.
    private mutating func copyStored() throws(MalformedDeflate) {
        bits = 0
        bitCount = 0
        let count = try take(16)
        let complement = try take(16)
        guard
            count == ~complement & 0xFFFF,
            input.endIndex - position >= count,
            outputByteCount - output.count >= count
        else { throw MalformedDeflate() }
        output += input[position..<position + count]
        position += count
    }

    /// §3.2.5: bytes and references back to earlier ones.
    private mutating func decode(
        _ lengths: HuffmanTable,
        _ distances: HuffmanTable
    ) throws(MalformedDeflate) {
        while true {
            let symbol = try symbol(lengths)
            switch symbol {
            case ..<256:
                guard output.count < outputByteCount else { throw MalformedDeflate() }
                output.append(UInt8(symbol))
            case 256: return
            default:
                let length = try value(symbol - 257, DeflateTables.lengths)
                let distance = try value(try self.symbol(distances), DeflateTables.distances)
                guard
                    distance <= output.count, outputByteCount - output.count >= length
                else { throw MalformedDeflate() }
                // Byte by byte, because a copy may reach into itself.
                for index in output.count - distance..<output.count - distance + length {
                    output.append(output[index])
                }
            }
        }
    }

    private mutating func value(
        _ code: Int,
        _ table: [(base: Int, extraBitCount: Int)]
    ) throws(MalformedDeflate) -> Int {
        guard code < table.count else { throw MalformedDeflate() }
        return table[code].base + (try take(table[code].extraBitCount))
    }

    private mutating func symbol(_ table: HuffmanTable) throws(MalformedDeflate) -> Int {
        var code = 0
        for bitCount in 1...HuffmanTable.bitCountMax {
            code = code << 1 | (try take(1))
            if let symbol = table.symbol(of: code, bitCount: bitCount) { return symbol }
        }
        throw MalformedDeflate()
    }

    /// §3.2.7: the code lengths, themselves packed with a code whose lengths come first.
    private mutating func readTables() throws(MalformedDeflate) -> (HuffmanTable, HuffmanTable) {
        let lengthCount = try take(5) + 257
        let distanceCount = try take(5) + 1
        let codeCount = try take(4) + 4
        guard lengthCount <= 286, distanceCount <= 30 else { throw MalformedDeflate() }
        var packing = [UInt8](repeating: 0, count: DeflateTables.codeOrder.count)
        for index in DeflateTables.codeOrder.prefix(codeCount) {
            packing[index] = UInt8(try take(3))
        }
        let table = try HuffmanTable(packing[...])
        var bitCounts: [UInt8] = []
        while bitCounts.count < lengthCount + distanceCount {
            let symbol = try symbol(table)
            switch symbol {
            case ..<16: bitCounts.append(UInt8(symbol))
            case 16:
                guard let last = bitCounts.last else { throw MalformedDeflate() }
                bitCounts += repeatElement(last, count: try take(2) + 3)
            case 17: bitCounts += repeatElement(0, count: try take(3) + 3)
            default: bitCounts += repeatElement(0, count: try take(7) + 11)
            }
        }
        // A block without a way to end it is none.
        guard bitCounts.count == lengthCount + distanceCount, bitCounts[256] != 0 else {
            throw MalformedDeflate()
        }
        return (
            try HuffmanTable(bitCounts[..<lengthCount]),
            try HuffmanTable(bitCounts[lengthCount...])
        )
    }
}
