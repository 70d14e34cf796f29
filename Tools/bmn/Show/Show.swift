import AppointmentsProjection
import AreasProjection
import ArgumentParser
import AwardsProjection
import BudgetProjection
import CalendarProjection
import CertificationsProjection
import ChecksProjection
import Console
import DirectivesProjection
import EditionsProjection
import HouseholdsProjection
import IndicatorsProjection
import Ledger
import LedgerReader
import MeetingsProjection
import PlansProjection
import ProgressProjection
import ProjectionRuntime
import QuestionnairesProjection
import ReviewsProjection
import Survey
import TrainingsProjection
import UsersProjection

/// The command `bmn show`.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "แสดงข้อมูล · Show one thing as it is, or as it was.",
        usage:
            "bmn show LEDGER KIND ID [--as-of N|DATE] [--cycle 2561] [--compare 2560] [--by LEVEL] [--with-names] [--explain]",
        discussion: """
            KIND is area, household, certification, person, order, figures (of an area: by \
            indicator), progress (of an area), progress-days (of an area: what was typed beside \
            what is recorded), cycle, directive, meeting, training, user (by person and --cycle), \
            cooperation, plan, awards (of a district, with the evidence of each nominee as the \
            records stood then), questionnaires or budget (of an area), presentation, objection, \
            sample, check or defect. The projections are brought up to date \
            first; --as-of shows what the records below a tree size say, or those recorded on a \
            day and before: it goes by the day of recording, not by the day of the act. \
            Names stay sealed unless --with-names opens them through the vault; everything else \
            works without it. A household that gave its answers is explained by --explain: they \
            are opened through the vault, and each indicator is derived from them again, with \
            what decided it, as by bmn questionnaire derive. Figures --compare another cycle by the names of the indicators: \
            another edition may number them differently.

            Examples:
              bmn show L area 380101
              bmn show L figures 3801 --as-of 10
              bmn show L progress 38 --by lao
              bmn show L household 38010101-0002 --explain
              bmn show L person chair-380151 --with-names
              bmn show L training 3801-train-1
              bmn show L user rec-3801-1 --json
              bmn show L progress-days 3801
              bmn show L awards 3801 --cycle 2561
            """
    )

    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case area, household, certification, person, order, figures, progress, cycle
        case directive, meeting, training, user
        case cooperation, plan, awards, questionnaires, budget
        case progressDays = "progress-days"
        case presentation, objection, sample, check, defect
    }

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(help: "ชนิด · What to show.", completion: .list(Kind.allCases.map(\.rawValue)))
    var kind: String?

    @Argument(help: "รหัส · Its id or code.")
    var id: String?

    @Option(help: "ณ ขนาดหรือวันที่บันทึก · As of a tree size or a day of recording.")
    var asOf: PointInTime?

    @Option(help: "รอบปี · The cycle (default: the latest with data).")
    var cycle: String?

    @Option(help: "เทียบกับรอบปี · Beside the figures those of another cycle.")
    var compare: String?

    @Option(
        help: "แยกตาม · Divide progress by district, lao, tambon, village or day.",
        completion: .list(ProgressDivision.allCases.map(\.rawValue))
    )
    var by: ProgressDivision?

    @Flag(help: "เปิดข้อมูลบุคคล · Open personal data through the vault.")
    var withNames = false

    @Flag(help: "อธิบายตัวชี้วัด · Explain a household's indicators by its sealed answers.")
    var explain = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, kind, id].compactMap(\.self),
            restCount: 2
        )
        guard let kind = Kind(rawValue: rest[0]) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\"\(rest[0])\" is none of \(known).")
        }
        let models = try models(directory, kind, rest[1])
        try models.requireRecords()
        let vault = withNames || explain ? try Names(directory, models.snapshot) : nil
        let names = withNames ? vault : nil
        let page = Page(output.language, asJSON: output.json)
        let id = rest[1]
        switch kind {
        case .area: try page.area(id, try models.cycleIfAny(cycle), models)
        case .household:
            let vault = explain ? vault : nil
            try page.household(id, try models.cycle(cycle), models, names, explaining: vault)
        case .certification: try page.certification(id, models)
        case .person: try page.person(id, models, names)
        case .order: try page.order(id, models)
        case .figures: try figures(id, page, models)
        case .progress: try page.progress(id, try models.cycle(cycle), by, models)
        case .cycle: try page.cycle(id, models)
        case .directive: try page.directive(id, models)
        case .meeting: try page.meeting(id, models)
        case .training: try page.training(id, models)
        case .user: try page.user(id, try models.cycle(cycle), models)
        case .cooperation: try page.cooperation(id, models)
        case .plan: try page.plan(id, models)
        case .awards: try page.awards(id, try models.cycle(cycle), models)
        case .progressDays: try page.progressDays(id, try models.cycle(cycle), models)
        case .questionnaires: try page.questionnaires(id, try models.cycle(cycle), models)
        case .budget: try page.budget(id, try models.cycle(cycle), models)
        case .presentation: try page.presentation(id, models)
        case .objection: try page.objection(id, models)
        case .sample: try page.sample(id, models)
        case .check: try page.check(id, models)
        case .defect: try page.defect(id, models)
        }
        try page.flush()
    }

    /// A household as it was needs none of the other households.
    private func models(
        _ directory: LedgerDirectory,
        _ kind: Kind,
        _ id: String
    ) throws -> ReadModels {
        guard kind == .household, let asOf else {
            return try ReadModels(directory, asOf: asOf, kind.projections, output.language)
        }
        return try ReadModels(
            directory,
            asOf: asOf,
            household: id,
            cycle: cycle,
            kind.projections
        )
    }

    func validate() throws {
        if explain, ![kind, directory].contains(Kind.household.rawValue) {
            throw ValidationError("--explain goes with household.")
        }
        guard let compare else { return }
        if ![kind, directory].contains(Kind.figures.rawValue) {
            throw ValidationError("--compare goes with figures.")
        }
        if compare == cycle {
            throw ValidationError("--compare names another cycle than --cycle.")
        }
    }

    private func figures(
        _ area: String,
        _ page: Page,
        _ models: borrowing ReadModels
    ) throws {
        let cycle = try models.cycle(cycle)
        if let compare, compare != cycle {
            try page.comparison(area, cycle, compare, models)
        } else {
            try page.figures(area, cycle, models)
        }
    }
}

