import Foundation
import Testing

/// A folder with stock tools: what somebody has who was handed a bundle and trusts no program of
/// ours.
final class Shell {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "evidence-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    /// Runs a script in bash, in a folder below, up to the first command that fails.
    func run(_ script: String, in subfolder: String = ".") throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-euo", "pipefail", "-c", script]
        process.currentDirectoryURL = folder.appending(path: subfolder)
        var environment = ProcessInfo.processInfo.environment
        environment["TSA_ROOTS"] = folder.appending(path: "root.pem").path
        environment["TMPDIR"] = folder.path
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }

    /// A time-stamp token over the bytes, by an authority under `root.pem` of this folder.
    func timestamp(_ bytes: [UInt8]) throws -> [UInt8] {
        try write(bytes, to: "stamped")
        let run = try run(
            """
            key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
            if ! [ -e root.pem ]; then
              key root.key; key tsa.key; echo 01 > serial
              openssl req -x509 -new -key root.key -out root.pem -subj /CN=Root -days 3650
              openssl req -new -key tsa.key -out tsa.csr -subj /CN=TSA
              printf 'keyUsage=critical,digitalSignature\\nextendedKeyUsage=critical,timeStamping\\n' \\
                > tsa.ext
              openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial \\
                -extfile tsa.ext -days 3650 -out tsa.pem
              printf '%s\\n' '[tsa]' 'default_tsa = own' '[own]' 'serial = serial' \\
                'signer_cert = tsa.pem' 'signer_key = tsa.key' 'signer_digest = sha256' \\
                'default_policy = 1.2.3.4.1' 'digests = sha256' 'ess_cert_id_alg = sha256' > tsa.cnf
            fi
            openssl ts -query -data stamped -sha256 -cert -out q.tsq
            openssl ts -reply -config tsa.cnf -queryfile q.tsq -token_out -out token.tst
            """
        )
        try #require(run.status == 0, "\(run.text)")
        return try read("token.tst")
    }
}
