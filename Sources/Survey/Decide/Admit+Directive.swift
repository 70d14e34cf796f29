/// Rules of directives: the letters that ask for a survey, and who received them.
extension State {
    func admitDirective(_ directive: Directive, _ act: Act) throws(Rejection) {
        try Validation.identifier(directive.directive, "directive")
        guard directives[directive.directive] == nil else {
            throw Rejection(.directiveAlreadyIssued, directive.directive)
        }
        let cycle = try requireCycle(directive.cycle)
        guard directive.hasNumber else { throw Rejection(.commandIncomplete, "number") }
        try Validation.reading(directive.number, "number")
        guard directive.hasDate else { throw Rejection(.commandIncomplete, "date") }
        try Validation.dateReading(directive.date, "date", act)
        try Validation.paperText(directive.fromOffice, "fromOffice")
        try Validation.paperText(directive.subject, "subject")
        try Validation.optionalPaperText(directive.signer, "signer")
        try Validation.optionalPaperText(directive.capacity, "capacity")
        try requireArea(directive.fromArea)
        try requireInside(cycle, directive.fromArea)
        try requireAddressees(directive.toAreas, in: cycle)
        try Validation.documents(directive.documents)
        try Validation.cites(directive.cites)
    }

    /// At least one area of the cycle, each named once.
    func requireAddressees(_ areas: [String], in cycle: CycleState) throws(Rejection) {
        guard !areas.isEmpty else { throw Rejection(.commandIncomplete, "toAreas") }
        try Validation.list(areas.count, atMost: Limit.addressees, "toAreas")
        var named: Set<String> = []
        for area in areas {
            try requireArea(area)
            try requireInside(cycle, area)
            guard named.insert(area).inserted else { throw Rejection(.areaNamedTwice, area) }
        }
    }

    func admitReceipt(_ receipt: DirectiveReceipt, _ act: Act) throws(Rejection) {
        guard let directive = directives[receipt.directive] else {
            throw Rejection(.directiveUnknown, receipt.directive)
        }
        guard directive.toAreas.contains(receipt.area) else {
            throw Rejection(.areaNotAddressed, receipt.area)
        }
        let day = try Validation.pastDay(receipt.receivedOn, "receivedOn", act)
        guard directive.date.earliestDay.map({ day >= $0 }) ?? true else {
            throw Rejection(.dayTooEarly, "receivedOn")
        }
        try Validation.optionalPaperText(receipt.registerNumber, "registerNumber")
        guard directive.receivedOn[receipt.area] == nil else {
            throw Rejection(.directiveAlreadyReceived, receipt.area)
        }
    }

    func admitRevision(_ revision: DirectiveRevision, _ act: Act) throws(Rejection) {
        guard let directive = directives[revision.directive] else {
            throw Rejection(.directiveUnknown, revision.directive)
        }
        if revision.hasNumber { try Validation.reading(revision.number, "number") }
        if revision.hasDate { try Validation.dateReading(revision.date, "date", act) }
        if revision.hasSubject { try Validation.paperText(revision.subject, "subject") }
        try Validation.reason(revision.reason)
        var after = directive
        after.apply(revision)
        guard after != directive else {
            throw Rejection(.directiveUnchanged, revision.directive)
        }
        // Nobody received it before the first day that its date can mean.
        if let earliest = after.date.earliestDay,
            directive.receivedOn.values.contains(where: { $0 < earliest })
        {
            throw Rejection(.dayTooEarly, "receivedOn")
        }
    }
}
