package import Cryptography
import Foundation
package import Survey

extension Sample {
    package static var deadlineChange: DeadlineChange {
        var change = DeadlineChange()
        (change.cycle, change.deadline) = ("2561", "lao-certification")
        (change.due, change.reason) = ("2018-03-25", "floods")
        return change
    }

    /// One that a report meets, beside the letter's.
    package static var reportDeadline: Deadline {
        var deadline = Deadline()
        (deadline.deadline, deadline.item, deadline.due) = ("summary", "5", "2018-04-30")
        (deadline.act, deadline.fromLevel, deadline.toLevel) = (
            .reportSubmitted, .district, .province
        )
        deadline.titleTh = "สรุปผล"
        return deadline
    }

    package static func report(_ deadline: String) -> Report {
        var report = Report()
        (report.cycle, report.deadline, report.area) = ("2561", deadline, "9901")
        return report
    }

    package static var areaRevision: AreaRevision {
        var revision = AreaRevision()
        (revision.code, revision.reason) = ("9981", "renamed")
        revision.nameEn = "Area 9981"
        return revision
    }

    package static func preparation(_ id: String, _ area: String) -> PrepareCertification {
        var preparation = PrepareCertification()
        (preparation.certification, preparation.cycle, preparation.area) = (id, "2561", area)
        return preparation
    }

    package static func signature(
        _ id: String,
        _ person: String,
        over statement: String
    ) throws -> CertificationSignature {
        let key = try privateKey(person)
        var signature = CertificationSignature()
        (signature.certification, signature.person) = (id, person)
        signature.role = String(person.prefix { $0 != "-" })
        signature.publicKey = Data(key.publicKey.rawBytes)
        signature.signature = Data(try key.sign(Array(statement.utf8)))
        return signature
    }

    /// A certificate that signs itself and so can be its own root; of whom does not matter, for
    /// nobody reads it but the rules.
    package static func identity() throws -> SigningIdentity { try knownIdentity.get() }

    // One for all logs of a run, like the members' keys: 2017-01-01 to 2018-12-31.
    private static let knownIdentity = Result {
        try SigningIdentity.ephemeral(
            commonName: "secretary-2",
            validFrom: 1_483_228_800,
            validTo: 1_546_214_400
        )
    }

    package static func roots(_ identities: [SigningIdentity]) -> CertificateRoots {
        var roots = CertificateRoots()
        roots.certificates = identities.map { Data($0.certificate.der) }
        roots.reason = "the province's authorities"
        return roots
    }

    package static func certificate(
        _ person: String,
        _ identity: SigningIdentity
    ) -> MemberCertificate {
        var registration = MemberCertificate()
        registration.person = person
        registration.certificate = Data(identity.certificate.der)
        return registration
    }

    package static func certificateRevocation(
        _ person: String,
        _ identity: SigningIdentity
    ) -> MemberCertificateRevocation {
        var revocation = MemberCertificateRevocation()
        revocation.person = person
        revocation.sha256 = identity.certificate.sha256.hex
        revocation.reason = "lost"
        return revocation
    }

    /// A signature with a certificate, made on the workday.
    package static func certificateSignature(
        _ id: String,
        _ person: String,
        by identity: SigningIdentity,
        over statement: String
    ) throws -> CertificationSignature {
        var signature = CertificationSignature()
        (signature.certification, signature.person) = (id, person)
        signature.role = String(person.prefix { $0 != "-" })
        signature.cms = Data(
            try DetachedSignature.sign(
                Array(statement.utf8),
                identity: identity,
                signingTime: start / 1_000_000
            ).der
        )
        return signature
    }

    package static func issue(_ id: String) -> CertificationIssued {
        var issue = CertificationIssued()
        issue.certification = id
        return issue
    }

    package static func submission(_ id: String, _ area: Area?) -> CertificationSubmitted {
        var submission = CertificationSubmitted()
        (submission.certification, submission.toArea) = (id, area?.parentCode ?? "")
        return submission
    }

    package static func certificationWithdrawal(_ id: String) -> CertificationWithdrawn {
        var withdrawal = CertificationWithdrawn()
        (withdrawal.certification, withdrawal.reason) = (id, "one household is missing")
        return withdrawal
    }
}
