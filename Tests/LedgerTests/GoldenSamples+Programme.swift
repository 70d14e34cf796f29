import Survey

/// Co-operation, plans, typed progress and awards.
extension GoldenSamples {
    /// Nil for a kind that is none of these.
    static func programme(_ kind: EventKind) -> Event.OneOf_Kind? {
        switch kind {
        case .cooperationRequested: .cooperationRequested(cooperation)
        case .cooperationAnswered: .cooperationAnswered(cooperationAnswer)
        case .actionPlanDrafted: .actionPlanDrafted(plan)
        case .actionPlanSubmitted: .actionPlanSubmitted(planSubmission)
        case .actionPlanAccepted: .actionPlanAccepted(planAcceptance)
        case .actionPlanReturned: .actionPlanReturned(planReturn)
        case .planStepDone: .planStepDone(stepDone)
        case .dailyProgressReported: .dailyProgressReported(progress)
        case .dailyProgressRevised: .dailyProgressRevised(progressRevision)
        case .nomineeEntered: .nomineeEntered(nominee)
        case .awardDecided: .awardDecided(awardDecision)
        case .awardsReported: .awardsReported(awardReport)
        default: paper(kind)
        }
    }

    /// The files of their golden records.
    static let programmeFiles: [EventKind: String] = [
        .cooperationRequested: "cooperation-requested",
        .cooperationAnswered: "cooperation-answered",
        .actionPlanDrafted: "action-plan-drafted",
        .actionPlanSubmitted: "action-plan-submitted",
        .actionPlanAccepted: "action-plan-accepted",
        .actionPlanReturned: "action-plan-returned",
        .planStepDone: "plan-step-done",
        .dailyProgressReported: "daily-progress-reported",
        .dailyProgressRevised: "daily-progress-revised",
        .nomineeEntered: "nominee-entered",
        .awardDecided: "award-decided",
        .awardsReported: "awards-reported",
        .questionnairesIssued: "questionnaires-issued",
        .questionnairesReturned: "questionnaires-returned",
        .questionnairesSpoiled: "questionnaires-spoiled",
        .budgetAllocated: "budget-allocated",
        .budgetSpent: "budget-spent",
    ]

    private static let cooperation: CooperationRequest = make {
        ($0.request, $0.cycle, $0.fromArea) = ("a-1", "2561", "9901")
        ($0.toAreas, $0.date) = (["9981", "990151"], "2017-11-13")
        ($0.documentNumber, $0.subject) = (texts[0], texts[4])
        $0.cites = [reading(.unknown)]
        $0.documents = [paper]
    }

    private static let cooperationAnswer: CooperationAnswer = make {
        ($0.request, $0.lao, $0.answer) = ("a-1", "9981", .partly)
        ($0.text, $0.answeredOn, $0.documentNumber) = (texts[3], "2017-11-20", texts[1])
    }

    private static let plan: ActionPlan = make {
        ($0.plan, $0.cycle, $0.area) = ("l-1", "2561", "990101")
        $0.steps = [
            make {
                ($0.step, $0.kind, $0.text) = ("collect", .collecting, texts[0])
                ($0.startsOn, $0.due) = ("2017-12-01", "2018-02-28")
                ($0.responsible, $0.office) = ("p-1", texts[4])
            },
            make {
                ($0.step, $0.kind, $0.text) = ("certify", .certifying, texts[3])
                ($0.startsOn, $0.due) = ("2018-03-01", "2018-03-20")
                ($0.responsible, $0.office) = ("p-2", texts[1])
            },
        ]
        $0.documents = [paper]
    }

    private static let planSubmission: PlanSubmission = make {
        ($0.plan, $0.toArea) = ("l-1", "99")
        ($0.documentNumber, $0.submittedOn) = (texts[0], "2017-11-29")
    }

    private static let planAcceptance: PlanAcceptance = make {
        ($0.plan, $0.byArea) = ("l-1", "99")
        ($0.acceptedOn, $0.documentNumber) = ("2017-12-04", texts[1])
    }

    private static let planReturn: PlanReturn = make {
        ($0.plan, $0.byArea, $0.returnedOn) = ("l-1", "9901", "2017-12-05")
        ($0.reason, $0.documentNumber) = (texts[4], texts[3])
    }

    private static let stepDone: PlanStepDone = make {
        ($0.plan, $0.step) = ("l-1", "collect")
        ($0.doneOn, $0.note) = ("2018-02-27", texts[0])
    }

    private static let progress: DailyProgress = make {
        ($0.cycle, $0.area, $0.day) = ("2561", "9901", "2018-01-31")
        ($0.collectedCount, $0.recordedCount) = (.max, 8)
        $0.documentNumber = texts[3]
    }

    private static let progressRevision: DailyProgressRevision = make {
        ($0.cycle, $0.area, $0.day) = ("2561", "9901", "2018-01-31")
        ($0.collectedCount, $0.recordedCount) = (12, .max)
        $0.reason = texts[1]
    }

    private static let nominee: Nominee = make {
        ($0.cycle, $0.area, $0.kind) = ("2561", "9901", .laoAward)
        ($0.person, $0.lao) = ("p-1", "9981")
        ($0.grounds, $0.treeSize) = (texts[0], .max)
    }

    private static let awardDecision: AwardDecision = make {
        ($0.cycle, $0.area, $0.kind) = ("2561", "9901", .recorder)
        ($0.person, $0.lao, $0.deciders) = ("p-1", "9981", ["p-2", "p-3"])
        ($0.decidedOn, $0.reason) = ("2018-03-13", texts[4])
    }

    private static let awardReport: AwardReport = make {
        ($0.cycle, $0.area, $0.toArea) = ("2561", "9901", "99")
        ($0.documentNumber, $0.reportedOn) = (texts[0], "2018-03-20")
    }
}
