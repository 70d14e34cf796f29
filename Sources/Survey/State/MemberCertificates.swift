import Cryptography

/// What the events of certificates do to the state; one that cannot be read does nothing.
extension State {
    mutating func define(_ roots: CertificateRoots) {
        certificateRoots = roots.certificates.compactMap { try? Certificate(der: Array($0)) }
    }

    mutating func register(_ registration: MemberCertificate, on day: Day) {
        guard let certificate = try? Certificate(der: Array(registration.certificate)) else {
            return
        }
        persons[registration.person]?.certificates[certificate.sha256] = day
        certificateOwners[certificate.keyDigest] = registration.person
    }

    mutating func revoke(_ revocation: MemberCertificateRevocation) {
        guard let sha256 = Digest(hex: revocation.sha256) else { return }
        persons[revocation.person]?.certificates[sha256] = nil
    }
}

extension Certificate {
    /// By what a key is known again under another certificate.
    var keyDigest: Digest { SHA256.hash(subjectPublicKeyInfo) }

    /// A moment of the day in Thailand at which the certificate is valid; nil where there is none.
    ///
    /// The rules know days, a chain is checked for a moment: noon, or the moment nearest to it on
    /// the certificate's first and last day, so that it can be used on the day it is issued.
    func moment(on day: Day) -> Int64? {
        let seconds = day.bangkokUnixSeconds
        let noon = seconds.lowerBound + 43_200
        // The last second of its validity is not counted: libcrypto takes it for expired.
        let nearest = min(max(noon, notBefore), notAfter - 1)
        return seconds.contains(nearest) ? nearest : nil
    }
}
