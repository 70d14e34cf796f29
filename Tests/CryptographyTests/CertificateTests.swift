import Cryptography
import Testing

@Suite(.enabled(if: OpenSSLTool.isInstalled, "the openssl command is not installed"))
struct CertificateTests {
    private let authority: TestAuthority

    init() throws { authority = try TestAuthority() }

    @Test func `A certificate says what the stock tool says of it`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue(
            "signer",
            subject: "/O=อำเภอเมืองบึงกาฬ/CN=สมชาย ใจดี, ปลัด",
            from: "20240229120000Z",
            to: "20500301000000Z"
        )
        let certificate = try authority.certificate("signer")
        #expect(certificate.subject == #"CN=สมชาย ใจดี\, ปลัด,O=อำเภอเมืองบึงกาฬ"#)
        #expect(certificate.issuer == "CN=Root")
        #expect(certificate.notBefore == 1_709_208_000)
        // Beyond 2049 the encoding of times changes.
        #expect(certificate.notAfter == 2_529_705_600)
        let told = try authority.tool.run(
            "x509",
            "-in",
            "signer.pem",
            "-noout",
            "-serial",
            "-fingerprint",
            "-sha256"
        ).output.lowercased().replacing(":", with: "")
        #expect(told.contains("serial=\(certificate.serialHex)\n"))
        #expect(told.contains("fingerprint=\(certificate.sha256.hex)\n"))
        #expect(
            try certificate.pem
                == String(decoding: authority.tool.read("signer.pem"), as: UTF8.self)
        )
        #expect(try Certificate(der: certificate.der) == certificate)
        #expect(try Set([certificate, authority.certificate("root")]).count == 2)
    }

    @Test func `A renewed certificate has the key of the one before it`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue("first", subject: "/CN=Signer")
        try authority.issue("renewed", subject: "/CN=Signer", of: "first")
        try authority.issue("other", subject: "/CN=Signer")
        let first = try authority.certificate("first")
        try authority.run(["pkey", "-in", "first.key", "-pubout", "-outform", "DER", "-out", "k"])
        #expect(try authority.tool.read("k") == first.subjectPublicKeyInfo)
        let renewed = try authority.certificate("renewed")
        #expect(renewed != first)
        #expect(renewed.subjectPublicKeyInfo == first.subjectPublicKeyInfo)
        let other = try authority.certificate("other")
        #expect(other.subjectPublicKeyInfo != first.subjectPublicKeyInfo)
    }

    @Test func `Usages are told, and no statement is no restriction`() throws {
        defer { authority.tool.cleanUp() }
        let root = try authority.certificate("root")
        #expect(!root.allowsSigning)
        #expect(root.extendedKeyUsages == nil)
        for (usage, allowsSigning) in [
            ("keyUsage=digitalSignature", true), ("keyUsage=nonRepudiation", true),
            ("keyUsage=keyAgreement", false), ("basicConstraints=CA:FALSE", true),
        ] {
            try authority.issue("other", subject: "/CN=Other", extensions: [usage])
            #expect(try authority.certificate("other").allowsSigning == allowsSigning, "\(usage)")
        }
        let usages = "extendedKeyUsage=serverAuth,1.3.6.1.5.5.7.3.36"
        try authority.issue("other", subject: "/CN=Other", extensions: [usages])
        let other = try authority.certificate("other")
        #expect(other.extendedKeyUsages == ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.36"])
    }

    @Test func `Every text in subject and alternative names is found, whatever its type`() throws {
        defer { authority.tool.cleanUp() }
        try authority.issue(
            "signer",
            subject: "/serialNumber=1100000000001/CN=นางสาว ก",
            extensions: [
                "subjectAltName=email:a@b.th,URI:urn:id:1100000000002,"
                    + "otherName:1.2.3.4;UTF8:1100000000003,otherName:1.2.3.4;BMP:1100000000004,"
                    + "otherName:1.2.3.4;OCT:1100000000005,RID:1.2.3,dirName:directory",
                "[directory]", "CN=ชื่อ 1100000000006",
            ]
        )
        let texts = try authority.certificate("signer").subjectTexts
        #expect(texts.contains("นางสาว ก"))
        #expect(texts.contains("a@b.th"))
        for number in 1...6 {
            #expect(texts.contains { text in text.contains("110000000000\(number)") }, "\(number)")
        }
    }

    @Test func `A file of roots may have descriptions, and holds one to 256 certificates`() throws {
        defer { authority.tool.cleanUp() }
        let root = try authority.tool.read("root.pem")
        try authority.run(["x509", "-in", "root.pem", "-text", "-out", "text.pem"])
        let described = try authority.tool.read("text.pem")
        #expect(described.count > root.count)
        #expect(try TrustedRoots(pem: described + root).certificates.count == 2)
        #expect(try Certificate(pem: described) == Certificate(pem: root))
        let refusal = CryptographyError(.malformedCertificate, "")
        #expect(throws: refusal) { try Certificate(pem: root + root) }
        #expect(throws: refusal) { try TrustedRoots(pem: []) }
        #expect(throws: refusal) { try TrustedRoots(pem: authority.tool.read("root.key")) }
        let many = [[UInt8]](repeating: root, count: 257).flatMap(\.self)
        #expect(throws: CryptographyError(.messageTooLong, "")) { try TrustedRoots(pem: many) }
        let long = [UInt8](repeating: 0x0A, count: TrustedRoots.byteCountLimit + 1)
        #expect(throws: refusal) { try TrustedRoots(pem: long) }
        #expect(throws: refusal) { try TrustedRoots(pem: root.dropLast(30)) }
        #expect(throws: refusal) { try TrustedRoots(pem: root.map { $0 == 0x4D ? 0x21 : $0 }) }
    }

    @Test func `Bytes before, after or missing are no certificate`() throws {
        defer { authority.tool.cleanUp() }
        let der = try authority.certificate("root").der
        let refusal = CryptographyError(.malformedCertificate, "")
        for count in 0..<der.count {
            #expect(throws: refusal) { try Certificate(der: Array(der.prefix(count))) }
        }
        #expect(throws: refusal) { try Certificate(der: der + [0]) }
        #expect(throws: refusal) { try Certificate(der: [0] + der) }
        let long = [UInt8](repeating: 0x30, count: Certificate.byteCountLimit + 1)
        #expect(throws: refusal) { try Certificate(der: long) }
    }

    @Test func `An altered certificate is refused or read as another one`() throws {
        defer { authority.tool.cleanUp() }
        let certificate = try authority.certificate("root")
        for position in certificate.der.indices {
            for bit in [UInt8(0x01), 0x80] {
                var altered = certificate.der
                altered[position] ^= bit
                do {
                    let other = try Certificate(der: altered)
                    #expect(other.der == altered)
                    #expect(other != certificate)
                } catch {
                    #expect(error == CryptographyError(.malformedCertificate, ""))
                }
            }
        }
    }
}
