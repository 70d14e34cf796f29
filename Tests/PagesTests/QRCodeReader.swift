import Pages

/// Why a code cannot be read.
enum QRCodeProblem: Error {
    case format, version, level, correction, mode
}

/// Reads a code's modules back by ISO/IEC 18004, with the standard's tables and none of the
/// encoder's code.
enum QRCodeReader {
    /// Table 9, level M: how many blocks of how many codewords, of which are data.
    private static let blocks: [[(count: Int, total: Int, data: Int)]] = [
        [(1, 26, 16)], [(1, 44, 28)], [(1, 70, 44)], [(2, 50, 32)], [(2, 67, 43)], [(4, 43, 27)],
        [(4, 49, 31)], [(2, 60, 38), (2, 61, 39)], [(3, 58, 36), (2, 59, 37)],
        [(4, 69, 43), (1, 70, 44)],
    ]
    /// Table E.1.
    private static let alignments = [
        [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46],
        [6, 28, 50],
    ]
    /// Table D.1, versions 7 to 10.
    private static let versions = [0x07C94, 0x085BC, 0x09A99, 0x0A4D3]

    static func bytes(_ code: QRCode) throws(QRCodeProblem) -> [UInt8] {
        let version = (code.size - 17) / 4
        guard code.size == 17 + 4 * version, (1...10).contains(version) else { throw .version }
        try checkVersion(code, version)
        let mask = try mask(code)
        let codewords = codewords(code, version, mask)
        let data = try data(codewords, version)
        var bits = data.flatMap { byte in (0..<8).reversed().map { Int(byte >> $0) & 1 } }[...]
        func take(_ count: Int) -> Int {
            let value = bits.prefix(count).reduce(0) { $0 * 2 + $1 }
            bits = bits.dropFirst(count)
            return value
        }
        guard take(4) == 4 else { throw .mode }
        let count = take(version < 10 ? 8 : 16)
        let bytes = (0..<count).map { _ in UInt8(take(8)) }
        guard bits.count < 4 || take(4) == 0 else { throw .mode }
        return bytes
    }

    private static func checkVersion(_ code: QRCode, _ version: Int) throws(QRCodeProblem) {
        guard version >= 7 else { return }
        var (upper, lower) = (0, 0)
        for index in 0..<18 {
            let (near, far) = (index / 3, code.size - 11 + index % 3)
            if code[far, near] { upper |= 1 << index }
            if code[near, far] { lower |= 1 << index }
        }
        guard upper == versions[version - 7], lower == upper else { throw .version }
    }

    /// Both copies agree, and are a word of the code.
    private static func mask(_ code: QRCode) throws(QRCodeProblem) -> Int {
        let size = code.size
        let first: [(Int, Int)] =
            (0..<6).map { (8, $0) } + [(8, 7), (8, 8), (7, 8)] + (0..<6).reversed().map { ($0, 8) }
        let second: [(Int, Int)] =
            (0..<8).map { (size - 1 - $0, 8) } + (0..<7).map { (8, size - 7 + $0) }
        func word(_ places: [(Int, Int)]) -> Int {
            var word = 0
            for (index, place) in places.enumerated() where code[place.0, place.1] {
                word |= 1 << index
            }
            return word
        }
        let bits = word(first)
        guard bits == word(second), code[8, size - 8] else { throw .format }
        let plain = bits ^ 0b101_0100_0001_0010
        var remainder = plain
        for shift in (0..<5).reversed() where remainder >> (shift + 10) & 1 == 1 {
            remainder ^= 0b101_0011_0111 << shift
        }
        guard remainder == 0 else { throw .format }
        guard plain >> 13 == 0 else { throw .level }
        return plain >> 10 & 7
    }

    private static func codewords(_ code: QRCode, _ version: Int, _ mask: Int) -> [UInt8] {
        let size = code.size
        var bits: [Int] = []
        var goesUp = true
        var right = size - 1
        while right > 0 {
            // The column of the timing pattern is passed over.
            if right == 6 { right = 5 }
            for step in 0..<size {
                let y = goesUp ? size - 1 - step : step
                for x in [right, right - 1] where !isFunction(x, y, size, version) {
                    bits.append(code[x, y] != flips(x, y, mask) ? 1 : 0)
                }
            }
            goesUp.toggle()
            right -= 2
        }
        return (0..<bits.count / 8).map { word in
            UInt8(bits[8 * word..<8 * word + 8].reduce(0) { $0 * 2 + $1 })
        }
    }

    private static func isFunction(_ x: Int, _ y: Int, _ size: Int, _ version: Int) -> Bool {
        if x == 6 || y == 6 { return true }
        if x <= 8, y <= 8 || y >= size - 8 { return true }
        if x >= size - 8, y <= 8 { return true }
        if version >= 7, (x < 6 && y >= size - 11) || (y < 6 && x >= size - 11) { return true }
        let centres = alignments[version - 1]
        let last = centres.last ?? 0
        for centreX in centres where abs(x - centreX) <= 2 {
            for centreY in centres where abs(y - centreY) <= 2 {
                if ![[6, 6], [6, last], [last, 6]].contains([centreX, centreY]) { return true }
            }
        }
        return false
    }

    /// Table 10, by row i and column j.
    private static func flips(_ j: Int, _ i: Int, _ mask: Int) -> Bool {
        switch mask {
        case 0: (i + j) % 2 == 0
        case 1: i % 2 == 0
        case 2: j % 3 == 0
        case 3: (i + j) % 3 == 0
        case 4: (i / 2 + j / 3) % 2 == 0
        case 5: (i * j) % 2 + (i * j) % 3 == 0
        case 6: ((i * j) % 2 + (i * j) % 3) % 2 == 0
        default: ((i + j) % 2 + (i * j) % 3) % 2 == 0
        }
    }

    /// The data of all blocks in order, each of which is a word of its Reed-Solomon code.
    private static func data(
        _ codewords: [UInt8],
        _ version: Int
    ) throws(QRCodeProblem) -> [UInt8] {
        let shapes = blocks[version - 1].flatMap { Array(repeating: $0, count: $0.count) }
        var words = shapes.map { _ in [UInt8]() }
        var rest = codewords[...]
        for offset in 0..<(shapes.map { $0.data }.max() ?? 0) {
            for block in shapes.indices where offset < shapes[block].data {
                words[block].append(rest.popFirst() ?? 0)
            }
        }
        let data = words.flatMap(\.self)
        for _ in 0..<(shapes.first.map { $0.total - $0.data } ?? 0) {
            for block in shapes.indices { words[block].append(rest.popFirst() ?? 0) }
        }
        for (word, shape) in zip(words, shapes) {
            for power in 0..<shape.total - shape.data {
                guard syndrome(word, power) == 0 else { throw .correction }
            }
        }
        return data
    }

    /// Powers of 2 modulo 285, and their logarithms.
    private static let powers: [Int] = (0..<254).reduce(into: [1]) { powers, _ in
        let next = powers[powers.count - 1] * 2
        powers.append(next > 255 ? next ^ 285 : next)
    }

    private static let logarithms = Dictionary(
        uniqueKeysWithValues: powers.enumerated().map { ($1, $0) }
    )

    /// The word as a polynomial at 2 to the power.
    private static func syndrome(_ word: [UInt8], _ power: Int) -> Int {
        var sum = 0
        for (offset, byte) in word.enumerated() {
            guard let logarithm = logarithms[Int(byte)] else { continue }
            sum ^= powers[(logarithm + power * (word.count - 1 - offset)) % 255]
        }
        return sum
    }
}
