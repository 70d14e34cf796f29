import Foundation

/// The stock `openssl` command, run in a directory of its own.
struct OpenSSLTool {
    private static let executable = URL(filePath: "/usr/bin/openssl")

    private let directory: URL

    static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: executable.path)
    }

    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "openssl-tool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    func cleanUp() {
        // Nothing depends on it: the directory holds throw-away keys in a place that is cleaned.
        try? FileManager.default.removeItem(at: directory)
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: directory.appending(path: name))
    }

    func read(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: directory.appending(path: name)))
    }

    func run(_ arguments: String...) throws -> (status: Int32, output: String) {
        try run(arguments)
    }

    func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
