import Foundation
import Testing

/// What one run of bmn-audit left behind.
struct AuditRun {
    let exitCode: Int32
    /// Nil when it ended by itself.
    let signal: Int32?
    let output: String
    let messages: String

    /// The one object on standard output.
    func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> AuditObject {
        #expect(output.hasSuffix("}\n"), sourceLocation: sourceLocation)
        #expect(output.count { $0 == "\n" } == 1, "one line", sourceLocation: sourceLocation)
        return try JSONDecoder().decode(AuditObject.self, from: Data(output.utf8))
    }
}

/// The object of `verify --json` (design.md 7).
struct AuditObject: Decodable, Equatable {
    struct Check: Decodable, Equatable {
        let name: String
        let ok: Bool
        let checked: UInt64
        let findings: Int
    }

    struct Finding: Decodable, Equatable {
        let check: String
        let index: UInt64?
        let reason: String
    }

    let ok: Bool
    let origin: String?
    let size: UInt64?
    let root: String?
    let head: String?
    let checks: [Check]
    let findings: [Finding]

    func has(_ check: String, _ index: UInt64? = nil, _ reason: String) -> Bool {
        findings.contains { finding in
            finding.check == check && finding.reason.contains(reason)
                && (index == nil || finding.index == index)
        }
    }
}

/// The built executable, beside the tests.
enum AuditTool {
    static let path: String = {
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let beside = bundle.deletingLastPathComponent().appending(path: "bmn-audit").path
        return ProcessInfo.processInfo.environment["BMN_AUDIT_EXECUTABLE"] ?? beside
    }()

    static func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        prefix: [String] = []
    ) throws -> AuditRun {
        try start(arguments, environment: environment, prefix: prefix).wait()
    }

    /// Verifies with --json.
    static func verify(_ path: String, _ options: String...) throws -> AuditRun {
        try run(["verify", path, "--json", "--lang", "en"] + options)
    }

    static func start(
        _ arguments: [String],
        environment: [String: String] = [:],
        prefix: [String] = [],
        output: FileHandle? = nil
    ) throws -> RunningTool {
        try RunningTool(prefix + [path] + arguments, environment, output)
    }
}

extension AuditTool {
    /// Starts a run and stops the process that reads before it can finish.
    static func startStopped(
        _ arguments: [String],
        stallSeconds: Int = 600,
        output: FileHandle? = nil
    ) throws -> (tool: RunningTool, child: Int32) {
        for _ in 0..<50 {
            let tool = try start(
                arguments,
                environment: ["BMN_AUDIT_STALL_SECONDS": "\(stallSeconds)"],
                output: output
            )
            if let child = try? tool.childProcessID(), kill(child, SIGSTOP) == 0,
                !ProcessTable.hasEnded(child)
            {
                return (tool, child)
            }
            _ = try tool.wait()
        }
        throw CocoaError(.fileReadUnknown)
    }
}

/// A run that has not ended yet.
final class RunningTool {
    let process = Process()
    private let folder: URL
    private var outputFile: URL { folder.appending(path: "out") }
    private var messageFile: URL { folder.appending(path: "err") }

    init(_ words: [String], _ environment: [String: String], _ output: FileHandle?) throws {
        // Files and not pipes: nothing has to be drained while it runs.
        folder = FileManager.default.temporaryDirectory
            .appending(path: "audit-run-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in [outputFile, messageFile] { try Data().write(to: file) }
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        var variables = ProcessInfo.processInfo.environment
        for name in ["BMN_LEDGER", "BMN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
            variables[name] = nil
        }
        process.environment = variables.merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try output ?? FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: messageFile)
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func wait() throws -> AuditRun {
        process.waitUntilExit()
        let isSignal = process.terminationReason == .uncaughtSignal
        return AuditRun(
            exitCode: isSignal ? -1 : process.terminationStatus,
            signal: isSignal ? process.terminationStatus : nil,
            output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            messages: String(decoding: try Data(contentsOf: messageFile), as: UTF8.self)
        )
    }

    /// The process that reads for it, once it runs the program.
    ///
    /// Stopped any earlier it would hold up the one that starts it.
    func childProcessID() throws -> Int32 {
        for _ in 0..<200 {
            for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
                guard let candidate = Int32(name),
                    ProcessTable.parent(of: candidate) == process.processIdentifier,
                    ProcessTable.environment(of: candidate).contains("BMN_AUDIT_CHILD=1")
                else { continue }
                return candidate
            }
            usleep(1000)
        }
        throw CocoaError(.fileReadUnknown)
    }
}

/// What /proc says of processes.
enum ProcessTable {
    /// The fields after the name, which is in brackets: the state, the parent and so on.
    private static func fields(of process: Int32) -> [Substring] {
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        guard let text, let end = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: end)...].split(separator: " ")
    }

    static func environment(of process: Int32) -> [Substring] {
        let text = try? String(contentsOfFile: "/proc/\(process)/environ", encoding: .utf8)
        return text?.split(separator: "\0") ?? []
    }

    static func parent(of process: Int32) -> Int32? {
        fields(of: process).dropFirst().first.flatMap { Int32($0) }
    }

    /// Whether the process has ended, perhaps without anybody having asked how.
    static func hasEnded(_ process: Int32) -> Bool {
        let state = fields(of: process).first
        return state == nil || state == "Z" || state == "X"
    }

    static func waitForEnd(of process: Int32) -> Bool {
        for _ in 0..<1000 {
            if hasEnded(process) { return true }
            usleep(10_000)
        }
        return false
    }
}
