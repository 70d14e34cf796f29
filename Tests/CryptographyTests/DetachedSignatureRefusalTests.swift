import Cryptography
import TestSupport
import Testing

@Suite(.enabled(if: OpenSSLTool.isInstalled, "the openssl command is not installed"))
struct DetachedSignatureRefusalTests {
    private let authority: TestAuthority

    private let content = Array("จำนวนครัวเรือน 412\n".utf8)

    init() throws { authority = try TestAuthority() }

    private func verify(
        _ der: [UInt8],
        root: String = "root",
        at time: Int64 = TestAuthority.now
    ) throws -> DetachedSignature.Verified {
        try DetachedSignature(der: der).verify(content, roots: authority.roots(root), at: time)
    }

    private func refusal(
        _ der: [UInt8],
        root: String = "root",
        at time: Int64 = TestAuthority.now
    ) -> CryptographyError.Code? {
        .thrown { _ = try verify(der, root: root, at: time) }
    }

    @Test func `The signer's certificate must be valid at the time asked about`() throws {
        defer { authority.tool.cleanUp() }
        let (first, last): (Int64, Int64) = (1_704_067_200, 1_767_225_599)
        try authority.issue(
            "signer",
            subject: "/CN=Signer",
            from: "20240101000000Z",
            to: "20251231235959Z"
        )
        let der = try authority.stockSignature(content, by: "signer")
        #expect(refusal(der, at: first - 1) == .certificateNotYetValid)
        #expect(refusal(der, at: first) == nil)
        #expect(refusal(der, at: last - 1) == nil)
        #expect(refusal(der, at: last + 1) == .certificateExpired)
        #expect(refusal(der, at: .min) != nil)
        #expect(refusal(der, at: .max) != nil)
        #expect(refusal(der, at: -1) == .certificateNotYetValid)
        _ = try DetachedSignature(der: der).verifyWithoutChain(content)
    }

    @Test func `Another authority, even of the same name, is no root of it`() throws {
        defer { authority.tool.cleanUp() }
        let extensions = TestAuthority.authorityExtensions
        try authority.issue("signer", subject: "/CN=Signer")
        try authority.issue("twin", subject: "/CN=Root", by: nil, extensions: extensions)
        let der = try authority.stockSignature(content, by: "signer")
        #expect(refusal(der) == nil)
        #expect(refusal(der, root: "twin") == .untrustedCertificate)
        #expect(refusal(der, root: "signer") == .untrustedCertificate)
    }

