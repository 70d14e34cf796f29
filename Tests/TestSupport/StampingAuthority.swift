package import Foundation

/// A time-stamping authority (RFC 3161) with throw-away keys, made with the stock `openssl` command.
///
/// Its certificates are valid from 2010 to 2049, so that a token may be of any day between.
package final class StampingAuthority: Sendable {
    package struct Failure: Error {
        let arguments: [String]
        let said: String
    }

    /// The root certificate's file, in PEM.
    package var rootFile: String { folder + "/root.pem" }

    private let folder: String

    /// `name` is the common name that the authority goes by.
    package init(name: String = "tsa") throws {
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "stamping-authority-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write([], "index.txt")
        try write(Array(Self.configuration.utf8), "ca.cnf")
        try issue(
            "root",
            "root",
            ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"]
        )
        try issue(
            "tsa",
            name,
            ["keyUsage=critical,digitalSignature", "extendedKeyUsage=critical,timeStamping"]
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    package func rootPEM() throws -> [UInt8] { try read("root.pem") }

    /// The answer to a request, of now.
    package func reply(to request: [UInt8]) throws -> [UInt8] {
        let name = UUID().uuidString
        try write(request, name + ".tsq")
        // The serial number's file is written anew by each answer, and answers come at once.
        try write(Array(name.replacing("-", with: "").utf8), name + ".serial")
        let lines = [
            "[tsa]", "default_tsa = own", "[own]", "serial = \(name).serial",
            "signer_cert = tsa.pem", "signer_key = tsa.key", "certs = root.pem",
            "signer_digest = sha256", "default_policy = 1.2.3.4.1", "digests = sha256",
            "ess_cert_id_alg = sha256", "",
        ]
        try write(Array(lines.joined(separator: "\n").utf8), name + ".cnf")
        try run([
            "ts", "-reply", "-config", name + ".cnf", "-queryfile", name + ".tsq", "-out",
            name + ".tsr",
        ])
        return try read(name + ".tsr")
    }

    /// The answer to another question about the same digest: with a nonce of its own.
    package func replyWithAnotherNonce(to request: [UInt8]) throws -> [UInt8] {
        let name = UUID().uuidString
        let digest = Self.digest(inRequest: request)
        try run(["ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", name])
        return try reply(to: read(name))
    }

    /// The answer to a request by a clock that shows another time.
    package func reply(to request: [UInt8], at time: Date) throws -> [UInt8] {
        let name = UUID().uuidString
        try write(request, name + ".tsq")
        let text = try run(["ts", "-query", "-in", name + ".tsq", "-text"])
        let nonce = text.split(separator: "\n").first { $0.hasPrefix("Nonce: ") }
        let token = try token(
            overDigest: Self.digest(inRequest: request),
            at: time,
            nonce: nonce.map { String($0.dropFirst("Nonce: ".count)) }
        )
        try write(token, name + ".token")
        try run(["ts", "-reply", "-in", name + ".token", "-token_in", "-out", name + ".tsr"])
        return try read(name + ".tsr")
    }

    /// A token of any time over a SHA-256 digest in hexadecimal.
    package func token(
        overDigest digest: String,
        at time: Date,
        nonce: String? = nil
    ) throws -> [UInt8] {
        let name = UUID().uuidString
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "yyyyMMddHHmmss'Z'"
        let lines =
            [
                "asn1=SEQUENCE:statement", "[statement]", "version=INTEGER:1",
                "policy=OID:1.2.3.4.1", "imprint=SEQUENCE:imprint", "serial=INTEGER:42",
                "time=GENERALIZEDTIME:\(formatter.string(from: time))",
            ] + (nonce.map { ["nonce=INTEGER:\($0)"] } ?? []) + [
                "[imprint]", "a=SEQUENCE:algorithm", "digest=FORMAT:HEX,OCT:\(digest)",
                "[algorithm]", "algorithm=OID:sha256", "n=NULL", "",
            ]
        try write(Array(lines.joined(separator: "\n").utf8), name + ".cnf")
        try run(["asn1parse", "-genconf", name + ".cnf", "-noout", "-out", name + ".statement"])
        try run([
            "cms", "-sign", "-binary", "-cades", "-md", "sha256", "-nodetach", "-econtent_type",
            "1.2.840.113549.1.9.16.1.4", "-in", name + ".statement", "-signer", "tsa.pem",
            "-inkey", "tsa.key", "-outform", "DER", "-out", name + ".token",
        ])
        return try read(name + ".token")
    }

    /// Whether the stock command, which knows the root, takes the bare token for these bytes.
    package func stockAccepts(_ token: [UInt8], over bytes: [UInt8]) throws -> Bool {
        let name = UUID().uuidString
        try write(token, name + ".token")
        try write(bytes, name + ".data")
        do {
            try run([
                "ts", "-verify", "-data", name + ".data", "-in", name + ".token", "-token_in",
                "-CAfile", "root.pem",
            ])
            return true
        } catch is Failure {
            return false
        }
    }

    /// The octets after tag and length of the only 32-byte string in a request.
    private static func digest(inRequest request: [UInt8]) -> String {
        guard let range = request.firstRange(of: [0x04, 0x20] as [UInt8]) else { return "" }
        return request[range.upperBound...].prefix(32)
            .map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }

    private func issue(_ name: String, _ commonName: String, _ extensions: [String]) throws {
        try run([
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", name + ".key", "-utf8", "-subj", "/CN=\(commonName)", "-out", name + ".csr",
        ])
        let section = "[own]\n" + extensions.joined(separator: "\n") + "\n"
        try write(Array(section.utf8), name + ".ext")
        let issuer = name == "root" ? ["-selfsign"] : ["-cert", "root.pem"]
        try run(
            [
                "ca", "-batch", "-notext", "-utf8", "-config", "ca.cnf", "-in", name + ".csr",
                "-out",
                name + ".pem", "-keyfile", "root.key", "-extfile", name + ".ext", "-extensions",
                "own", "-startdate", "20100101000000Z", "-enddate", "20491231235959Z",
            ] + issuer
        )
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
    }

    private func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(),
            as: UTF8.self
        )
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(arguments: arguments, said: said)
        }
        return said
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
        commonName = supplied
        """
}
