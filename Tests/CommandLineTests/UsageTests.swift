import Foundation
import Testing

@Suite struct `The command line itself` {
    private static let commands: [[String]] = [
        ["init"], ["submit"], ["import"], ["log"], ["show"], ["history"], ["replay"], ["key"],
        ["key", "generate"], ["key", "public"], ["statement"], ["sign"], ["status"], ["backup"],
        ["cycle"], ["cycle", "defaults"], ["projections"], ["follow"], ["figures"], ["serve"],
        ["token", "create"], ["token", "list"], ["token", "revoke"], ["access-log"],
    ]

    @Test func `every command has help in Thai and English with an example`() throws {
        let root = try Tool.bmn("--help")
        #expect(root.status == 0)
        for command in Self.commands {
            #expect(root.text.contains("  \(command[0]) "))
            let help = try Tool.bmn(command + ["--help"])
            #expect(help.status == 0)
            #expect(help.error.isEmpty)
            let overview = try #require(help.lines.first)
            #expect(overview.hasPrefix("OVERVIEW: ") && overview.contains(" · "))
            #expect(overview.unicodeScalars.contains { (0x0E01...0x0E5B).contains($0.value) })
            if command != ["key"], command != ["cycle"] {
                #expect(help.text.contains("\n  bmn \(command.joined(separator: " "))"))
            }
        }
    }

    @Test func `wrong usage has status 2 and says what is right`() throws {
        for arguments in [
            ["nonsense"], ["log"], ["log", "a", "b"], ["init", "L"], ["show", "L", "area"],
            ["submit", "a", "b", "c"], ["log", "L", "--from", "-1"], ["log", "L", "--type", "x"],
            ["log", "L", "--since", "31/2/2561"], ["show", "L", "area", "1", "--as-of", "soon"],
            ["log", "L", "--lang", "de"], ["cycle", "defaults", "--year", "2561"],
            ["cycle", "defaults", "--year", "2561", "--province", "3x"],
            ["cycle", "defaults", "--year", "2018", "--province", "38"],
        ] {
            let run = try Tool.bmn(arguments)
            #expect(run.status == 2, "\(arguments): \(run.status)")
            #expect(run.output.isEmpty)
            #expect(!run.error.isEmpty)
            let json = try Tool.bmn(arguments + ["--json"])
            #expect(json.status == 2)
            #expect(["wrongUsage", "cycleUnknown"].contains(try json.errorCode()))
        }
    }

    @Test func `completion scripts are scripts`() throws {
        for shell in ["bash", "zsh", "fish"] {
            let run = try Tool.bmn("--generate-completion-script", shell)
            #expect(run.status == 0)
            #expect(run.text.contains("backup"))
        }
        let checked = try Tool.shell(
            #"bash -n <("$BMN" --generate-completion-script bash) && echo fine"#
        )
        #expect(checked.text == "fine\n", "\(checked.error)")
    }

    @Test func `the ledger is named by argument option or variable`() throws {
        let survey = try SmallSurvey()
        let ledger = survey.ledger
        let expected = try Tool.bmn("show", ledger, "area", "38").text
        #expect(try Tool.bmn("show", "area", "38", "--ledger", ledger).text == expected)
        let variable = ["BMN_LEDGER": ledger]
        #expect(try Tool.bmn("show", "area", "38", environment: variable).text == expected)
        let log = try Tool.bmn("log", ledger).text
        #expect(try Tool.bmn("log", environment: variable).text == log)
        // An argument that names a ledger goes before the variable.
        let other = ["BMN_LEDGER": "/nonexistent"]
        #expect(try Tool.bmn("log", ledger, environment: other).text == log)
        let line = try SmallSurvey.line(
            "reviseArea",
            ["code": "38", "nameEn": "B.K.", "reason": "ก"]
        )
        let file = try survey.scratch.write("c.jsonl", line)
        #expect(try Tool.bmn("submit", file, "--user", "u", environment: variable).status == 0)
        let again = try SmallSurvey.line(
            "reviseArea",
            ["code": "38", "nameEn": "B K", "reason": "ก"]
        )
        let piped = try Tool.bmn("submit", "--ledger", ledger, input: Data(again.utf8))
        #expect(piped.status == 0)
    }

    @Test func `the language follows option variable and locale and is Thai by default`() throws {
        func starts(_ environment: [String: String], _ more: String...) throws -> String {
            let run = try Tool.bmn(
                ["log", "/nonexistent"] + more,
                language: nil,
                environment: environment
            )
            #expect(run.status == 3)
            return run.error.contains("ไม่ใช่บัญชี") ? "th" : "en"
        }
        #expect(try starts([:]) == "th")
        #expect(try starts(["LANG": "th_TH.UTF-8"]) == "th")
        #expect(try starts(["LANG": "en_US.UTF-8"]) == "en")
        #expect(try starts(["LANG": "C"]) == "en")
        #expect(try starts(["LC_ALL": "POSIX", "LANG": "th_TH"]) == "en")
        #expect(try starts(["LC_ALL": "", "LC_MESSAGES": "th_TH"]) == "th")
        #expect(try starts(["LANG": "th_TH", "BMN_LANG": "en"]) == "en")
        #expect(try starts(["BMN_LANG": "en"], "--lang", "th") == "th")
        #expect(try starts(["BMN_LANG": "", "LANG": "th_TH"]) == "th")
        #expect(try starts(["BMN_LANG": "th_TH.UTF-8"]) == "th")
        #expect(try starts(["LANG": "th_TH"], "--lang=en") == "en")
    }

    @Test func `a misspelt language is an error`() throws {
        let run = try Tool.bmn("log", "/nonexistent", language: "xx")
        #expect(run.status == 2)
        #expect(run.error.contains("BMN_LANG must be th or en"))
    }

    @Test func `an unknown command is named in the language that is asked for`() throws {
        let thai = try Tool.bmn("frob", "--lang", "th")
        #expect(thai.status == 2)
        #expect(thai.error == "wrongUsage: ไม่มีคำสั่ง frob: ดูคำสั่งทั้งหมดด้วย bmn --help\n")
        let json = try Tool.bmn("frob", "--json")
        #expect(try json.errorCode() == "wrongUsage")
        #expect(try Tool.bmn("help", "log").status == 0)
    }

    @Test func `errors are a code and a sentence or one JSON object`() throws {
        let plain = try Tool.bmn("log", "/nonexistent")
        #expect(plain.error.hasPrefix("notALedger: "))
        #expect(plain.error.split(separator: "\n").count == 1)
        let json = try Tool.bmn("log", "/nonexistent", "--json")
        #expect(try json.errorCode() == "notALedger")
        #expect(json.output.isEmpty)
    }

    @Test func `the defaults of 2561 are one command with the letter's days`() throws {
        let run = try Tool.bmn("cycle", "defaults", "--year", "2561", "--province", "38")
        #expect(run.lines.count == 1)
        let cycle = try #require(try run.object()["defineCycle"] as? [String: Any])
        let deadlines = try #require(cycle["deadlines"] as? [[String: Any]])
        let days = Set(deadlines.compactMap { $0["due"] as? String })
        #expect(days == ["2017-11-10", "2017-11-30", "2018-03-20", "2018-03-31"])
    }

    @Test func `results that cannot be written are an error`() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else {
            print("skipped: there is no /dev/full")
            return
        }
        let survey = try SmallSurvey()
        let run = try Tool.shell(#""$BMN" log '\#(survey.ledger)' > /dev/full"#)
        #expect(run.status == 5)
        #expect(run.error.hasPrefix("outputFailed: "))
    }
}
