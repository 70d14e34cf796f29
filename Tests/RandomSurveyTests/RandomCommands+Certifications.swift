import Cryptography
import Foundation
import Survey

/// Certifications: mostly the next step of one, so that some come to their end.
extension RandomCommands {
    mutating func makeCertification(
        _ kind: EventKind,
        _ known: Known
    ) throws -> Command.OneOf_Kind? {
        let certifications = known.state.certifications
        switch kind {
        case .certificationPrepared: return try nextStep(known)
        case .certificationSigned:
            return .signCertification(
                try signature(existing(certifications) { $0.status == .prepared }, known)
            )
        case .certificationIssued:
            return issue(existing(certifications) { $0.status == .prepared })
        case .certificationSubmitted:
            return submission(existing(certifications) { $0.status == .issued }, known)
        case .certificationWithdrawn:
            var withdrawal = CertificationWithdrawn()
            withdrawal.certification = existing(certifications) { $0.status != .withdrawn }
            withdrawal.reason = "an error was found"
            return .withdrawCertification(withdrawal)
        default: return nil
        }
    }

    private mutating func nextStep(_ known: Known) throws -> Command.OneOf_Kind? {
        let next = dice.chance(75) ? nextArea(known) : nil
        let cycle = next == nil ? cycle(known) : Self.mainCycle
        let area = next ?? area(known, .lao, .district)
        if let obstacle = obstacle(cycle, area, known), dice.chance(80) { return obstacle }
        let place = CycleArea(cycle: cycle, area: area)
        guard let id = known.state.currentCertifications[place],
            let certification = known.state.certifications[id],
            !known.state.isSuperseded(certification)
        else {
            var command = PrepareCertification()
            (command.cycle, command.area) = (cycle, area)
            return .prepareCertification(command)
        }
        switch certification.status {
        case .prepared:
            let isSigned = certification.signatures.count >= 3
            if isSigned || dice.chance(5) { return issue(id) }
            let keyless = known.committee(of: place).map(\.person).filter { person in
                known.state.persons[person]?.publicKeys.isEmpty == true
                    && !certification.signatures.contains { $0.person == person }
            }
            if let person = dice.pick(keyless), dice.chance(70) {
                return .registerMemberKey(try newKey(of: person))
            }
            return .signCertification(try signature(id, known))
        case .issued, .submitted, .withdrawn: return submission(id, known)
        }
    }

    /// The first LAO at work whose certification was not submitted yet, then the districts; nil when all
    /// were.
    private func nextArea(_ known: Known) -> String? {
        let keys = known.state.cells.keys.filter { $0.cycle == Self.mainCycle }
        let laos = Set(keys.map(\.lao)).sorted()
        let districts = Set(keys.map { String($0.village.prefix(4)) }).sorted()
        return (laos + districts).first { area in
            let place = CycleArea(cycle: Self.mainCycle, area: area)
            guard let id = known.state.currentCertifications[place],
                let certification = known.state.certifications[id]
            else { return true }
            return certification.status != .submitted || known.state.isSuperseded(certification)
        }
    }

    /// What keeps the area from being certified, and an end to it.
    private mutating func obstacle(
        _ cycle: String,
        _ area: String,
        _ known: Known
    ) -> Command.OneOf_Kind? {
        guard let rules = known.state.cycles[cycle]?.cycle else { return nil }
        let state = known.state
        if rules.openObjectionsBlock,
            let open = dice.key(of: state.objections, where: { !$0.isResolved })
        {
            return resolution(ofObjection: open, known)
        }
        if rules.openDefectsBlock,
            let open = dice.key(of: state.defects, where: { !$0.isResolved })
        {
            return resolution(ofDefect: open)
        }
        if let seating = committee(cycle, area, known) { return seating }
        guard rules.requiresFullCoverage else { return nil }
        let cells = state.cells.filter { $0.key.cycle == cycle }
            .sorted { ($0.key.village, $0.key.lao) < ($1.key.village, $1.key.lao) }
        for (key, cell) in cells where key.lao == area || key.village.hasPrefix(area) {
            let count = cell.collectedCount + cell.notCollectedCount
            guard let target = state.targets[key] else {
                guard count > 0 else { continue }
                var target = Target()
                (target.cycle, target.village, target.lao) = (key.cycle, key.village, key.lao)
                (target.households, target.questionnaires) = (count, count)
                return .setTarget(target)
            }
            if target.households > count { return .reviseTarget(revised(key, to: count)) }
        }
        return nil
    }

