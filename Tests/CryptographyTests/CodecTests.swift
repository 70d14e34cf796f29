import Cryptography
import TestSupport
import Testing

struct CodecTests {
    // RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func `Base64 agrees with the RFC`(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zh==", "Zm9=", "Zm8", "=", "====", "Z===", "Zg==Zg==", "Zm 9v", "Zm9v\n",
        "Zm-_",
        "Zg=A", "Zm9vé",
    ])
    func `Base64 in any other spelling is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(
        arguments: [
            ([], ""), ([0x66], "Zg"), ([0xFB, 0xEF], "--8"), ([0xFF, 0xFF, 0xFE], "___-"),
        ] as [([UInt8], String)]
    )
    func `Base64 for addresses has its own letters and no padding`(plain: [UInt8], encoded: String)
    {
        #expect(Base64URL.encode(plain) == encoded)
        #expect(Base64URL.decode(encoded) == plain)
    }

    @Test(arguments: ["Zg==", "Zh", "Z", "++8", "__/-", "Zg=", "Zm9vé", "Zm 9v", "====", "Zm9v\n"])
    func `Base64 for addresses in any other spelling is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `Whatever base64 accepts it would have written itself`() {
        var generator = SeededGenerator.announced(for: "base64")
        let characters = Array("ABab01+/=")
        var acceptedCount = 0
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...8, using: &generator)
            let text = String(
                (0..<count).map { _ in characters.randomElement(using: &generator) ?? "=" }
            )
            if let bytes = Base64.decode(text) {
                acceptedCount += 1
                #expect(Base64.encode(bytes) == text)
            }
        }
        #expect(acceptedCount > 100)
        for count in 0..<100 {
            let bytes = generator.bytes(count: count)
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }

    @Test func `Hexadecimal has one spelling`() {
        #expect(Hex.encode([0x00, 0x0F, 0xA9, 0xFF]) == "000fa9ff")
        #expect(Hex.decode("000fa9ff") == [0x00, 0x0F, 0xA9, 0xFF])
        #expect(Hex.decode("") == [])
        for text in ["0", "0F", "0x", " 00", "00\n", "g0", "é0"] {
            #expect(Hex.decode(text) == nil)
        }
    }
}
