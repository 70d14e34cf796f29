import Ledger
import LedgerTestSupport
import TestSupport
import Testing

@Suite struct CommandIDTests {
    @Test func `A version 7 id carries its time and the marks of RFC 9562`() throws {
        // RFC 9562, Appendix A.6.
        let id = CommandID(
            unixMilliseconds: 0x017F_22E2_79B0,
            random: (0x0CC3, 0x18C4_DC0C_0C07_398F)
        )
        #expect(id.text == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        let full = CommandID(unixMilliseconds: .max, random: (.max, .max))
        #expect(full.text == "ffffffff-ffff-7fff-bfff-ffffffffffff")
        #expect(CommandID(unixMilliseconds: 0, random: (0, 0)).text.dropFirst(14).first == "7")
    }

    @Test func `Text and id are one to one`() {
        var generator = SeededGenerator.announced(for: "CommandID")
        for _ in 0..<1000 {
            let id = CommandID(high: generator.next(), low: generator.next())
            #expect(CommandID(id.text) == id)
            #expect(id.text == id.text.lowercased())
        }
    }

    @Test func `One character too many, too few or other makes no id`() {
        let text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
        #expect(CommandID(text) != nil)
        for offset in text.indices {
            var dropped = text
            dropped.remove(at: offset)
            #expect(CommandID(dropped) == nil)
            for character in ["g", "F", " ", "\0", "-", "+", "ก", "/", ":", "`"] {
                var changed = text
                changed.replaceSubrange(offset...offset, with: character)
                #expect(CommandID(changed) == nil || changed == text, "\(changed)")
            }
        }
        #expect(CommandID("") == nil && CommandID(text + "0") == nil)
    }
}
