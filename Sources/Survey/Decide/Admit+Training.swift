/// Rules of trainings.
///
/// Work by somebody untrained is no business of the rules: the letter (1.6) asks for trainings and
/// forbids nothing, so pages warn instead.
extension State {
    func admitTraining(_ training: Training, _ act: Act) throws(Rejection) {
        try Validation.identifier(training.training, "training")
        guard !trainings.contains(training.training) else {
            throw Rejection(.trainingAlreadyHeld, training.training)
        }
        let cycle = try requireCycle(training.cycle)
        try requireArea(training.area)
        try requireInside(cycle, training.area)
        switch training.kind {
        case .collector, .recorder: break
        case .unspecified: throw Rejection(.commandIncomplete, "kind")
        case .UNRECOGNIZED: throw Rejection(.valueUnknown, "kind")
        }
        try Validation.pastDay(training.heldOn, "heldOn", act)
        try Validation.paperText(training.place, "place")
        try requirePersons(training.trainers, atMost: Limit.trainers, "trainers")
        guard !training.participants.isEmpty else {
            throw Rejection(.commandIncomplete, "participants")
        }
        try requirePersons(training.participants, atMost: Limit.participants, "participants")
        let trainers = Set(training.trainers)
        if let both = training.participants.first(where: trainers.contains) {
            throw Rejection(.personNamedTwice, both)
        }
        try Validation.documents(training.documents)
    }
}
