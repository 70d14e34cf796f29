import Cryptography
import Foundation
import Testing

/// A certificate authority in a directory of its own, made with the stock `openssl` command.
///
/// Certificates are files: `NAME.pem` and, with the key, `NAME.key`.
struct TestAuthority {
    /// Kinds of keys, as `openssl genpkey` is asked for them.
    enum Key {
        case p256, p384, rsa2048, rsa1024, ed25519, p521

        fileprivate var arguments: [String] {
            switch self {
            case .p256: ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
            case .p384: ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"]
            case .p521: ["EC", "-pkeyopt", "ec_paramgen_curve:P-521"]
            case .rsa2048: ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
            case .rsa1024: ["RSA", "-pkeyopt", "rsa_keygen_bits:1024"]
            case .ed25519: ["ed25519"]
            }
        }
    }

    static let authorityExtensions = [
        "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign",
        "subjectKeyIdentifier=hash",
    ]

    static let signerExtensions = [
        "basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature,nonRepudiation",
        "subjectKeyIdentifier=hash",
    ]

    static let stampExtensions = [
        "keyUsage=critical,digitalSignature", "extendedKeyUsage=critical,timeStamping",
    ]

    /// 2025-12-01T00:00:00Z, within the validity that `issue` gives by itself.
    static let now: Int64 = 1_764_547_200

    /// The command in the directory of the files; whoever makes an authority cleans it up.
    let tool: OpenSSLTool

    init() throws {
        tool = try OpenSSLTool()
        try tool.write([], to: "index.txt")
        try tool.write(Array(Self.configuration.utf8), to: "ca.cnf")
        try issue("root", subject: "/CN=Root", by: nil, extensions: Self.authorityExtensions)
    }

    /// Issues a certificate for a fresh key, or for another certificate's.
    func issue(
        _ name: String,
        subject: String,
        by issuer: String? = "root",
        key: Key = .p256,
        of holder: String? = nil,
        extensions: [String] = signerExtensions,
        from first: String = "20200101000000Z",
        to last: String = "20491231235959Z"
    ) throws {
        if let holder {
            try tool.write(tool.read("\(holder).key"), to: "\(name).key")
        } else {
            try run(["genpkey", "-out", "\(name).key", "-algorithm"] + key.arguments)
        }
        try run([
            "req", "-new", "-utf8", "-key", "\(name).key", "-subj", subject, "-out", "\(name).csr",
        ])
        let section = "[own]\n" + extensions.joined(separator: "\n") + "\n"
        try tool.write(Array(section.utf8), to: "\(name).ext")
        let signing =
            issuer.map { issuer in ["-cert", "\(issuer).pem", "-keyfile", "\(issuer).key"] }
            ?? ["-selfsign", "-keyfile", "\(name).key"]
        try run(
            [
                "ca", "-batch", "-notext", "-preserveDN", "-utf8", "-config", "ca.cnf", "-in",
                "\(name).csr", "-out", "\(name).pem", "-extfile", "\(name).ext", "-extensions",
                "own", "-startdate", first, "-enddate", last,
            ] + signing
        )
    }

    func run(_ arguments: [String], _ location: SourceLocation = #_sourceLocation) throws {
        let status = try tool.run(arguments).status
        try #require(
            status == 0,
            "openssl \(arguments.joined(separator: " "))",
            sourceLocation: location
        )
    }

    func certificate(_ name: String) throws -> Certificate {
        try Certificate(pem: tool.read("\(name).pem"))
    }

    func roots(_ name: String = "root") throws -> TrustedRoots {
        try TrustedRoots(pem: tool.read("\(name).pem"))
    }

    func identity(_ name: String, chain: [String] = []) throws -> SigningIdentity {
        let pem = try ([name] + chain).flatMap { name in try tool.read("\(name).pem") }
        return try SigningIdentity(certificatePEM: pem, keyPEM: tool.read("\(name).key"))
    }

    /// A signature over the content by the stock command; `options` come after the usual ones.
    func stockSignature(
        _ content: [UInt8],
        by name: String,
        _ options: [String] = ["-cades", "-md", "sha256"]
    ) throws -> [UInt8] {
        try tool.write(content, to: "content")
        try run(
            [
                "cms", "-sign", "-binary", "-in", "content", "-signer", "\(name).pem", "-inkey",
                "\(name).key", "-outform", "DER", "-out", "stock.p7s",
            ] + options
        )
        return try tool.read("stock.p7s")
    }

    /// What the stock command says of a signature over the content.
    func stockAccepts(
        _ signature: DetachedSignature,
        over content: [UInt8],
        roots: String = "root.pem",
        _ options: [String] = []
    ) throws -> Bool {
        try tool.write(content, to: "content")
        try tool.write(signature.der, to: "ours.p7s")
        let arguments = [
            "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "ours.p7s", "-content",
            "content", "-CAfile", roots, "-out", "/dev/null",
        ]
        return try tool.run(arguments + options).status == 0
    }

    private static let configuration = """
        [ca]
        default_ca = authority
        [authority]
        dir = .
        database = index.txt
        new_certs_dir = .
        rand_serial = yes
        default_md = sha256
        unique_subject = no
        policy = names
        [names]
        commonName = optional
        serialNumber = optional
        organizationName = optional
        """
}

extension CryptographyError.Code {
    /// The code that the body throws; nil where it throws nothing or something else.
    static func thrown(by body: () throws -> Void) -> CryptographyError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? CryptographyError)?.code
        }
    }
}
