package import Survey

/// What a file can hold: one kind of row for one kind of command.
package enum ImportKind: String, CaseIterable, Sendable {
    case areas
    case persons
    case appointments
    case targets
    case households
    case answers
    case trainings
    case users
    case questionnaires
    case progress
    case checks
    case reinterviews
    case objections
    case defects
    case directives
    case directiveReceipts = "directive-receipts"
    case meetings
    case minutes
    case cooperation
    case cooperationAnswers = "cooperation-answers"
    case plans
    case planOutcomes = "plan-outcomes"
    case amendments
    case circulations
    case submissions
    case nominees
    case awards
    case budget
    case expenses
    case presentations
    case planSubmissions = "plan-submissions"
    case planAcceptances = "plan-acceptances"
    case planReturns = "plan-returns"
    case awardReports = "award-reports"
    case publicReviews = "public-reviews"
    case withdrawals

    /// The columns in the order of the template; a file may have them in any order.
    package var columns: [ImportColumn] { columns(of: .bmn2560) }

    /// The same where households answer another questionnaire.
    package func columns(of questionnaire: Questionnaire) -> [ImportColumn] {
        switch self {
        case .areas: AreaColumn.all
        case .persons: PersonColumn.all
        case .appointments: AppointmentColumn.all
        case .targets: TargetColumn.all
        case .households: HouseholdColumn.all(of: questionnaire)
        case .answers: AnswerColumn.all(of: questionnaire)
        case .trainings: TrainingColumn.all
        case .users: UserColumn.all
        case .questionnaires: QuestionnaireColumn.all
        case .progress: ProgressColumn.all
        case .checks: CheckColumn.all
        case .reinterviews: ReinterviewColumn.all(of: questionnaire)
        case .objections: ObjectionColumn.all
        case .defects: DefectColumn.all
        default: columnsOfActs
        }
    }

    private var columnsOfActs: [ImportColumn] {
        switch self {
        case .directives: DirectiveColumn.all
        case .directiveReceipts: DirectiveReceiptColumn.all
        case .meetings: MeetingColumn.all
        case .minutes: MinutesColumn.all
        case .cooperation: CooperationColumn.all
        case .cooperationAnswers: CooperationAnswerColumn.all
        case .plans: PlanColumn.all
        case .planOutcomes: PlanOutcomeColumn.all
        case .amendments: AmendmentColumn.all
        case .circulations: CirculationColumn.all
        case .submissions: SubmissionColumn.all
        case .nominees: NomineeColumn.all
        case .awards: AwardColumn.all
        case .budget: BudgetColumn.all
        case .expenses: ExpenseColumn.all
        case .presentations: PresentationColumn.all
        case .planSubmissions: PlanSubmissionColumn.all
        case .planAcceptances: PlanAcceptanceColumn.all
        case .planReturns: PlanReturnColumn.all
        case .awardReports: AwardReportColumn.all
        case .publicReviews: PublicReviewColumn.all
        case .withdrawals: WithdrawalColumn.all
        default: []
        }
    }

    /// Columns of published files that are accepted and not read.
    package var ignoredColumns: [String] {
        switch self {
        case .areas:
            ["postal_code", "dla_code_8", "houses_2017_12_31", "population_2017_12_31"]
        default: []
        }
    }
}

/// A documented column.
package struct ImportColumn: Sendable, Hashable {
    package let name: String
    /// Other names for it in published files.
    package let aliases: [String]
    /// Whether the header must have it; an optional column may be left out or empty.
    package let isRequired: Bool
    package let meaningTh: String
    package let meaningEn: String
    package let example: String

    init(
        _ name: String,
        aliases: [String] = [],
        isRequired: Bool = false,
        th meaningTh: String,
        en meaningEn: String,
        example: String = ""
    ) {
        self.name = name
        self.aliases = aliases
        self.isRequired = isRequired
        self.meaningTh = meaningTh
        self.meaningEn = meaningEn
        self.example = example
    }

    static let synthetic = ImportColumn(
        "synthetic",
        th: "true เมื่อเป็นข้อมูลสมมติเพื่อสาธิตหรือทดสอบ",
        en: "true when invented for a demonstration or a test",
        example: "false"
    )

    static let occurredOn = occurredOn(example: "")

    static func occurredOn(example: String) -> ImportColumn {
        ImportColumn(
            "occurred_on",
            th: "วันที่กระทำจริง ถ้าไม่ใช่วันที่บันทึก",
            en: "day of the act, where it is not the day of recording",
            example: example
        )
    }
}

/// Fields of CSV as written.
package enum CSVWriter {
    /// The field, quoted only if it must be (RFC 4180 section 2).
    package static func field(_ text: String) -> String {
        let mustQuote = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
                || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        }
        guard mustQuote else { return text }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + parts.joined(separator: "\"\"") + "\""
    }
}
