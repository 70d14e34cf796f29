import Foundation
import Testing

/// A document of this package, and a shell to try in what it shows.
enum Document {
    static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let smallDemo = "\"$REPOSITORY\"/Tools/demo --households 150"

    /// Where the programs of this build lie: beside the test bundle.
    private static var programs: String {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let isTestBundle = program.path.contains(".xctest")
        return (isTestBundle ? program : URL(fileURLWithPath: CommandLine.arguments[0]))
            .deletingLastPathComponent().path
    }

    static func text(_ path: String) throws -> String {
        let url = packageFolder.appendingPathComponent(path)
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }

    /// The fenced blocks of one language, in order.
    static func blocks(_ path: String, _ language: String) throws -> [String] {
        var blocks: [String] = []
        var current: [Substring]?
        for line in try text(path).split(separator: "\n", omittingEmptySubsequences: false) {
            if let lines = current {
                if line == "```" {
                    blocks.append(lines.joined(separator: "\n"))
                    current = nil
                } else {
                    current = lines + [line]
                }
            } else if line == "```\(language)" {
                current = []
            }
        }
        return blocks
    }

    /// Runs a script in a new folder, expects that it succeeds, and returns what it prints.
    static func run(_ script: String) throws -> String {
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("document-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-euo", "pipefail", "-c", script]
        process.currentDirectoryURL = scratch
        var environment = ProcessInfo.processInfo.environment
        environment["REPOSITORY"] = packageFolder.path
        environment["BMN_BIN"] = programs
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let printed = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(printed.suffix(4000))")
        return printed
    }
}
