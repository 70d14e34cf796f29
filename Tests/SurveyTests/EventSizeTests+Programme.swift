import Survey
import Testing

extension EventSizeTests {
    @Test func `The largest request for co-operation, answer and plan fit a record`() throws {
        var fixture = try Fixture.defined()
        let laos = (100..<300).map { "991\($0)" }
        for lao in laos { try fixture.run(.defineArea(.sample(lao, .lao, "9901"))) }
        try fixture.run(.registerPerson(.sample(Self.identifier)))
        var request = CooperationRequest.sample(Self.identifier, laos)
        request.documentNumber = Self.name
        request.subject = Self.name
        request.cites = Array(
            repeating: reading("c" + String(repeating: "\"", count: 65)),
            count: 20
        )
        request.documents = documents()
        try admit(&fixture, Event(.cooperationRequested(request)))
        var answer = CooperationAnswer.sample(laos[0])
        answer.request = Self.identifier
        answer.text = Self.name
        answer.documentNumber = Self.name
        try admit(&fixture, Event(.cooperationAnswered(answer)))
        var plan = ActionPlan.sample(Self.identifier)
        plan.steps = (10..<60).map { number in
            var step = PlanStep.sample("\(Self.identifier.dropLast(2))\(number)")
            step.text = "t" + String(repeating: "\"", count: 39)
            step.office = step.text
            step.responsible = Self.identifier
            return step
        }
        plan.documents = documents()
        try admit(&fixture, Event(.actionPlanDrafted(plan)))
        plan.steps[0].text += "\""
        plan.plan = "plan-2"
        plan.area = "9902"
        #expect(
            rejection(fixture.state, Event(.actionPlanDrafted(plan)))
                == Rejection(.listTooLong, "steps")
        )
    }

    @Test func `The largest decision on an award fits a record`() throws {
        var fixture = try Fixture.staffed()
        let people = (10..<60).map { "\(Self.identifier.dropLast(2))\($0)" }
        for person in people { try fixture.run(.registerPerson(.sample(person))) }
        var nominee = Nominee.sample("collector-1")
        nominee.grounds = Self.reason
        nominee.treeSize = fixture.treeSize
        try admit(&fixture, Event(.nomineeEntered(nominee)))
        var decision = AwardDecision.sample("collector-1")
        decision.deciders = people
        decision.reason = Self.reason
        try admit(&fixture, Event(.awardDecided(decision)))
        decision.deciders += ["chair-2"]
        decision.kind = .recorder
        try fixture.run(.enterNominee(.sample("recorder-1", .recorder)))
        decision.person = "recorder-1"
        #expect(
            rejection(fixture.state, Event(.awardDecided(decision)))
                == Rejection(.listTooLong, "deciders")
        )
    }

    @Test func `The largest issue of forms and the largest budget fit a record`() throws {
        var fixture = try Fixture.defined()
        try fixture.run(.registerPerson(.sample(Self.identifier)))
        let ranges = (10..<60).map { number in
            SerialRange.sample(
                4_294_957_296,
                4_294_967_295,
                prefix: String(repeating: "p", count: 51) + "\(number)-"
            )
        }
        try admit(
            &fixture,
            Event(.questionnairesIssued(.sample(ranges, to: Self.identifier)))
        )
        var allocation = BudgetAllocation.sample(Self.identifier)
        allocation.activity = Self.name
        allocation.source = Self.name
        allocation.documentNumber = Self.name
        allocation.documents = documents()
        try admit(&fixture, Event(.budgetAllocated(allocation)))
        var spending = BudgetSpending.sample(Self.name)
        spending.allocation = Self.identifier
        spending.text = Self.name
        try admit(&fixture, Event(.budgetSpent(spending)))
    }

    @Test func `The largest revision of a directive and withdrawal fit a record`() throws {
        var fixture = try Fixture.staffed()
        var directive = Directive.sample
        directive.directive = Self.identifier
        try fixture.run(.issueDirective(directive))
        var revision = DirectiveRevision.sample
        revision.directive = Self.identifier
        revision.number = reading(Self.name)
        revision.date.asRead = Self.name
        revision.date.note = Self.name
        (revision.subject, revision.reason) = (Self.name, Self.reason)
        try admit(&fixture, Event(.directiveRevised(revision)))
        var receipt = DirectiveReceipt.sample("9901")
        receipt.directive = Self.identifier
        try fixture.run(.receiveDirective(receipt))
        var withdrawal = PaperWithdrawal.sample(.directiveReceipt, Self.identifier, "9901")
        withdrawal.reason = Self.reason
        try admit(&fixture, Event(.paperWithdrawn(withdrawal)))
    }
}
