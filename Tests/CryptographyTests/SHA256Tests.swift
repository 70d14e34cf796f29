import Cryptography
import TestSupport
import Testing

struct SHA256Tests {
    // FIPS 180-4 example messages (NIST CSRC, SHA256.pdf) and the message of no bytes.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `Published messages have their published digests`(message: String, digest: String) {
        #expect(SHA256.hash(Array(message.utf8)).hex == digest)
    }

    @Test func `A million times a, in pieces of all sizes, has its published digest`() {
        var hasher = SHA256()
        var remainingCount = 1_000_000
        var pieceCount = 1
        while remainingCount > 0 {
            let count = min(pieceCount, remainingCount)
            hasher.update([UInt8](repeating: UInt8(ascii: "a"), count: count))
            remainingCount -= count
            pieceCount = pieceCount * 3 % 1009 + 1
        }
        #expect(
            hasher.finalize().hex
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
    }

    @Test func `A hasher begins anew after each message`() {
        var hasher = SHA256()
        hasher.update([1, 2, 3])
        #expect(hasher.finalize() == SHA256.hash([1, 2, 3]))
        #expect(hasher.finalize() == SHA256.hash([]))
        hasher.update([4])
        hasher.update([])
        hasher.update([5])
        #expect(hasher.finalize() == SHA256.hash([4, 5]))
    }

    @Test func `A prefix hashes as if it were joined to the message`() {
        var generator = SeededGenerator.announced(for: "prefixed hash")
        for count in 0..<200 {
            let bytes = generator.bytes(count: count)
            let prefix = UInt8.random(in: 0...255, using: &generator)
            #expect(SHA256.hash(prefix: prefix, bytes) == SHA256.hash([prefix] + bytes))
        }
        let left = SHA256.hash([1])
        let right = SHA256.hash([2])
        #expect(
            SHA256.hash(prefix: 1, left, right) == SHA256.hash([1] + left.bytes + right.bytes)
        )
    }
}
