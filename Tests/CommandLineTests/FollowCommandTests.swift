import Foundation
import LedgerReader
import PostgreSQL
import ProjectionCatalog
import TestSupport
import Testing

/// `bmn replay --into`, `bmn follow` and `bmn figures` with a PostgreSQL server of the tests' own.
@Suite struct `Ledgers in PostgreSQL` {
    private let cluster: PostgreSQLCluster?
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws {
        cluster = try PostgreSQLCluster.shared?.get()
        survey = try SmallSurvey()
    }

    private func addHousehold(_ id: String, to ledger: String) throws {
        try scratch.write("more.csv", SmallSurvey.households([id]))
        let actor = ["--user", "rec-1", "--capacity", "recorder"]
        let run = try Tool.bmn(["import", "households", ledger, scratch.path("more.csv")] + actor)
        try #require(run.status == 0, "\(run.text) \(run.error)")
    }

    /// Another ledger, of the same commands under another origin.
    private func makeOther() throws -> String {
        let other = scratch.path("other")
        let created = try Tool.bmn("init", other, "--origin", "example.org/other")
        try #require(created.status == 0, "\(created.error)")
        let cycle = try Tool.bmn("cycle", "defaults", "--year", "2561", "--province", "38")
        for (kind, csv) in [
            ("areas", SmallSurvey.areas), ("", ""), ("persons", SmallSurvey.persons),
            ("appointments", SmallSurvey.appointments), ("targets", SmallSurvey.targets),
            ("households", SmallSurvey.households(["38010101-0001"])),
        ] {
            let file = try scratch.write("other-\(kind).csv", csv)
            let actor = ["--user", "rec-1", "--capacity", "recorder"]
            let run =
                try kind.isEmpty
                ? Tool.bmn("submit", other, input: cycle.output)
                : Tool.bmn(["import", kind, other, file] + actor)
            try #require(run.status == 0, "\(kind): \(run.text)\(run.error)")
        }
        return other
    }

    @Test func `a replay into it has the digests of any other replay`() throws {
        guard let url = try cluster?.makeDatabase() else { return }
        let expected = try Tool.bmn("replay", ledger, "--json")
        for _ in 0..<2 {
            let run = try Tool.bmn("replay", ledger, "--into", url, "--json")
            #expect(run.status == 0, "\(run.error)")
            #expect(run.text == expected.text)
        }
        let one = try Tool.bmn("replay", ledger, "--into", url, "--only", "areas", "--json")
        #expect(one.lines.count == 1)
        #expect(expected.lines.contains(one.lines[0]))
        let compared = try Tool.bmn("projections", ledger, "--digests", "--into", url, "--json")
        #expect(compared.status == 0, "\(compared.error)")
        for line in try compared.objects() {
            let live = try #require(line["live"] as? [String: Any])
            let sink = try #require(line["postgresql"] as? [String: Any])
            let digest = try #require(live["digest"] as? String)
            #expect(sink["digest"] as? String == digest)
            #expect(sink["position"] as? Int == live["position"] as? Int)
            #expect(live["lag"] as? Int == 0)
        }
        try cluster?.sql("DELETE FROM bmn.household", url)
        let different = try Tool.bmn("projections", ledger, "--digests", "--into", url)
        #expect(different.status == 1)
        #expect(different.error.hasPrefix("digestsDiffer: "))
        #expect(different.lines[0].hasSuffix("digest (PostgreSQL)"))
        let past = try Tool.bmn("replay", ledger, "--as-of", "5", "--into", url, "--json")
        #expect(try past.text == Tool.bmn("replay", ledger, "--as-of", "5", "--json").text)
        #expect(try Tool.bmn("follow", ledger, "--into", url, "--once").status == 0)
        let level = try Tool.bmn("projections", ledger, "--digests", "--into", url)
        #expect(level.status == 0, "\(level.error)")
        #expect(level.lines.allSatisfy { !$0.contains("\t-\t") })
    }

