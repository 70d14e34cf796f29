import Survey
import SwiftProtobuf
import Testing

/// Every text of a record is there for everybody to read, for ever.
@Suite struct OpenTextTests {
    private func problem(_ step: Fixture.Step, _ json: Any?) throws -> Rejection?? {
        // Refused already when it is read: a number, a date of bytes, a name from a list.
        guard let json, let event = try? Event(jsonString: try JSONLeaves.text(json)) else {
            return .none
        }
        return .some(
            rejection(
                step.before,
                event,
                step.act,
                step.household,
                treeSize: step.position.treeSize
            )
        )
    }

    @Test(arguments: [
        "1101700203450", "นาย ก 1-1017-00203-45-0", "๑๑๐๑๗๐๐๒๐๓๔๕๐", "โทร ๑ ๑๐๑๗ ๐๐๒๐๓ ๔๕ ๐ ได้",
    ])
    func `Wherever any text may stand, a citizen id may not`(_ id: String) throws {
        var open: Set<String> = []
        for step in try Season.played().history {
            let json = try JSONLeaves.parse(step.event.jsonString())
            for path in JSONLeaves.paths(in: json)
            where JSONLeaves.value(json, at: path) is String {
                let name = JSONLeaves.name(path)
                guard !open.contains(name) else { continue }
                // Free is a field in which some harmless words are admitted.
                let words = JSONLeaves.replacing(json, at: path, with: "ข้อความ")
                guard case .some(.none) = try problem(step, words) else { continue }
                open.insert(name)
                let forged = JSONLeaves.replacing(json, at: path, with: id)
                // Three bytes for a Thai digit are too many for the number of a paragraph or form.
                let isShort = [".item", ".documents[].number", ".formNumber"]
                    .contains(where: name.hasSuffix)
                let isTooLong = isShort && id.utf8.count > 32
                #expect(
                    try problem(step, forged)??.code
                        == (isTooLong ? .textMalformed : .textHoldsCitizenId),
                    "\(name)"
                )
            }
        }
        #expect(open.isSuperset(of: Self.named), "\(Self.named.subtracting(open).sorted())")
    }

    /// Some of them, so that none is passed over.
    private static let named: Set<String> = [
        ".areaDefined.nameTh", ".areaDefined.nameEn", ".areaDefined.laoType",
        ".areaRevised.reason", ".cycleDefined.deadlines[].item",
        ".cycleDefined.deadlines[].titleTh", ".editionDefined.document.titleTh",
        ".orderIssued.number", ".orderAmended.number", ".targetRevised.reason",
        ".reportSubmitted.documentNumber", ".certificationSubmitted.documentNumber",
        ".personalDataErased.documentNumber", ".directiveIssued.subject",
        ".directiveRevised.subject", ".directiveRevised.number.note", ".meetingCalled.agenda",
        ".meetingHeld.resolutions[].dissents[].reason", ".trainingHeld.place",
        ".cooperationRequested.subject", ".cooperationRequested.documentNumber",
        ".cooperationAnswered.text", ".cooperationAnswered.documentNumber",
        ".actionPlanDrafted.steps[].text", ".actionPlanDrafted.steps[].office",
        ".actionPlanSubmitted.documentNumber", ".actionPlanAccepted.documentNumber",
        ".actionPlanReturned.reason", ".planStepDone.note",
        ".dailyProgressReported.documentNumber", ".nomineeEntered.grounds",
        ".awardDecided.reason", ".awardsReported.documentNumber",
        ".questionnairesSpoiled.reason", ".budgetAllocated.activity",
        ".budgetAllocated.source", ".budgetAllocated.documentNumber", ".budgetSpent.text",
        ".budgetSpent.documentNumber", ".resultsPresented.place", ".objectionRaised.text",
        ".objectionResolved.reason", ".qualityCheckDone.findings", ".defectFound.text",
        ".defectResolved.reason", ".passkeyRegistered.label", ".passkeyRevoked.reason",
        ".paperWithdrawn.reason", ".householdCorrected.reason",
    ]
}
