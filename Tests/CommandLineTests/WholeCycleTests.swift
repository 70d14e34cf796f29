import Cryptography
import Foundation
import Testing

/// From households to a submitted certification, as an operator and three members do it.
@Suite struct `A cycle on the command line` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    private func command(_ kind: String, _ body: [String: Any]) throws -> [String: Any] {
        let run = try survey.submit(SmallSurvey.line(kind, body))
        #expect(run.status == 0, "\(run.text)\(run.error)")
        return try run.object()
    }

    @Test func `members sign what bmn statement prints and the certification is submitted`() throws
    {
        try certify()
        let shown = try Tool.bmn("show", ledger, "certification", "2561-380151-1", "--json")
            .object()
        let row = try #require(shown["certification"] as? [String: Any])
        #expect(row["status"] as? String == "submitted")
        #expect(row["collected"] as? Int == SmallSurvey.householdCount)
        #expect((shown["signatures"] as? [Any])?.count == 3)
        #expect((shown["missingRoles"] as? [Any])?.isEmpty == true)
        let text = try Tool.bmn("show", ledger, "certification", "2561-380151-1")
        #expect(text.status == 0)
        #expect(text.text.contains("standing\tyes\n"))
    }

    @Test func `people who read Thai get Thai words and days of the Buddhist era`() throws {
        try certify()
        func thai(_ arguments: String...) throws -> String {
            let run = try Tool.bmn(arguments, language: "th")
            #expect(run.status == 0)
            #expect(run.text.firstMatch(of: /\d{4}-\d\d-\d\d/) == nil, "\(run.text)")
            return run.text
        }
        let certification = try thai("show", ledger, "certification", "2561-380151-1")
        #expect(certification.contains("พื้นที่\t380151 (อปท.)\n"))
        #expect(certification.contains("สถานะ\tส่งแล้ว\n"))
        #expect(certification.contains("\nchair-1\tประธาน\t"))
        let household = try thai("show", ledger, "household", "38010101-0001")
        #expect(household.contains("สถานะ\tบันทึกแล้ว\n"))
        let status = try thai("status", ledger)
        #expect(status.contains("การรับรอง\tจัดทำแล้ว 0, ออกแล้ว 0, ส่งแล้ว 1"))
        #expect(status.contains("2.2\t20 มีนาคม 2561\tอปท.\t"))
        let order = try thai("show", ledger, "order", "o-committee")
        #expect(order.contains("ชนิด\tคณะกรรมการ\n"))
        #expect(order.contains("\tเลขานุการ\t380151\t8 พฤศจิกายน 2560\t-\t"))
        let days = try thai("show", ledger, "progress", "38", "--by", "day")
        #expect(days.contains("\n16 มกราคม 2561\t2\t"))
    }

    @Test func `a statement in JSON has its text and the digest of its bytes`() throws {
        _ = try command("prepareCertification", ["cycle": "2561", "area": "380151"])
        let plain = try Tool.bmn("statement", ledger, "2561-380151-1")
        let json = try Tool.bmn("statement", ledger, "2561-380151-1", "--json").object()
        #expect(json["statement"] as? String == plain.text)
        let digest = SHA256.hash(Array(plain.output)).hex
        #expect(json["sha256"] as? String == digest)
        #expect(json["certification"] as? String == "2561-380151-1")
    }

    @Test func `the cycle that is meant is the latest with data and another can be named`() throws {
        let defined = try Tool.bmn("cycle", "defaults", "--year", "2561", "--province", "38")
        var next = try #require(try defined.object()["defineCycle"] as? [String: Any])
        next["cycle"] = "2562"
        _ = try command("defineCycle", next)
        func shown(_ more: String...) throws -> String {
            try Tool.bmn(["show", ledger, "figures", "38"] + more).text
        }
        #expect(try shown().contains("cycle\t2561\n"))
        #expect(try shown("--cycle", "2562").contains("cycle\t2562\n"))
        let history = try Tool.bmn("history", ledger, "household", "38010101-0001")
        #expect(history.text.contains("cycle\t2561\n"))
        var visit = [
            "cycle": "2561", "household": "38010102-0009", "visitedOn": "2018-01-15",
            "collector": "col-1", "reason": "vacant", "village": "38010102", "lao": "380151",
        ]
        // Of the old cycle, after the definition of the new one.
        _ = try command("recordNotCollected", visit)
        #expect(try shown().contains("cycle\t2561\n"))
        let orders = SmallSurvey.appointments.replacing("o-", with: "n-")
            .replacing(",2561,", with: ",2562,")
        let file = try scratch.write("orders.csv", orders)
        #expect(try Tool.bmn("import", "appointments", ledger, file).status == 0)
        visit["cycle"] = "2562"
        _ = try command("recordNotCollected", visit)
        #expect(try shown().contains("cycle\t2562\n"))
        let past = try survey.recordCount() - 1
        #expect(try shown("--as-of", "\(past)").contains("cycle\t2561\n"))
    }

    @Test func `a correction after certification is seen in history status and standing`() throws {
        try certify()
        _ = try command(
            "correctHousehold",
            [
                "cycle": "2561", "household": "38010101-0001", "reason": "ตรวจทานแบบสอบถาม",
                "indicators": [["indicator": 8, "inScope": 1, "failing": 1]],
            ]
        )
        let history = try Tool.bmn("history", ledger, "household", "38010101-0001", "--json")
            .objects()
        #expect(
            history.map { $0["event"] as? String } == ["householdRecorded", "householdCorrected"]
        )
        let change = try #require((history[1]["changes"] as? [[String: String]])?.first)
        #expect(change == ["field": "indicator.8", "old": "1/0", "new": "1/1"])
        #expect(history[1]["reason"] as? String == "ตรวจทานแบบสอบถาม")
        #expect(history[1]["user"] as? String == "rec-1")
        let people = try Tool.bmn("history", ledger, "household", "38010101-0001", language: "th")
        #expect(people.text.contains("ตัวชี้วัดที่ 8\t1/0 → 1/1\n"))
        _ = try command(
            "correctHousehold",
            [
                "cycle": "2561", "household": "38010101-0001", "reason": "พิมพ์ผิด",
                "interviewedOn": "2018-01-14",
            ]
        )
        let dates = try Tool.bmn("history", ledger, "household", "38010101-0001", language: "th")
        #expect(dates.text.contains("วันสัมภาษณ์\t15 มกราคม 2561 → 14 มกราคม 2561\n"))
        let shown = try Tool.bmn("show", ledger, "certification", "2561-380151-1")
        #expect(shown.text.contains("standing\tno\n"))
        let counts = try Tool.bmn("status", ledger, "--json").object()["certifications"]
        #expect((counts as? [String: Int])?["superseded"] == 1)
    }

    @Test func `personal data opens with names only and shows which fields changed`() throws {
        _ = try command(
            "correctHousehold",
            [
                "cycle": "2561", "household": "38010101-0002", "reason": "ชื่อสะกดผิด",
                "personal": [
                    "houseNumber": "99/9",
                    "members": [
                        ["firstName": "สมหมาย", "lastName": "สมมติ", "birthDate": "1977-03-20"],
                        ["firstName": "สมศรี", "lastName": "สมมติ", "birthDate": "1982-08-17"],
                    ],
                ],
            ]
        )
        let sealed = try Tool.bmn("show", ledger, "household", "38010101-0002")
        #expect(sealed.text.contains("personal data\t(sealed)\n"))
        #expect(!sealed.text.contains("สมหมาย"))
        let opened = try Tool.bmn("show", ledger, "household", "38010101-0002", "--with-names")
        #expect(opened.text.contains("members[1].firstName\tสมหมาย\n"))
        let history = try Tool.bmn("history", ledger, "household", "38010101-0002", "--with-names")
        #expect(history.text.contains("members[1].firstName\tสมชาย → สมหมาย\n"))
        let thai = try Tool.bmn(
            "show",
            ledger,
            "household",
            "38010101-0002",
            "--with-names",
            language: "th"
        )
        #expect(thai.text.contains("สมาชิก 1 ชื่อ\tสมหมาย\n"))
        #expect(thai.text.contains("สมาชิก 1 วันเกิด\t20 มีนาคม 2520\n"))
        let closed = try Tool.bmn("history", ledger, "household", "38010101-0002")
        #expect(closed.text.contains("personal data\tchanged (sealed)\n"))
        let person = try Tool.bmn("show", ledger, "person", "chair-1", "--with-names", "--json")
        let identity = try person.object()["identity"] as? [String: String]
        #expect(identity?["firstName"] == "ประธาน")
    }

    @Test func `everything but names works without the vault`() throws {
        for name in ["vault.mdb", "vault.mdb-lock", "keys"] {
            try FileManager.default.removeItem(at: scratch.url("ledger/" + name))
        }
        for arguments in [
            ["show", ledger, "household", "38010101-0001"], ["show", ledger, "figures", "3801"],
            ["history", ledger, "household", "38010101-0001"], ["status", ledger],
            ["replay", ledger], ["log", ledger], ["backup", ledger, scratch.path("copy")],
        ] {
            let run = try Tool.bmn(arguments)
            #expect(run.status == 0, "\(arguments[0]): \(run.error)")
        }
        let names = try Tool.bmn("show", ledger, "person", "rec-1", "--with-names", "--json")
        #expect(names.status == 3)
    }

    @Test func `figures and progress add up at every level`() throws {
        let figures = try Tool.bmn("show", ledger, "figures", "38", "--json").object()
        let indicators = try #require(figures["indicators"] as? [[String: Any]])
        #expect(indicators.count == 31)
        #expect(indicators[7]["surveyed"] as? Int == SmallSurvey.householdCount)
        #expect(indicators[7]["percentPassed"] as? String == "100.00")
        #expect(indicators[0]["percentPassed"] as? String == "-")
        for (area, by) in [("38", "district"), ("3801", "lao"), ("380101", "village")] {
            let page = try Tool.bmn("show", ledger, "progress", area, "--by", by, "--json").object()
            let parts = try #require(page["parts"] as? [[String: Any]])
            let total = try #require(page["total"] as? [String: Any])
            #expect(parts.compactMap { $0["collected"] as? Int }.reduce(0, +) == 2)
            #expect(total["target"] as? Int == 2)
            #expect(total["remaining"] as? Int == 0)
        }
        let days = try Tool.bmn("show", ledger, "progress", "38", "--by", "day", "--json").object()
        #expect((days["parts"] as? [[String: Any]])?.first?["day"] as? String == "2018-01-16")
    }

    @Test func `the past is what the records below it say`() throws {
        let count = try survey.recordCount()
        let before = count - SmallSurvey.householdCount
        let past = try Tool.bmn("show", ledger, "progress", "38", "--as-of", "\(before)", "--json")
        let total = try past.object()["total"] as? [String: Any]
        #expect(total?["collected"] as? Int == 0)
        let unknown = try Tool.bmn(
            "show",
            ledger,
            "household",
            "38010101-0001",
            "--as-of",
            "\(before)"
        )
        #expect(unknown.status == 1)
        #expect(unknown.error.hasPrefix("householdNotRecorded: "))
        let day = try Tool.bmn("show", ledger, "area", "38", "--as-of", "2018-01-01")
        #expect(day.status == 1, "nothing was recorded on that day")
        for arguments in [["figures", "38"], ["progress", "38"], ["person", "chair-1"]] {
            let early = try Tool.bmn(["show", ledger] + arguments + ["--as-of", "2018-03-20"])
            #expect(early.status == 1)
            #expect(early.error.hasPrefix("nothingRecorded: "))
            #expect(early.error.contains("day of recording"))
        }
        let beyond = try Tool.bmn("show", ledger, "area", "38", "--as-of", "\(count + 1)", "--json")
        #expect(beyond.status == 2)
        #expect(try beyond.errorCode() == "treeSizeBeyondLedger")
    }

    @Test func `a replay gives the digests of the live file and of any other file`() throws {
        let live = try Tool.bmn("replay", ledger, "--json")
        #expect(try live.objects().count == 20)
        let other = try Tool.bmn("replay", ledger, "--into", scratch.path("other.sqlite"), "--json")
        #expect(live.text == other.text)
        #expect(FileManager.default.fileExists(atPath: scratch.path("other.sqlite")))
        let count = try survey.recordCount()
        let past = try Tool.bmn("replay", ledger, "--as-of", "\(count)", "--only", "areas")
        #expect(past.lines.count == 2)
        let areas = try #require(try live.objects().first { $0["name"] as? String == "areas" })
        #expect(past.lines[1] == "areas\t\(count)\t7\t\(areas["digest"] as? String ?? "")")
        let wrong = try Tool.bmn("replay", ledger, "--only", "nothing")
        #expect(wrong.status == 2)
    }

    @Test func `every kind can be shown to people and to scripts`() throws {
        try certify()
        for (kind, id) in [
            ("area", "380101"), ("household", "38010101-0001"), ("certification", "2561-380151-1"),
            ("person", "chair-1"), ("order", "o-committee"), ("figures", "380151"),
            ("progress", "3801"), ("cycle", "2561"),
        ] {
            let thai = try Tool.bmn("show", ledger, kind, id, language: "th")
            #expect(thai.status == 0, "\(kind): \(thai.error)")
            let english = try Tool.bmn("show", ledger, kind, id)
            #expect(english.text != thai.text)
            #expect(try Tool.bmn("show", ledger, kind, id, "--json").object().isEmpty == false)
            let unknown = try Tool.bmn("show", ledger, kind, "9999", "--json")
            #expect(unknown.status == 1, "\(kind)")
            #expect(try unknown.errorCode().hasSuffix("nknown") || kind == "household")
        }
        let wrong = try Tool.bmn("show", ledger, "planet", "1")
        #expect(wrong.status == 2)
    }

    private func certify() throws { try survey.certify() }
}
