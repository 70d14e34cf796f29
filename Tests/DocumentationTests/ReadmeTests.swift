import Foundation
import Testing

/// Runs what the README shows, as written, in one shell from top to bottom.
@Suite struct `The README` {
    @Test func `shows only commands that work`() throws {
        // Tools/test runs this very test. The demo takes programs and size from here: a debug build
        // plays few households in the time a release build takes for thousands.
        let script = try Document.blocks("README.md", "sh").filter { $0 != "Tools/test" }
            .joined(separator: "\n")
            .replacingOccurrences(of: "Tools/demo", with: Document.smallDemo)
            .replacingOccurrences(of: "$PWD/.build/release", with: "$BMN_BIN")
        let printed = try Document.run("trap '' PIPE; " + script)
        for promised in [
            "Verdict: verified, nothing wrong found", "bmn-ledger certification statement v2",
            "tree size", "Verdict:", "unknown kind householdCorrupted",
        ] {
            #expect(printed.contains(promised), "\(promised)")
        }
    }

    @Test func `links only to files that exist`() throws {
        let text = try Document.text("README.md")
        var count = 0
        for part in text.components(separatedBy: "](").dropFirst() {
            guard let path = part.split(separator: ")").first, !path.hasPrefix("http") else {
                continue
            }
            count += 1
            let file = Document.packageFolder.appendingPathComponent(String(path)).path
            #expect(FileManager.default.fileExists(atPath: file), "\(path)")
        }
        #expect(count > 5)
    }
}
