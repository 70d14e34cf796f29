import Foundation
import Survey
import Testing

/// A household and a person are erased; then every byte that is left anywhere is searched.
@Suite struct `bmn erase` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }
    private var search: ErasureSearch { ErasureSearch(scratch: scratch) }

    private static let household = "38010101-0007"
    private static let kept = "38010101-0008"
    private static let person = "p-eleven"
    /// Texts that nobody else has, and that nothing but the sealed data holds.
    private static let secrets = [
        "Somphongxq", "สมพงษ์เอกลักษณ์", "1977-03-21", "77/77-unique", "4100500000010",
        "Somchitwz", "สมจิตรหนึ่งเดียว", "ศาสนาเอกลักษณ์", "พิการเอกลักษณ์", "18.3607191",
        "103.6464917", "หมู่ 77 เอกลักษณ์",
    ]

    init() throws {
        survey = try SmallSurvey()
        let lines = try [
            Self.recording(Self.household, ["Somphongxq", "สมพงษ์เอกลักษณ์"], "77/77-unique"),
            Self.recording(Self.kept, ["Another", "คนอื่น"], "88/88"),
            SmallSurvey.line(
                "registerPerson",
                [
                    "person": Self.person,
                    "identity": ["firstName": "Somchitwz", "lastName": "สมจิตรหนึ่งเดียว"],
                ]
            ),
        ]
        let run = try survey.submit(lines.joined())
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    private static func recording(
        _ household: String,
        _ names: [String],
        _ houseNumber: String
    ) throws -> String {
        let indicators = Questionnaire.bmn2560.indicators.map { indicator in
            [
                "indicator": indicator.number,
                "inScope": Questionnaire.bmn2560.inScope(indicator.number, ages: [40, 35])
                    .upperBound,
                "failing": 0,
            ]
        }
        let citizenID = try #require(
            (0...9).map { "410050000001\($0)" }.first { CitizenID.problem(of: $0) == nil }
        )
        let isFirst = household == Self.household
        if isFirst { #expect(citizenID == secrets[4]) }
        return try SmallSurvey.line(
            "recordHousehold",
            [
                "cycle": "2561", "household": household, "village": "38010101", "lao": "380151",
                "interviewedOn": "2018-01-15", "collector": "col-1", "indicators": indicators,
                "personal": [
                    "houseNumber": houseNumber,
                    "address": isFirst ? "หมู่ 77 เอกลักษณ์" : "หมู่ 1",
                    "latitude": isFirst ? "18.3607191" : "18.36",
                    "longitude": isFirst ? "103.6464917" : "103.64",
                    "members": [
                        [
                            "firstName": names[0], "lastName": names[1],
                            "birthDate": isFirst ? "1977-03-21" : "1977-03-22",
                            "citizenId": isFirst ? citizenID : "",
                            "religion": isFirst ? "ศาสนาเอกลักษณ์" : "พุทธ",
                            "bodyCondition": isFirst ? "พิการเอกลักษณ์" : "ปกติ",
                        ],
                        ["firstName": names[0], "birthDate": "1982-08-17"],
                    ],
                ], "synthetic": true,
            ]
        )
    }

    private func erase(_ arguments: String...) throws -> Run {
        try Tool.bmn(
            ["erase", ledger] + arguments + ["--user", "admin-1", "--capacity", "admin"]
        )
    }

    private func eraseBoth() throws -> [Run] {
        [
            try erase(
                "household",
                Self.household,
                "--ground",
                "request_of_subject",
                "--reason",
                "ผู้ให้ข้อมูลขอให้ลบ",
                "--document",
                "บก 1/2561"
            ),
            try erase("person", Self.person, "--reason", "พ้นหน้าที่แล้ว", "--json"),
        ]
    }

    @Test func `leaves no byte of what was erased and every proof of what was done`() throws {
        try survey.certify()
        var runs: [Run] = []
        func bmn(_ arguments: String...) throws {
            let run = try Tool.bmn(arguments)
            #expect(run.status == 0, "\(arguments): \(run.error)")
            runs.append(run)
        }
        try bmn("checkpoint", ledger)
        try bmn("backup", ledger, scratch.path("before"))
        try bmn("replay", ledger)
        let keys = try [
            search.dataKey("household/2561/" + Self.household),
            search.dataKey("person/" + Self.person),
        ]
        for run in try eraseBoth() {
            #expect(run.status == 0, "\(run.text)\(run.error)")
            runs.append(run)
        }
        for kind in ["show", "history"] {
            try bmn(kind, ledger, "household", Self.household, "--with-names")
            try bmn(kind, ledger, "household", Self.household, "--with-names", "--json")
        }
        try bmn("show", ledger, "person", Self.person, "--with-names")
        try bmn("export", ledger, "household", Self.household, "-o", scratch.path("ledger/h.json"))
        try bmn("export", ledger, "person", Self.person, "-o", scratch.path("ledger/p.json"))
        try bmn("retention", ledger)
        try bmn("checkpoint", ledger)
        try bmn("backup", ledger, scratch.path("after"))
        try bmn("publish", ledger, scratch.path("public"))
        try bmn("replay", ledger)
        try bmn("log", ledger)
        let outputs = runs.flatMap { [$0.output, Data($0.error.utf8)] }
        for secret in Self.secrets {
            #expect(
                try search.found(ErasureSearch.forms(Array(secret.utf8)), outputs) == [],
                "\(secret)"
            )
        }
        for key in keys {
            #expect(try search.found(ErasureSearch.forms(key.plain), outputs) == [])
            #expect(try search.found(ErasureSearch.forms(key.wrapped), outputs) == [])
            #expect(
                try search.found(ErasureSearch.forms(Array(key.wrapped.dropFirst(12))), outputs)
                    == []
            )
        }
        // The search does find what was not erased.
        let kept = try search.dataKey("household/2561/" + Self.kept)
        #expect(
            try search.found(ErasureSearch.forms(kept.wrapped), outputs) == ["ledger/vault.mdb"]
        )
        #expect(try !search.found([Data("household/2561/\(Self.household)".utf8)], outputs).isEmpty)
        try expectProved()
    }

    /// Records, read models, a bundle of the household and one of the certification that counts it.
    private func expectProved() throws {
        let opened = try Tool.bmn("show", ledger, "household", Self.kept, "--with-names")
        #expect(opened.text.contains("members[1].firstName\tAnother\n"))
        #expect(try Tool.verify(ledger, "--projections").ok)
        #expect(try Tool.verify(scratch.path("before")).ok)
        #expect(try Tool.verify(scratch.path("after")).ok)
        #expect(try Tool.verify(scratch.path("public")).ok)
        let household = scratch.path("household.asice")
        let certification = scratch.path("certification.asice")
        let subject = "2561/" + Self.household
        let made = try Tool.audit("bundle", ledger, "--household", subject, "-o", household)
        #expect(made.status == 0, "\(made.error)")
        let more = try Tool.audit("bundle", ledger, "2561-380151-1", "-o", certification)
        #expect(more.status == 0, "\(more.error)")
        for file in [household, certification] {
            #expect(try Tool.audit("verify", file).status == 0)
        }
        let shown = try Tool.bmn("show", ledger, "certification", "2561-380151-1")
        #expect(shown.text.contains("standing\tyes\n"))
        #expect(shown.text.contains("collected\t4\n"))
    }

    @Test func `says what was erased when and why in place of names`() throws {
        let runs = try eraseBoth()
        #expect(runs[0].text.contains("household \(Self.household) of cycle 2561: record"))
        #expect(runs[0].error.contains("vault.mdb made elsewhere"))
        #expect(try runs[1].object()["stream"] as? String == "person/p-eleven")
        let household = ["household", Self.household]
        for names in [[], ["--with-names"]] {
            let shown = try Tool.bmn(["show", ledger] + household + names)
            #expect(shown.text.contains("personal data\t(erased on "), "\(shown.text)")
            #expect(shown.text.contains(": request_of_subject)\n"))
        }
        let thai = try Tool.bmn(
            ["show", ledger] + household + ["--with-names"],
            language: "th"
        )
        #expect(thai.text.contains("ข้อมูลบุคคล\t(ลบเมื่อ "))
        #expect(thai.text.contains(": เจ้าของข้อมูลขอ)\n"))
        let json = try Tool.bmn(["show", ledger] + household + ["--json"]).object()
        let erased = try #require(json["erased"] as? [String: Any])
        #expect(erased["ground"] as? String == "request_of_subject")
        #expect(erased["documentNumber"] as? String == "บก 1/2561")
        #expect((json["household"] as? [String: Any])?["erasedOn"] as? String != nil)
        let person = try Tool.bmn("show", ledger, "person", Self.person, "--with-names")
        #expect(person.text.contains("personal data\t(erased on "))
        let history = try Tool.bmn(["history", ledger] + household + ["--with-names"])
        #expect(history.text.contains("personal data erased\n"))
        #expect(history.text.contains("reason\tผู้ให้ข้อมูลขอให้ลบ\n"))
        let before = try survey.recordCount() - 2
        let past = try Tool.bmn(["show", ledger] + household + ["--as-of", "\(before)"])
        #expect(past.text.contains("personal data\t(sealed)\n"))
    }

    @Test func `is refused with its reason and then changes nothing`() throws {
        _ = try eraseBoth()
        let count = try survey.recordCount()
        for (arguments, code, status) in [
            (["household", Self.household, "--reason", "x"], "personalDataErased", Int32(1)),
            (["household", "38010101-0099", "--reason", "x"], "personalDataMissing", 1),
            (["person", "nobody", "--reason", "x"], "personUnknown", 1),
            (["person", "rec-1", "--reason", " "], "reasonMissing", 1),
            (["person", "rec-1", "--reason", "x", "--ground", "y"], "wrongUsage", 2),
            (["area", "38", "--reason", "x"], "wrongUsage", 2),
            (["person", "rec-1"], "wrongUsage", 2),
        ] {
            let run = try Tool.bmn(["erase", ledger] + arguments + ["--json"])
            #expect(run.status == status, "\(arguments)")
            #expect(try run.errorCode() == code)
        }
        #expect(try survey.recordCount() == count)
    }

    @Test func `asks at a terminal and takes only the id for a yes`() throws {
        let line = "$BMN erase '\(ledger)' person \(Self.person) --reason x"
        let count = try survey.recordCount()
        // script(1) gives the command a terminal.
        let refused = try Tool.shell("printf 'yes\\n' | script -qec \"\(line)\" /dev/null")
        #expect(refused.text.contains("Type p-eleven to confirm"), "\(refused.text)")
        #expect(refused.status == 2 && refused.text.contains("cancelled: "))
        #expect(try survey.recordCount() == count)
        let done = try Tool.shell("printf 'p-eleven\\n' | script -qec \"\(line)\" /dev/null")
        #expect(done.status == 0, "\(done.text)")
        #expect(try survey.recordCount() == count + 1)
    }

    @Test func `an export holds everything on its subject and is for its owner alone`() throws {
        try survey.certify()
        let file = scratch.path("h.json")
        let run = try Tool.bmn("export", ledger, "household", Self.household, "-o", file, "--json")
        #expect(run.status == 0 && run.error.isEmpty)
        #expect(!run.text.contains("Somphongxq"))
        #expect(try scratch.permissions("h.json") == 0o600)
        let text = try String(contentsOf: scratch.url("h.json"), encoding: .utf8)
        let export = try Run.object(text)
        let records = try #require(export["records"] as? [[String: Any]])
        #expect(records.map { $0["event"] as? String } == ["householdRecorded"])
        #expect(records[0]["user"] as? String == "rec-1")
        #expect(records[0]["capacity"] as? String == "recorder")
        let personal = records[0]["personal"] as? [String: String]
        #expect(personal?["members[1].firstName"] == "Somphongxq")
        let certifications = export["certifications"] as? [[String: Any]]
        #expect(certifications?.map { $0["area"] as? String } == ["380151"])
        let taken = try Tool.bmn("export", ledger, "household", Self.household, "-o", file)
        #expect(taken.status == 5 && taken.error.hasPrefix("alreadyExists: "))
        let person = scratch.path("p.txt")
        let thai = try Tool.bmn("export", ledger, "person", "chair-1", "-o", person, "--lang", "th")
        #expect(thai.status == 0, "\(thai.error)")
        let page = try String(contentsOf: scratch.url("p.txt"), encoding: .utf8)
        for part in ["ชื่อ", "ประธาน", "orderIssued", "2561-380151-1", "certificationSigned"] {
            #expect(page.contains(part), "\(part)")
        }
        let unknown = try Tool.bmn("export", ledger, "person", "nobody", "-o", scratch.path("n"))
        #expect(unknown.status == 1 && unknown.error.hasPrefix("personUnknown: "))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("n")))
        _ = try eraseBoth()
        let after = scratch.path("after.json")
        _ = try Tool.bmn("export", ledger, "household", Self.household, "-o", after)
        let erased = try Run.object(String(contentsOf: scratch.url("after.json"), encoding: .utf8))
        let rest = try #require(erased["records"] as? [[String: Any]])
        #expect(rest.map { $0["personalData"] as? String } == ["erased", nil])
        #expect((erased["erased"] as? [String: Any])?["reason"] as? String == "ผู้ให้ข้อมูลขอให้ลบ")
    }

    @Test func `a retention report counts what is held and erased and what is older`() throws {
        func rows(_ more: String...) throws -> [[String: Any]] {
            let run = try Tool.bmn(["retention", ledger, "--json"] + more)
            #expect(run.status == 0, "\(run.error)")
            return try #require(try run.object()["kept"] as? [[String: Any]])
        }
        let before = try rows()
        #expect(before.map { $0["subject"] as? String } == ["household", "person"])
        #expect(before.map { $0["held"] as? Int } == [4, 6])
        #expect(before.map { $0["erased"] as? Int } == [0, 0])
        #expect(before[0]["earliestLastAct"] as? String == "2018-01-16")
        #expect(before[0]["older"] is NSNull)
        _ = try eraseBoth()
        let after = try rows("--before", "2018-01-17")
        #expect(after.map { $0["held"] as? Int } == [3, 5])
        #expect(after.map { $0["erased"] as? Int } == [1, 1])
        #expect(after.map { $0["older"] as? Int } == [2, 0])
        #expect(try rows("--older-than", "0")[0]["older"] as? Int == 2)
        let csv = try Tool.bmn("retention", ledger, "--before", "2018-01-17", "--csv")
        #expect(csv.lines[0] == "subject,cycle,held,earliest_last_act,latest_last_act,older,erased")
        #expect(csv.lines[1].hasPrefix("household,2561,3,2018-01-16,"))
        #expect(csv.lines[1].hasSuffix(",2,1"))
        let thai = try Tool.bmn("retention", ledger, language: "th")
        #expect(thai.text.contains("ครัวเรือน รอบปี 2561\t3\t"))
        let both = ["--older-than", "1", "--before", "2018-01-01"]
        for wrong in [["--before", "2561-01-01x"], both] {
            #expect(try Tool.bmn(["retention", ledger] + wrong).status == 2)
        }
    }
}
