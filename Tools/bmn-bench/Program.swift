import ArgumentParser
import Foundation

/// Running another program to its end.
enum Program {
    /// Runs it and returns its standard output; its standard error goes to ours.
    static func output(_ path: String, _ arguments: [String]) throws -> String {
        try run(path, arguments).output
    }

    /// The same with the seconds from starting it to the end of its output: Foundation takes tens
    /// of milliseconds more to hear of the end of the process.
    static func run(
        _ path: String,
        _ arguments: [String]
    ) throws -> (output: String, seconds: Double) {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        var output = Data()
        let duration = try seconds {
            try process.run()
            output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        }
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let name = ([path] + arguments).joined(separator: " ")
            throw BenchFailure("\(name) ended with status \(process.terminationStatus)")
        }
        return (String(decoding: output, as: UTF8.self), duration)
    }

    /// The numbers that it prints.
    static func numbers(_ path: String, _ arguments: [String]) throws -> [Double] {
        let text = try output(path, arguments)
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard !numbers.isEmpty else { throw BenchFailure("\(path) printed no number: \(text)") }
        return numbers
    }
}

/// `measure`: what one command costs.
///
/// A process of its own, since the system tells the largest memory of all children together; that
/// of a child's own children counts as well.
struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a command; prints its seconds and its largest resident memory in MiB."
    )

    @Argument(parsing: .captureForPassthrough)
    var command: [String]

    func run() throws {
        let words = command.drop { $0 == "--" }
        guard let path = words.first else { throw ValidationError("Name a command.") }
        let duration = try Program.run(path, Array(words.dropFirst())).seconds
        var usage = rusage()
        let status = unsafe getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        guard status == 0 else { throw BenchFailure("the system does not tell the memory used") }
        // Linux counts in KiB.
        print(duration, Double(usage.ru_maxrss) / 1024)
    }
}