    /// An area that came later has nobody yet who could sign.
    ///
    /// An area has one committee at a time, so one that lacks somebody is filled up by an amendment.
    private mutating func committee(
        _ cycle: String,
        _ area: String,
        _ known: Known
    ) -> Command.OneOf_Kind? {
        let place = CycleArea(cycle: cycle, area: area)
        guard known.committee(of: place).count < 3 else { return nil }
        let seats = ["chair-1", "secretary-1", "member-1"].map { person in
            var appointment = Appointment()
            appointment.person = person
            appointment.role = String(person.dropLast(2))
            return appointment
        }
        let standing = known.state.orders.filter { _, order in
            order.kind == .committee && order.cycle == cycle && order.area == area
                && order.revokedOn == nil && order.validFrom <= known.today
                && (order.validTo.map { $0 >= known.today } ?? true)
        }
        if let name = standing.keys.min(), let order = standing[name] {
            var amendment = OrderAmendment()
            (amendment.order, amendment.number) = (name, fresh("amendment"))
            (amendment.date, amendment.effectiveOn) = (known.today.iso, known.today.iso)
            amendment.reason = Self.reason
            amendment.added = seats.filter { !order.persons.contains($0.person) }
            return .amendOrder(amendment)
        }
        var order = Order()
        order.order = fresh("order")
        (order.number, order.date) = (order.order, known.today.iso)
        (order.kind, order.cycle, order.area) = (.committee, cycle, area)
        order.validFrom = known.today.iso
        order.appointments = seats
        return .issueOrder(order)
    }

    private func issue(_ id: String) -> Command.OneOf_Kind {
        var issue = CertificationIssued()
        issue.certification = id
        return .issueCertification(issue)
    }

    private func submission(_ id: String, _ known: Known) -> Command.OneOf_Kind {
        var submission = CertificationSubmitted()
        submission.certification = id
        let area = known.state.certifications[id]?.prepared.area ?? ""
        submission.toArea = known.parent(of: area)
        return .submitCertification(submission)
    }

    private mutating func signature(
        _ id: String,
        _ known: Known
    ) throws -> CertificationSignature {
        var signature = CertificationSignature()
        signature.certification = id
        guard let certification = known.state.certifications[id] else { return signature }
        let prepared = certification.prepared
        let committee = known.committee(
            of: CycleArea(cycle: prepared.cycle, area: prepared.area)
        )
        let signed = Set(certification.signatures.map(\.person))
        let open = committee.filter { !signed.contains($0.person) }
        // The roles that must have signed are asked first, as they would be.
        let due = open.filter { member in
            ["chair", "secretary"].contains(member.role)
                && !certification.signatures.contains { $0.role == member.role }
        }
        guard let member = dice.pick(due) ?? dice.pick(open) ?? dice.pick(committee) else {
            return signature
        }
        (signature.person, signature.role) = member
        let person = known.state.persons[member.person]
        let statement = Array(prepared.statement.utf8)
        if let identity = identities[member.person],
            person?.certificates[identity.certificate.sha256] != nil, dice.chance(50)
        {
            let noon = known.today.bangkokNoon
            signature.cms = Data(
                try DetachedSignature.sign(statement, identity: identity, signingTime: noon).der
            )
            return signature
        }
        if dice.chance(50),
            let answer = try passkeySignature(over: prepared.statement, person)
        {
            signature.passkey = answer
            return signature
        }
        let own = person?.publicKeys.keys.sorted { $0.lexicographicallyPrecedes($1) } ?? []
        guard let publicKey = own.last, let key = privateKeys[publicKey] else { return signature }
        signature.publicKey = Data(publicKey)
        signature.signature = Data(try key.sign(statement))
        return signature
    }
}

extension Day {
    /// Seconds since 1970; noon in Thailand is five in the morning in UTC.
    var bangkokNoon: Int64 { Int64(daysSinceEpoch) * 86_400 + 18_000 }
}
