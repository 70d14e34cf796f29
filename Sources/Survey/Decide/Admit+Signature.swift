package import Cryptography

/// Rules of signatures under a certification: who may sign, and with what.
extension State {
    func admitSignature(_ signature: CertificationSignature, _ act: Act) throws(Rejection) {
        let certification = try requireStanding(signature.certification)
        guard certification.status == .prepared else {
            throw Rejection(.alreadyIssued, signature.certification)
        }
        let sits = sitsOnCommittee(
            of: certification.prepared.area,
            person: signature.person,
            role: signature.role,
            cycle: certification.prepared.cycle,
            on: act.day,
            treeSize: certification.prepared.treeSize
        )
        guard sits else { throw Rejection(.signerNotOnCommittee, signature.person) }
        try require(act, notBefore: certification.preparedOn, of: .certificationPrepared)
        guard !certification.signatures.contains(where: { $0.person == signature.person }) else {
            throw Rejection(.alreadySigned, signature.person)
        }
        try requireNothingOpen(for: certification)
        switch signature.form {
        case .key: try admitKeySignature(signature, certification, act)
        case .certificate: try admitCMS(signature, certification, act)
        case .passkey: try admitAssertion(signature, certification, act)
        case nil: throw Rejection(.signatureFormInvalid, signature.person)
        }
    }

    private func admitKeySignature(
        _ signature: CertificationSignature,
        _ certification: CertificationState,
        _ act: Act
    ) throws(Rejection) {
        let publicKey = Array(signature.publicKey)
        guard let registeredOn = persons[signature.person]?.publicKeys[publicKey] else {
            throw Rejection(.keyUnknown, signature.person)
        }
        try require(act, notBefore: registeredOn, of: .memberKeyRegistered)
        guard signature.isValid(over: certification.prepared.statement) else {
            throw Rejection(.signatureInvalid, signature.person)
        }
    }

    private func admitCMS(
        _ signature: CertificationSignature,
        _ certification: CertificationState,
        _ act: Act
    ) throws(Rejection) {
        let person = signature.person
        let signed = try signature.verified(
            over: certification.prepared.statement,
            knowing: certificateRoots
        )
        guard let registeredOn = persons[person]?.certificates[signed.signer.sha256] else {
            throw Rejection(.certificateUnknown, person)
        }
        try require(act, notBefore: registeredOn, of: .memberCertificateRegistered)
        // Whatever lies beside the signer's certificate is stored as well: other certificates, and
        // what the signer's program put into the attributes.
        try Validation.withoutCitizenID(Array(signature.cms), person)
        guard let moment = signed.signer.moment(on: act.day) else {
            throw Rejection(.certificateNotValid, person)
        }
        if let time = signed.signingTime {
            let signedOn = Day(bangkokDayOfUnixSeconds: time)
            guard certification.preparedOn <= signedOn, signedOn <= act.day else {
                throw Rejection(.signingTimeInvalid, signedOn.iso)
            }
        }
        try requireTrust(
            in: signed.signer,
            among: signed.otherCertificates,
            at: signed.signingTime ?? moment,
            person
        )
    }
}

extension CertificationSignature {
    /// With what a statement is signed.
    package enum Form: Sendable {
        /// Ed25519, with a member's own key.
        case key
        /// CAdES-B, with a certificate.
        case certificate
        /// An assertion, with a passkey.
        case passkey
    }

    /// Nil where the fields are of no form, or of several.
    package var form: Form? {
        var forms: [Form] = []
        if !publicKey.isEmpty || !signature.isEmpty { forms.append(.key) }
        if !cms.isEmpty { forms.append(.certificate) }
        if hasPasskey { forms.append(.passkey) }
        return forms.count == 1 ? forms[0] : nil
    }

    /// Whether this is the key's Ed25519 signature over the statement's exact bytes.
    package func isValid(over statement: String) -> Bool {
        guard let key = try? Ed25519PublicKey(rawBytes: Array(publicKey)) else { return false }
        return key.isValidSignature(Array(signature), for: Array(statement.utf8))
    }

    /// Whose certificate the CMS over the statement's exact bytes is by; not whether anybody trusts
    /// it.
    package func verified(
        over statement: String,
        knowing roots: [Certificate]
    ) throws(Rejection) -> DetachedSignature.Verified {
        guard cms.count <= Limit.cmsByteCount else { throw Rejection(.cmsMalformed, person) }
        do throws(CryptographyError) {
            return try DetachedSignature(der: Array(cms))
                .verifyWithoutChain(Array(statement.utf8), knowing: roots)
        } catch {
            let isOverOtherBytes = error.code == .signatureMismatch
            throw Rejection(isOverOtherBytes ? .signatureInvalid : .cmsMalformed, person)
        }
    }
}
