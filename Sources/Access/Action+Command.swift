package import Survey

extension Action {
    /// What submitting this command takes; nil for what is done at the ledger's own machine alone.
    package init?(submitting kind: Command.OneOf_Kind) {
        switch kind {
        case .recordHousehold, .correctHousehold, .recordNotCollected, .withdrawHousehold:
            self = .enterHousehold
        case .presentResults, .holdPublicReview, .raiseObjection, .resolveObjection,
            .announceSample, .drawSample, .recordQualityCheck, .reinterviewHousehold,
            .reportDefect, .resolveDefect:
            self = .reviewResults
        case .prepareCertification, .issueCertification, .submitCertification,
            .withdrawCertification:
            self = .prepareCertification
        case .signCertification: self = .signCertification
        case .erasePersonalData: self = .erasePersonalData
        case .registerMemberKey, .revokeMemberKey, .registerMemberCertificate,
            .revokeMemberCertificate, .revokePasskey:
            self = .registerOwnKey
        case .registerUser, .updateUserRegistration, .disableUser: self = .registerUser
        // The log's key lies beside the ledger, and so does whoever may exchange it. A passkey comes
        // by a link: whoever could register one for somebody else could sign in his place.
        case .rotateLogKey, .registerPasskey: return nil
        default: self = .enterAct
        }
    }
}
