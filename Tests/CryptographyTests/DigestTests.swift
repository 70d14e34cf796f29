import Cryptography
import TestSupport
import Testing

struct DigestTests {
    @Test func `Hexadecimal text and digest are the same thing in two forms`() throws {
        var generator = SeededGenerator.announced(for: "digest hex")
        for _ in 0..<500 {
            let bytes = generator.bytes(count: Digest.byteCount)
            let digest = try #require(Digest(bytes: bytes))
            let hex = Hex.encode(bytes)
            #expect(digest.bytes == bytes)
            #expect(digest.hex == hex)
            #expect(digest.description == hex)
            #expect(Digest(hex: hex) == digest)
            #expect(Digest(base64: digest.base64) == digest)

            var appended: [UInt8] = [0x22]
            digest.appendHex(to: &appended)
            #expect(appended == [0x22] + Array(hex.utf8))

            var buffer = [UInt8](repeating: 0x2E, count: 70)
            var span = buffer.mutableSpan
            digest.writeHex(into: &span, at: 3)
            #expect(String(decoding: buffer, as: UTF8.self) == "...\(hex)...")
        }
    }

    @Test func `Of all characters only lower-case digits spell a digest`() throws {
        let digest = SHA256.hash([])
        let hex = Array(digest.hex.utf8)
        let digits = Set("0123456789abcdef".utf8)
        for position in hex.indices {
            for character in UInt8.min...UInt8.max {
                var text = hex
                text[position] = character
                let parsed = unsafe Digest(hex: text.span.bytes)
                #expect((parsed != nil) == digits.contains(character))
                if let parsed {
                    #expect(Array(parsed.hex.utf8) == text)
                }
                let isSpelled = unsafe digest.isSpelled(by: text.span.bytes)
                #expect(isSpelled == (text == hex))
            }
        }
    }

    @Test(arguments: [0, 1, 31, 33, 63, 65, 128])
    func `Any other length is no digest`(count: Int) {
        let digest = SHA256.hash([])
        let digits = [UInt8](repeating: UInt8(ascii: "0"), count: count)
        #expect(Digest(bytes: digits) == nil)
        #expect(Digest(hex: String(decoding: digits, as: UTF8.self)) == nil)
        #expect(Digest(base64: Base64.encode(digits)) == nil)
        let isSpelled = unsafe digest.isSpelled(by: digits.span.bytes)
        #expect(!isSpelled)
    }

    @Test func `Digests that differ in one bit differ`() throws {
        let bytes = SHA256.hash([1]).bytes
        let digest = try #require(Digest(bytes: bytes))
        for bit in 0..<256 {
            var altered = bytes
            altered[bit / 8] ^= 1 << (bit % 8)
            let other = try #require(Digest(bytes: altered))
            #expect(other != digest)
            #expect(Set([digest, other]).count == 2)
        }
        #expect(Digest.zero.bytes == [UInt8](repeating: 0, count: 32))
    }

    @Test func `A digest lends its bytes in order`() {
        let digest = SHA256.hash(Array("abc".utf8))
        let count = digest.withBytes { bytes in bytes.byteCount }
        let lent = unsafe digest.withUnsafeBytes { bytes in unsafe [UInt8](bytes) }
        #expect(count == 32)
        #expect(lent == digest.bytes)
    }
}
