import Foundation
import Testing

@Suite struct `bmn submit` {
    private let survey: SmallSurvey

    init() throws { survey = try SmallSurvey() }

    private static let firstID = "01890a5d-ac96-774b-bcce-b302099a8057"

    private func area(_ code: String, id: String? = nil, name: String = "ทดสอบ") throws -> String {
        try SmallSurvey.line(
            "defineArea",
            ["code": code, "level": "village", "parentCode": "380101", "nameTh": name],
            id: id
        )
    }

    @Test func `answers with one receipt a command in order`() throws {
        let count = try survey.recordCount()
        let run = try survey.submit(
            area("38010111", id: Self.firstID) + "\n  \n" + area("38010112")
        )
        #expect(run.status == 0)
        let receipts = try run.objects()
        #expect(receipts.count == 2)
        #expect(
            Set(receipts[0].keys) == [
                "commandId", "index", "leafHash", "stream", "streamVersion", "recordedAt",
                "repeated", "clockBehindMicroseconds",
            ]
        )
        #expect(receipts[0]["commandId"] as? String == Self.firstID)
        #expect(receipts.map { $0["index"] as? Int } == [count, count + 1])
        #expect(receipts[1]["stream"] as? String == "area/38010112")
        #expect((receipts[1]["commandId"] as? String)?.count == 36)
        #expect((receipts[0]["leafHash"] as? String)?.count == 64)
        #expect(receipts[0]["repeated"] as? Bool == false)
    }

    @Test func `a command sent twice has one record and the same receipt`() throws {
        let line = try area("38010111", id: Self.firstID)
        let first = try survey.submit(line).object()
        let count = try survey.recordCount()
        let second = try survey.submit(line)
        #expect(second.status == 0)
        #expect(try second.object()["repeated"] as? Bool == true)
        #expect(try second.object()["leafHash"] as? String == first["leafHash"] as? String)
        #expect(try survey.recordCount() == count)
        let other = try survey.submit(area("38010111", id: Self.firstID, name: "อื่น"))
        #expect(other.status == 1)
        #expect(try code(other.object()) == "commandIdReused")
    }

    private func code(_ answer: [String: Any]) -> String? {
        (answer["rejected"] as? [String: Any])?["code"] as? String
    }

    @Test func `bad lines are refused by number and the others go on`() throws {
        let count = try survey.recordCount()
        var input = Data()
        func add(_ text: String) { input.append(Data(text.utf8)) }
        add("{\"defineArea\":{\"code\":\"38010111\"\n")
        add("{\"nobodyKnows\":1}\n")
        add("[1,2]\n")
        add("{\"defineArea\":{},\"defineCycle\":{}}\n")
        add("{\"issueOrder\":{\"kind\":\"king\"}}\n")
        input.append(contentsOf: [0x7B, 0xFF, 0xFE, 0x7D, 0x0A])
        add("{\"id\":\"\0\"}\n")
        add("{\"id\":\"" + String(repeating: "x", count: 300_000) + "\"}\n")
        add("{\"id\":\"not-a-uuid\",\"defineArea\":{}}\n")
        add(try area("380101AB"))
        add(try area("38010111", name: "ก\u{0}ข"))
        add("{}\n")
        add(try area("38010112"))
        let run = try Tool.bmn("submit", survey.ledger, "-", "--user", "u-1", input: input)
        #expect(run.status == 1)
        let answers = try run.objects()
        #expect(answers.compactMap { $0["line"] as? Int } == Array(1...12))
        #expect(
            answers.map { code($0) ?? "" } == [
                "jsonMalformed", "fieldUnknown", "jsonMalformed", "kindGivenTwice",
                "enumValueUnknown", "invalidUTF8", "nulByte", "lineTooLong", "commandIdMalformed",
                "areaCodeMalformed", "textMalformed", "kindUnknown", "",
            ]
        )
        #expect(answers[1].description.contains("nobodyKnows"))
        #expect(try survey.recordCount() == count + 1)
        #expect(run.error.contains("1 recorded, 0 had been before, 12 refused"))
    }

    @Test func `a field given twice is refused in either spelling and nothing is stored`() throws {
        let count = try survey.recordCount()
        let visit =
            #""cycle":"2561","village":"38010102","lao":"380151","collector":"col-1","#
            + #""reason":"vacant","visitedOn":"2018-01-15""#
        let lines = [
            #"{"recordNotCollected":{"household":"h-1","household":"h-2",\#(visit)}}"#,
            #"{"recordNotCollected":{"household":"h-1",\#(visit),"visited_on":"2018-01-16"}}"#,
            #"{"recordNotCollected": {"household":"h-1", \#(visit), "reason": "refused"}}"#,
            #"{"id":"\#(Self.firstID)","defineArea":{},"id":"\#(Self.firstID)"}"#,
            #"{"recordNotCollected":{"household":"h-1",\#(visit),"visited\u004fn":"2018-01-16"}}"#,
        ]
        let run = try survey.submit(lines.joined(separator: "\n") + "\n")
        #expect(run.status == 1)
        let codes = try run.objects().map { code($0) ?? "" }
        #expect(
            codes == [
                "fieldGivenTwice", "fieldGivenTwice", "fieldGivenTwice", "fieldGivenTwice",
                "fieldUnknown",
            ]
        )
        #expect(run.lines[0].contains(#"\"household\""#))
        #expect(try survey.recordCount() == count)
        let spaced = #" { "recordNotCollected" : {"household":"h-1",\#(visit)} , "actor":{}}"#
        #expect(try survey.submit(spaced + "\n").status == 0)
    }

    @Test func `dates that do not exist or are of the other era are refused`() throws {
        for (day, expected) in [
            ("2018-02-29", "dateMalformed"), ("2561-02-28", "dateLooksBuddhist"),
            ("2018-13-01", "dateMalformed"), ("20/3/2561", "dateMalformed"),
        ] {
            let line = try SmallSurvey.line(
                "recordNotCollected",
                [
                    "cycle": "2561", "household": "38010102-0001", "village": "38010102",
                    "lao": "380151", "visitedOn": day, "collector": "col-1", "reason": "vacant",
                ]
            )
            let run = try survey.submit(line)
            #expect(run.status == 1)
            #expect(try code(run.object()) == expected, "\(day)")
        }
    }

    @Test func `nothing of what was refused is ever repeated in a message`() throws {
        let secret = "สมชายลับสุดยอด"
        let lines = [
            "{\"\(secret)\":1}\n", "{\"id\":\"\(secret)\",\"defineArea\":{}}\n",
            "{\"recordHousehold\":{\"personal\":{\"members\":[{\"firstName\":\"\(secret)\"\n",
        ]
        let run = try survey.submit(lines.joined())
        #expect(run.status == 1)
        #expect(run.lines.count == 3)
        #expect(!run.text.contains(secret) && !run.error.contains(secret))
    }

    @Test func `an atomic batch is stored whole or not at all`() throws {
        let count = try survey.recordCount()
        let mixed = try area("38010111") + area("38010111") + area("38010112")
        let refused = try survey.submit(mixed, "--atomic")
        #expect(refused.status == 1)
        #expect(
            try refused.objects().map(code) == ["notStored", "areaAlreadyDefined", "notStored"]
        )
        let broken = try survey.submit(area("38010111") + "{\n", "--atomic")
        #expect(try broken.objects().map(code) == ["notStored", "jsonMalformed"])
        #expect(try survey.recordCount() == count)
        let whole = try survey.submit(area("38010111") + area("38010112"), "--atomic")
        #expect(whole.status == 0)
        #expect(try survey.recordCount() == count + 2)
    }

    @Test func `the actor is authenticated as cli whatever a command claims`() throws {
        let claim = """
            {"actor":{"user":"u-7","capacity":"boss","authentication":"fingerprint"},\
            "defineArea":{"code":"38010111","level":"village","parentCode":"380101","nameTh":"ก"}}

            """
        let run = try survey.submit(claim)
        #expect(run.status == 0)
        #expect(run.error.contains("claimed another authentication"))
        let last = try #require(try Tool.bmn("log", survey.ledger).lines.last)
        let actor = #""actor":{"user":"u-7","capacity":"boss","authentication":"cli"}"#
        #expect(last.contains(actor))
        _ = try survey.submit(area("38010112"))
        let other = try #require(try Tool.bmn("log", survey.ledger).lines.last)
        #expect(other.contains(#"{"user":"rec-1","capacity":"recorder","authentication":"cli"}"#))
    }

    @Test func `who waits for each receipt before the next command is answered`() throws {
        let run = try Tool.shell(
            """
            coproc "$BMN" submit '\(survey.ledger)' --user u-1
            for code in 38010111 38010112 38010113; do
              echo '{"defineArea":{"code":"'$code'","level":"village","parentCode":"380101",\
            "nameTh":"ก"}}' >&${COPROC[1]}
              read -t 20 -r answer <&${COPROC[0]} || exit 9
              echo "$answer"
            done
            eval "exec ${COPROC[1]}>&-"
            wait
            """
        )
        #expect(run.status == 0)
        let streams = try run.objects().map { $0["stream"] as? String }
        #expect(streams == ["area/38010111", "area/38010112", "area/38010113"])
    }

    @Test func `thousands of lines keep their order over many commits`() throws {
        let codes = (0..<2500).map { "3801" + String(10_000 + $0).suffix(4) }
        let tambons = Set(codes.map { $0.prefix(6) }).sorted().filter { $0 != "380101" }
        let parents = try tambons.map { code in
            try SmallSurvey.line(
                "defineArea",
                ["code": code, "level": "tambon", "parentCode": "3801", "nameTh": "ก"]
            )
        }
        let villages = try codes.map { code in
            try SmallSurvey.line(
                "defineArea",
                [
                    "code": code, "level": "village", "parentCode": String(code.prefix(6)),
                    "nameTh": "ก",
                ]
            )
        }
        let run = try survey.submit((parents + villages).joined())
        let answers = try run.objects()
        #expect(answers.count == parents.count + villages.count)
        let accepted = answers.compactMap { $0["index"] as? Int }
        #expect(accepted == accepted.sorted())
        let streams = answers.compactMap { $0["stream"] as? String }
        #expect(streams.suffix(1000) == codes.suffix(1000).map { "area/" + $0 }[...])
    }
}
