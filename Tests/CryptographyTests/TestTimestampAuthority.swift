import Cryptography
import Testing

/// A time-stamping authority made with the stock `openssl ts` command.
struct TestTimestampAuthority {
    let authority: TestAuthority

    let message = Array("hello ledger\n".utf8)

    let nonce: [UInt8] = [0x00, 0x5A, 0xC3, 0x01, 0x02, 0x03, 0x04, 0xFF]

    init(
        key: TestAuthority.Key = .p256,
        from first: String = "20200101000000Z",
        to last: String = "20491231235959Z"
    ) throws {
        authority = try TestAuthority()
        try authority.issue(
            "tsa",
            subject: "/O=หน่วยงาน/CN=TSA",
            key: key,
            extensions: TestAuthority.stampExtensions,
            from: first,
            to: last
        )
        try authority.tool.write(message, to: "message")
        try authority.tool.write(Array("01".utf8), to: "serial")
    }

    var tool: OpenSSLTool { authority.tool }

    var imprint: Digest { SHA256.hash(message) }

    /// The authority's answer to a request; `options` are lines of its configuration.
    func answer(
        to request: TimestampRequest,
        identifierDigest: String = "sha256",
        _ options: [String] = []
    ) throws -> [UInt8] {
        let lines =
            [
                "[tsa]", "default_tsa = own", "[own]", "serial = serial", "signer_cert = tsa.pem",
                "signer_key = tsa.key", "certs = root.pem", "signer_digest = sha256",
                "default_policy = 1.2.3.4.1", "digests = sha256, sha512",
                "ess_cert_id_alg = \(identifierDigest)",
            ] + options
        try tool.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "tsa.cnf")
        try tool.write(request.der, to: "q.tsq")
        try authority.run([
            "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "r.tsr",
        ])
        return try tool.read("r.tsr")
    }

    func token(_ options: [String] = []) throws -> TimestampToken {
        let request = try TimestampRequest(imprint: imprint, nonce: nonce)
        return try TimestampResponse(der: answer(to: request, options)).token()
    }

    /// The statement of a token, signed anew by any certificate with any options.
    func resigned(
        _ token: TimestampToken,
        by name: String,
        _ options: [String] = ["-cades", "-md", "sha256"]
    ) throws -> [UInt8] {
        try tool.write(token.der, to: "token")
        try authority.run([
            "cms", "-verify", "-noverify", "-inform", "DER", "-in", "token", "-out", "statement",
        ])
        return try signed(by: name, options)
    }

    /// A statement with some fields other than usual, or some more, as `openssl asn1parse -genconf`
    /// spells them.
    func token(stating fields: [String: String]) throws -> [UInt8] {
        var statement = [
            "version": "INTEGER:1", "policy": "OID:1.2.3.4.1", "imprint": "SEQUENCE:imprint",
            "serial": "INTEGER:42", "time": "GENERALIZEDTIME:20251201000000Z",
            "algorithm": "OID:sha256", "digest": "FORMAT:HEX,OCT:\(imprint.hex)",
        ]
        statement.merge(fields) { _, own in own }
        func lines(_ names: [String]) -> [String] {
            names.compactMap { name in statement[name].map { value in "\(name)=\(value)" } }
        }
        let order = ["version", "policy", "imprint", "serial", "time"]
        let more = ["accuracy", "nonce", "tsa", "extensions"]
        let configuration =
            ["asn1=SEQUENCE:statement", "[statement]"] + lines(order + more)
            + ["[imprint]", "a=SEQUENCE:algorithm"] + lines(["digest"])
            + ["[algorithm]"] + lines(["algorithm"]) + ["n=NULL"]
            + [statement["sections"] ?? ""]
        let text = configuration.joined(separator: "\n") + "\n"
        try tool.write(Array(text.utf8), to: "statement.cnf")
        try authority.run([
            "asn1parse", "-genconf", "statement.cnf", "-noout", "-out", "statement",
        ])
        return try signed(by: "tsa", ["-cades", "-md", "sha256"])
    }

    private func signed(by name: String, _ options: [String]) throws -> [UInt8] {
        let type = ["-nodetach", "-econtent_type", "1.2.840.113549.1.9.16.1.4"]
        return try authority.stockSignature(tool.read("statement"), by: name, type + options)
    }
}
