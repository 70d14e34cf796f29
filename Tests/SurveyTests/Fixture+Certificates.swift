import Cryptography
import Survey

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Certificates that sign themselves, so that each can be its own root. Chains, and what the stock
/// `openssl` makes, are tried where commands are.
extension Fixture {
    /// Of everybody who has a key, valid from 2017-06-01 to 2018-12-31 in UTC.
    private static let identities = Result {
        try people.prefix(5).reduce(into: [:]) { identities, person in
            identities[person] = try newIdentity(person)
        }
    }

    static func newIdentity(
        _ name: String,
        from first: String = "2017-06-01",
        to last: String = "2018-12-31"
    ) throws -> SigningIdentity {
        try .ephemeral(commonName: name, validFrom: midnight(first), validTo: midnight(last))
    }

    /// Midnight in UTC, which is seven in the morning in Thailand.
    static func midnight(_ day: String) -> Int64 {
        Int64(Day(iso: day)?.daysSinceEpoch ?? 0) * 86_400
    }

    static func identity(of person: String) throws -> SigningIdentity {
        guard let identity = try identities.get()[person] else {
            throw Rejection(.certificateUnknown, person)
        }
        return identity
    }

    /// Trusts the certificates of these people and registers them.
    mutating func registerCertificates(of people: String...) throws {
        try run(.defineCertificateRoots(.sample(people.map(Fixture.identity(of:)))))
        for person in people {
            try run(.registerMemberCertificate(.sample(person, Fixture.identity(of: person))))
        }
    }

    /// A signature by the person's certificate, or by another one, made when the signer says.
    func certificateSignature(
        _ id: String,
        _ person: String,
        by identity: SigningIdentity? = nil,
        at unixSeconds: Int64 = Fixture.midnight(workday),
        appending suffix: String = ""
    ) throws -> CertificationSignature {
        let statement = try certification(id).prepared.statement + suffix
        var signature = CertificationSignature()
        signature.certification = id
        signature.person = person
        signature.role = String(person.prefix { $0 != "-" })
        signature.cms = Data(
            try DetachedSignature.sign(
                Array(statement.utf8),
                identity: identity ?? Fixture.identity(of: person),
                signingTime: unixSeconds
            ).der
        )
        return signature
    }
}

extension CertificateRoots {
    static func sample(_ identities: [SigningIdentity]) -> CertificateRoots {
        var roots = CertificateRoots()
        roots.certificates = identities.map { Data($0.certificate.der) }
        roots.reason = "the province's authorities"
        return roots
    }
}

extension MemberCertificate {
    static func sample(_ person: String, _ identity: SigningIdentity) -> MemberCertificate {
        var registration = MemberCertificate()
        registration.person = person
        registration.certificate = Data(identity.certificate.der)
        return registration
    }
}

extension MemberCertificateRevocation {
    static func sample(
        _ person: String,
        _ identity: SigningIdentity
    ) -> MemberCertificateRevocation {
        var revocation = MemberCertificateRevocation()
        revocation.person = person
        revocation.sha256 = identity.certificate.sha256.hex
        revocation.reason = "the card was lost"
        return revocation
    }
}
