import Foundation
import Testing

/// A running `bmn-audit witness`, killed with this value.
final class ServerProcess {
    private let process = Process()
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "server-\(UUID().uuidString)")

    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "bmn-audit")

    init(_ arguments: [String]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["out", "err"] { try Data().write(to: folder.appending(path: name)) }
        process.executableURL = Self.program
        process.arguments = ["witness", "--lang", "en"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err"))
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private func text(_ name: String) -> String {
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    }

    var output: String { text("out") }
    var messages: String { text("err") }

    /// Where it answers, once it does.
    func url() throws -> String {
        for _ in 0..<3000 where process.isRunning {
            let line = messages.split(separator: "\n", omittingEmptySubsequences: false)
                .dropLast().first { $0.hasPrefix("listening on ") }
            if let line { return String(line.dropFirst("listening on ".count)) }
            usleep(10_000)
        }
        Issue.record("it does not listen: \(messages)")
        throw CocoaError(.fileReadUnknown)
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// How it ends: the exit status, or minus the signal.
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit
            ? process.terminationStatus : -process.terminationStatus
    }
}
