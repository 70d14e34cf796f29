import Cryptography

/// Rules of samples (3): announced, and then drawn with a seed that nobody had at the announcement.
extension State {
    /// The announcement with what the ledger adds to it.
    func announced(
        _ command: SampleAnnouncement,
        _ position: LogPosition
    ) -> SampleAnnouncement {
        var event = command
        if event.sample.isEmpty {
            event.sample = nextSampleID(cycle: command.cycle, area: command.area)
        }
        event.treeSize = position.treeSize
        event.population = population(area: command.area, cycle: command.cycle)
        if event.size == 0 { event.size = event.sizeByShare }
        return event
    }

    /// The draw that follows from the announcement and the checkpoint after it.
    ///
    /// A command that says more than the sample's name stays as it is, for `admitDraw` to refuse.
    func drawn(_ command: SampleDraw, _ position: LogPosition) -> SampleDraw {
        var named = SampleDraw()
        named.sample = command.sample
        guard command == named, let sample = samples[command.sample],
            let checkpoint = position.checkpoint
        else { return command }
        return sample.announcement.draw(checkpoint)
    }

    private func population(area: String, cycle: String) -> UInt64 {
        let level = areas[area]?.area.level ?? .unspecified
        return figures(area: area, level: level, cycle: cycle).collected
    }

    /// Nobody chooses it, as the seed follows from it.
    private func nextSampleID(cycle: String, area: String) -> String {
        var serial = 1
        while samples["\(cycle)-\(area)-\(serial)"] != nil { serial += 1 }
        return "\(cycle)-\(area)-\(serial)"
    }

    func admitAnnouncement(
        _ announcement: SampleAnnouncement,
        _ position: LogPosition
    ) throws(Rejection) {
        let name = announcement.sample
        try Validation.identifier(name, "sample")
        try requireArea(announcement.area, in: announcement.cycle)
        try Validation.choice(announcement.level, "level")
        try Validation.choice(announcement.stage, "stage")
        guard !announcement.checkers.isEmpty else {
            throw Rejection(.commandIncomplete, "checkers")
        }
        try requirePersons(announcement.checkers, atMost: Limit.checkers, "checkers")
        // Else whoever dislikes a draw would announce another one and leave this one out.
        let undrawn = samples.filter { _, sample in
            sample.drawnOn == nil && sample.announcement.cycle == announcement.cycle
                && sample.announcement.area == announcement.area
        }
        if let name = undrawn.keys.min() { throw Rejection(.sampleNotDrawn, name) }
        guard announcement.treeSize == position.treeSize,
            name == nextSampleID(cycle: announcement.cycle, area: announcement.area),
            announcement.population
                == population(area: announcement.area, cycle: announcement.cycle)
        else { throw Rejection(.sampleMismatch, name) }
        let (size, perMille) = (announcement.size, announcement.perMille)
        guard size > 0, size <= announcement.population, perMille <= 1000,
            perMille == 0 || size == announcement.sizeByShare
        else { throw Rejection(.sampleSizeInvalid, "\(size)/\(announcement.population)") }
    }

    func admitDraw(
        _ draw: SampleDraw,
        _ act: Act,
        _ position: LogPosition
    ) throws(Rejection) {
        try Validation.identifier(draw.sample, "sample")
        guard let sample = samples[draw.sample] else {
            throw Rejection(.sampleUnknown, draw.sample)
        }
        guard sample.drawnOn == nil else { throw Rejection(.sampleAlreadyDrawn, draw.sample) }
        try require(act, notBefore: sample.announcedOn, of: .sampleAnnounced)
        guard let checkpoint = position.checkpoint,
            checkpoint.treeSize > sample.announcedAtIndex,
            checkpoint.treeSize <= position.treeSize
        else { throw Rejection(.sampleNotSealed, draw.sample) }
        let due = sample.announcement.draw(checkpoint)
        var announced = draw
        (announced.treeSize, announced.rootHash) = (due.treeSize, due.rootHash)
        announced.seed = due.seed
        guard announced == due else { throw Rejection(.sampleMismatch, draw.sample) }
        guard draw.treeSize == due.treeSize, draw.rootHash == due.rootHash else {
            throw Rejection(.treeHeadMismatch, draw.sample)
        }
        guard draw.seed == due.seed else { throw Rejection(.sampleMismatch, draw.sample) }
    }

    /// Refuses one more of what an area has as many of as the ledger keeps.
    func requireRoom(for event: Event) throws(Rejection) {
        guard let counted = event.countedOfArea else { return }
        guard areaCounts[counted, default: 0] < Limit.ofArea else {
            throw Rejection(.areaFull, counted.place.area)
        }
    }
}

extension Limit {
    /// Objections, samples, checks and defects of one area in a cycle, of each kind; an area has
    /// fewer households than this or is divided.
    static let ofArea = 10_000
    /// Interviews of one household in all checks of a cycle.
    static let reinterviews = 20
}
