/// Error correction of QR codes: Reed-Solomon over GF(2^8) (ISO/IEC 18004:2015, 7.5.2).
enum ReedSolomon {
    /// Of two elements modulo x^8 + x^4 + x^3 + x^2 + 1.
    static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var product = 0
        for bit in (0..<8).reversed() {
            product = (product << 1) ^ ((product >> 7) * 0x11D)
            product ^= ((Int(right) >> bit) & 1) * Int(left)
        }
        return UInt8(product)
    }

    /// The generator's coefficients without the leading 1, the highest first.
    private static func generator(count: Int) -> [UInt8] {
        var coefficients = [UInt8](repeating: 0, count: count)
        coefficients[count - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<count {
            for index in 0..<count {
                coefficients[index] = product(coefficients[index], root)
                if index + 1 < count { coefficients[index] ^= coefficients[index + 1] }
            }
            root = product(root, 2)
        }
        return coefficients
    }

    /// What is left of the data divided by the generator: the codewords that correct errors.
    static func remainder(of data: some Sequence<UInt8>, count: Int) -> [UInt8] {
        let generator = generator(count: count)
        var remainder = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ remainder.removeFirst()
            remainder.append(0)
            for index in 0..<count { remainder[index] ^= product(generator[index], factor) }
        }
        return remainder
    }
}
