import Foundation
import Testing

/// One finished run of a built executable.
struct Run {
    let status: Int32
    let wasKilled: Bool
    let output: Data
    let error: String

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }

    /// The only JSON object on standard output.
    func object() throws -> [String: Any] { try Self.object(text) }

    /// One JSON object a line.
    func objects() throws -> [[String: Any]] { try lines.map(Self.object) }

    /// The code of the one JSON object that `--json` puts on standard error.
    func errorCode() throws -> String {
        let error = try #require(try Self.object(self.error)["error"] as? [String: Any])
        #expect((error["message"] as? String)?.isEmpty == false)
        return try #require(error["code"] as? String)
    }

    static func object(_ text: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(value as? [String: Any])
    }
}

/// Runs the executables that were built beside the tests.
enum Tool {
    static let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    static let bmn = folder.appending(path: "bmn").path

    /// Runs `bmn` with an environment in which nothing says a language but `language`.
    static func bmn(
        _ arguments: String...,
        input: Data = Data(),
        language: String? = "en",
        environment: [String: String] = [:]
    ) throws -> Run {
        try bmn(arguments, input: input, language: language, environment: environment)
    }

    static func bmn(
        _ arguments: [String],
        input: Data = Data(),
        language: String? = "en",
        environment: [String: String] = [:]
    ) throws -> Run {
        var all = environment
        if let language { all["BMN_LANG"] = language }
        return try run(bmn, arguments, input: input, environment: all)
    }

    /// Runs a line of shell in which `$BMN` and `$BMN_AUDIT` are the executables.
    static func shell(_ line: String, environment: [String: String] = [:]) throws -> Run {
        var all = environment
        all["BMN"] = bmn
        all["BMN_AUDIT"] = folder.appending(path: "bmn-audit").path
        all["BMN_LANG"] = "en"
        return try run("/bin/bash", ["-c", line], input: Data(), environment: all)
    }

    /// Starts without waiting; output goes nowhere, and errors where they are wanted.
    static func start(
        _ arguments: String...,
        environment: [String: String] = [:],
        errors: FileHandle = .nullDevice
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: bmn)
        process.arguments = arguments
        process.environment = environment.merging(["PATH": searchPath, "BMN_LANG": "en"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        return process
    }

    private static var searchPath: String {
        ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    }

    /// Through files instead of pipes: no output is too long, and no other test inherits an end.
    static func run(
        _ executable: String,
        _ arguments: [String],
        input: Data,
        environment: [String: String]
    ) throws -> Run {
        let scratch = try Scratch()
        try input.write(to: scratch.url("in"))
        for name in ["out", "err"] { try Data().write(to: scratch.url(name)) }
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        var all = environment
        all["PATH"] = searchPath
        all["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
        // A crash must show as one at once, not after a long backtrace.
        all["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = all
        process.standardInput = try FileHandle(forReadingFrom: scratch.url("in"))
        process.standardOutput = try FileHandle(forWritingTo: scratch.url("out"))
        process.standardError = try FileHandle(forWritingTo: scratch.url("err"))
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus,
            wasKilled: process.terminationReason == .uncaughtSignal,
            output: try Data(contentsOf: scratch.url("out")),
            error: try String(contentsOf: scratch.url("err"), encoding: .utf8)
        )
    }
}

/// A folder of one test's own, removed with this value.
final class Scratch: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "bmn-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func url(_ name: String) -> URL { folder.appending(path: name) }

    func path(_ name: String) -> String { url(name).path }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: url(name))
        return path(name)
    }

    func permissions(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return try #require((attributes[.posixPermissions] as? NSNumber)?.intValue)
    }
}
