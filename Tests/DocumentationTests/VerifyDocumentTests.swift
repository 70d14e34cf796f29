import Foundation
import Testing

/// Runs the commands that VERIFY.md gives to auditors who trust no program of ours.
@Suite struct `VERIFY.md` {
    @Test func `shows commands that come to the same by hand`() throws {
        let blocks = try Document.blocks("Sources/Audit/VERIFY.md", "bash")
        #expect(blocks.count == 5)
        let byHand = blocks.enumerated().map { number, block in
            "echo '== \(number)'\n" + block.replacing("id=2561-9981-2", with: "id=2561-3801-1")
        }
        let printed = try Document.run(
            """
            export PATH="$BMN_BIN:$PATH" BMN_LANG=en
            \(Document.smallDemo) --batch --dir D --bin "$BMN_BIN" > demo.txt 2>&1
            \(byHand.joined(separator: "\n"))
            echo '== json'
            bmn-audit verify D --json
            """
        )
        let parts = printed.components(separatedBy: "== ").dropFirst().map { part in
            part.split(separator: "\n").dropFirst().map(String.init)
        }
        try #require(parts.count == 6, "\(printed)")
        let json = try JSONSerialization.jsonObject(with: Data(parts[5].joined().utf8))
        let verdict = try #require(json as? [String: Any])
        #expect(parts[1] == [verdict["head"] as? String], "the chain")
        #expect(parts[2] == [verdict["root"] as? String], "the tree")
        #expect(parts[3].count > 1, "the signatures")
        for line in parts[3] { #expect(line.hasSuffix("Signature Verified Successfully")) }
        #expect(verdict["ok"] as? Bool == true)
        try #require(parts[4].count == 2, "the figures digest")
        #expect(parts[4][0].hasPrefix(parts[4][1]), "the figures digest")
    }
}
