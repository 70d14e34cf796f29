import Foundation

/// A server that is measured: a process that says where it listens, and is ended.
final class Server {
    /// The web library's own log has lines like it, without the scheme.
    private static let mark = "listening on http"

    let url: String
    private(set) var ledger = ""
    private(set) var token = ""
    private let process: Process

    init(_ program: String, _ arguments: [String]) throws {
        process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        // All subscribers that are measured are one person's.
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["BMN_SUBSCRIBER_OF_ONE_COUNT_MAX": "65536"]
        ) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        var text = ""
        while !text.contains(Self.mark) || !text.hasSuffix("\n") {
            let data = pipe.fileHandleForReading.availableData
            guard !data.isEmpty else {
                throw BenchFailure("\(program) \(arguments.first ?? "") does not listen: \(text)")
            }
            text += String(decoding: data, as: UTF8.self)
        }
        let line = text.split(separator: "\n").last { $0.contains(Self.mark) } ?? ""
        url = String(line.split(separator: " ").last ?? "")
        // What else it says must not fill the pipe.
        pipe.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    }

    /// `bmn serve` over a ledger, with a token of its recorder.
    convenience init(bmn: String, ledger: String) throws {
        let made = try Program.output(
            bmn,
            ["token", "create", ledger, "--person", Province.recorder, "--scope", "read"]
                + ["--scope", "submit", "--expires", "2099-12-31"]
        )
        try self.init(bmn, ["serve", ledger, "--listen", "127.0.0.1:0"])
        self.ledger = ledger
        token = made.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Once it is ready; the read models must know who may ask.
    func untilReady() throws {
        for _ in 0..<1200 {
            let probe = ["-s", "-o", "/dev/null", "-w", "%{http_code}", url + "/readyz"]
            if try Program.output("/usr/bin/curl", probe) == "200" { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw BenchFailure("\(url) does not become ready")
    }

    /// Its resident memory.
    func mebibytes() throws -> Double {
        let status = try String(
            contentsOfFile: "/proc/\(process.processIdentifier)/status",
            encoding: .utf8
        )
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let words = (line ?? "").split(whereSeparator: \.isWhitespace)
        guard words.count == 3, let kibibytes = Double(words[1]) else {
            throw BenchFailure("the system does not tell the service's memory")
        }
        return kibibytes / 1024
    }

    func descriptorCount() throws -> Double {
        let folder = "/proc/\(process.processIdentifier)/fd"
        return Double(try FileManager.default.contentsOfDirectory(atPath: folder).count)
    }

    func end() {
        process.terminate()
        process.waitUntilExit()
    }
}

extension Benchmarks {
    /// A service over a new ledger while `body` runs.
    func serving(
        _ name: String,
        householdCount: Int,
        _ body: (Server) throws -> Void
    ) throws {
        let path = "\(scratch)/\(name)"
        try? FileManager.default.removeItem(atPath: path)
        _ = try Program.numbers(bench, ["make", path, "\(householdCount)"])
        let server = try Server(bmn: bmn, ledger: path)
        defer { server.end() }
        try server.untilReady()
        try body(server)
    }
}
