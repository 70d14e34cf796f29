/// Rules of the printed forms: issued to collectors once, given back or spoiled.
extension State {
    func admitQuestionnaires(_ issue: QuestionnaireIssue, _ act: Act) throws(Rejection) {
        let cycle = try requireCycle(issue.cycle)
        try requireArea(issue.area)
        try requireInside(cycle, issue.area)
        try requirePerson(issue.collector)
        try requireRanges(issue.ranges)
        try Validation.pastDay(issue.issuedOn, "issuedOn", act)
        let register = programme.questionnaires[issue.cycle] ?? SerialRegister()
        if let known = issue.ranges.first(where: register.overlaps) {
            throw Rejection(.questionnaireAlreadyIssued, known.text)
        }
    }

    func admitReturned(_ returned: QuestionnaireReturn, _ act: Act) throws(Rejection) {
        try requireCycle(returned.cycle)
        try requireRanges(returned.ranges)
        let day = try Validation.pastDay(returned.returnedOn, "returnedOn", act)
        try requireHeld(
            returned.ranges,
            by: returned.collector,
            returned.cycle,
            on: day,
            "returnedOn"
        )
    }

    func admitSpoiled(_ spoiling: QuestionnaireSpoiling, _ act: Act) throws(Rejection) {
        try requireCycle(spoiling.cycle)
        try requireRanges(spoiling.ranges)
        let day = try Validation.pastDay(spoiling.spoiledOn, "spoiledOn", act)
        try requireHeld(
            spoiling.ranges,
            by: spoiling.collector,
            spoiling.cycle,
            on: day,
            "spoiledOn"
        )
        try Validation.reason(spoiling.reason)
    }

    /// The form that a household's record names, if it does.
    ///
    /// It is one that the collector has, and had on the day of the interview, and no other household's; `former` is the one that the
    /// record named before.
    func requireQuestionnaire(
        _ text: String,
        insteadOf former: String = "",
        of collector: String,
        on interviewedOn: String,
        cycle: String
    ) throws(Rejection) {
        guard !text.isEmpty else { return }
        try Validation.identifier(text, "questionnaire")
        guard let serial = Serial(text) else { throw Rejection(.questionnaireNotIssued, text) }
        let register = programme.questionnaires[cycle] ?? SerialRegister()
        try require(
            register.problem(of: serial, with: collector, on: Day(iso: interviewedOn)),
            serial,
            "interviewedOn"
        )
        guard serial == Serial(former) || !register.isUsed(serial) else {
            throw Rejection(.questionnaireUsed, serial.text)
        }
    }

    private func requireHeld(
        _ ranges: [SerialRange],
        by collector: String,
        _ cycle: String,
        on day: Day,
        _ field: String
    ) throws(Rejection) {
        let register = programme.questionnaires[cycle] ?? SerialRegister()
        for range in ranges {
            for number in range.first...range.last {
                let serial = Serial(prefix: range.prefix, number: number)
                try require(register.problem(of: serial, with: collector, on: day), serial, field)
            }
        }
    }

    private func require(
        _ problem: SerialRegister.Problem?,
        _ serial: Serial,
        _ field: String
    ) throws(Rejection) {
        switch problem {
        case nil: return
        case .notIssued: throw Rejection(.questionnaireNotIssued, serial.text)
        case .ofOther: throw Rejection(.questionnaireOfOther, serial.text)
        case .closed: throw Rejection(.questionnaireClosed, serial.text)
        case .early: throw Rejection(.dayTooEarly, field)
        }
    }

    private func requireRanges(_ ranges: [SerialRange]) throws(Rejection) {
        guard !ranges.isEmpty else { throw Rejection(.commandIncomplete, "ranges") }
        try Validation.list(ranges.count, atMost: Limit.serialRanges, "ranges")
        for (offset, range) in ranges.enumerated() {
            for number in [range.first, range.last] {
                try Validation.identifier("\(range.prefix)\(number)", "ranges[\(offset + 1)]")
            }
            let isRepeated = ranges[..<offset].contains {
                $0.prefix == range.prefix && $0.first <= range.last && range.first <= $0.last
            }
            guard range.isValid, !isRepeated else {
                throw Rejection(.serialRangeInvalid, range.text)
            }
        }
    }
}
