import Foundation
import Testing

/// Runs the commands that WITNESS.md gives to those who run a witness.
@Suite struct `WITNESS.md` {
    @Test func `shows commands that start a witness, twice with one key`() throws {
        let blocks = try Document.blocks("Sources/Witness/WITNESS.md", "bash")
        #expect(blocks.count == 2)
        let printed = try Document.run(
            """
            export PATH="$BMN_BIN:$PATH" BMN_LANG=en
            # A line that fails must leave no witness running.
            trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
            \(blocks.joined(separator: "\n"))
            cat w1.vkey
            stat -c %a w1.pem
            ls w1
            """
        )
        #expect(printed.contains("auditor.example.th/w1+"))
        #expect(printed.contains("\n600\n"))
        #expect(printed.hasSuffix("witness\n"))
    }
}
