import Cryptography
import Foundation
import Survey

/// Certifications: what was stated, who signed, and in which order.
extension Invariants {
    mutating func checkCertification(_ event: Event, _ day: String) {
        switch event.kind {
        case .certificationPrepared(let prepared): check(prepared, day)
        case .certificationSigned(let signature): check(signature, day)
        case .certificationIssued(let issue):
            advance(issue.certification, day) { certified in
                let isOpen = certified.issuedOn == nil
                certified.issuedOn = day
                return isOpen ? nil : "issued twice"
            }
            checkSignatures(under: issue.certification)
        case .certificationSubmitted(let submission):
            let area = facts.certified[submission.certification]?.prepared.area ?? ""
            expect(
                submission.toArea == facts.areas[area]?.parentCode,
                "\(submission.certification) goes to \(submission.toArea)"
            )
            advance(submission.certification, day) { certified in
                let isDue = certified.issuedOn != nil && certified.submittedOn == nil
                certified.submittedOn = day
                return isDue ? nil : "submitted out of turn"
            }
        case .certificationWithdrawn(let withdrawal):
            advance(withdrawal.certification, day) { certified in
                certified.withdrawnOn = day
                return nil
            }
        default: break
        }
    }

    /// Nothing happens to what was withdrawn, and no act is dated before the one it follows.
    private mutating func advance(
        _ id: String,
        _ day: String,
        _ change: (inout Certified) -> String?
    ) {
        guard var certified = facts.certified[id] else {
            return expect(false, "\(id) was never prepared")
        }
        expect(certified.withdrawnOn == nil, "\(id) goes on after its withdrawal")
        let days =
            [certified.preparedOn, certified.issuedOn, certified.submittedOn].compactMap(\.self)
            + certified.signed.map(\.day)
        expect(days.allSatisfy { $0 <= day }, "\(id) goes back in time")
        if let problem = change(&certified) { expect(false, "\(id) is \(problem)") }
        facts.certified[id] = certified
    }

    private mutating func check(_ prepared: CertificationPrepared, _ day: String) {
        expectFirst("certification \(prepared.certification)")
        let counted = facts.recount(prepared.cycle, prepared.area)
        expect(prepared.figures.trimmed == counted.trimmed, "other figures are certified")
        let digest = prepared.figures.digest(cycle: prepared.cycle, area: prepared.area)
        expect(digest.hex == prepared.figuresDigest, "another digest is certified")
        expect(prepared.statement.contains(prepared.figuresDigest), "the statement says no digest")
        expect(prepared.statement.contains(prepared.rootHash), "the statement says no root")
        if let cycle = facts.cycles[prepared.cycle] { checkObstacles(prepared, cycle) }
        facts.certified[prepared.certification] = Certified(
            prepared: prepared,
            level: facts.level(prepared.area),
            preparedOn: day
        )
    }

    /// What the cycle says holds a certification up.
    private mutating func checkObstacles(_ prepared: CertificationPrepared, _ cycle: Cycle) {
        for (name, place) in facts.openConcerns
        where place.cycle == prepared.cycle && place.area == prepared.area {
            let blocks =
                name.hasPrefix("objection ") ? cycle.openObjectionsBlock : cycle.openDefectsBlock
            expect(!blocks, "\(prepared.certification) passes over the \(name)")
        }
        guard cycle.requiresConfirmedPresentation else { return }
        let isConfirmed = facts.confirmed.contains { name in
            let shown = facts.presentations[name]
            return shown?.cycle == prepared.cycle && shown?.area == prepared.area
                && shown?.figuresDigest == prepared.figuresDigest
        }
        expect(isConfirmed, "\(prepared.certification) was not confirmed")
    }

    private mutating func check(_ signature: CertificationSignature, _ day: String) {
        guard let certified = facts.certified[signature.certification] else {
            return expect(false, "a signature under nothing")
        }
        let prepared = certified.prepared
        expect(certified.issuedOn == nil, "a signature after the issue")
        expect(certified.preparedOn <= day, "a signature before the statement")
        let sits = facts.committee(prepared.cycle, prepared.area, on: day)
            .contains { $0.person == signature.person && $0.role == signature.role }
        expect(sits, "\(signature.person) is not in office as \(signature.role)")
        expect(
            !certified.signed.contains { $0.person == signature.person },
            "\(signature.person) signs twice"
        )
        if signature.hasPasskey {
            check(signature.passkey, of: signature.person, over: prepared.statement, day)
        } else if signature.cms.isEmpty {
            let registeredOn = facts.keys[signature.person]?[signature.publicKey]
            expect(registeredOn != nil, "a key that is not \(signature.person)'s")
            expect(registeredOn ?? "" <= day, "a key signs before it is known")
            let key = try? Ed25519PublicKey(rawBytes: Array(signature.publicKey))
            let isValid = key?.isValidSignature(
                Array(signature.signature),
                for: Array(prepared.statement.utf8)
            )
            expect(isValid == true, "a signature of something else")
        }
        facts.certified[signature.certification]?.signed
            .append((signature.person, signature.role, day))
    }

    /// A key of ES256, taken out of its bytes, and what browsers write.
    private mutating func check(
        _ signature: PasskeySignature,
        of person: String,
        over statement: String,
        _ day: String
    ) {
        guard let passkey = facts.passkeys[person]?[signature.credentialID] else {
            return expect(false, "a passkey that is not \(person)'s")
        }
        expect(passkey.day <= day, "a passkey signs before it is known")
        let cose = Array(passkey.key)
        let json = Array(signature.clientDataJson)
        let challenge = Base64URL.encode(SHA256.hash(Array(statement.utf8)).bytes)
        let said = "\"challenge\":\"\(challenge)\""
        expect(String(decoding: json, as: UTF8.self).contains(said), "another challenge")
        guard cose.count == 77 else { return expect(false, "a key of another kind") }
        let key = try? P256PublicKey(rawBytes: Array(cose[10..<42]) + Array(cose[45..<77]))
        let isValid = key?.isValidSignature(
            Array(signature.signature),
            for: Array(signature.authenticatorData) + SHA256.hash(json).bytes
        )
        expect(isValid == true, "an assertion of something else")
    }

    private mutating func checkSignatures(under id: String) {
        guard let certified = facts.certified[id],
            let rules = facts.cycles[certified.prepared.cycle]?.certificationRules,
            let rule = rules.first(where: { $0.level == certified.level })
        else { return expect(false, "\(id) is issued without a rule") }
        let roles = Set(certified.signed.map(\.role))
        expect(roles.isSuperset(of: rule.requiredRoles), "\(id) lacks a role")
        expect(certified.signed.count >= Int(rule.minimumSignatures), "\(id) lacks signatures")
    }
}
