import Foundation
import Testing

/// A household that gave its answers is erased; then every byte that is left anywhere is searched.
@Suite struct `bmn erase of a household by answers` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }
    private var search: ErasureSearch { ErasureSearch(scratch: scratch) }

    init() throws { survey = try SmallSurvey() }

    private static let household = "38010102-0007"
    /// Of its answers: texts, and numbers as people and programs write them.
    private static let secrets = [
        "Answeredxq", "คำตอบเอกลักษณ์", "1978-04-22", "55/55-unique", "38079900123",
        "91827364", "91,827,364", "18271828", "103141593", "หมู่ 55 เอกลักษณ์", "muslim",
    ]

    /// Religion, health, disability, income and where the house is: all of it in the answers.
    private func recordAnswered() throws {
        var answers = try Run.object(QuestionnaireCommandTests.household)
        let house = try #require(answers["household"] as? [String: Any])
        answers["household"] = house.merging([
            "houseNumber": "55/55-unique", "houseCode": "38079900123", "latitude": 18_271_828,
            "longitude": 103_141_593,
        ]) { $1 }
        let members = try #require(answers["members"] as? [[String: Any]])
        answers["members"] = members.map {
            $0.merging([
                "firstName": "Answeredxq", "lastName": "คำตอบเอกลักษณ์", "birthDate": "1978-04-22",
                "religion": "muslim", "disabled": true, "chronicallyIll": true,
                "caresForSelf": true, "q28": true, "q29": true, "q22.1": 91_827_364,
            ]) { $1 }
        }
        let run = try survey.submit(
            SmallSurvey.line(
                "recordHousehold",
                [
                    "cycle": "2561", "household": Self.household, "village": "38010102",
                    "lao": "380151", "interviewedOn": "2018-01-15", "collector": "col-1",
                    "synthetic": true, "answers": answers,
                    "personal": ["address": "หมู่ 55 เอกลักษณ์"],
                ]
            )
        )
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    @Test func `leaves nothing of answers in ledger, documents, copies, read models and outputs`()
        throws
    {
        try recordAnswered()
        var runs: [Run] = []
        func bmn(_ arguments: String...) throws {
            let run = try Tool.bmn(arguments)
            #expect(run.status == 0, "\(arguments): \(run.text)\(run.error)")
            runs.append(run)
        }
        let minutes = try scratch.write("minutes.txt", "ลบข้อมูลตามคำขอ\n")
        try bmn("attach", ledger, minutes)
        try bmn("checkpoint", ledger)
        try bmn("backup", ledger, scratch.path("before"))
        try bmn("replay", ledger)
        let stream = "household/2561/" + Self.household
        let key = try search.dataKey(stream)
        let windows = try search.plainWindows(stream, key.plain)
        #expect(windows.count > 8)
        let told = try Tool.bmn("show", ledger, "household", Self.household, "--with-names")
        #expect(told.text.contains("Answeredxq"))
        let erased = try Tool.bmn(
            "erase",
            ledger,
            "household",
            Self.household,
            "--reason",
            "ขอให้ลบ",
            "--user",
            "admin-1",
            "--capacity",
            "admin"
        )
        #expect(erased.status == 0, "\(erased.text)\(erased.error)")
        runs.append(erased)
        try bmn("show", ledger, "household", Self.household, "--with-names", "--explain")
        try bmn("history", ledger, "household", Self.household, "--with-names", "--json")
        try bmn("export", ledger, "household", Self.household, "-o", scratch.path("ledger/h.json"))
        try bmn("vault", "check", ledger)
        try bmn("list", ledger, "households", "--with-names", "--csv")
        try bmn("checkpoint", ledger)
        try bmn("backup", ledger, scratch.path("after"))
        try bmn("publish", ledger, scratch.path("public"))
        try bmn("replay", ledger)
        try bmn("log", ledger)
        let outputs = runs.flatMap { [$0.output, Data($0.error.utf8)] }
        for secret in Self.secrets {
            let forms = ErasureSearch.forms(Array(secret.utf8))
            #expect(try search.found(forms, outputs) == [], "\(secret)")
        }
        #expect(try search.found(windows, outputs) == [])
        for bytes in [key.plain, key.wrapped] {
            #expect(try search.found(ErasureSearch.forms(bytes), outputs) == [])
        }
        // The search does find what lies there.
        let document = try search.found([Data("ลบข้อมูลตามคำขอ".utf8)], outputs)
        #expect(document.contains { $0.hasPrefix("ledger/attachments/") }, "\(document)")
        #expect(document.contains { $0.hasPrefix("after/attachments/") }, "\(document)")
        #expect(try Tool.verify(ledger, "--projections").ok)
        for copy in ["before", "after", "public"] {
            #expect(try Tool.verify(scratch.path(copy)).ok, "\(copy)")
        }
    }
}
