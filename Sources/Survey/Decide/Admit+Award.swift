/// Rules of a district's awards: who is nominated, who decides, and the report of it.
extension State {
    func admitNominee(_ nominee: Nominee, _ position: LogPosition) throws(Rejection) {
        try requireDistrict(nominee.place)
        try requireKind(nominee.kind)
        try requireOne(nominee.kind, person: nominee.person, lao: nominee.lao)
        if nominee.kind == .laoAward {
            let lao = try requireArea(nominee.lao, level: .lao).area
            let isInside =
                lao.parentCode == nominee.area
                || lao.coveredCodes.contains { $0.hasPrefix(nominee.area) }
            guard isInside else { throw Rejection(.areaParentMismatch, nominee.lao) }
        } else {
            let person = try requirePerson(nominee.person)
            guard isAppointed(person, nominee) else {
                throw Rejection(.nomineeNotAppointed, nominee.person)
            }
        }
        try Validation.paperText(nominee.grounds, "grounds", byteCount: Validation.reasonByteCount)
        let awards = programme.awards[nominee.place] ?? AwardsState()
        guard awards.decidedOn[nominee.kind] == nil else {
            throw Rejection(.awardAlreadyDecided, nominee.kind.name)
        }
        guard awards.nominatedOn[nominee.kind]?[nominee.name] == nil else {
            throw Rejection(.nomineeAlreadyEntered, nominee.name)
        }
        guard nominee.treeSize == position.treeSize else {
            throw Rejection(.treeHeadMismatch, nominee.name)
        }
    }

    /// At any time of the cycle: in the district, in a part of it, or in an area that holds it.
    private func isAppointed(_ person: PersonState, _ nominee: Nominee) -> Bool {
        let kind: Order.Kind = nominee.kind == .recorder ? .recorder : .collector
        return person.appointments.contains { appointment in
            guard appointment.kind == kind, appointment.cycle == nominee.cycle else {
                return false
            }
            if appointment.areaIsLAO {
                return areas[appointment.area]?.area.parentCode == nominee.area
            }
            return appointment.area.hasPrefix(nominee.area)
                || nominee.area.hasPrefix(appointment.area)
        }
    }

    func admitAwardDecision(_ decision: AwardDecision, _ act: Act) throws(Rejection) {
        try requireDistrict(decision.place)
        try requireKind(decision.kind)
        try requireOne(decision.kind, person: decision.person, lao: decision.lao)
        let awards = programme.awards[decision.place] ?? AwardsState()
        guard awards.decidedOn[decision.kind] == nil else {
            throw Rejection(.awardAlreadyDecided, decision.kind.name)
        }
        let nominees = awards.nominatedOn[decision.kind] ?? [:]
        guard nominees[decision.winner] != nil else {
            throw Rejection(.winnerNotNominated, decision.winner)
        }
        guard !decision.deciders.isEmpty else {
            throw Rejection(.commandIncomplete, "deciders")
        }
        try requirePersons(decision.deciders, atMost: Limit.deciders, "deciders")
        // Who records the choice has a hand in it, whether named among the deciders or not.
        let hands = decision.deciders + [act.actor.user]
        if let nominee = hands.first(where: { nominees[$0] != nil }) {
            throw Rejection(.deciderIsNominee, nominee)
        }
        let day = try Validation.pastDay(decision.decidedOn, "decidedOn", act)
        guard nominees.values.allSatisfy({ day >= $0 }) else {
            throw Rejection(.dayTooEarly, "decidedOn")
        }
        try Validation.reason(decision.reason)
    }

    func admitAwardReport(_ report: AwardReport, _ act: Act) throws(Rejection) {
        try requireDistrict(report.place)
        try requireArea(report.toArea)
        guard isAbove(report.toArea, report.area) else {
            throw Rejection(.paperRecipientMismatch, report.toArea)
        }
        guard let awards = programme.awards[report.place],
            let decidedOn = awards.decidedOn.values.max()
        else { throw Rejection(.awardsUndecided, report.area) }
        guard awards.hasUnreported else {
            throw Rejection(.awardsAlreadyReported, report.area)
        }
        guard try Validation.pastDay(report.reportedOn, "reportedOn", act) >= decidedOn else {
            throw Rejection(.dayTooEarly, "reportedOn")
        }
        try Validation.optionalPaperText(report.documentNumber, "documentNumber")
    }

    private func requireDistrict(_ place: CycleArea) throws(Rejection) {
        let cycle = try requireCycle(place.cycle)
        try requireArea(place.area, level: .district)
        try requireInside(cycle, place.area)
    }

    private func requireKind(_ kind: Nominee.Kind) throws(Rejection) {
        switch kind {
        case .collector, .recorder, .laoAward: break
        case .unspecified: throw Rejection(.commandIncomplete, "kind")
        case .UNRECOGNIZED: throw Rejection(.valueUnknown, "kind")
        }
    }

    /// A person or an LAO, as the kind of award wants it, and not both.
    private func requireOne(
        _ kind: Nominee.Kind,
        person: String,
        lao: String
    ) throws(Rejection) {
        let isRight =
            kind == .laoAward ? person.isEmpty && !lao.isEmpty : !person.isEmpty && lao.isEmpty
        guard isRight else { throw Rejection(.nomineeKindMismatch, kind.name) }
    }
}