extension Show.Kind {
    /// What must be built to show the past.
    fileprivate var projections: [any Projection] {
        switch self {
        case .area: Self.reviewed
        case .household:
            [HouseholdReadModel(), TrainingReadModel(), EditionReadModel()]
        case .certification: Self.reviewed
        case .person: [AppointmentReadModel(), HouseholdReadModel(), TrainingReadModel()]
        case .order: [AppointmentReadModel()]
        case .figures:
            [AreaReadModel(), EditionReadModel(), IndicatorReadModel(), ProgressReadModel()]
        case .progress: [AreaReadModel(), ProgressReadModel()]
        case .cycle: [CalendarReadModel()]
        case .directive: [DirectiveReadModel()]
        case .meeting: [MeetingReadModel()]
        case .training: [TrainingReadModel()]
        case .user: [UserReadModel(), AppointmentReadModel(), CalendarReadModel()]
        case .cooperation: [PlanReadModel()]
        case .plan: [PlanReadModel(), AreaReadModel(), ProgressReadModel()]
        case .awards: [AwardReadModel(), AreaReadModel()]
        case .progressDays:
            [AreaReadModel(), ProgressReadModel(), PlanReadModel(), CalendarReadModel()]
        case .questionnaires: [QuestionnaireReadModel(), AreaReadModel()]
        case .budget: [BudgetReadModel(), AreaReadModel()]
        case .presentation:
            [
                AreaReadModel(), EditionReadModel(), IndicatorReadModel(), ProgressReadModel(),
                ReviewReadModel(),
            ]
        case .objection: [ReviewReadModel()]
        case .check: [CheckReadModel(), AreaReadModel(), HouseholdReadModel()]
        case .sample, .defect: [CheckReadModel()]
        }
    }
}

extension Show.Kind {
    /// What `AreaReview` reads.
    private static var reviewed: [any Projection] {
        [
            AreaReadModel(), CertificationReadModel(), CheckReadModel(), EditionReadModel(),
            HouseholdReadModel(), ReviewReadModel(), TrainingReadModel(),
        ]
    }
}

extension ReadModels {
    /// The same, or nil while no cycle is defined: areas are there before.
    func cycleIfAny(_ option: String?) throws -> String? {
        do {
            return try cycle(option)
        } catch let failure as Failure where failure.code == "cycleUnknown" {
            return nil
        }
    }

    /// `option`, else the cycle that is meant at this tree size.
    func cycle(_ option: String?) throws -> String {
        try snapshot.cycle(option, below: treeSize)
    }

    /// Refuses to speak of a time before the first record, where everything would be unknown.
    func requireRecords() throws(Failure) {
        guard treeSize == 0 else { return }
        throw Failure(
            "nothingRecorded",
            thai: "ยังไม่มีสิ่งใดบันทึกในวันนั้น: --as-of นับตามวันที่บันทึก ไม่ใช่วันที่กระทำ",
            english: "Nothing had been recorded by then: --as-of goes by the day of recording, not"
                + " by the day of the act.",
            exit: .refused
        )
    }
}
