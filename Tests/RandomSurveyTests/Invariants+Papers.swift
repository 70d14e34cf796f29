import Survey

/// Letters, meetings, plans, progress, awards, forms and money: each said once, by whom it concerns.
extension Invariants {
    mutating func checkPaper(_ event: Event, _ day: String) {
        switch event.kind {
        case .directiveIssued(let directive):
            expectFirst("directive \(directive.directive)")
            facts.directives[directive.directive] = directive
        case .directiveReceived(let receipt):
            expectFirst("receipt of \(receipt.directive) by \(receipt.area)")
            let addressees = facts.directives[receipt.directive]?.toAreas ?? []
            expect(addressees.contains(receipt.area), "\(receipt.area) was not addressed")
            expect(receipt.receivedOn <= day, "a receipt of tomorrow")
        case .meetingCalled(let meeting):
            expectFirst("meeting \(meeting.meeting)")
            facts.meetings[meeting.meeting] = meeting
        case .meetingHeld(let minutes): check(minutes)
        case .meetingCancelled(let cancellation):
            expectFirst("end of the meeting \(cancellation.meeting)")
        case .trainingHeld(let training):
            expectFirst("training \(training.training)")
            let both = Set(training.trainers).intersection(training.participants)
            expect(both.isEmpty, "\(both) trained themselves")
            expect(training.heldOn <= day, "a training of tomorrow")
        case .orderCirculated(let circulation):
            expect(facts.orders[circulation.order] != nil, "no order is circulated")
        case .orderSubmitted(let submission):
            let area = facts.orders[submission.order]?.area ?? ""
            expect(facts.isAbove(submission.toArea, area), "an order goes down or nowhere")
        case .cooperationRequested(let request):
            expectFirst("request \(request.request)")
            expect(request.toAreas.allSatisfy { facts.level($0) == .lao }, "no LAO is asked")
            facts.cooperation[request.request] = request
        case .cooperationAnswered(let answer):
            expectFirst("answer of \(answer.lao) to \(answer.request)")
            let request = facts.cooperation[answer.request]
            expect(request?.toAreas.contains(answer.lao) == true, "\(answer.lao) was not asked")
            expect(request?.date ?? "" <= answer.answeredOn, "an answer before the question")
        case .dailyProgressReported(let progress):
            let name = "\(progress.cycle) \(progress.area) \(progress.day)"
            expectFirst("progress \(name)")
            facts.progress[name] = [progress.collectedCount, progress.recordedCount]
        case .dailyProgressRevised(let revision):
            let name = "\(revision.cycle) \(revision.area) \(revision.day)"
            let now = [revision.collectedCount, revision.recordedCount]
            expect(facts.progress[name] != nil, "progress that nobody reported is revised")
            expect(facts.progress.updateValue(now, forKey: name) != now, "a revision of nothing")
        case .reportSubmitted(let report):
            expectFirst("report \(report.cycle) \(report.deadline) \(report.area)")
        default: checkPlan(event, day)
        }
    }

    private mutating func check(_ minutes: MeetingMinutes) {
        expectFirst("end of the meeting \(minutes.meeting)")
        guard let meeting = facts.meetings[minutes.meeting] else {
            return expect(false, "minutes of no meeting")
        }
        let offices = facts.committee(meeting.cycle, meeting.area, on: minutes.heldOn)
        let members = Set(offices.map(\.person))
        let present = members.intersection(minutes.attendees)
        expect(minutes.memberCount == UInt32(members.count), "\(minutes.memberCount) members")
        expect(minutes.presentCount == UInt32(present.count), "\(minutes.presentCount) present")
        let rule = facts.cycles[meeting.cycle]?.meetingRule ?? MeetingRule()
        let (part, whole) = (Int(rule.quorumNumerator), Int(rule.quorumDenominator))
        let share =
            whole == 0 ? (members.count + 1) / 2 : (members.count * part + whole - 1) / whole
        expect(minutes.quorumCount == UInt32(max(1, share)), "a quorum of \(minutes.quorumCount)")
        for resolution in minutes.resolutions {
            let votes = resolution.forCount + resolution.againstCount + resolution.abstainedCount
            expect(votes <= minutes.presentCount, "more votes than members")
            expect(
                resolution.dissents.allSatisfy { minutes.attendees.contains($0.person) },
                "somebody dissents who was not there"
            )
        }
    }

    private mutating func checkPlan(_ event: Event, _ day: String) {
        switch event.kind {
        case .actionPlanDrafted(let plan):
            let isAgain = facts.plans[plan.plan] != nil
            if isAgain {
                expect(facts.once.remove("return of \(plan.plan)") != nil, "drafted anew too soon")
            } else {
                expectFirst("plan of \(plan.cycle) \(plan.area)")
            }
            facts.plans[plan.plan] = plan
            facts.submittedPlans = facts.submittedPlans.filter { !$0.hasPrefix("\(plan.plan) ") }
            facts.once = facts.once.filter { !$0.hasPrefix("plan \(plan.plan) to ") }
        case .actionPlanSubmitted(let submission):
            expectFirst("plan \(submission.plan) to \(submission.toArea)")
            let area = facts.plans[submission.plan]?.area ?? ""
            expect(facts.isAbove(submission.toArea, area), "a plan goes down or nowhere")
            facts.submittedPlans.insert("\(submission.plan) \(submission.toArea)")
        case .actionPlanAccepted(let acceptance):
            let name = "\(acceptance.plan) \(acceptance.byArea)"
            expect(facts.submittedPlans.remove(name) != nil, "\(name) does not lie there")
        case .actionPlanReturned(let planReturn):
            let name = "\(planReturn.plan) \(planReturn.byArea)"
            expect(facts.submittedPlans.remove(name) != nil, "\(name) does not lie there")
            expectFirst("return of \(planReturn.plan)")
        case .planStepDone(let done):
            expectFirst("end of \(done.plan) \(done.step)")
            let steps = facts.plans[done.plan]?.steps ?? []
            expect(steps.contains { $0.step == done.step }, "a step of no plan")
        default: checkAward(event, day)
        }
    }

