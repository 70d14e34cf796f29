import Cryptography
import Testing

@Suite(.enabled(if: OpenSSLTool.isInstalled, "the openssl command is not installed"))
struct SigningIdentityTests {
    private let authority: TestAuthority

    private let content = Array("จำนวนครัวเรือน 412\n".utf8)

    init() throws { authority = try TestAuthority() }

    @Test(arguments: [TestAuthority.Key.p256, .p384, .rsa2048])
    func `Keys in use are read from every form of file`(kind: TestAuthority.Key) throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer", key: kind)
        let certificate = try authority.tool.read("signer.pem")
        let passphrase = Array("รหัส".utf8)
        try authority.tool.write(passphrase, to: "passphrase")
        for options in [["-v2", "aes-256-cbc"], ["-scrypt"]] {
            try authority.run(
                ["pkcs8", "-topk8", "-in", "signer.key", "-out", "sealed.key"]
                    + ["-passout", "file:passphrase"] + options
            )
            let sealed = try authority.tool.read("sealed.key")
            let identity = try SigningIdentity(
                certificatePEM: certificate,
                keyPEM: sealed,
                passphrase: passphrase
            )
            #expect(try identity.certificate == authority.certificate("signer"))
            #expect(throws: CryptographyError(.passphraseRequired, "")) {
                try SigningIdentity(certificatePEM: certificate, keyPEM: sealed)
            }
            #expect(throws: CryptographyError(.wrongPassphrase, "")) {
                try SigningIdentity(certificatePEM: certificate, keyPEM: sealed, passphrase: [1])
            }
        }
        try authority.run(["pkey", "-in", "signer.key", "-traditional", "-out", "old.key"])
        let old = try authority.tool.read("old.key")
        #expect(String(decoding: old, as: UTF8.self).contains(kind == .rsa2048 ? "RSA" : "EC"))
        _ = try SigningIdentity(certificatePEM: certificate, keyPEM: old)
        try authority.run([
            "pkey", "-in", "signer.key", "-traditional", "-aes128", "-passout", "pass:x", "-out",
            "older.key",
        ])
        #expect(throws: CryptographyError(.unsupportedKey, "")) {
            try SigningIdentity(
                certificatePEM: certificate,
                keyPEM: authority.tool.read("older.key"),
                passphrase: Array("x".utf8)
            )
        }
    }

    @Test(arguments: [TestAuthority.Key.rsa1024, .ed25519, .p521])
    func `Other keys are refused as such`(kind: TestAuthority.Key) throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer", key: kind)
        #expect(throws: CryptographyError(.unsupportedKey, "")) {
            try authority.identity("signer")
        }
    }

    @Test func `The certificate is found in its chain, and must belong to the key`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue(
            "middle",
            subject: "/CN=Middle",
            extensions: TestAuthority.authorityExtensions
        )
        try authority.issue("signer", subject: "/CN=Signer", by: "middle")
        let backwards = try ["root", "middle", "signer", "middle"]
            .flatMap { name in try authority.tool.read("\(name).pem") }
        let key = try authority.tool.read("signer.key")
        let identity = try SigningIdentity(certificatePEM: backwards, keyPEM: key)
        #expect(try identity.certificate == authority.certificate("signer"))
        #expect(try identity.chain == ["root", "middle"].map(authority.certificate))
        #expect(throws: CryptographyError(.keyMismatch, "")) {
            try SigningIdentity(certificatePEM: authority.tool.read("middle.pem"), keyPEM: key)
        }
        #expect(throws: CryptographyError(.malformedCertificate, "")) {
            try SigningIdentity(certificatePEM: [], keyPEM: key)
        }
        #expect(throws: CryptographyError(.malformedKeyFile, "")) {
            try SigningIdentity(certificatePEM: backwards, keyPEM: [])
        }
        #expect(throws: CryptographyError(.malformedKeyFile, "")) {
            try SigningIdentity(certificatePEM: backwards, keyPEM: key + key)
        }
        #expect(throws: CryptographyError(.certificateUsage, "")) {
            try authority.identity("middle")
        }
    }

    @Test(arguments: ["correct horse", "รหัสผ่าน", ""])
    func `A PKCS#12 file opens with its passphrase alone`(passphrase: String) throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        try authority.run([
            "pkcs12", "-export", "-in", "signer.pem", "-inkey", "signer.key", "-certfile",
            "root.pem", "-passout", "pass:\(passphrase)", "-out", "signer.p12",
        ])
        let file = try authority.tool.read("signer.p12")
        let identity = try SigningIdentity(pkcs12: file, passphrase: Array(passphrase.utf8))
        #expect(try identity.certificate == authority.certificate("signer"))
        #expect(try identity.chain == [authority.certificate("root")])
        for wrong in ["wrong", passphrase + "x", passphrase + "\0"] {
            #expect(throws: CryptographyError(.wrongPassphrase, "")) {
                try SigningIdentity(pkcs12: file, passphrase: Array(wrong.utf8))
            }
        }
        for position in stride(from: 0, to: file.count, by: 11) {
            var altered = file
            altered[position] ^= 0x01
            if let other = try? SigningIdentity(
                pkcs12: altered,
                passphrase: Array(passphrase.utf8)
            ) {
                #expect(other.certificate == identity.certificate)
            }
        }
        for damaged in [[], Array(file.dropLast()), file + [0], Array("no file".utf8)] {
            #expect(throws: CryptographyError(.malformedKeyFile, "")) {
                try SigningIdentity(pkcs12: damaged, passphrase: Array(passphrase.utf8))
            }
        }
    }

    @Test func `A PKCS#12 file encrypted the old way is refused as such`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Signer")
        let made = try authority.tool.run(
            "pkcs12",
            "-export",
            "-legacy",
            "-in",
            "signer.pem",
            "-inkey",
            "signer.key",
            "-passout",
            "pass:x",
            "-out",
            "signer.p12"
        )
        // Systems without OpenSSL's legacy provider cannot make one either.
        guard made.status == 0 else { return }
        #expect(throws: CryptographyError(.unsupportedKey, "")) {
            try SigningIdentity(
                pkcs12: authority.tool.read("signer.p12"),
                passphrase: Array("x".utf8)
            )
        }
    }

    @Test func `The stock tool accepts what a throw-away identity signs`() throws {
        defer { authority.tool.cleanUp() }
        let identity = try SigningIdentity.ephemeral(
            commonName: "ผนึกหลักฐาน",
            validFrom: 1_577_836_800,
            validTo: 2_524_607_999
        )
        let certificate = identity.certificate
        #expect(certificate.subject == "CN=ผนึกหลักฐาน")
        #expect(certificate.notBefore == 1_577_836_800)
        #expect(certificate.notAfter == 2_524_607_999)
        #expect(certificate.allowsSigning)
        #expect(certificate.serialHex.count == 32)
        let signature = try DetachedSignature.sign(
            content,
            identity: identity,
            signingTime: TestAuthority.now
        )
        try authority.tool.write(Array(certificate.pem.utf8), to: "own.pem")
        #expect(try authority.stockAccepts(signature, over: content, roots: "own.pem"))
        #expect(try !authority.stockAccepts(signature, over: content + [0], roots: "own.pem"))
        #expect(try !authority.stockAccepts(signature, over: content))
        let roots = try TrustedRoots(pem: Array(certificate.pem.utf8))
        let verified = try signature.verify(content, roots: roots, at: TestAuthority.now)
        #expect(verified.signer == certificate)
        #expect(throws: CryptographyError(.untrustedCertificate, "")) {
            try signature.verify(content, roots: authority.roots(), at: TestAuthority.now)
        }
        let other = try SigningIdentity.ephemeral(commonName: "x", validFrom: 0, validTo: 1)
        #expect(other.certificate.serialHex != certificate.serialHex)
        for (name, first, last) in [
            ("", 0, 1), (String(repeating: "x", count: 65), 0, 1), ("x", 2, 1),
        ] as [(String, Int64, Int64)] {
            #expect(throws: CryptographyError(.malformedCertificate, "")) {
                try SigningIdentity.ephemeral(commonName: name, validFrom: first, validTo: last)
            }
        }
        #expect(throws: CryptographyError(.libraryFailure, "")) {
            try SigningIdentity.ephemeral(commonName: "x", validFrom: 0, validTo: .max)
        }
    }

    @Test func `Printing an identity names neither key nor person`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("signer", subject: "/CN=Somchai Jaidee")
        let identity = try authority.identity("signer")
        var shown = "\(identity)\(String(reflecting: identity))"
        dump(identity, to: &shown)
        #expect(shown.contains("redacted"))
        #expect(shown.contains(identity.certificate.sha256.hex))
        #expect(!shown.contains("Somchai"))
    }
}
