internal import Survey

/// Where the rules found fault in a row of a letter, a meeting, a plan, an award or money.
extension ImportKind {
    /// Refusals that are about one column whatever their subject.
    static let actColumnsByCode: [ImportKind: [RejectionCode: String]] = [
        .directives: [
            .directiveAlreadyIssued: "directive", .cycleUnknown: "cycle",
            .actInFuture: "occurred_on",
        ],
        .directiveReceipts: [
            .directiveUnknown: "directive", .areaNotAddressed: "area",
            .directiveAlreadyReceived: "area", .actInFuture: "received_on",
        ],
        .meetings: [
            .meetingAlreadyCalled: "meeting", .cycleUnknown: "cycle", .actInFuture: "occurred_on",
        ],
        .minutes: [
            .meetingUnknown: "meeting", .meetingClosed: "meeting", .personUnknown: "attendees",
            .personNamedTwice: "attendees", .votesExceed: "for", .dissentsExceed: "dissents",
            .dissenterAbsent: "dissents", .dissenterNotMember: "dissents",
            .actInFuture: "held_on",
        ],
        .cooperation: [
            .cooperationAlreadyRequested: "request", .citationMissing: "cites",
            .cycleUnknown: "cycle", .actInFuture: "date",
        ],
        .cooperationAnswers: [
            .cooperationUnknown: "request", .paperWithdrawn: "request", .laoNotAsked: "lao",
            .cooperationAlreadyAnswered: "lao", .actInFuture: "answered_on",
        ],
        .plans: [
            .planAlreadyDrafted: "plan", .paperWithdrawn: "plan", .planStepDuplicate: "step",
            .periodReversed: "due", .personUnknown: "responsible", .cycleUnknown: "cycle",
            .actInFuture: "occurred_on", .actBeforePrevious: "occurred_on",
        ],
        .planOutcomes: [
            .planUnknown: "plan", .paperWithdrawn: "plan", .planStepUnknown: "step",
            .planStepAlreadyDone: "step", .actInFuture: "done_on",
        ],
        .nominees: [
            .nomineeKindMismatch: "kind", .awardAlreadyDecided: "kind",
            .nomineeNotAppointed: "nominee", .nomineeAlreadyEntered: "nominee",
            .personUnknown: "nominee", .cycleUnknown: "cycle", .actInFuture: "occurred_on",
            .actBeforeTreeHead: "occurred_on",
        ],
        .awards: [
            .nomineeKindMismatch: "kind", .awardAlreadyDecided: "kind",
            .winnerNotNominated: "winner", .deciderIsNominee: "deciders",
            .personUnknown: "deciders", .personNamedTwice: "deciders", .cycleUnknown: "cycle",
            .actInFuture: "decided_on",
        ],
        .budget: [
            .budgetAlreadyAllocated: "allocation", .amountInvalid: "amount_baht",
            .cycleUnknown: "cycle", .actInFuture: "allocated_on",
        ],
        .expenses: [
            .budgetUnknown: "allocation", .paperWithdrawn: "allocation",
            .voucherAlreadySpent: "document_number", .amountInvalid: "amount_baht",
            .actInFuture: "spent_on",
        ],
        .presentations: [
            .presentationAlreadyRecorded: "presentation", .personUnknown: "presenter",
            .cycleUnknown: "cycle", .actInFuture: "occurred_on",
            .actBeforeTreeHead: "occurred_on",
        ],
        .amendments: [
            .orderUnknown: "order", .orderRevoked: "order", .orderInFuture: "date",
            .actInFuture: "date", .periodReversed: "effective_on", .personUnknown: "person",
            .personNotInOrder: "person", .appointmentDuplicate: "person", .roleUnknown: "role",
            .appointmentOutsideArea: "appointment_area",
            .committeeAlreadyOrdered: "appointment_area",
        ],
        .circulations: [
            .orderUnknown: "order", .orderRevoked: "order", .orderAlreadyCirculated: "area",
            .actInFuture: "circulated_on",
        ],
        .submissions: [
            .orderUnknown: "order", .orderRevoked: "order",
            .orderAlreadySubmitted: "submitted_to", .orderRecipientMismatch: "submitted_to",
            .actInFuture: "submitted_on",
        ],
        .planSubmissions: [
            .planUnknown: "plan", .planReturned: "plan", .paperWithdrawn: "plan",
            .paperRecipientMismatch: "submitted_to", .planAlreadySubmitted: "submitted_to",
            .dayTooEarly: "submitted_on", .actInFuture: "submitted_on",
        ],
        .planAcceptances: [
            .planUnknown: "plan", .paperWithdrawn: "plan", .planNotSubmitted: "by_area",
            .dayTooEarly: "accepted_on", .actInFuture: "accepted_on",
        ],
        .planReturns: [
            .planUnknown: "plan", .paperWithdrawn: "plan", .planNotSubmitted: "by_area",
            .dayTooEarly: "returned_on", .actInFuture: "returned_on",
        ],
        .awardReports: [
            .paperRecipientMismatch: "reported_to", .awardsUndecided: "area",
            .awardsAlreadyReported: "reported_on", .dayTooEarly: "reported_on",
            .cycleUnknown: "cycle", .actInFuture: "reported_on",
        ],
        .publicReviews: [
            .presentationUnknown: "presentation", .reviewAlreadyHeld: "presentation",
            .attendanceNamedTwice: "attendance", .personUnknown: "persons",
            .personNamedTwice: "persons", .actInFuture: "held_on",
            .actBeforePrevious: "held_on",
        ],
        .withdrawals: [
            .meetingUnknown: "paper", .trainingUnknown: "paper", .orderUnknown: "paper",
            .directiveUnknown: "paper", .cooperationUnknown: "paper", .planUnknown: "paper",
            .budgetUnknown: "paper", .paperNotRecorded: "paper", .paperWithdrawn: "paper",
            .allocationSpent: "paper", .awardAlreadyDecided: "paper",
            .questionnaireNotIssued: "part", .questionnaireOfOther: "paper",
            .questionnaireClosed: "part", .questionnaireUsed: "part",
            .actInFuture: "withdrawn_on", .actBeforePrevious: "withdrawn_on",
        ],
    ]