    private mutating func checkAward(_ event: Event, _ day: String) {
        switch event.kind {
        case .nomineeEntered(let nominee):
            let award = "\(nominee.cycle) \(nominee.area) \(nominee.kind)"
            let name = nominee.person + nominee.lao
            expect(!facts.once.contains("award \(award)"), "a nominee after the decision")
            expect(facts.nominees[award, default: []].insert(name).inserted, "\(name) twice")
            let isKnown =
                nominee.person.isEmpty
                ? facts.level(name) == .lao : facts.offices.contains { $0.person == name }
            expect(isKnown, "\(name) had no part in it")
        case .awardDecided(let decision):
            let award = "\(decision.cycle) \(decision.area) \(decision.kind)"
            let nominees = facts.nominees[award] ?? []
            expectFirst("award \(award)")
            expect(nominees.contains(decision.person + decision.lao), "a winner out of nowhere")
            expect(nominees.isDisjoint(with: decision.deciders), "a nominee decides")
            facts.once.insert("news of \(decision.cycle) \(decision.area)")
        case .awardsReported(let report):
            let news = facts.once.remove("news of \(report.cycle) \(report.area)")
            expect(news != nil, "a report without news")
        case .questionnairesIssued(let issue):
            for serial in Self.serials(issue.cycle, issue.ranges) {
                expect(facts.forms[serial] == nil, "\(serial) is issued twice")
                facts.forms[serial] = (issue.collector, false)
            }
            for range in issue.ranges {
                facts.issues["\(issue.cycle) \(range.prefix)\(range.first)"] =
                    Self.serials(issue.cycle, [range])
            }
        case .questionnairesReturned(let returned):
            close(Self.serials(returned.cycle, returned.ranges), of: returned.collector)
        case .questionnairesSpoiled(let spoiling):
            close(Self.serials(spoiling.cycle, spoiling.ranges), of: spoiling.collector)
        case .budgetAllocated(let allocation):
            expectFirst("allocation \(allocation.allocation)")
            expect(allocation.amountSatang > 0, "no money is allocated")
        case .budgetSpent(let spending):
            expectFirst("voucher \(spending.documentNumber) of \(spending.allocation)")
            let name = "allocation \(spending.allocation)"
            expect(facts.once.contains(name), "money is spent that nobody gave")
            let isGone = facts.once.contains("withdrawal of the \(name)")
            expect(!isGone, "money is spent that was taken back")
            expect((1...1_000_000_000).contains(spending.amountSatang), "an odd sum")
        case .paperWithdrawn(let withdrawal): checkWithdrawal(withdrawal)
        default: break
        }
    }

    /// Only what was said is taken back, and it can be said again.
    private mutating func checkWithdrawal(_ withdrawal: PaperWithdrawal) {
        let (paper, part) = (withdrawal.paper, withdrawal.part)
        func takeBack(_ subject: String) {
            expect(facts.once.remove(subject) != nil, "\(subject) was never said")
        }
        switch withdrawal.kind {
        case .cooperationAnswer: takeBack("answer of \(withdrawal.area) to \(paper)")
        case .planStep: takeBack("end of \(paper) \(part)")
        case .awardDecision, .nomination:
            let kind = Nominee.Kind(name: paper) ?? .unspecified
            let award = "\(withdrawal.cycle) \(withdrawal.area) \(kind)"
            if withdrawal.kind == .awardDecision {
                takeBack("award \(award)")
                facts.once.insert("news of \(withdrawal.cycle) \(withdrawal.area)")
            } else {
                expect(!facts.once.contains("award \(award)"), "a nominee leaves a decision")
                expect(facts.nominees[award]?.remove(part) != nil, "\(part) was no nominee")
            }
        case .budgetSpending: takeBack("voucher \(part) of \(paper)")
        case .budgetAllocation:
            expectFirst("withdrawal of the allocation \(paper)")
            let isSpent = facts.once.contains {
                $0.hasPrefix("voucher ") && $0.hasSuffix(" of \(paper)")
            }
            expect(!isSpent, "an allocation goes and its vouchers stay")
        case .questionnaireIssue:
            let issue = facts.issues.removeValue(forKey: "\(withdrawal.cycle) \(part)") ?? []
            expect(!issue.isEmpty, "no range begins with \(part)")
            for serial in issue {
                let form = facts.forms.removeValue(forKey: serial)
                expect(form?.collector == paper && form?.isClosed == false, "\(serial) is in use")
            }
        default: expectFirst("withdrawal of \(withdrawal.kind) \(paper)")
        }
    }

    private static func serials(_ cycle: String, _ ranges: [SerialRange]) -> [String] {
        ranges.flatMap { range in
            (range.first...range.last).map { "\(cycle) \(range.prefix)\($0)" }
        }
    }

    private mutating func close(_ serials: [String], of collector: String) {
        for serial in serials {
            let form = facts.forms[serial]
            expect(form?.collector == collector, "\(serial) is given back by another")
            expect(form?.isClosed == false, "\(serial) is closed twice")
            facts.forms[serial]?.isClosed = true
        }
    }
}

extension Facts {
    fileprivate func isAbove(_ upper: String, _ lower: String) -> Bool {
        var area = areas[lower]?.parentCode ?? ""
        while !area.isEmpty, area != upper { area = areas[area]?.parentCode ?? "" }
        return !area.isEmpty
    }
}
