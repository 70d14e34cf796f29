import Cryptography
import TestSupport
import Testing

@Suite(.enabled(if: OpenSSLTool.isInstalled, "the openssl command is not installed"))
struct DetachedSignatureTests {
    private let authority: TestAuthority

    // Line ends as they are: nothing may be made canonical on the way.
    private let content = Array("จำนวนครัวเรือน 412\r\nลงชื่อ\n\r".utf8)

    init() throws { authority = try TestAuthority() }

    @Test(arguments: [TestAuthority.Key.p256, .p384, .rsa2048])
    func `Each accepts the other's signatures`(kind: TestAuthority.Key) throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer", key: kind)
        let certificate = try authority.certificate("signer")
        let ours = try DetachedSignature.sign(
            content,
            identity: authority.identity("signer"),
            signingTime: 1_733_011_200
        )
        #expect(try authority.stockAccepts(ours, over: content))
        #expect(try !authority.stockAccepts(ours, over: content + [0x0A]))
        let verified = try ours.verify(content, roots: authority.roots(), at: TestAuthority.now)
        #expect(verified.signer == certificate)
        #expect(verified.signingTime == 1_733_011_200)
        #expect(verified.digestAlgorithm == .sha256)
        #expect(try ours.verifyWithoutChain(content) == verified)

        for digest in [DigestAlgorithm.sha256, .sha384, .sha512] {
            let der = try authority.stockSignature(
                content,
                by: "signer",
                ["-cades", "-md", digest.rawValue]
            )
            let theirs = try DetachedSignature(der: der)
            let verified = try theirs.verify(
                content,
                roots: authority.roots(),
                at: TestAuthority.now
            )
            #expect(verified.signer == certificate)
            #expect(verified.digestAlgorithm == digest)
            #expect(try #require(verified.signingTime) > TestAuthority.now)
        }
    }

    @Test func `RSA-PSS signatures of the stock tool are accepted`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer", key: .rsa2048)
        let der = try authority.stockSignature(
            content,
            by: "signer",
            ["-cades", "-md", "sha256", "-keyopt", "rsa_padding_mode:pss"]
        )
        let signature = try DetachedSignature(der: der)
        _ = try signature.verify(content, roots: authority.roots(), at: TestAuthority.now)
        #expect(throws: CryptographyError(.signatureMismatch, "")) {
            try signature.verifyWithoutChain(content + [0])
        }
    }

    @Test func `The attributes are those of CAdES-B, with the certificate by SHA-256`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        let identity = try authority.identity("signer")
        let signature = try DetachedSignature.sign(
            content,
            identity: identity,
            signingTime: TestAuthority.now
        )
        try authority.tool.write(signature.der, to: "ours.p7s")
        let printed = try authority.tool.run(
            "cms",
            "-cmsout",
            "-print",
            "-inform",
            "DER",
            "-in",
            "ours.p7s"
        ).output
        for name in [
            "contentType", "messageDigest", "signingTime", "id-smime-aa-signingCertificateV2",
            "eContent: <ABSENT>",
        ] {
            #expect(printed.contains(name), "\(name)")
        }
        #expect(!printed.contains("SMIME-CAPS"))
        #expect(signature.der.contains(identity.certificate.sha256.bytes))
        #expect(signature.der.contains(SHA256.hash(content).bytes))
    }

    @Test func `A chain in the signature leads to the root, and without it there is no way`() throws
    {
        defer { authority.tool.cleanUp() }
        let extensions = TestAuthority.authorityExtensions
        try authority.issue("middle", subject: "/CN=Middle", extensions: extensions)
        try authority.issue("signer", subject: "/CN=Signer", by: "middle")
        let whole = try DetachedSignature.sign(
            content,
            identity: authority.identity("signer", chain: ["middle", "root"]),
            signingTime: TestAuthority.now
        )
        #expect(try authority.stockAccepts(whole, over: content))
        _ = try whole.verify(content, roots: authority.roots(), at: TestAuthority.now)
        let alone = try DetachedSignature.sign(
            content,
            identity: authority.identity("signer"),
            signingTime: TestAuthority.now
        )
        #expect(throws: CryptographyError(.untrustedCertificate, "")) {
            try alone.verify(content, roots: authority.roots(), at: TestAuthority.now)
        }
        let middle = try authority.roots("middle")
        #expect(throws: CryptographyError(.untrustedCertificate, "")) {
            try alone.verify(content, roots: middle, at: TestAuthority.now)
        }
        let both = try TrustedRoots(authority.roots().certificates + middle.certificates)
        _ = try alone.verify(content, roots: both, at: TestAuthority.now)
    }

    @Test func `Empty content can be signed as well`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        let signature = try DetachedSignature.sign(
            [],
            identity: authority.identity("signer"),
            signingTime: TestAuthority.now
        )
        #expect(try authority.stockAccepts(signature, over: []))
        _ = try signature.verify([], roots: authority.roots(), at: TestAuthority.now)
        #expect(throws: CryptographyError(.signatureMismatch, "")) {
            try signature.verifyWithoutChain([0])
        }
    }

    @Test func `One flipped byte of content, attributes or signature is refused`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        try authority.issue("rsa", subject: "/CN=Signer", key: .rsa2048)
        for name in ["signer", "rsa"] {
            let identity = try authority.identity(name)
            let der = try DetachedSignature.sign(
                content,
                identity: identity,
                signingTime: TestAuthority.now
            ).der
            for position in content.indices {
                var altered = content
                altered[position] ^= 0x01
                #expect(throws: CryptographyError(.signatureMismatch, "")) {
                    try DetachedSignature(der: der).verifyWithoutChain(altered)
                }
            }
            let digest = try #require(der.ranges(of: SHA256.hash(content).bytes).first)
            let named = try #require(der.ranges(of: identity.certificate.sha256.bytes).first)
            let time = try #require(der.ranges(of: Array("251201000000Z".utf8)).first)
            for (position, code) in [
                (digest.lowerBound, CryptographyError.Code.signatureMismatch),
                (time.lowerBound + 1, .signatureMismatch), (der.count - 1, .signatureMismatch),
                (named.lowerBound, .signerMismatch),
            ] {
                var altered = der
                altered[position] ^= 0x01
                #expect(throws: CryptographyError(code, ""), "\(name) \(position)") {
                    try DetachedSignature(der: altered)
                        .verify(content, roots: authority.roots(), at: TestAuthority.now)
                }
            }
        }
    }

    @Test func `Several threads sign and check with one identity`() async throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer", key: .rsa2048)
        let identity = try authority.identity("signer")
        let roots = try authority.roots()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in UInt8(0)..<8 {
                group.addTask {
                    for round in UInt8(0)..<8 {
                        let content = [number, round]
                        let signature = try DetachedSignature.sign(
                            content,
                            identity: identity,
                            signingTime: TestAuthority.now
                        )
                        _ = try signature.verify(content, roots: roots, at: TestAuthority.now)
                        #expect(throws: CryptographyError(.signatureMismatch, "")) {
                            try signature.verify([number], roots: roots, at: TestAuthority.now)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
