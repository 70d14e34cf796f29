/// The papers that events name by their digests.
extension Event {
    /// Those of this event, in its order; none of most kinds.
    package var documents: [Document] {
        switch kind {
        case .directiveIssued(let directive): directive.documents
        case .meetingCalled(let meeting): meeting.documents
        case .meetingHeld(let minutes): minutes.documents
        case .trainingHeld(let training): training.documents
        case .resultsPresented(let presentation): presentation.documents
        case .publicReviewHeld(let review): review.documents
        case .qualityCheckDone(let check): check.documents
        case .cooperationRequested(let request): request.documents
        case .actionPlanDrafted(let plan): plan.documents
        case .budgetAllocated(let allocation): allocation.documents
        default: []
        }
    }
}