    /// Of fields that have another name here; nil for a kind or a field that has none.
    func actColumn(ofField name: String) -> String? {
        guard Self.actColumnsByCode[self] != nil else { return nil }
        switch name {
        // An id that no key can hold is refused by the name of the whole event.
        case "nomineeEntered", "awardDecided", "awardsReported": return "area"
        case "paperWithdrawn": return "paper"
        case "directiveIssued", "directiveReceived", "meetingCalled", "meetingHeld",
            "cooperationRequested", "cooperationAnswered", "actionPlanDrafted", "planStepDone",
            "budgetAllocated", "budgetSpent", "resultsPresented", "orderAmended",
            "orderCirculated", "orderSubmitted", "actionPlanSubmitted", "actionPlanAccepted",
            "actionPlanReturned", "publicReviewHeld":
            return columns[0].name
        case "guestCount": return "guests"
        case "toAreas": return self == .cooperation ? "lao" : "area"
        case "toArea": return self == .awardReports ? "reported_to" : "submitted_to"
        case "attendance.kind", "attendance": return "attendance"
        case "attendance.count": return "count"
        case "steps": return "text"
        case "appointments": return "person"
        case "documentNumber" where self == .cooperation: return "request_number"
        default: break
        }
        if name.hasPrefix("number.") { return "number" }
        if name.hasPrefix("date.") { return "date" }
        if name.hasPrefix("resolutions") { return "resolution" }
        return name.hasPrefix("cites") ? "cites" : nil
    }

    /// Where a row names that area.
    func actAreaColumn(of code: String, in command: Command) -> String {
        switch command.kind {
        case .issueDirective(let directive):
            code == directive.fromArea ? "from_area" : "area"
        case .requestCooperation(let request): code == request.fromArea ? "from_area" : "lao"
        case .enterNominee(let nominee): code == nominee.lao ? "nominee" : "area"
        case .decideAward(let decision): code == decision.lao ? "winner" : "area"
        case .amendOrder: "appointment_area"
        case .submitOrder, .submitActionPlan: "submitted_to"
        case .acceptActionPlan, .returnActionPlan: "by_area"
        case .reportAwards(let report): code == report.toArea ? "reported_to" : "area"
        case .withdrawPaper: "area"
        case .circulateOrder, .callMeeting, .draftActionPlan, .allocateBudget, .presentResults,
            .receiveDirective:
            "area"
        default: ""
        }
    }
}
