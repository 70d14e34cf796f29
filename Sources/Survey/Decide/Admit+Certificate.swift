import Cryptography

/// Rules of certificates: which authorities count, and which certificate is whose.
extension State {
    func admitRoots(_ roots: CertificateRoots) throws(Rejection) {
        let byteCount = roots.certificates.reduce(0) { $0 + $1.count }
        guard byteCount <= Limit.rootsByteCount else {
            throw Rejection(.certificateRootsTooLarge, "\(byteCount)")
        }
        var certificates: [Certificate] = []
        for (offset, der) in roots.certificates.enumerated() {
            let place = "certificates[\(offset + 1)]"
            certificates.append(try Validation.certificate(Array(der), place))
        }
        guard certificates != certificateRoots else {
            throw Rejection(.certificateRootsUnchanged, "certificates")
        }
        try Validation.reason(roots.reason)
    }

    func admitCertificate(_ registration: MemberCertificate, _ act: Act) throws(Rejection) {
        let person = registration.person
        try requirePerson(person)
        let certificate = try Validation.certificate(Array(registration.certificate), person)
        if let owner = certificateOwners[certificate.keyDigest] {
            throw Rejection(.certificateAlreadyRegistered, owner)
        }
        guard let moment = certificate.moment(on: act.day) else {
            throw Rejection(.certificateNotValid, person)
        }
        try requireTrust(in: certificate, at: moment, person)
    }

    func admitCertificateRevocation(
        _ revocation: MemberCertificateRevocation
    ) throws(Rejection) {
        let person = try requirePerson(revocation.person)
        guard let sha256 = Digest(hex: revocation.sha256), person.certificates[sha256] != nil
        else { throw Rejection(.certificateUnknown, revocation.person) }
        try Validation.reason(revocation.reason)
    }

    /// Refuses a certificate that is not for signing, or that no chain leads from to a root in
    /// force.
    func requireTrust(
        in certificate: Certificate,
        among others: [Certificate] = [],
        at unixSeconds: Int64,
        _ person: String
    ) throws(Rejection) {
        do throws(CryptographyError) {
            try TrustedRoots(certificateRoots)
                .verify(certificate, among: others, at: unixSeconds)
        } catch {
            switch error.code {
            case .certificateExpired, .certificateNotYetValid:
                throw Rejection(.certificateNotValid, person)
            default: throw Rejection(.certificateUntrusted, person)
            }
        }
    }
}
