import Cryptography
import Foundation
import TestSupport

/// A folder with stock tools: what somebody has who was handed a bundle and trusts no program of
/// ours.
final class Shell {
    let folder: URL
    private var authority: StampingAuthority?

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
        let authority = try authority ?? StampingAuthority()
        self.authority = authority
        try write(try authority.rootPEM(), to: "root.pem")
        return try authority.token(overDigest: SHA256.hash(bytes).hex, at: Date())
    }
}
