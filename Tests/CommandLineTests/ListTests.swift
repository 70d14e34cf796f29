import Foundation
import Testing

/// What an office asks for, out of one small survey in which each thing was done once.
@Suite struct `The lists of an office` {
    private let survey: SmallSurvey

    init() throws { survey = try SmallSurvey.ofAnOffice() }

    private func list(_ kind: String, _ more: String..., language: String = "en") throws -> Run {
        let run = try Tool.bmn(["list", survey.ledger, kind] + more, language: language)
        try #require(run.status == 0, "\(run.text)\(run.error)")
        return run
    }

    @Test(arguments: [
        ("directives", "letter-1\t2561\tว 381\t17 October 2017\t"),
        ("directives-not-received", "3801 Mueang Bueng Kan\tnot_received\t-\t-\t"),
        ("users", "2561\trec-1\trecorder\t3801 Mueang Bueng Kan\tregistered\t9 November 2017\t"),
        (
            "appointments",
            "o-committee\t3/2560\t8 November 2017\tcommittee\t2561\t380151 Bueng Kan TAO\tchair-1"
                + "\tchair\t380151 Bueng Kan TAO\t8 November 2017\t-\tin_force\tno\n"
        ),
        ("orders", "\t1\t0\t0\t38 Bueng Kan\t10 November 2017\tบก 1\t-\n"),
        ("meetings", "\theld\t10 January 2018\t10 January 2018\t3\t1\t2\tno\t"),
        ("trainings", "t-1\t2561\t3801 Mueang Bueng Kan\trecorder\t17 January 2018\t1\t1\t"),
        ("rosters", "\tchair-1\ttrainer\nt-1\t2561\t3801 Mueang Bueng Kan\trecorder\t"),
        ("untrained", "2561\tcol-1\tcollector\t3\t15 January 2018\t-\n"),
        ("untrained", "2561\trec-1\trecorder\t3\t16 January 2018\t17 January 2018\n"),
        ("cooperation", "\t380151 Bueng Kan TAO\topen\t-\t"),
        ("plans", "p-1\t2561\t380101 Bueng Kan\t1\tdrafted\t8 November 2017\t-\t-\t2\t1\t2\n"),
        ("plan-steps", "\t10 November 2017\tdone\t14 November 2017\t-\tพัฒนากร\t-\n"),
        ("targets", "2561\t38010101 Ban Nueng\t380151 Bueng Kan TAO\t3\t4\t1\n"),
        ("forms", "\tcol-1\tA-\t1\t20\t1 December 2017\t20\t0\t0\t0\t20\topen\n"),
        ("households", "38010101-0001\trecorded\t38010101 Ban Nueng\t380151 Bueng Kan TAO\tcol-1"),
        ("not-collected", "38010101-0009\t38010101 Ban Nueng\t380151 Bueng Kan TAO\tvacant\t"),
        ("progress", "3801 Mueang Bueng Kan\t15 January 2018\tmissing\t-\t2\t-\t0\t0\t-\t-\n"),
        ("progress", "3801 Mueang Bueng Kan\t16 January 2018\tdiffers\t3\t2\t2\t2\t0\tonline\t-\n"),
        ("objections", "\tresident\t5 March 2018\t-1+1 บ้านนี้ไม่มีส้วม\t38010101-0001\t-\t-\topen\t"),
        ("defects", "de-1\t380151 Bueng Kan TAO\tch-1\tmajor\t6 March 2018\tอ่านแบบผิด\t"),
        ("checks", "\tdistrict\tcertifying\t-\tdefective\t6 March 2018\tchair-1\t0\t0\t1\t"),
        ("awards", "3801 Mueang Bueng Kan\tcollector\tcol-1\tchosen\t10 March 2018\t"),
        ("budget", "\t1,500.00\t2,000.50\t-500.50\tover_allocation\n"),
        (
            "deadlines",
            "2.2\t20 March 2018\tlao\t380151 Bueng Kan TAO\tmissed\t-\t"
        ),
    ])
    func `show what was recorded, under words for people`(_ kind: String, _ row: String) throws {
        let run = try list(kind)
        #expect(run.text.contains(row), "\(run.text)")
        #expect(!run.lines.isEmpty && !run.lines[0].contains("_"), "\(run.lines)")
        // Nobody's name without the vault.
        #expect(!run.text.contains("สมมติ"))
        try survey.verify()
    }

