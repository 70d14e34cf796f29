import Cryptography
import TestSupport
import Testing

/// Whatever is accepted here, stock tools accept as well: nobody is told "signed" by one and
/// "damaged" by the other.
@Suite(.enabled(if: OpenSSLTool.isInstalled, "the openssl command is not installed"))
struct DetachedSignatureFormTests {
    private let authority: TestAuthority

    private let content = Array("จำนวนครัวเรือน 412\n".utf8)

    /// 2.16.840.1.101.3.4.2, of which SHA-256, SHA-384 and SHA-512 are 1, 2 and 3.
    private let digests: [UInt8] = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02]

    init() throws { authority = try TestAuthority() }

    private func code(_ der: [UInt8]) -> CryptographyError.Code? {
        .thrown {
            _ = try DetachedSignature(der: der)
                .verify(content, roots: authority.roots(), at: TestAuthority.now)
        }
    }

    @Test(arguments: [TestAuthority.Key.p256, .rsa2048])
    func `With any bit flipped, what passes here passes the stock tool`(
        kind: TestAuthority.Key
    ) throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer", key: kind)
        let der = try authority.stockSignature(content, by: "signer")
        let roots = try authority.roots()
        var accepted: [(bit: Int, signature: DetachedSignature)] = []
        for bit in 0..<der.count * 8 {
            var flipped = der
            flipped[bit / 8] ^= 1 << (bit % 8)
            guard
                let signature = try? DetachedSignature(der: flipped),
                (try? signature.verify(content, roots: roots, at: TestAuthority.now)) != nil
            else { continue }
            accepted.append((bit, signature))
        }
        // Versions and parameters, which nobody signs: some bytes of them.
        #expect((1...200).contains(accepted.count))
        for (bit, signature) in accepted.prefix(200) {
            #expect(try authority.stockAccepts(signature, over: content), "bit \(bit)")
        }
    }

    @Test func `The message lists the digest of its signer and no other`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        let der = try authority.stockSignature(content, by: "signer")
        #expect(code(der) == nil)
        let list = try #require(der.ranges(of: digests).first)
        for last: UInt8 in [2, 3] {
            var altered = der
            altered[list.upperBound] = last
            #expect(code(altered) == .malformedSignature)
            let signature = try DetachedSignature(der: altered)
            #expect(try !authority.stockAccepts(signature, over: content))
        }
        // A second one beside it: behind the three lengths of two bytes and that of the list.
        let second: [UInt8] = [0x30, 0x0B] + digests + [0x02]
        #expect(der[26] == 0x31 && der[28] == 0x30)
        var longer = der
        longer.insert(contentsOf: second, at: 28 + Int(der[27]))
        longer[27] += UInt8(second.count)
        for place in [2, 17, 21] {
            let length = Int(der[place]) << 8 | Int(der[place + 1]) + second.count
            longer[place] = UInt8(length >> 8)
            longer[place + 1] = UInt8(length & 0xFF)
        }
        #expect(code(longer) == .malformedSignature)
    }

    @Test func `The signature algorithm is one of its key and digest`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        let der = try authority.stockSignature(content, by: "signer")
        // 1.2.840.10045.4.3.2; the certificate is signed with it as well, before.
        let ecdsa: [UInt8] = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]
        let place = try #require(der.ranges(of: ecdsa).last)
        for last: UInt8 in [1, 3, 4, 9] {
            var altered = der
            altered[place.upperBound - 1] = last
            #expect(code(altered) == .malformedSignature, "\(last)")
        }
    }

    @Test func `What libcrypto said of something else is not in a refusal`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        let signature = try DetachedSignature(
            der: authority.stockSignature(content, by: "signer")
        )
        let error = #expect(throws: CryptographyError(.signatureMismatch, "")) {
            try signature.verifyWithoutChain(content + [0])
        }
        #expect(error?.reason.contains("libcrypto") == false)
    }
}
