import Foundation
import LedgerReader
import LedgerTestSupport
import Testing

@Suite(.serialized) struct `bmn passkey` {
    @Test func `a new ledger has its first admin, who gets one link`() throws {
        let scratch = try ScratchLedger(empty: ())
        let path = scratch.directory.path
        let made = try ServeProcess.run([
            "init", path, "--origin", "example.org/new", "--admin", "admin-38", "--admin-name",
            "สมชาย", "--web-origin", "https://bmn.example.th", "--json",
        ])
        #expect(made.status == 0, "\(made.error)")
        let told = try Reply.object(made.output)
        #expect((told["vkey"] as? String)?.hasPrefix("example.org/new+") == true)
        #expect(told["person"] as? String == "admin-38")
        let url = try #require(told["url"] as? String)
        #expect(url.wholeMatch(of: /https:\/\/bmn\.example\.th\/enrol\/[0-9a-f]{64}/) != nil)
        let log = try ServeProcess.run(["log", path])
        #expect(log.output.contains("personRegistered") && !log.output.contains("สมชาย"))
        let stored = try Data(contentsOf: URL(filePath: path + "/access.sqlite"))
        #expect(stored.range(of: Data(url.suffix(64).utf8)) == nil)
        let ended = try ServeProcess.run(["passkey", "end", path, "--person", "admin-38", "--json"])
        #expect(ended.output == "{\"sessions\":0,\"links\":1,\"operator\":true}\n")
        #expect(try WholeLedger.problems(scratch.directory) == [])
    }

    @Test func `links are for persons of the ledger, and for a while`() throws {
        let scratch = try ScratchLedger()
        let path = scratch.directory.path
        let link = ["passkey", "link", path, "--person"]
        let made = try ServeProcess.run(link + ["recorder-1"])
        #expect(made.status == 0, "\(made.error)")
        #expect(made.output.hasPrefix("http://localhost:8080/enrol/"))
        let long = try ServeProcess.run(link + ["recorder-1", "--hours", "48", "--json"])
        #expect(try Reply.object(long.output)["person"] as? String == "recorder-1")
        let nobody = try ServeProcess.run(link + ["nobody"])
        #expect(nobody.status == 1 && nobody.error.hasPrefix("personUnknown"))
        #expect(try ServeProcess.run(link + ["recorder-1", "--hours", "0"]).status == 2)
        let nameless = try ServeProcess.run([
            "init", path + "-2", "--origin", "example.org/x", "--admin-name", "x",
        ])
        #expect(nameless.status == 2)
        #expect(!FileManager.default.fileExists(atPath: path + "-2"))
        #expect(try WholeLedger.problems(scratch.directory) == [])
    }

    @Test func `origins at which no passkey would work are refused`() throws {
        let scratch = try ScratchLedger(isStaffed: false)
        let check = ["serve", scratch.directory.path, "--check-config"]
        for arguments in [
            ["--web-origin", "http://bmn.example.th"], ["--web-origin", "https://bmn.example.th/"],
            ["--web-origin", "bmn.example.th"], ["--web-origin", "https://10.0.0.1"],
            ["--web-origin", "https://bmn.example.th", "--rp-id", "other.th"],
            ["--rp-id", "bmn.example.th"],
            ["--web-origin", "http://localhost:8080", "--web-origin", "https://localhost:8443"],
        ] {
            let run = try ServeProcess.run(check + arguments)
            #expect(run.status == 2, "\(arguments)")
            #expect(run.error.hasPrefix("configurationMalformed"), "\(run.error)")
        }
        for arguments in [
            [], ["--web-origin", "https://bmn.example.th:8443", "--rp-id", "example.th"],
            ["--web-origin", "https://a.example.th", "--web-origin", "https://a.example.th:1"],
        ] {
            let run = try ServeProcess.run(check + arguments)
            #expect(run.status == 0, "\(run.error)")
        }
    }
}
