package import Survey

/// Turns a CSV file, fed in chunks, into commands, row by row.
///
/// Checks what a row says by itself and reports everything wrong with it; whether the ledger's
/// state allows the command is decided where it is submitted. Rows with problems give no command
/// and do not stop the others.
package struct CommandImporter: Sendable {
    package enum Item: Sendable {
        /// A command, and the line on which its (first) row begins.
        case command(GivenCommand, line: Int)
        /// Everything wrong with one row, or with an order's or household's rows together; it gives no command.
        case problems([RowProblem])
        /// The header is wrong or the rest of the file cannot be read; nothing follows.
        case stopped([RowProblem])
    }

    package let kind: ImportKind
    private let actor: Actor
    /// What each cycle asks, by its name.
    private let questionnaires: [String: Questionnaire]
    /// The questionnaire whose columns the file has, once its header was read.
    private var questionnaire = Questionnaire.bmn2560
    private var columns: [ImportColumn] = []
    private var reader: CSVReader
    private var header: ImportHeader?
    private var orders = RowAssembly<AppointmentRow>()
    private var trainings = RowAssembly<TrainingRow>()
    private var answers = RowAssembly<AnswersRow>()
    private var checks = RowAssembly<CheckRow>()
    private var papers = RowAssembly<PaperRow>()
    private var ready: [Item] = []
    private var hasEnded = false

    /// `questionnaires` are those of the ledger's cycles; a cycle that is not there is read as if it
    /// asked what the file's columns do, and refused by the rules.
    package init(
        _ kind: ImportKind,
        actor: Actor,
        questionnaires: [String: Questionnaire] = [:],
        limits: CSVReader.Limits = .init()
    ) {
        self.kind = kind
        self.actor = actor
        self.questionnaires = questionnaires
        reader = CSVReader(limits: limits)
    }

    /// Adds the bytes that follow; take all items before adding more.
    package mutating func append(_ bytes: [UInt8]) {
        reader.append(bytes)
    }

    /// Says that no bytes follow; the last items come after this.
    package mutating func finish() {
        reader.finish()
    }

    /// The next item; nil when more bytes are needed or the file has ended.
    package mutating func next() -> Item? {
        while ready.isEmpty {
            guard !hasEnded else { return nil }
            switch reader.next() {
            case .row:
                // Directly, past the queue: this is the path of every good row.
                if let item = takeRow() { return item }
            case .faulty(let problem): takeFault(problem)
            case .stopped(let problem):
                if header != nil { addUnreadableRow() }
                ready += finishAssemblies()
                stop([RowProblem(problem, columns: header?.names ?? [])])
            case .needsMoreBytes: return nil
            case .endOfFile: end()
            }
        }
        return ready.removeFirst()
    }

    private mutating func takeRow() -> Item? {
        guard let header else {
            takeHeader()
            return nil
        }
        if reader.row.isBlank { return nil }
        var form = RowForm(row: reader.row, header: header, columns: columns)
        var command: Command
        switch kind {
        case .areas: command = form.area()
        case .persons: command = form.person()
        case .targets: command = form.target()
        case .households: command = form.household(questionnaires, file: questionnaire)
        case .users: command = form.user()
        case .questionnaires: command = form.questionnaires()
        case .progress: command = form.progress()
        case .reinterviews: command = form.reinterview(questionnaires, file: questionnaire)
        case .objections: command = form.objection()
        case .defects: command = form.defect()
        case .appointments:
            let row = form.appointment()
            ready += orders.add(row, form).map(completed)
            return nil
        case .trainings:
            let row = form.training()
            ready += trainings.add(row, form).map(completed)
            return nil
        case .checks:
            let row = form.check()
            ready += checks.add(row, form).map(completed)
            return nil
        case .answers:
            let row = form.answers(questionnaires, file: questionnaire, after: answers.pendingKey)
            ready += answers.add(row, form).map(completed)
            return nil
        default:
            guard let act = takeAct(&form) else { return nil }
            command = act
        }
        guard form.problems.isEmpty else { return .problems(form.problems) }
        command.actor = actor
        return .command(GivenCommand(command), line: form.row.line)
    }

    /// Nil for a row of a paper that may have more of them.
    private mutating func takeAct(_ form: inout RowForm) -> Command? {
        switch kind {
        case .directiveReceipts: return form.directiveReceipt()
        case .meetings: return form.meeting()
        case .cooperationAnswers: return form.cooperationAnswer()
        case .planOutcomes: return form.planOutcome()
        case .circulations: return form.circulation()
        case .submissions: return form.orderSubmission()
        case .nominees: return form.nominee()
        case .awards: return form.award()
        case .budget: return form.allocation()
        case .expenses: return form.expense()
        case .presentations: return form.presentation()
        case .planSubmissions: return form.planSubmission()
        case .planAcceptances: return form.planAcceptance()
        case .planReturns: return form.planReturn()
        case .awardReports: return form.awardReport()
        case .withdrawals: return form.withdrawal()
        default: break
        }
        let row =
            switch kind {
            case .directives: form.directive()
            case .minutes: form.minutes()
            case .cooperation: form.cooperation()
            case .plans: form.plan()
            case .publicReviews: form.publicReview()
            default: form.amendment()
            }
        ready += papers.add(row, form).map(completed)
        return nil
    }

    /// Of several questionnaires that cycles ask, the one whose columns these are.
    private mutating func takeHeader() {
        var known: [String: Questionnaire] = [:]
        for questionnaire in questionnaires.values { known[questionnaire.edition] = questionnaire }
        let newestFirst = known.values.sorted { $0.edition > $1.edition }
        var problems: [RowProblem] = []
        for questionnaire in newestFirst.isEmpty ? [.bmn2560] : newestFirst {
            self.questionnaire = questionnaire
            columns = kind.columns(of: questionnaire)
            do throws(ImportHeaderProblems) {
                header = try ImportHeader(reader.row, kind: kind, columns: columns)
                return
            } catch {
                if problems.isEmpty { problems = error.problems }
            }
        }
        stop(problems)
    }

    /// With what an assembly of rows does not know: the actor, and what the rows make together.
    private func completed(_ item: Item) -> Item {
        switch item {
        case .command(var given, let line):
            given.command.actor = actor
            return .command(given, line: line)
        case .problems(let problems): return .problems(problems.map { $0.of(kind) })
        case .stopped: return item
        }
    }

    private mutating func takeFault(_ problem: CSVProblem) {
        let row = RowProblem(problem, columns: header?.names ?? [])
        // Without a header no row has a meaning.
        guard header != nil else { return stop([row]) }
        addUnreadableRow()
        ready.append(.problems([row]))
    }

    // Of one kind of file one assembly at most has anything pending.
    private mutating func addUnreadableRow() {
        orders.addUnreadableRow()
        trainings.addUnreadableRow()
        answers.addUnreadableRow()
        checks.addUnreadableRow()
        papers.addUnreadableRow()
    }

    private mutating func finishAssemblies() -> [Item] {
        let items = orders.finish() + trainings.finish() + answers.finish() + checks.finish()
        return (items + papers.finish()).map(completed)
    }

    private mutating func stop(_ problems: [RowProblem]) {
        hasEnded = true
        ready.append(.stopped(problems))
    }

    private mutating func end() {
        hasEnded = true
        if header == nil {
            ready.append(.stopped([RowProblem(line: 1, column: "", code: .headerMissing)]))
        } else {
            ready += finishAssemblies()
        }
    }
}
