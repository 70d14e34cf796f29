package import Survey

extension FindingCode {
    /// What it means to whoever verifies that the rules refuse an event of that kind.
    ///
    /// A ledger and a bundle both ask here, so that one forgery has one name.
    package init(_ rejection: Rejection, of kind: EventKind?) {
        let isOfSignature = kind == .certificationSigned
        self =
            switch rejection.code {
            case .treeHeadMismatch: .certifiedTreeHeadWrong
            case .figuresMismatch: .figuresWrong
            case .signatureInvalid, .signatureFormInvalid, .cmsMalformed, .endorsementInvalid,
                .assertionMalformed, .assertionElsewhere, .assertionUnverified,
                .assertionRepeated:
                .signatureInvalid
            case .keyUnknown, .certificateUnknown, .certificateUntrusted, .certificateNotValid,
                .signingTimeInvalid, .passkeyUnknown:
                // Of a registration or revocation there is nobody yet whose signature it is not.
                isOfSignature ? .signerUnknown : .notAllowed
            case .signaturesMissing: .signatureMissing
            default: .notAllowed
            }
    }
}
