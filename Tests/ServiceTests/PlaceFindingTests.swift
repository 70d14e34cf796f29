import Foundation
import LedgerTestSupport
import NIOHTTP1
import Survey
import SurveyImport
import Testing

/// What reviewers found in where an act is, so that it is not found again.
@Suite(.serialized) struct `Findings in places` {
    @Test func `an answer is withdrawn by the LAO's own, not by who asked`() async throws {
        try await RunningService.run { service in
            func code(_ kind: Command.OneOf_Kind, _ person: String) async throws -> String {
                let reply = try await service.submit(Sample.command(kind), as: person)
                return reply.status < 300 ? "recorded" : try reply.code()
            }
            var request = CooperationRequest()
            (request.request, request.cycle, request.fromArea) = ("ask-1", "2561", "99010102")
            (request.toAreas, request.date) = (["9981"], "2017-11-13")
            request.subject = "to collect together"
            let asked = try await code(.requestCooperation(request), "village-1")
            #expect(asked == "recorded")
            var answer = CooperationAnswer()
            (answer.request, answer.lao, answer.answer) = ("ask-1", "9981", .declined)
            answer.answeredOn = "2017-11-20"
            let foreign = try await code(.answerCooperation(answer), "village-1")
            #expect(foreign == "outsideOwnAreas")
            let answered = try await code(.answerCooperation(answer), "super-1")
            #expect(answered == "recorded")
            var withdrawal = PaperWithdrawal()
            (withdrawal.kind, withdrawal.paper) = (.cooperationAnswer, "ask-1")
            (withdrawal.area, withdrawal.reason) = ("9981", "not what we wanted")
            let byAsker = try await code(.withdrawPaper(withdrawal), "village-1")
            #expect(byAsker == "outsideOwnAreas")
            let own = try await code(.withdrawPaper(withdrawal), "super-1")
            #expect(own == "recorded")
        }
    }

    @Test func `what began somewhere begins nowhere else, not even when it is withdrawn`()
        async throws
    {
        let kinds: Set<ImportKind> = [
            .directives, .trainings, .meetings, .plans, .planSubmissions, .planReturns, .budget,
            .objections,
        ]
        try await RunningService.run { service in
            func code(_ command: Command, _ person: String) async throws -> String {
                let reply = try await service.submit(command, as: person)
                return reply.status < 300 ? "recorded" : try reply.code()
            }
            var begun: [`Entering acts by forms`.Act] = []
            for act in `Entering acts by forms`.acts where kinds.contains(act.kind) {
                let told = try await code(act.command(), "super-1")
                #expect(told == "recorded", "\(act.kind)")
                if act.shared["area"] != nil || act.shared["from_area"] != nil { begun.append(act) }
            }
            #expect(begun.count == 6)
            func requireNowhereElse(_ expected: (String) -> Bool) async throws {
                for var act in begun {
                    let column = act.shared["area"] == nil ? "from_area" : "area"
                    act.shared[column] = "990101"
                    let told = try await code(act.command(), "super-1")
                    #expect(expected(told), "\(act.kind): \(told)")
                }
            }
            // The plan was returned, after which it is drafted again, in its own place.
            try await requireNowhereElse { $0.contains("Already") }
            for (kind, paper) in [
                (PaperWithdrawal.Kind.training, "t-1"), (.plan, "p-1"), (.budgetAllocation, "b-1"),
            ] {
                var withdrawal = PaperWithdrawal()
                (withdrawal.kind, withdrawal.paper) = (kind, paper)
                withdrawal.reason = "recorded twice"
                let command = Sample.command(.withdrawPaper(withdrawal))
                let elsewhere = try await code(command, "village-1")
                #expect(elsewhere == "outsideOwnAreas", "\(paper)")
                let own = try await code(Sample.command(.withdrawPaper(withdrawal)), "district-1")
                #expect(own == "recorded", "\(paper)")
            }
            try await requireNowhereElse { $0.contains("Already") || $0 == "paperWithdrawn" }
        }
    }
}
