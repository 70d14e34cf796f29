import Foundation
import Survey
import Testing

/// A ledger with one tambon, two villages, one LAO and its people, made by `bmn` itself.
///
/// Nobody in it is real.
struct SmallSurvey {
    let scratch: Scratch
    var ledger: String { scratch.path("ledger") }

    /// The same for all tests: made once, then copied.
    private static let template = Result { try make() }

    /// A copy that no other test touches.
    init() throws {
        scratch = try Scratch()
        try FileManager.default.copyItem(
            at: Self.template.get().url("ledger"),
            to: scratch.url("ledger")
        )
    }

    static let householdCount = 2

    private static func make() throws -> Scratch {
        let scratch = try Scratch()
        let ledger = scratch.path("ledger")
        try succeed(Tool.bmn("init", ledger, "--origin", "example.org/small"))
        try importing("areas", areas, scratch)
        let cycle = try Tool.bmn("cycle", "defaults", "--year", "2561", "--province", "38")
        // Its acts are of 2018 and recorded now, which a real cycle would not take.
        let marker = #""defineCycle":{"#
        try #require(cycle.text.contains(marker), "\(cycle.text)")
        let played = cycle.text.replacingOccurrences(
            of: marker,
            with: marker + #""synthetic":true,"#
        )
        try succeed(Tool.bmn("submit", ledger, input: Data(played.utf8)))
        try importing("persons", persons, scratch)
        try importing("appointments", appointments, scratch)
        try importing("targets", targets, scratch)
        try importing("households", households(["38010101-0001", "38010101-0002"]), scratch)
        return scratch
    }

    private static func importing(_ kind: String, _ csv: String, _ scratch: Scratch) throws {
        let file = try scratch.write(kind + ".csv", csv)
        let ledger = scratch.path("ledger")
        try succeed(
            Tool.bmn("import", kind, ledger, file, "--user", "rec-1", "--capacity", "recorder")
        )
    }

    private static func succeed(_ run: Run) throws {
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    static let areas = """
        code,level,parent_code,name_th,name_en,lao_type,covered_codes
        38,province,,บึงกาฬ,Bueng Kan,,
        3801,district,38,เมืองบึงกาฬ,Mueang Bueng Kan,,
        380101,tambon,3801,บึงกาฬ,Bueng Kan,,
        380151,lao,3801,อบต.บึงกาฬ,Bueng Kan TAO,TAO,380101
        38010101,village,380101,บ้านหนึ่ง,Ban Nueng,,
        38010102,village,380101,บ้านสอง,Ban Song,,

        """

    static let persons = """
        person,title,first_name,last_name,citizen_id,birth_date,synthetic
        rec-1,นาง,บันทึก,สมมติ,,1/1/2520,true
        col-1,นาย,จัดเก็บ,สมมติ,,1/1/2520,true
        chair-1,นาย,ประธาน,สมมติ,,1/1/2500,true
        secretary-1,นาง,เลขานุการ,สมมติ,,1/1/2510,true
        member-1,นาย,กรรมการ,สมมติ,,1/1/2515,true

        """

    static let appointments = """
        order,number,date,kind,cycle,area,person,role,valid_from
        o-collector,1/2560,8/11/2560,collector,2561,3801,col-1,collector,8/11/2560
        o-recorder,2/2560,8/11/2560,recorder,2561,3801,rec-1,recorder,8/11/2560
        o-committee,3/2560,8/11/2560,committee,2561,380151,chair-1,chair,8/11/2560
        o-committee,3/2560,8/11/2560,committee,2561,380151,secretary-1,secretary,8/11/2560
        o-committee,3/2560,8/11/2560,committee,2561,380151,member-1,member,8/11/2560

        """

    static let targets = """
        cycle,village,lao,households,questionnaires
        2561,38010101,380151,2,3

        """

    /// A CSV file of households of a couple each, in the first village unless the id says another.
    static func households(_ ids: [String]) -> String {
        householdHeader + ids.map { household($0) }.joined()
    }

    static var householdHeader: String {
        let answers = Questionnaire.bmn2560.indicators.map {
            $0.number < 10 ? "i0\($0.number)" : "i\($0.number)"
        }
        return
            "cycle,household,village,lao,interviewed_on,collector,house_number,members,synthetic,"
            + "occurred_on,"
            + answers.joined(separator: ",") + "\n"
    }

    /// One row; `birth` is the head's birth date as typed.
    static func household(
        _ id: String,
        lao: String = "380151",
        birth: String = "20/3/2520",
        collector: String = "col-1",
        occurredOn: String = "16/1/2561"
    ) -> String {
        // On 1 January 2561: 40 and 35 years.
        let ages: [UInt32] = [40, 35]
        let answers = Questionnaire.bmn2560.indicators.map { indicator -> String in
            guard indicator.unit == .member else { return "P" }
            let eligible = Questionnaire.bmn2560.inScope(indicator.number, ages: ages).upperBound
            return eligible == 0 ? "-" : "\(eligible)/0"
        }
        let members =
            "นาย|สมชาย|สมมติ||\(birth)|ชาย|หัวหน้า|พุทธ|ปกติ;"
            + "นาง|สมศรี|สมมติ||17/8/2525|หญิง|คู่สมรส|พุทธ|ปกติ"
        return "2561,\(id),\(id.prefix(8)),\(lao),15/1/2561,\(collector),99/9,\(members),true,"
            + "\(occurredOn)," + answers.joined(separator: ",") + "\n"
    }
}

extension SmallSurvey {
    /// A command as one line of JSON.
    static func line(_ kind: String, _ body: [String: Any], id: String? = nil) throws -> String {
        var command: [String: Any] = [kind: body]
        if let id { command["id"] = id }
        let data = try JSONSerialization.data(withJSONObject: command, options: [.sortedKeys])
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    /// Submits lines as the recorder.
    func submit(_ lines: String, _ more: String...) throws -> Run {
        let file = try scratch.write("commands-\(UUID().uuidString).jsonl", lines)
        let arguments =
            ["submit", ledger, file, "--user", "rec-1", "--capacity", "recorder"] + more
        return try Tool.bmn(arguments)
    }

    /// How many records the ledger has.
    func recordCount() throws -> Int { try Tool.bmn("log", ledger).lines.count }
}
