import Foundation

/// Commands that come with every system, run in a folder of their own.
struct StockTool: ~Copyable {
    let folder: URL

    /// Whether a command can be run here at all.
    static func isInstalled(_ command: String) -> Bool {
        (try? run([command, "--help"], in: FileManager.default.temporaryDirectory))
            .map { $0.status != 127 } ?? false
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "evidence-container-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        // Nothing depends on it: the folder lies where the system cleans up.
        try? FileManager.default.removeItem(at: folder)
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: file)
    }

    func read(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: folder.appending(path: name)))
    }

    func run(_ arguments: String...) throws -> (status: Int32, output: String) {
        try Self.run(arguments, in: folder)
    }

    static func run(
        _ arguments: [String],
        in folder: URL
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
