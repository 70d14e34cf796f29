import Access
import Console
import Survey
import SurveyImport

/// What can be entered, as the pages order and name it.
struct EntryGroup: Sendable {
    let title: Phrase
    let kinds: [ImportKind]

    static let all: [EntryGroup] = [
        EntryGroup(
            title: Phrase(thai: "หนังสือและคำสั่ง", english: "Letters and orders"),
            kinds: [
                .directives, .directiveReceipts, .appointments, .amendments, .circulations,
                .submissions,
            ]
        ),
        EntryGroup(
            title: Phrase(thai: "บุคคล", english: "People"),
            kinds: [.persons, .trainings, .users]
        ),
        EntryGroup(
            title: Phrase(thai: "การเตรียมการ", english: "Preparation"),
            kinds: [
                .areas, .targets, .meetings, .minutes, .cooperation, .cooperationAnswers, .plans,
                .planSubmissions, .planAcceptances, .planReturns, .planOutcomes, .budget,
                .expenses,
            ]
        ),
        EntryGroup(
            title: Phrase(thai: "การจัดเก็บ", english: "Collection"),
            kinds: [.questionnaires, .progress, .households, .answers]
        ),
        EntryGroup(
            title: Phrase(thai: "การตรวจสอบและนำเสนอผล", english: "Checks and results"),
            kinds: [
                .checks, .reinterviews, .defects, .presentations, .publicReviews, .objections,
            ]
        ),
        EntryGroup(
            title: Phrase(thai: "รางวัล", english: "Awards"),
            kinds: [.nominees, .awards, .awardReports]
        ),
        EntryGroup(
            title: Phrase(thai: "แก้สิ่งที่บันทึกผิด", english: "Mending what is wrong"),
            kinds: [.withdrawals]
        ),
    ]
}

extension ImportKind {
    /// Whether one of them can be typed into a form; a household has a page of its own.
    var hasForm: Bool { self != .households && self != .answers }

    /// What entering one takes, which is what its command takes.
    var action: Action {
        guard let action = Self.actions[self] else {
            preconditionFailure("a kind whose template gives no command of the service")
        }
        return action
    }

    private static let actions: [ImportKind: Action] = Dictionary(
        uniqueKeysWithValues: allCases.compactMap { kind in
            var importer = CommandImporter(kind, actor: Actor())
            let items = importer.items(of: Array(kind.template.utf8))
            guard case .command(let given, _)? = items.first,
                let command = given.command.kind, let action = Action(submitting: command)
            else { return nil }
            return (kind, action)
        }
    )

    /// What usually follows, to which an act's identifier is handed on.
    var followers: [ImportKind] {
        switch self {
        case .directives: [.directiveReceipts]
        case .appointments: [.circulations, .submissions]
        case .amendments: [.circulations]
        case .persons: [.appointments]
        case .meetings: [.minutes]
        case .cooperation: [.cooperationAnswers]
        case .plans: [.planSubmissions]
        case .planSubmissions: [.planAcceptances, .planReturns]
        case .planAcceptances: [.planOutcomes]
        case .planReturns: [.plans]
        case .budget: [.expenses]
        case .checks: [.reinterviews, .defects]
        case .presentations: [.publicReviews, .objections]
        case .publicReviews: [.objections]
        case .nominees: [.awards]
        case .awards: [.awardReports]
        default: []
        }
    }

    var title: Phrase {
        switch self {
        case .areas: Phrase(thai: "พื้นที่", english: "Area")
        case .persons: Phrase(thai: "บุคคล", english: "Person")
        case .appointments: Phrase(thai: "คำสั่งแต่งตั้ง", english: "Order of appointment")
        case .targets: Phrase(thai: "เป้าหมาย", english: "Target")
        case .households: Phrase(thai: "ครัวเรือน (ผลรายตัวชี้วัด)", english: "Household (results)")
        case .answers: Phrase(thai: "ครัวเรือน (คำตอบ)", english: "Household (answers)")
        case .trainings: Phrase(thai: "การฝึกอบรม", english: "Training")
        case .users: Phrase(thai: "ผู้ใช้ระบบ", english: "User")
        case .questionnaires: Phrase(thai: "การจ่ายแบบสอบถาม", english: "Questionnaires given out")
        case .progress: Phrase(thai: "ความก้าวหน้ารายวัน", english: "Daily progress")
        case .checks: Phrase(thai: "การตรวจสอบ", english: "Check")
        case .reinterviews: Phrase(thai: "การสัมภาษณ์ซ้ำ", english: "Repeated interview")
        case .objections: Phrase(thai: "ข้อคัดค้าน", english: "Objection")
        case .defects: Phrase(thai: "ข้อบกพร่อง", english: "Defect")
        default: titleOfPapers
        }
    }

    private var titleOfPapers: Phrase {
        switch self {
        case .directives: Phrase(thai: "หนังสือสั่งการ", english: "Letter of instruction")
        case .directiveReceipts: Phrase(thai: "การลงรับหนังสือ", english: "Receipt of a letter")
        case .meetings: Phrase(thai: "การนัดประชุม", english: "Call of a meeting")
        case .minutes: Phrase(thai: "รายงานการประชุม", english: "Minutes of a meeting")
        case .cooperation: Phrase(thai: "หนังสือขอความร่วมมือ", english: "Request for co-operation")
        case .cooperationAnswers: Phrase(thai: "คำตอบของ อปท.", english: "Answer of an LAO")
        case .plans: Phrase(thai: "แผนปฏิบัติการ", english: "Plan")
        case .planSubmissions: Phrase(thai: "การส่งแผน", english: "Submission of a plan")
        case .planAcceptances: Phrase(thai: "การเห็นชอบแผน", english: "Acceptance of a plan")
        case .planReturns: Phrase(thai: "การส่งคืนแผน", english: "Return of a plan")
        case .planOutcomes: Phrase(thai: "ขั้นตอนที่ทำเสร็จ", english: "Step that is done")
        case .amendments: Phrase(thai: "คำสั่งแก้ไข", english: "Amendment of an order")
        case .circulations: Phrase(thai: "การแจ้งเวียนคำสั่ง", english: "Circulation of an order")
        case .submissions: Phrase(thai: "การส่งคำสั่ง", english: "Submission of an order")
        case .nominees: Phrase(thai: "การเสนอชื่อ", english: "Nomination")
        case .awards: Phrase(thai: "การตัดสินรางวัล", english: "Decision of an award")
        case .awardReports: Phrase(thai: "การรายงานผลรางวัล", english: "Report of awards")
        case .budget: Phrase(thai: "การจัดสรรงบประมาณ", english: "Allocation of money")
        case .expenses: Phrase(thai: "การใช้จ่าย", english: "Expense")
        case .presentations: Phrase(thai: "การนำเสนอผล", english: "Presentation of results")
        case .publicReviews: Phrase(thai: "การตรวจสอบร่วมกัน", english: "Public review")
        case .withdrawals: Phrase(thai: "การถอนรายการ", english: "Withdrawal")
        default: Phrase(thai: rawValue, english: rawValue)
        }
    }
}