    @Test func `say certifications with their signatures, and samples with what is left to ask`()
        throws
    {
        let survey = try SmallSurvey()
        try survey.certify()
        let certifications = try Tool.bmn("list", survey.ledger, "certifications", "--json")
        let row = try #require(try certifications.objects().first)
        #expect(row["state"] as? String == "submitted")
        #expect(row["signatures"] as? Int == 3)
        #expect(row["missingSignatures"] as? Int == 0)
        #expect(row["due"] as? String == "2018-03-20")
        #expect((row["daysLate"] as? Int ?? 0) > 0)
        let samples = try Tool.bmn("list", survey.ledger, "samples", "--csv")
        #expect(samples.status == 0)
        #expect(samples.text.hasPrefix("\u{FEFF}cycle,sample,area,"), "\(samples.text)")
        #expect(samples.text.count { $0 == "\r\n" } == 1)
        try survey.verify()
    }

    @Test func `are in Thai with Thai days for whoever reads Thai`() throws {
        let plans = try list("plans", language: "th").text
        #expect(plans.hasPrefix("แผน\tรอบปี\tพื้นที่\t"), "\(plans)")
        #expect(plans.contains("380101 บึงกาฬ\t1\tร่างแล้ว\t8 พฤศจิกายน 2560\t"), "\(plans)")
        let letters = try list("directives-not-received", language: "th").text
        #expect(letters.contains("3801 เมืองบึงกาฬ\tยังไม่ได้รับ\t"), "\(letters)")
    }

    @Test func `are narrowed by area, state, kind, role and level`() throws {
        func count(_ kind: String, _ more: [String]) throws -> Int {
            let run = try Tool.bmn(["list", survey.ledger, kind, "--json"] + more)
            #expect(run.status == 0, "\(run.error)")
            return run.lines.count
        }
        #expect(try count("households", []) == 3)
        #expect(try count("households", ["--state", "recorded"]) == 2)
        #expect(try count("households", ["--area", "38010102"]) == 0)
        #expect(try count("households", ["--area", "380151"]) == 3)
        #expect(try count("appointments", ["--kind", "committee", "--role", "chair"]) == 1)
        #expect(try count("appointments", ["--area", "3801", "--kind", "committee"]) == 3)
        #expect(try count("appointments", ["--state", "in_force", "--on", "1/1/2560"]) == 0)
        #expect(try count("users", ["--state", "disabled"]) == 1)
        #expect(try count("deadlines", ["--level", "lao", "--on", "1/1/2561"]) == 1)
        #expect(try count("targets", ["--level", "district"]) == 1)
        #expect(try count("objections", ["--state", "open", "--area", "38"]) == 1)
        // Of the first records, which set the survey up, nothing of these is known.
        #expect(try count("objections", ["--as-of", "30"]) == 0)
    }

    @Test func `add targets up to whole areas beside what was done`() throws {
        let row = try #require(try list("targets", "--level", "district", "--json").objects().first)
        #expect(row["area"] as? String == "3801")
        #expect(row["households"] as? Int == 3)
        #expect(row["collected"] as? Int == 2)
        #expect(row["notCollected"] as? Int == 1)
        #expect(row["remaining"] as? Int == 0)
    }

    @Test func `have names only where the vault opens them`() throws {
        let persons = try list("users", "--with-names").text
        #expect(persons.contains("\tนางบันทึก สมมติ\topen\n"), "\(persons)")
        let households = try list("households", "--with-names", "--state", "recorded", "--json")
        let row = try #require(try households.objects().first)
        #expect(row["name"] as? String == "นายสมชาย สมมติ")
        #expect(row["houseNumber"] as? String == "99/9")
        #expect(!households.text.contains("birth"))
        try FileManager.default.removeItem(atPath: survey.ledger + "/vault.mdb")
        let sealed = try Tool.bmn("list", survey.ledger, "users", "--with-names", "--json")
        #expect(sealed.status == 3)
        #expect(try sealed.errorCode() == "vaultMissing")
        #expect(try list("users").lines.count == 3)
    }

    @Test func `are CSV that a spreadsheet reads and runs no formula of`() throws {
        let objections = try list("objections", "--csv").text
        #expect(objections.unicodeScalars.first == "\u{FEFF}")
        #expect(objections.contains(",'-1+1 บ้านนี้ไม่มีส้วม,"), "\(objections)")
        let users = try list("users", "--csv").text
        #expect(users.contains("\"'=ย้าย, \"\"จริง\"\"\"\r\n"), "\(users)")
        #expect(users.contains("2561,rec-1,recorder,3801,registered,2017-11-09,"), "\(users)")
        let json = try list("objections", "--json").objects()
        #expect(json.first?["text"] as? String == "-1+1 บ้านนี้ไม่มีส้วม")
    }

