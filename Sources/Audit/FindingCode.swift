/// What kind of thing is wrong: stable names for programs, and what the report explains by.
package enum FindingCode: String, CaseIterable, Sendable {
    // Structure.
    case noRecords, recordsMissing, tailMissing, recordMalformed, recordMisplaced, eventUnknown
    case timeGoesBack, storeIndexWrong, storeLayoutWrong, storedHeadWrong, originMismatch
    case couldNotRead
    // Structure, of an evidence bundle.
    case containerWrong, fileWrong
    // Chain.
    case chainBroken
    // Tree.
    case historyRewritten, storedTreeWrong, checkpointMalformed, checkpointMismatch
    case checkpointBeyondEnd, certifiedTreeHeadWrong, proofInvalid
    // Signatures.
    case checkpointUnsigned, cosignatureInvalid, timestampInvalid, timestampMissing, policyNotMet
    case endUnsealed, signatureInvalid, signatureMissing, signerUnknown, containerSignatureInvalid
    case attachmentMissing, attachmentWrong
    // Rules.
    case notAllowed, streamMismatch, householdUnreadable
    // Figures.
    case figuresWrong, storedFiguresWrong
    // Projections.
    case projectionMissing, projectionWrong, projectionsNotCompared

    /// The level that reports it.
    package var check: Check {
        switch self {
        case .noRecords, .recordsMissing, .tailMissing, .recordMalformed, .recordMisplaced,
            .eventUnknown, .timeGoesBack, .storeIndexWrong, .storeLayoutWrong, .storedHeadWrong,
            .originMismatch, .couldNotRead, .checkpointBeyondEnd, .containerWrong, .fileWrong:
            // What a missing tail shows by is of structure, so that it is found whatever was asked
            // for: a truncated log must fail.
            .structure
        case .chainBroken: .chain
        case .historyRewritten, .storedTreeWrong, .checkpointMalformed, .checkpointMismatch,
            .certifiedTreeHeadWrong, .proofInvalid:
            .tree
        case .checkpointUnsigned, .cosignatureInvalid, .timestampInvalid, .timestampMissing,
            .policyNotMet, .endUnsealed, .signatureInvalid, .signatureMissing, .signerUnknown,
            .containerSignatureInvalid, .attachmentMissing, .attachmentWrong:
            .signatures
        case .notAllowed, .streamMismatch, .householdUnreadable: .rules
        case .figuresWrong, .storedFiguresWrong: .figures
        case .projectionMissing, .projectionWrong, .projectionsNotCompared: .projections
        }
    }
}
