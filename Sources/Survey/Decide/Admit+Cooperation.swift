/// Rules of the co-operation that LAOs are asked for.
extension State {
    func admitCooperation(_ request: CooperationRequest, _ act: Act) throws(Rejection) {
        try Validation.identifier(request.request, "request")
        guard programme.cooperation[request.request] == nil else {
            throw Rejection(.cooperationAlreadyRequested, request.request)
        }
        let cycle = try requireCycle(request.cycle)
        try requireArea(request.fromArea)
        try requireInside(cycle, request.fromArea)
        try requireAddressees(request.toAreas, in: cycle)
        for lao in request.toAreas { try requireArea(lao, level: .lao) }
        try Validation.pastDay(request.date, "date", act)
        try Validation.optionalPaperText(request.documentNumber, "documentNumber")
        try Validation.paperText(request.subject, "subject")
        guard !cycle.cycle.cooperationRequiresCitation || !request.cites.isEmpty else {
            throw Rejection(.citationMissing, request.request)
        }
        try Validation.cites(request.cites)
        try Validation.documents(request.documents)
    }

    func admitAnswer(_ answer: CooperationAnswer, _ act: Act) throws(Rejection) {
        guard let request = programme.cooperation[answer.request] else {
            throw Rejection(.cooperationUnknown, answer.request)
        }
        guard !request.isWithdrawn else { throw Rejection(.paperWithdrawn, answer.request) }
        guard request.laos.contains(answer.lao) else {
            throw Rejection(.laoNotAsked, answer.lao)
        }
        guard !request.answeredBy.contains(answer.lao) else {
            throw Rejection(.cooperationAlreadyAnswered, answer.lao)
        }
        switch answer.answer {
        case .agreed, .declined, .partly: break
        case .unspecified: throw Rejection(.commandIncomplete, "answer")
        case .UNRECOGNIZED: throw Rejection(.valueUnknown, "answer")
        }
        try Validation.optionalPaperText(answer.text, "text")
        let day = try Validation.pastDay(answer.answeredOn, "answeredOn", act)
        guard request.date.map({ day >= $0 }) ?? true else {
            throw Rejection(.dayTooEarly, "answeredOn")
        }
        try Validation.optionalPaperText(answer.documentNumber, "documentNumber")
    }
}