    @Test func `What a certificate can sign is told before it signed anything`() throws {
        defer { authority.tool.cleanUp() }
        func refusal(_ name: String, at time: Int64 = TestAuthority.now) -> CryptographyError.Code?
        {
            .thrown {
                try authority.roots().verify(authority.certificate(name), at: time)
            }
        }
        let signing = TestAuthority.signerExtensions
        try authority.issue("signer", subject: "/CN=S")
        try authority.issue("edwards", subject: "/CN=S", key: .ed25519)
        try authority.issue(
            "server",
            subject: "/CN=S",
            extensions: signing + ["extendedKeyUsage=serverAuth"]
        )
        try authority.issue(
            "twin",
            subject: "/CN=Root",
            by: nil,
            extensions: TestAuthority.authorityExtensions
        )
        try authority.issue("stranger", subject: "/CN=S", by: "twin")
        #expect(refusal("signer") == nil)
        #expect(refusal("signer", at: 0) == .certificateNotYetValid)
        #expect(refusal("signer", at: 4_000_000_000) == .certificateExpired)
        #expect(refusal("edwards") == .unsupportedKey)
        #expect(refusal("server") == .certificateUsage)
        #expect(refusal("stranger") == .untrustedCertificate)
        #expect(throws: CryptographyError(.untrustedCertificate, "")) {
            try TrustedRoots([]).verify(authority.certificate("signer"), at: TestAuthority.now)
        }
    }

    @Test func `A signature's claim and what it carries are told without any trust`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        let signature = try DetachedSignature.sign(
            content,
            identity: authority.identity("signer", chain: ["root"]),
            signingTime: TestAuthority.now
        )
        let signer = try authority.certificate("signer")
        #expect(try signature.claimedSigner() == signer)
        let verified = try signature.verifyWithoutChain(content)
        #expect(verified.signer == signer)
        #expect(verified.otherCertificates == [try authority.certificate("root")])
        let bare = try DetachedSignature(
            der: authority.stockSignature(content, by: "signer", ["-cades", "-nocerts"])
        )
        #expect(try bare.claimedSigner() == nil)
    }

    @Test func `A certificate for other purposes signs no statement`() throws {
        defer { authority.tool.cleanUp() }
        let usage = "keyUsage=critical,digitalSignature"
        for (extensions, code) in [
            ([usage], nil), ([usage, "extendedKeyUsage=emailProtection"], nil),
            ([usage, "extendedKeyUsage=clientAuth,1.3.6.1.5.5.7.3.36"], nil),
            ([usage, "extendedKeyUsage=anyExtendedKeyUsage"], nil),
            (["keyUsage=nonRepudiation"], nil), (["basicConstraints=CA:FALSE"], nil),
            (["keyUsage=keyEncipherment"], .certificateUsage),
            ([usage, "extendedKeyUsage=serverAuth"], .certificateUsage),
            ([usage, "extendedKeyUsage=clientAuth"], .certificateUsage),
            ([usage, "extendedKeyUsage=critical,timeStamping"], .certificateUsage),
        ] as [([String], CryptographyError.Code?)] {
            try authority.issue("signer", subject: "/CN=Signer", extensions: extensions)
            let der = try authority.stockSignature(content, by: "signer")
            #expect(refusal(der) == code, "\(extensions)")
            _ = try DetachedSignature(der: der).verifyWithoutChain(content)
        }
        let der = try authority.stockSignature(content, by: "root")
        #expect(refusal(der) == .certificateUsage, "an authority's certificate")
    }

    @Test func `Only authorities issue certificates, and only for what they are for`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("member", subject: "/CN=Member")
        try authority.issue("signer", subject: "/CN=Signer", by: "member")
        let byMember = try authority.stockSignature(
            content,
            by: "signer",
            ["-cades", "-md", "sha256", "-certfile", "member.pem"]
        )
        #expect(refusal(byMember) == .certificateUsage)
        let restricted = TestAuthority.authorityExtensions + ["extendedKeyUsage=serverAuth"]
        try authority.issue("web", subject: "/CN=Web", extensions: restricted)
        try authority.issue("signer", subject: "/CN=Signer", by: "web")
        let byWeb = try authority.stockSignature(
            content,
            by: "signer",
            ["-cades", "-md", "sha256", "-certfile", "web.pem"]
        )
        #expect(refusal(byWeb) == .certificateUsage)
    }

    @Test func `What is not exactly CAdES-B by one signer is refused`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        try authority.issue("second", subject: "/CN=Second")
        let usual = ["-cades", "-md", "sha256"]
        for (options, code) in [
            (usual, nil),
            (usual + ["-signer", "second.pem", "-inkey", "second.key"], .malformedSignature),
            (usual + ["-nodetach"], .malformedSignature),
            (usual + ["-nocerts"], .malformedSignature),
            (usual + ["-econtent_type", "1.2.840.113549.1.9.16.1.4"], .malformedSignature),
            (["-md", "sha256"], .signerMismatch),
            (["-md", "sha256", "-noattr"], .malformedSignature),
            (["-md", "sha1", "-cades"], .weakAlgorithm),
            (["-md", "sha224", "-cades"], .weakAlgorithm),
        ] as [([String], CryptographyError.Code?)] {
            let der = try authority.stockSignature(content, by: "signer", options)
            #expect(refusal(der) == code, "\(options)")
        }
    }

    @Test func `Weak keys prove nothing`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer", key: .rsa1024)
        let der = try authority.stockSignature(content, by: "signer")
        #expect(refusal(der) == .unsupportedKey)
        #expect(throws: CryptographyError(.unsupportedKey, "")) {
            try DetachedSignature(der: der).verifyWithoutChain(content)
        }
        let extensions = TestAuthority.authorityExtensions
        try authority.issue(
            "weak",
            subject: "/CN=W",
            by: nil,
            key: .rsa1024,
            extensions: extensions
        )
        try authority.issue("signer", subject: "/CN=Signer", by: "weak")
        let byWeak = try authority.stockSignature(content, by: "signer")
        #expect(refusal(byWeak, root: "weak") == .weakAlgorithm)
    }

    @Test func `Another certificate of the same key is no substitute`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Member")
        try authority.issue("other", subject: "/CN=Chairman", of: "signer")
        let usual = ["-cades", "-md", "sha256", "-keyid"]
        let own = try authority.stockSignature(content, by: "signer", usual)
        #expect(refusal(own) == nil)
        let substituted = try authority.stockSignature(
            content,
            by: "signer",
            usual + ["-nocerts", "-certfile", "other.pem"]
        )
        #expect(refusal(substituted) == .signerMismatch)
        #expect(throws: CryptographyError(.signerMismatch, "")) {
            try DetachedSignature(der: substituted).verifyWithoutChain(content)
        }
    }

    @Test func `A signature ends where it ends, and is in DER`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        let der = try authority.stockSignature(content, by: "signer")
        for count in 0..<der.count {
            #expect(throws: CryptographyError(.malformedSignature, "")) {
                try DetachedSignature(der: Array(der.prefix(count)))
            }
        }
        let long = [UInt8](repeating: 0x30, count: DetachedSignature.byteCountLimit + 1)
        #expect(refusal(der + [0]) == .malformedSignature)
        #expect(refusal(der + der) == .malformedSignature)
        #expect(refusal(long) == .malformedSignature)
        try authority.run(["cms", "-data_create", "-in", "content", "-outform", "DER", "-out", "d"])
        #expect(try refusal(authority.tool.read("d")) == .malformedSignature)
        // The same with the outer length left open (X.690 §8.1.3.6): BER, which stock tools take.
        let indefinite = [0x30, 0x80] + der[4...] + [0, 0]
        #expect(der[1] == 0x82)
        #expect(refusal(indefinite) == .malformedSignature)
    }

    @Test func `No random mutation crashes, or passes for other content or another signer`() throws
    {
        defer { authority.tool.cleanUp() }
        var generator = SeededGenerator.announced(for: "mutated signatures")
        try authority.issue("signer", subject: "/CN=Signer")
        let der = try authority.stockSignature(content, by: "signer")
        let signer = try authority.certificate("signer")
        let roots = try authority.roots()
        for _ in 0..<600 {
            let altered = generator.mutation(of: der)
            guard let signature = try? DetachedSignature(der: altered) else { continue }
            let other = content + [generator.bytes(count: 1)[0]]
            #expect(throws: CryptographyError.self) { try signature.verifyWithoutChain(other) }
            #expect(throws: CryptographyError.self) {
                try signature.verify(other, roots: roots, at: TestAuthority.now)
            }
            if let verified = try? signature.verifyWithoutChain(content) {
                #expect(verified.signer == signer)
            }
        }
    }
}

extension SeededGenerator {
    /// The bytes with one to four changes: some altered, some left out, some repeated.
    mutating func mutation(of bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where bytes.count > 8 {
            let position = Int.random(in: bytes.indices, using: &self)
            let end = min(bytes.count, position + Int.random(in: 1...8, using: &self))
            switch Int.random(in: 0..<10, using: &self) {
            case 0: bytes.removeSubrange(position..<end)
            case 1: bytes.insert(contentsOf: bytes[position..<end], at: position)
            case 2: bytes[position] = UInt8.random(in: 0...255, using: &self)
            default: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            }
        }
        return bytes
    }
}