    @Test(arguments: [
        ("targets", "targets", "cycle,village,lao,households,questionnaires"),
        ("forms", "questionnaires", "cycle,area,collector,prefix,first,last,issued_on"),
        ("rosters", "trainings", "training,cycle,area,kind,held_on,place,person,part"),
        ("users", "users", "cycle,person,role,area,public_key,certificate,occurred_on"),
        (
            "directives", "directives",
            "directive,cycle,number,number_as_read,number_certainty,date,date_as_read,"
                + "date_certainty,from_office,from_area,area,subject,signer,capacity"
        ),
        ("meetings", "meetings", "meeting,cycle,area,scheduled_on,place,agenda,occurred_on"),
        (
            "cooperation", "cooperation",
            "request,cycle,from_area,date,request_number,lao,subject"
        ),
        (
            "plan-steps", "plans",
            "plan,cycle,area,occurred_on,step,kind,text,starts_on,due,responsible,office"
        ),
        (
            "budget", "budget",
            "allocation,cycle,area,activity,amount_satang,source,allocated_on,document_number"
        ),
    ])
    func `are read again by an import of their kind`(
        _ list: String,
        _ kind: String,
        _ columns: String
    ) throws {
        let csv = try self.list(list, "--csv", "--columns", columns)
        // The small survey has everybody, but none of this except the targets of one village.
        let other = try SmallSurvey()
        let file = try other.scratch.write("list.csv", csv.text)
        let run = try Tool.bmn(["import", kind, other.ledger, file, "--user", "admin-1"])
        if list == "targets" {
            // The same village and LAO with other numbers: a revision with a reason, no import.
            #expect(run.status == 1)
            #expect((run.text + run.error).contains("commandIdReused"), "\(run.text)\(run.error)")
        } else {
            #expect(run.status == 0, "\(run.text)\(run.error)")
            let again = try Tool.bmn("list", other.ledger, list, "--csv", "--columns", columns)
            #expect(again.text == csv.text)
        }
        try other.verify()
    }

    @Test func `of acts that follow another are read again after it`() throws {
        let other = try SmallSurvey()
        func copy(_ list: String, _ kind: String, _ columns: String, _ more: String...) throws {
            let asked = [list, "--csv", "--columns", columns] + more
            let csv = try Tool.bmn(["list", survey.ledger] + asked)
            try #require(csv.status == 0, "\(csv.error)")
            let file = try other.scratch.write("list.csv", csv.text)
            let run = try Tool.bmn(["import", kind, other.ledger, file, "--user", "admin-1"])
            try #require(run.status == 0, "\(kind): \(run.text)\(run.error)")
            let again = try Tool.bmn(["list", other.ledger] + asked)
            #expect(again.text == csv.text, "\(kind)")
            #expect(csv.text.split(separator: "\r\n").count > 1, "\(kind)")
        }
        let steps = "plan,cycle,area,occurred_on,step,kind,text,starts_on,due,responsible,office"
        try copy("plan-steps", "plans", steps)
        try copy("plan-steps", "plan-outcomes", "plan,step,done_on,note", "--state", "done")
        let money = "allocation,cycle,area,activity,amount_satang,source,allocated_on"
        try copy("budget", "budget", money)
        let vouchers = "allocation,document_number,amount_satang,spent_on,text"
        try copy("expenses", "expenses", vouchers)
        let sent = "order,submitted_to,submitted_on,document_number"
        try copy("orders", "submissions", sent, "--kind", "collector")
        try copy("awards", "nominees", "cycle,area,kind,nominee,grounds,entered_on")
        let decided = "cycle,area,kind,nominee,deciders,decided_on,reason"
        try copy("awards", "awards", decided, "--state", "chosen")
        try other.verify()
    }

    @Test(arguments: [
        ["list", "L", "households", "--role", "chair"], ["list", "L", "untrained", "--area", "38"],
        ["list", "L", "budget", "--with-names"], ["list", "L", "people"],
        ["list", "L", "users", "--csv", "--json"], ["list", "L", "users", "--columns", "name"],
        ["list", "L", "directives-not-received", "--state", "received"],
        ["list", "L", "targets", "--level", "country"],
    ])
    func `refuse an option that would do nothing`(_ arguments: [String]) throws {
        let run = try Tool.bmn(arguments.map { $0 == "L" ? survey.ledger : $0 })
        #expect(run.status == 2, "\(run.text)\(run.error)")
        #expect(run.text.isEmpty)
    }
}
