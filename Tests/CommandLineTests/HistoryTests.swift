import Foundation
import Testing

/// What was done to a person, an office, an order, a target and a certification.
@Suite struct `The history of an act` {
    private let survey: SmallSurvey

    init() throws { survey = try SmallSurvey() }

    private func append(_ kind: String, on day: String, _ body: [String: Any]) throws {
        let run = try survey.submit(SmallSurvey.act(kind, on: day, body))
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    private func history(_ kind: String, _ id: String, _ more: String...) throws -> Run {
        let run = try Tool.bmn(["history", survey.ledger, kind, id] + more)
        try #require(run.status == 0, "\(run.text)\(run.error)")
        return run
    }

    private func events(_ kind: String, _ id: String) throws -> [String?] {
        try history(kind, id, "--json").objects().map { $0["event"] as? String }
    }

    /// The collector's order is amended, then revoked.
    private func changeOrder() throws {
        try append(
            "amendOrder",
            on: "2018-01-20",
            [
                "order": "o-collector", "number": "4/2561", "date": "2018-01-19",
                "effectiveOn": "2018-01-22", "reason": "ลาออก", "removedPersons": ["col-1"],
                "added": [["person": "member-1", "role": "collector", "area": "380101"]],
            ]
        )
        try append(
            "revokeOrder",
            on: "2018-02-10",
            ["order": "o-collector", "effectiveOn": "2018-02-15", "reason": "ออกคำสั่งใหม่"]
        )
    }

    @Test func `of a member has the terms that orders gave and ended, and the user's registration`()
        throws
    {
        try append(
            "registerUser",
            on: "2017-11-09",
            ["cycle": "2561", "person": "member-1", "role": "committee", "area": "380151"]
        )
        try changeOrder()
        #expect(
            try events("member", "member-1") == [
                "personRegistered", "orderIssued", "userRegistered", "orderAmended",
                "orderRevoked",
            ]
        )
        let text = try history("member", "member-1").text
        #expect(text.contains("appointed\tmember-1 (collector, 380101)\n"), "\(text)")
        #expect(text.contains("effective on\t15 February 2018\n"), "\(text)")
        #expect(text.contains("removed\tmember-1\nreason\tออกคำสั่งใหม่\n"), "\(text)")
        // The survey was recorded today, years after the days of its acts.
        #expect(text.contains(" days later)\n"), "\(text)")
        // Whom the amendment had removed before is none of the revocation's business.
        #expect(
            try events("member", "col-1") == ["personRegistered", "orderIssued", "orderAmended"]
        )
        let first = try #require(try history("member", "col-1", "--json").objects().last)
        #expect(first["occurredOn"] as? String == "2018-01-20")
        #expect((first["backdatedDays"] as? Int ?? 0) > 1000)
        let details = try #require(first["details"] as? [String: Any])
        #expect(details["removed"] as? String == "col-1")
        try survey.verify()
    }

    @Test func `of an office has everybody whom orders gave it`() throws {
        try changeOrder()
        let office = try history("office", "380151").text
        #expect(
            office.contains(
                "appointed\tchair-1 (chair, 380151), secretary-1 (secretary, 380151),"
                    + " member-1 (member, 380151)\n"
            ),
            "\(office)"
        )
        #expect(try events("office", "380101") == ["orderAmended", "orderRevoked"])
        #expect(try events("office", "38010101").isEmpty)
        try survey.verify()
    }

    @Test func `of an order has its whole way`() throws {
        try append(
            "circulateOrder",
            on: "2017-11-09",
            ["order": "o-collector", "circulatedOn": "2017-11-09", "toAreas": ["380151"]]
        )
        try append(
            "submitOrder",
            on: "2017-11-10",
            ["order": "o-collector", "toArea": "38", "submittedOn": "2017-11-10"]
        )
        try changeOrder()
        #expect(
            try events("order", "o-collector") == [
                "orderIssued", "orderCirculated", "orderSubmitted", "orderAmended",
                "orderRevoked",
            ]
        )
        let thai = try Tool.bmn("history", survey.ledger, "order", "o-collector", language: "th")
        #expect(thai.text.contains(" แก้ไขคำสั่ง\n"), "\(thai.text)")
        #expect(thai.text.contains("มีผลวันที่\t22 มกราคม 2561\n"), "\(thai.text)")
        #expect(thai.text.contains("บันทึกย้อนหลัง"), "\(thai.text)")
        try survey.verify()
    }

    @Test func `of a target has each revision with what stood before, and why`() throws {
        try append(
            "reviseTarget",
            on: "2017-12-01",
            [
                "cycle": "2561", "village": "38010101", "lao": "380151", "households": 3,
                "questionnaires": 4, "reason": "พบอีกหลัง",
            ]
        )
        let text = try history("target", "38010101").text
        #expect(text.contains("households\t2\nquestionnaires\t3\n"), "\(text)")
        #expect(
            text.contains("households\t2 → 3\nquestionnaires\t3 → 4\nreason\tพบอีกหลัง\n"),
            "\(text)"
        )
        let last = try #require(try history("target", "38010101", "--json").objects().last)
        let changes = try #require(last["changes"] as? [[String: Any]])
        #expect(changes.first?["field"] as? String == "households")
        #expect(changes.first?["old"] as? Int == 2)
        #expect(changes.first?["new"] as? Int == 3)
        try survey.verify()
    }

    @Test func `of a certification names the later record that overtook it`() throws {
        try survey.certify()
        #expect(
            try events("certification", "2561-380151-1") == [
                "certificationPrepared", "certificationSigned", "certificationSigned",
                "certificationSigned", "certificationIssued", "certificationSubmitted",
            ]
        )
        try append(
            "correctHousehold",
            on: "2018-03-25",
            [
                "cycle": "2561", "household": "38010101-0001", "reason": "ตรวจทาน",
                "indicators": [["indicator": 8, "inScope": 1, "failing": 1]],
            ]
        )
        let text = try history("certification", "2561-380151-1").text
        #expect(text.contains("submitted to\t3801\nnumber\tบก 1/2561\n"), "\(text)")
        #expect(
            text.contains("overtakes the certification\thousehold/2561/38010101-0001\n"),
            "\(text)"
        )
        try survey.verify()
    }

    @Test(arguments: [
        ("member", "personUnknown"), ("office", "areaUnknown"), ("order", "orderUnknown"),
        ("target", "targetNotSet"), ("certification", "certificationUnknown"),
        ("household", "householdNotRecorded"),
    ])
    func `of what nobody knows is refused by name`(_ kind: String, _ code: String) throws {
        let run = try Tool.bmn("history", survey.ledger, kind, "none", "--json")
        #expect(run.status == 1)
        #expect(try run.errorCode() == code)
    }
}
