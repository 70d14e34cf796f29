package import Survey

extension Action {
    /// What submitting this command takes; nil for what is done at the ledger's own machine alone.
    package init?(submitting kind: Command.OneOf_Kind) {
        switch kind {
        case .recordHousehold, .correctHousehold, .recordNotCollected, .withdrawHousehold:
            self = .enterHousehold
        case .presentResults, .holdPublicReview, .raiseObjection, .resolveObjection, .drawSample,
            .recordQualityCheck, .reinterviewHousehold, .reportDefect, .resolveDefect:
            self = .reviewResults
        case .prepareCertification, .issueCertification, .submitCertification,
            .withdrawCertification:
            self = .prepareCertification
        case .signCertification: self = .signCertification
        case .erasePersonalData: self = .erasePersonalData
        // The log's key lies beside the ledger, and so does whoever may exchange it.
        case .rotateLogKey: return nil
        default: self = .enterAct
        }
    }
}
