import Glibc

/// An address, or a range of them as CIDR writes it: 10.0.0.7, 10.0.0.0/24, fd00::/8.
package struct AddressRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let prefixBitCount: Int

    /// Nil for anything else, so that a name or a slip of the pen trusts nobody by accident.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let bytes = Self.bytes(of: String(first)) else { return nil }
        let isMapped = bytes.count == 4 && first.contains(":")
        var count = bytes.count * 8
        if parts.count == 2 {
            // What ::ffff:10.0.0.0/24 would mean is anybody's guess.
            guard !isMapped, let given = Int(parts[1]), "\(given)" == parts[1],
                (0...count).contains(given)
            else { return nil }
            count = given
        }
        self.bytes = bytes
        prefixBitCount = count
        // 10.0.0.7/24 is a range with a slip in it.
        let hasHostBits = (count..<bytes.count * 8).contains { bit in
            bytes[bit / 8] & (0x80 >> UInt8(bit % 8)) != 0
        }
        if hasHostBits { return nil }
    }

    package func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
        return (0..<prefixBitCount).allSatisfy { bit in
            (bytes[bit / 8] ^ other[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
        }
    }

    /// Four bytes or sixteen; an IPv4 address that IPv6 carries is an IPv4 address.
    private static func bytes(of text: String) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        var four = [UInt8](repeating: 0, count: 4)
        let isFour = unsafe four.withUnsafeMutableBytes { buffer in
            unsafe inet_pton(AF_INET, text, buffer.baseAddress) == 1
        }
        if isFour { return four }
        var sixteen = [UInt8](repeating: 0, count: 16)
        let isSixteen = unsafe sixteen.withUnsafeMutableBytes { buffer in
            unsafe inet_pton(AF_INET6, text, buffer.baseAddress) == 1
        }
        guard isSixteen else { return nil }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        return sixteen.starts(with: mapped) ? Array(sixteen.suffix(4)) : sixteen
    }
}
