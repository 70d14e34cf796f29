import Cryptography
import Foundation
import Testing

@Suite struct `bmn log` {
    private let survey: SmallSurvey
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    @Test func `prints lines whose chain anyone can recompute`() throws {
        let lines = try Tool.bmn("log", ledger).lines
        #expect(lines.count > 15)
        var previous = String(repeating: "0", count: 64)
        for (index, line) in lines.enumerated() {
            #expect(line.hasPrefix(#"{"index":"\#(index)","previous":"\#(previous)","#))
            previous = SHA256.hash([0] + Array(line.utf8)).hex
        }
    }

    @Test func `chooses by stream type index and time`() throws {
        let all = try Tool.bmn("log", ledger).lines
        let targets = try Tool.bmn("log", ledger, "--type", "targetSet").lines
        #expect(targets == all.filter { $0.contains(#""event":{"targetSet""#) })
        #expect(targets.count == 1)
        let stream = try Tool.bmn("log", ledger, "--stream", "household/2561/38010101-0002").lines
        #expect(stream == [all[all.count - 1]])
        let both = ["--stream", "person/rec-1", "--type", "personRegistered"]
        #expect(try Tool.bmn(["log", ledger] + both).lines.count == 1)
        let neither = ["--stream", "person/rec-1", "--type", "targetSet"]
        #expect(try Tool.bmn(["log", ledger] + neither).lines.isEmpty)
        #expect(try Tool.bmn("log", ledger, "--from", "2", "--to", "4").lines == Array(all[2...4]))
        #expect(try Tool.bmn("log", ledger, "--from", "99999").text.isEmpty)
        #expect(try Tool.bmn("log", ledger, "--to", "0").lines == [all[0]])
        #expect(try Tool.bmn("log", ledger, "--since", "1/1/2561").lines == all)
        #expect(try Tool.bmn("log", ledger, "--since", "2390-01-01").text.isEmpty)
        let time = try #require(Run.object(all[3])["recordedAt"] as? String)
        let since = try Tool.bmn("log", ledger, "--since", time).lines
        #expect(
            since
                == all.filter { line in
                    ((try? Run.object(line))?["recordedAt"] as? String ?? "") >= time
                }
        )
    }

    @Test func `ends quietly when its reader goes away`() throws {
        let run = try Tool.shell(
            #"for try in 1 2 3 4 5 6; do "$BMN" log '\#(ledger)'; done | head -1 | wc -l"#
        )
        #expect(run.lines == ["1"])
        #expect(run.error.isEmpty)
    }

    @Test func `the signal of a broken pipe is what a shell sees`() throws {
        let run = try Tool.shell(
            #"{ "$BMN" log '\#(ledger)'; echo "$?" >&2; } | { exec <&-; sleep 1; }"#
        )
        #expect(run.error == "141\n")
    }
}
