/// Rules of what is done with an order once it is issued: made known, and sent upwards.
extension State {
    func admitCirculation(_ circulation: OrderCirculation, _ act: Act) throws(Rejection) {
        let order = try requirePassedOn(
            circulation.order,
            on: circulation.circulatedOn,
            "circulatedOn",
            act
        )
        try requireAddressees(circulation.toAreas, in: try requireCycle(order.cycle))
        if let known = circulation.toAreas.first(where: order.circulatedTo.contains) {
            throw Rejection(.orderAlreadyCirculated, known)
        }
        try Validation.optionalPaperText(circulation.documentNumber, "documentNumber")
    }

    func admitOrderSubmission(_ submission: OrderSubmission, _ act: Act) throws(Rejection) {
        let order = try requirePassedOn(
            submission.order,
            on: submission.submittedOn,
            "submittedOn",
            act
        )
        try requireArea(submission.toArea)
        guard isAbove(submission.toArea, order.area) else {
            throw Rejection(.orderRecipientMismatch, submission.toArea)
        }
        try Validation.optionalPaperText(submission.documentNumber, "documentNumber")
        guard !order.submittedTo.contains(submission.toArea) else {
            throw Rejection(.orderAlreadySubmitted, submission.toArea)
        }
    }

    /// From the date on that the paper bears as it stands, until it is revoked, and not after it is
    /// told.
    private func requirePassedOn(
        _ name: String,
        on text: String,
        _ field: String,
        _ act: Act
    ) throws(Rejection) -> OrderState {
        guard let order = orders[name] else { throw Rejection(.orderUnknown, name) }
        let day = try Validation.pastDay(text, field, act)
        guard order.date.map({ day >= $0 }) ?? true else { throw Rejection(.dayTooEarly, field) }
        // What was done before it ended may be told after it.
        guard order.revokedOn.map({ day < $0 }) ?? true else {
            throw Rejection(.orderRevoked, name)
        }
        return order
    }

    func isAbove(_ upper: String, _ lower: String) -> Bool {
        var area = areas[lower]?.area.parentCode
        // Levels are four; a forged area may be its own parent.
        for _ in 0..<4 {
            guard let code = area, !code.isEmpty else { return false }
            if code == upper { return true }
            area = areas[code]?.area.parentCode
        }
        return false
    }
}
