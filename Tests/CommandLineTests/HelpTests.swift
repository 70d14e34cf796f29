import Foundation
import Testing

/// Whatever the help shows is what somebody pastes first, so all of it is run here.
@Suite struct `The examples of the help` {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try FileManager.default.copyItem(
            at: Self.firstCycle.get().folder,
            to: scratch.url("first")
        )
    }

    /// A folder in which the first cycle of `bmn --help` was played as it stands there.
    private static let firstCycle = Result { try playFirstCycle() }

    private static func playFirstCycle() throws -> Scratch {
        let scratch = try Scratch()
        let script = try examples(of: []).joined(separator: "\n")
        try #require(script.contains("bmn import appointments"))
        let run = try shell("set -e\n" + script, in: scratch.folder.path)
        try #require(run.status == 0, "\(run.text)\(run.error)")
        try #require(run.text.contains("collected\t2\n"), "\(run.text)")
        try #require(!run.error.contains("1 refused"), "\(run.error)")
        return scratch
    }

    /// As at a prompt: in the folder, with the programs in the path.
    private static func shell(_ script: String, in folder: String) throws -> Run {
        try Tool.shell(
            "export PATH='\(Tool.folder.path)':\"$PATH\"; set -o pipefail; cd '\(folder)' || exit 9\n"
                + script,
            environment: ["BMN_PASSPHRASE_FILE": "secret.txt"]
        )
    }

    /// What stands under "Examples:" and the like, an example with its further lines each.
    private static func examples(
        of command: [String],
        _ program: String = Tool.bmn
    ) throws
        -> [String]
    {
        let help = try Tool.run(
            program,
            command + ["--help"],
            input: Data(),
            environment: ["BMN_LANG": "en"]
        )
        var examples: [String] = []
        var isInside = false
        for line in help.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                isInside = false
            } else if line.wholeMatch(of: /(Examples?|A first cycle.*):/) != nil {
                isInside = true
            } else if isInside, line.hasPrefix("   "), let last = examples.popLast() {
                examples.append(last + "\n" + line)
            } else if isInside {
                examples.append(line.trimmingCharacters(in: .whitespaces))
            }
        }
        return examples
    }

    @Test func `the first cycle works literally with the templates as they are`() throws {
        let verified = try Tool.run(
            Tool.folder.appending(path: "bmn-audit").path,
            ["verify", scratch.path("first/L"), "--json"],
            input: Data(),
            environment: [:]
        )
        #expect(verified.status == 0)
        let progress = try Tool.bmn("show", scratch.path("first/L"), "progress", "38", "--json")
        let total = try #require(try progress.object()["total"] as? [String: Any])
        #expect(total["collected"] as? Int == 2)
        #expect(total["target"] as? Int == 120)
    }

    @Test(arguments: [
        ["init"], ["submit"], ["import"], ["log"], ["show"], ["history"], ["replay"], ["list"],
        ["print"],
        ["key", "generate"], ["key", "public"], ["key", "certificate"], ["key", "roots"],
        ["statement"], ["sign"], ["status"], ["backup"], ["cycle", "defaults"], ["publish"],
        ["questionnaire", "derive"], ["questionnaire", "show"], ["erase"], ["export"],
        ["retention"], ["vault", "rekey"], ["vault", "check"], ["attach"], ["diff"], ["activity"],
        ["projections"], ["serve"], ["passkey", "link"], ["passkey", "end"],
        ["token", "create"], ["token", "list"], ["token", "revoke"],
        ["access-log"],
    ])
    func `every example can be pasted`(_ command: [String]) throws {
        let folder = scratch.path("first")
        try scratch.write("first/secret.txt", "a passphrase\n")
        try scratch.write("first/statement.txt", "คำรับรอง\n")
        try scratch.write("first/letter.pdf", "a letter\n")
        try scratch.write(
            "first/commands.jsonl",
            SmallSurvey.line(
                "defineArea",
                ["code": "380102", "level": "tambon", "parentCode": "3801", "nameTh": "ก"]
            )
        )
        try scratch.write("first/household.json", QuestionnaireCommandTests.household)
        if command != ["key", "generate"] {
            let key = scratch.path("first/chair.pem")
            #expect(try Tool.bmn("key", "generate", key, "--no-passphrase").status == 0)
        }
        let authority = try ShellAuthority(scratch.path("first"))
        try authority.issue("chair", subject: "/CN=chair-380151")
        let examples = try Self.examples(of: command)
        #expect(!examples.isEmpty)
        for example in examples {
            let run = try Self.shell(example, in: folder)
            // What has been done before, or was not certified yet, may be refused; nothing else.
            let mayBeRefused =
                run.text.contains(#""rejected":"#) || run.error.contains("certificationUnknown")
            #expect(
                run.status == 0 || run.status == 1 && mayBeRefused,
                "\(example): \(run.status)\n\(run.text)\(run.error)"
            )
            #expect(!run.error.contains("Error: "), "\(example)\n\(run.error)")
        }
    }
}
