import Foundation
import Testing

/// Runs what the README shows, as written, in one shell from top to bottom.
@Suite struct `The README` {
    private static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Where the programs of this build lie: beside the test bundle.
    private static var programs: String {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
            .contains(".xctest")
            ? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
                .deletingLastPathComponent().path
            : URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
    }

    private static func readme() throws -> String {
        let url = packageFolder.appendingPathComponent("README.md")
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }

    /// The fenced blocks of one language, in order.
    private static func blocks(_ language: String) throws -> [String] {
        var blocks: [String] = []
        var current: [Substring]?
        for line in try readme().split(separator: "\n", omittingEmptySubsequences: false) {
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

    @Test func `shows only commands that work`() throws {
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("readme-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Tools/test runs this very test. The demo takes programs and size from here: a debug build
        // plays few households in the time a release build takes for thousands.
        let script = try Self.blocks("sh").filter { $0 != "Tools/test" }
            .joined(separator: "\n")
            .replacingOccurrences(
                of: "Tools/demo",
                with: "\"$REPOSITORY\"/Tools/demo --households 150"
            )
            .replacingOccurrences(of: "$PWD/.build/release", with: "$BMN_BIN")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-euo", "pipefail", "-c", "trap '' PIPE; " + script]
        process.currentDirectoryURL = scratch
        var environment = ProcessInfo.processInfo.environment
        environment["REPOSITORY"] = Self.packageFolder.path
        environment["BMN_BIN"] = Self.programs
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
        for promised in [
            "Verdict: verified, nothing wrong found", "bmn-ledger certification statement v1",
            "tree size", "Verdict:", "unknown kind householdCorrupted",
        ] {
            #expect(printed.contains(promised), "\(promised)")
        }
    }

    @Test func `links only to files that exist`() throws {
        let text = try Self.readme()
        var count = 0
        for part in text.components(separatedBy: "](").dropFirst() {
            guard let path = part.split(separator: ")").first, !path.hasPrefix("http") else {
                continue
            }
            count += 1
            let file = Self.packageFolder.appendingPathComponent(String(path)).path
            #expect(FileManager.default.fileExists(atPath: file), "\(path)")
        }
        #expect(count > 5)
    }
}
