import Pages
import Testing

@Suite struct `QR codes` {
    @Test func `are read back by the standard, whatever the length`() throws {
        var sizes: Set<Int> = []
        for count in 0...213 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
            let code = try #require(QRCode(bytes))
            #expect(try QRCodeReader.bytes(code) == bytes, "\(count) bytes")
            sizes.insert(code.size)
        }
        // Versions 1 to 10.
        #expect(sizes == Set(stride(from: 21, through: 57, by: 4)))
    }

    @Test func `hold the addresses of proofs, Thai ones too`() throws {
        for text in ["https://bmn.example.go.th/records/128", "https://จปฐ.ไทย/records/65000000"] {
            let code = try #require(QRCode(Array(text.utf8)))
            #expect(String(decoding: try QRCodeReader.bytes(code), as: UTF8.self) == text)
        }
    }

    @Test func `are none for more than the largest holds`() {
        #expect(QRCode([UInt8](repeating: 65, count: 213))?.size == 57)
        #expect(QRCode([UInt8](repeating: 65, count: 214))?.size == nil)
    }

    @Test func `begin with three finders inside their light border`() throws {
        let code = try #require(QRCode(Array("bmn".utf8)))
        for (left, top) in [(0, 0), (code.size - 7, 0), (0, code.size - 7)] {
            for offset in 0..<7 {
                #expect(code[left + offset, top] && code[left, top + offset])
                #expect(code[left + offset, top + 6] && code[left + 6, top + offset])
            }
            #expect(!code[left + 1, top + 1] && code[left + 3, top + 3])
        }
    }
}