    @Test func `two ledgers are followed and their figures added`() throws {
        guard let url = try cluster?.makeDatabase() else { return }
        let other = try makeOther()
        let first = try Tool.bmn("follow", ledger, other, "--into", url, "--once", "--json")
        #expect(first.status == 0, "\(first.error)")
        let steps = try first.objects()
        let origins = steps.map { $0["origin"] as? String }
        #expect(origins == ["example.org/small", "example.org/other"])
        #expect(steps.allSatisfy { ($0["loaded"] as? [String])?.isEmpty == false })
        try addHousehold("38010101-0009", to: ledger)
        #expect(try Tool.bmn("checkpoint", ledger).status == 0)
        let second = try Tool.bmn("follow", ledger, other, "--into", url, "--once")
        #expect(second.status == 0, "\(second.error)")
        let count = try survey.recordCount()
        #expect(
            second.lines[0]
                == "example.org/small: \(count) records; checkpoints verified up to \(count)"
        )
        #expect(second.lines[1].hasSuffix("no checkpoint yet"))
        let replayed = try Tool.bmn("replay", ledger, "--json")
        let compared = try Tool.bmn("projections", ledger, "--digests", "--into", url)
        #expect(replayed.status == 0 && compared.status == 0, "\(compared.error)")
        let figures = try Tool.bmn("figures", "--from", url, "--cycle", "2561", "--json").object()
        let ledgers = try #require(figures["ledgers"] as? [[String: Any]])
        let sources = ledgers.map { $0["origin"] as? String }
        #expect(sources == ["example.org/other", "example.org/small"])
        let rows = try #require(figures["indicators"] as? [[String: Any]])
        let totals = rows.filter { $0["province"] is NSNull }
        #expect(totals.count == 31)
        // Three households of one ledger and one of the other.
        #expect(totals.compactMap { $0["surveyed"] as? Int }.max() == 8)
        #expect(totals.contains { $0["surveyed"] as? Int == 4 && $0["passed"] as? Int == 4 })
        #expect(totals.contains { $0["percentPassed"] as? String == "100.00" })
        #expect(rows.count { $0["province"] as? String == "38" } == 31)
        let text = try Tool.bmn("figures", "--from", url, "--cycle", "2561", "--by-province")
        #expect(text.text.contains("\tBueng Kan\t4\t4\t0\t100.00\n"))
        #expect(text.text.contains("\tall\t4\t4\t0\t100.00\n"))
        let thai = try Tool.bmn("figures", "--from", url, "--cycle", "2561", language: "th")
        #expect(thai.text.contains("\tรวม\t4\t4\t0\t100.00\n"))
        let collection = try #require(figures["collection"] as? [[String: Any]])
        #expect(collection.map { $0["province"] as? String } == [nil, "38"])
        for row in collection {
            // Three households of one ledger and one of the other, and the targets of both.
            #expect(row["collected"] as? Int == 4 && row["notCollected"] as? Int == 0)
            #expect(row["persons"] as? Int == 8 && row["target"] as? Int == 4)
            #expect(row["percentCovered"] as? String == "100.00")
        }
        #expect(text.text.contains("\nall\t4\t4\t0\t100.00\t8\n"), "\(text.text)")
        #expect(text.text.contains("\nBueng Kan\t4\t4\t0\t100.00\t8\n"), "\(text.text)")
        #expect(thai.text.contains("\nรวม\t4\t4\t0\t100.00\t8\n"), "\(thai.text)")
        let csv = try Tool.bmn("figures", "--from", url, "--cycle", "2561", "--csv")
        #expect(csv.text.hasPrefix("\u{FEFF}cycle,province,"), "\(csv.text)")
        #expect(csv.text.contains("\r\n2561,,,,4,4,0,100.00,8,,,,,,,,\r\n"), "\(csv.text)")
        #expect(csv.text.components(separatedBy: "\r\n").count == 1 + 1 + 31 + 1)
        #expect(
            try Tool.bmn("figures", "--from", url, "--cycle", "2561", "--csv", "--json").status == 2
        )
        let unknown = try Tool.bmn("figures", "--from", url, "--cycle", "2570", "--json")
        #expect(unknown.status == 1)
        #expect(try unknown.errorCode() == "cycleUnknown")
    }

    @Test func `a ledger that was cut back is a finding and the others go on`() throws {
        guard let url = try cluster?.makeDatabase() else { return }
        let other = try makeOther()
        let older = scratch.path("older")
        try FileManager.default.copyItem(atPath: other, toPath: older)
        try addHousehold("38010101-0008", to: other)
        #expect(try Tool.bmn("follow", other, ledger, "--into", url, "--once").status == 0)
        try FileManager.default.removeItem(atPath: other)
        try FileManager.default.moveItem(atPath: older, toPath: other)
        try addHousehold("38010101-0007", to: ledger)
        let run = try Tool.bmn("follow", other, ledger, "--into", url, "--once", "--json")
        #expect(run.status == 1)
        let lines = try run.objects()
        #expect(lines.first?["finding"] as? String == "positionBeyondLedger")
        #expect((lines.first?["reason"] as? String)?.contains("cut back") == true)
        let count = try survey.recordCount()
        #expect(lines.last?["position"] as? Int == count)
        let text = try Tool.bmn("follow", other, ledger, "--into", url, "--once", language: "th")
        #expect(text.status == 1)
        #expect(text.text.contains("พบปัญหา positionBeyondLedger"))
    }

    @Test func `rows that something else changed are a finding, and stay until they are loaded`()
        throws
    {
        guard let url = try cluster?.makeDatabase() else { return }
        #expect(try Tool.bmn("follow", ledger, "--into", url, "--once").status == 0)
        try cluster?.sql("UPDATE bmn.household SET collector = 'somebody-else'", url)
        for _ in 0..<2 {
            let run = try Tool.bmn("follow", ledger, "--into", url, "--once", "--json")
            #expect(run.status == 1)
            #expect(try run.object()["finding"] as? String == "digestsDiffer")
            #expect((try run.object()["reason"] as? String)?.contains("households") == true)
        }
        let changed = try cluster?.sql("SELECT DISTINCT collector FROM bmn.household", url)
        #expect(changed == "somebody-else\n")
        #expect(try Tool.bmn("replay", ledger, "--into", url).status == 0)
        let run = try Tool.bmn("follow", ledger, "--into", url, "--once")
        #expect(run.status == 0, "\(run.text)\(run.error)")
    }

    @Test func `a second database at the same time is told to wait`() throws {
        guard let cluster else { return }
        let (first, second) = (try cluster.makeDatabase(), try cluster.makeDatabase())
        let process = try Tool.start("follow", ledger, "--into", first, "--interval", "1")
        defer { if process.isRunning { process.terminate() } }
        try wait(for: try survey.recordCount(), first, process)
        let run = try Tool.bmn("follow", ledger, "--into", second, "--once", "--json")
        #expect(run.status == 1)
        #expect(try run.object()["finding"] as? String == "databaseBusy")
        let reason = try run.object()["reason"] as? String
        #expect(reason?.contains("one database at a time") == true, "\(reason ?? "")")
        process.terminate()
        process.waitUntilExit()
        #expect(try Tool.bmn("follow", ledger, "--into", second, "--once").status == 0)
    }

    @Test func `killed at any time it goes on where it was`() throws {
        guard let url = try cluster?.makeDatabase() else { return }
        for (turn, milliseconds) in [40, 250, 600, 1100].enumerated() {
            let process = try Tool.start("follow", ledger, "--into", url, "--interval", "1")
            try addHousehold("38010101-010\(turn)", to: ledger)
            usleep(UInt32(milliseconds) * 1000)
            #expect(kill(process.processIdentifier, SIGKILL) == 0)
            process.waitUntilExit()
        }
        let run = try Tool.bmn("follow", ledger, "--into", url, "--once")
        #expect(run.status == 0, "\(run.text)\(run.error)")
        #expect(try Tool.bmn("replay", ledger).status == 0)
        let compared = try Tool.bmn("projections", ledger, "--digests", "--into", url)
        #expect(compared.status == 0, "\(compared.error)")
        #expect(compared.lines.count == ProjectionCatalog.all.count + 1)
        #expect(compared.lines.allSatisfy { !$0.contains("\t-") })
    }

    /// Waits until a follower has carried so many records across.
    private func wait(for count: Int, _ url: String, _ process: Process) throws {
        for _ in 0..<300 where process.isRunning {
            // Anew each time, as some tests cut every connection.
            let connection = try Connection(url: url)
            let exists = try connection.query("SELECT to_regclass('bmn.projection')::text")
            if exists != [[nil]] {
                let found = try connection.query(
                    "SELECT count(*) FROM bmn.projection WHERE position = $1::bigint",
                    ["\(count)"]
                )
                if found != [["0"]] { return }
            }
            usleep(100_000)
        }
        Issue.record("the follower did not come to \(count) records")
    }

    @Test func `it follows until it is told to stop, and ends in order`() throws {
        guard let url = try cluster?.makeDatabase() else { return }
        let process = try Tool.start("follow", ledger, "--into", url, "--interval", "1")
        defer { if process.isRunning { process.terminate() } }
        try wait(for: try survey.recordCount(), url, process)
        try addHousehold("38010101-0006", to: ledger)
        try wait(for: try survey.recordCount(), url, process)
        let second = try Tool.bmn("follow", ledger, "--into", url, "--once", "--json")
        #expect(second.status == 1)
        #expect(try second.object()["finding"] as? String == "originBusy")
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(process.terminationReason == .exit)
        let compared = try Tool.bmn("projections", ledger, "--digests", "--into", url)
        #expect(compared.status == 0, "\(compared.error)")
    }

    @Test func `a connection that is cut is made again, and said to be`() throws {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let said = try scratch.write("errors.txt", "")
        let errors = try FileHandle(forWritingTo: URL(filePath: said))
        let process = try Tool.start(
            "follow",
            ledger,
            "--into",
            url,
            "--interval",
            "1",
            errors: errors
        )
        defer { if process.isRunning { process.terminate() } }
        try wait(for: try survey.recordCount(), url, process)
        for turn in 0..<2 {
            try cluster.sql(
                """
                SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """,
                url
            )
            try addHousehold("38010101-002\(turn)", to: ledger)
            try wait(for: try survey.recordCount(), url, process)
        }
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let text = try String(contentsOfFile: said, encoding: .utf8)
        #expect(text.contains(": connecting again in 1 s\n"), "\(text)")
        #expect(!text.contains(url))
        #expect(try Tool.bmn("replay", ledger).status == 0)
        let compared = try Tool.bmn("projections", ledger, "--digests", "--into", url)
        #expect(compared.status == 0, "\(compared.error)")
        #expect(compared.lines.count == ProjectionCatalog.all.count + 1)
    }

    @Test func `what the server refuses for one ledger ends the following of that one alone`()
        throws
    {
        guard let cluster else { return }
        let url = try cluster.makeDatabase()
        let other = try makeOther()
        #expect(try Tool.bmn("follow", ledger, other, "--into", url, "--once").status == 0)
        try cluster.sql(
            """
            CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION 'not here'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON bmn.household FOR EACH ROW
            WHEN (NEW.origin = 'example.org/small') EXECUTE FUNCTION public.refuse()
            """,
            url
        )
        try addHousehold("38010101-0030", to: ledger)
        try addHousehold("38010101-0031", to: other)
        let run = try Tool.bmn("follow", ledger, other, "--into", url, "--once", "--json")
        #expect(run.status == 3, "\(run.text)\(run.error)")
        let lines = try run.objects()
        #expect(lines.first?["refusal"] as? String == "databaseRefused")
        #expect((lines.first?["reason"] as? String)?.contains("P0001") == true)
        #expect(lines.last?["origin"] as? String == "example.org/other")
        #expect(lines.last?["position"] != nil)
        let text = try Tool.bmn("follow", ledger, "--into", url, "--once", language: "th")
        #expect(text.status == 3)
        #expect(text.text.contains("ฐานข้อมูลปฏิเสธ databaseRefused"))
        try cluster.sql("DROP TRIGGER refuse ON bmn.household", url)
        #expect(try Tool.bmn("follow", ledger, other, "--into", url, "--once").status == 0)
    }
}
