import AuditTestSupport
import Foundation
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import Testing

/// Whatever the help shows is what somebody pastes first.
@Suite struct HelpExampleTests {
    /// What the examples call the certification and the household, and what they are here.
    private static let names = [
        "2561-3801-1": "2561-9981-2", "bundle D C -o C.asice": "bundle D 2561-9981-2 -o C.asice",
        "2561/38010101-0001": "2561/h-1", "recompute D 3801": "recompute D 9901",
    ]

    private static func examples(of command: [String]) throws -> [String] {
        let help = try AuditTool.run(command + ["--help"]).output
        var examples: [String] = []
        var isInside = false
        for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.trimmingCharacters(in: .whitespaces)
            if text.hasSuffix("Examples:") {
                isInside = true
            } else if text.isEmpty {
                isInside = false
            } else if isInside, text.hasPrefix("bmn-audit ") {
                examples.append(text)
            }
        }
        return examples
    }

    @Test(arguments: ["prove", "check", "bundle", "recompute"])
    func `every example can be pasted`(_ command: String) throws {
        var script = Script.collected
        script.certify("2561-9981-2", "9981", ["chair-1", "member-1", "secretary-1"])
        let ledger = try ScratchLedger(script)
        _ = try CheckpointLog(ledger.directory).sign()
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: ledger.folder + "/D",
            withDestinationPath: ledger.directory.path
        )
        let (vkey, record) = try { () throws in
            let snapshot = try LedgerReader(ledger.directory).snapshot()
            let bytes = try #require(try snapshot.withRecord(7) { $0.byteArray })
            return (try #require(try snapshot.logKeys().last).vkey, bytes)
        }()
        try Data("log \(vkey)\nquorum none\n".utf8)
            .write(to: URL(filePath: ledger.folder + "/policy.txt"))
        try Data(record).write(to: URL(filePath: ledger.folder + "/7.json"))
        if command == "check" {
            let proof = ledger.folder + "/7.tlog-proof"
            #expect(
                try AuditTool.run(["prove", ledger.folder + "/D", "7", "-o", proof]).exitCode == 0
            )
        }
        let examples = try Self.examples(of: [command])
        #expect(examples.count >= 2, "\(examples)")
        for example in examples {
            let line = Self.names.reduce(example) { $0.replacing($1.key, with: $1.value) }
                .replacing("bmn-audit ", with: "'\(AuditTool.path)' ")
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", line]
            process.currentDirectoryURL = URL(filePath: ledger.folder)
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(line)")
        }
    }
}
