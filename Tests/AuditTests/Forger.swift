import AuditTestSupport
import Cryptography
import Foundation
import Ledger
import Survey
import TestSupport
import TransparencyLog

/// What somebody may want to be otherwise in a log.
enum Forgery: String, CaseIterable, Sendable {
    case deletion, insertion, swap, duplicate, backDating, changeOfActor, spliceOfStreams
    case changeOfAnswer
}

/// A log with one forgery in it, spelled again from there on.
struct Forged: Sendable {
    let records: [[UInt8]]
    let events: [Event?]
    /// The first record that is another one.
    let firstIndex: Int
}

/// The strongest forger there is: everything but the members' keys is his.
///
/// He writes any bytes, makes indexes, versions, hashes and sums anew, and keeps signatures where
/// they still fit.
struct Forger: Sendable {
    private let honest: ForgedLog
    private let events: [Event]
    private let eventsByJSON: [[UInt8]: Event]
    /// The last certification that members signed; nil where there is none.
    let lastCertified: Int?
    let records: [[UInt8]]

    init(_ records: [[UInt8]]) throws {
        self.records = records
        honest = try ForgedLog(records)
        events = try honest.entries.map { try $0.event }
        eventsByJSON = Dictionary(zip(honest.entries.map(\.json), events)) { first, _ in first }
        let signed = Set(events.map(\.certificationSigned.certification))
        lastCertified = events.lastIndex { event in
            event.eventKind == .certificationPrepared
                && signed.contains(event.certificationPrepared.certification)
        }
    }

    func forge(_ kind: Forgery, using generator: inout SeededGenerator) throws -> Forged {
        var log = honest
        let firstIndex =
            switch kind {
            case .deletion: delete(from: &log, using: &generator)
            case .insertion: insert(into: &log, using: &generator)
            case .swap: swap(in: &log, using: &generator)
            case .duplicate: duplicate(in: &log, using: &generator)
            case .backDating: backDate(in: &log, using: &generator)
            case .changeOfActor: changeActor(in: &log, using: &generator)
            case .spliceOfStreams: splice(&log, using: &generator)
            case .changeOfAnswer: changeAnswer(in: &log, using: &generator)
            }
        log.renumberStreams()
        let restates = Bool.random(using: &generator)
        return try spell(log, restates: restates, firstIndex: firstIndex)
    }

    private func anyIndex(using generator: inout SeededGenerator) -> Int {
        // Not record 0: without it there is no log.
        Int.random(in: 1..<events.count, using: &generator)
    }

    private func delete(from log: inout ForgedLog, using generator: inout SeededGenerator) -> Int {
        let index = anyIndex(using: &generator)
        let count = Int.random(in: 1...3, using: &generator)
        log.entries.removeSubrange(index..<min(index + count, events.count))
        return index
    }

    /// Not at the end: what comes after all that somebody kept is no forgery, but growth.
    private func insert(into log: inout ForgedLog, using generator: inout SeededGenerator) -> Int {
        let index = anyIndex(using: &generator)
        var event = Event()
        let name = "x-\(Int.random(in: 0..<1000, using: &generator))"
        let recorded = events.filter { $0.eventKind == .householdRecorded }
        if Bool.random(using: &generator), let model = recorded.randomElement(using: &generator) {
            event = model
            event.householdRecorded.household = name
        } else {
            event.kind = .householdNotCollected(Sample.visit(name))
        }
        var entry = log.entries[index - 1]
        (entry.envelope.stream, entry.envelope.occurredOn) = (event.stream, nil)
        entry.envelope.actor.user = "recorder-1"
        entry.envelope.commandID = freshID(using: &generator)
        entry.json = EventCodec.encode(event)
        log.entries.insert(entry, at: index)
        return index
    }

    /// The times stay where they are: they would go back.
    private func swap(in log: inout ForgedLog, using generator: inout SeededGenerator) -> Int {
        let first = Int.random(in: 1..<events.count - 1, using: &generator)
        let second = Int.random(in: first + 1..<events.count, using: &generator)
        log.entries.swapAt(first, second)
        for index in [first, second] {
            log.entries[index].envelope.recordedAt = honest.entries[index].envelope.recordedAt
        }
        return first
    }

    private func duplicate(in log: inout ForgedLog, using generator: inout SeededGenerator) -> Int {
        let index = Int.random(in: 1..<events.count - 1, using: &generator)
        let place = Int.random(in: index + 1..<events.count, using: &generator)
        var copy = log.entries[index]
        copy.envelope.recordedAt = log.entries[place - 1].envelope.recordedAt
        copy.envelope.commandID = freshID(using: &generator)
        log.entries.insert(copy, at: place)
        return place
    }

    /// Of the act, by some days; or of the recording, as far as the record before it allows.
    private func backDate(in log: inout ForgedLog, using generator: inout SeededGenerator) -> Int {
        let index = anyIndex(using: &generator)
        if Bool.random(using: &generator) {
            let day = log.entries[index].envelope.day
            let days = Int32.random(in: 1...90, using: &generator)
            log.entries[index].envelope.occurredOn = Day(
                daysSinceEpoch: day.daysSinceEpoch - days
            )
        } else {
            log.entries[index].envelope.recordedAt = log.entries[index - 1].envelope.recordedAt
        }
        return index
    }

    private func changeActor(
        in log: inout ForgedLog,
        using generator: inout SeededGenerator
    ) -> Int {
        let index = anyIndex(using: &generator)
        let user = log.entries[index].envelope.actor.user
        let others = (Sample.people + ["operator"]).filter { $0 != user }
        log.entries[index].envelope.actor.user = others.randomElement(using: &generator) ?? ""
        return index
    }

    /// Gives what was done to one household, from some act on, to another.
    private func splice(_ log: inout ForgedLog, using generator: inout SeededGenerator) -> Int {
        let acts = events.indices.filter { events[$0].isOfHousehold }
        let index = acts.randomElement(using: &generator) ?? acts[0]
        let stream = events[index].stream
        let others = acts.filter { events[$0].stream != stream }
        let other = events[others.randomElement(using: &generator) ?? index].household
        for place in acts where place >= index && events[place].stream == stream {
            var event = events[place]
            event.household = other
            log.entries[place].json = EventCodec.encode(event)
            log.entries[place].envelope.stream = event.stream
        }
        return index
    }

    private func changeAnswer(
        in log: inout ForgedLog,
        using generator: inout SeededGenerator
    ) -> Int {
        let places = events.indices.filter {
            [.householdRecorded, .householdCorrected].contains(events[$0].eventKind)
        }
        let index = places.randomElement(using: &generator) ?? places[0]
        var event = events[index]
        if event.eventKind == .householdCorrected {
            let new = event.householdCorrected.changes[0].new
            let parts = new.split(separator: "/")
            event.householdCorrected.changes[0].new = "\(parts[0])/\(parts[1] == "0" ? 1 : 0)"
        } else {
            var failing = Array(event.householdRecorded.failing)
            let inScope = Array(event.householdRecorded.inScope)
            let asked = inScope.indices.filter { inScope[$0] != "0" }
            let answer = asked.randomElement(using: &generator) ?? 0
            failing[answer] = failing[answer] == "0" ? "1" : "0"
            event.householdRecorded.failing = String(failing)
        }
        log.entries[index].json = EventCodec.encode(event)
        return index
    }

    private func freshID(using generator: inout SeededGenerator) -> CommandID {
        CommandID(unixMilliseconds: 1_517_450_400_000, random: (3, generator.next()))
    }

    /// The bytes; `restates` lets each certification state what lies below it now, which is another
    /// statement than the one that was signed.
    private func spell(
        _ log: ForgedLog,
        restates: Bool,
        firstIndex: Int
    ) throws -> Forged {
        var log = log
        var state = State()
        var households: [String: HouseholdState] = [:]
        var range = CompactRange()
        var previous = Digest.zero
        var records: [[UInt8]] = []
        var events: [Event?] = []
        for index in log.entries.indices {
            var event = try eventsByJSON[log.entries[index].json] ?? log.entries[index].event
            if restates, state.restate(&event, range.treeHead) {
                log.entries[index].json = EventCodec.encode(event)
            }
            if restates {
                let envelope = log.entries[index].envelope
                let isFirst = envelope.streamVersion == 0
                let after = state.evolve(
                    event,
                    index: UInt64(index),
                    on: envelope.day,
                    by: envelope.actor.user,
                    household: isFirst
                        ? HouseholdState() : households[envelope.stream] ?? HouseholdState()
                )
                if event.isOfHousehold { households[envelope.stream] = after }
            }
            let bytes = log.record(index, previous: previous)
            previous = MerkleTree.leafHash(of: bytes)
            range.append(previous)
            records.append(bytes)
            events.append(event)
        }
        return Forged(records: records, events: events, firstIndex: firstIndex)
    }
}

extension State {
    /// - Returns: whether the event states a tree head or figures, now those of this state.
    fileprivate func restate(_ event: inout Event, _ head: TreeHead) -> Bool {
        switch event.kind {
        case .certificationPrepared(let prepared):
            event.kind = .certificationPrepared(restated(prepared, head))
        case .resultsPresented(var presentation):
            (presentation.treeSize, presentation.rootHash) = (head.treeSize, head.rootHash.hex)
            let (cycle, area) = (presentation.cycle, presentation.area)
            let level = areas[area]?.area.level ?? .unspecified
            presentation.figuresDigest =
                figures(area: area, level: level, cycle: cycle).digest(cycle: cycle, area: area).hex
            event.kind = .resultsPresented(presentation)
        case .sampleAnnounced(var announcement):
            let (cycle, area) = (announcement.cycle, announcement.area)
            let level = areas[area]?.area.level ?? .unspecified
            announcement.population = figures(area: area, level: level, cycle: cycle).collected
            announcement.treeSize = head.treeSize
            event.kind = .sampleAnnounced(announcement)
        case .sampleDrawn(let draw):
            // He says that a checkpoint of this size was signed.
            let checkpoint = SignedHead(treeSize: head.treeSize, rootHash: head.rootHash)
            guard let announced = samples[draw.sample]?.announcement.draw(checkpoint) else {
                return false
            }
            event.kind = .sampleDrawn(announced)
        default: return false
        }
        return true
    }

    /// The same certification with the tree head, figures and statement of this state.
    fileprivate func restated(
        _ prepared: CertificationPrepared,
        _ head: TreeHead
    ) -> CertificationPrepared {
        var prepared = prepared
        (prepared.treeSize, prepared.rootHash) = (head.treeSize, head.rootHash.hex)
        let level = areas[prepared.area]?.area.level ?? .unspecified
        let figures = figures(area: prepared.area, level: level, cycle: prepared.cycle)
        prepared.figures = figures
        prepared.figuresDigest = figures.digest(cycle: prepared.cycle, area: prepared.area).hex
        prepared.statement = statement(of: prepared)
        return prepared
    }
}

extension Event {
    /// Whose household an event of one is.
    fileprivate var household: String {
        get {
            switch kind {
            case .householdRecorded(let it): it.household
            case .householdCorrected(let it): it.household
            case .householdNotCollected(let it): it.household
            case .householdWithdrawn(let it): it.household
            case .personalDataErased(let it): it.household
            case .householdReinterviewed(let it): it.household
            default: ""
            }
        }
        set {
            switch kind {
            case .householdRecorded: householdRecorded.household = newValue
            case .householdCorrected: householdCorrected.household = newValue
            case .householdNotCollected: householdNotCollected.household = newValue
            case .householdWithdrawn: householdWithdrawn.household = newValue
            case .personalDataErased: personalDataErased.household = newValue
            case .householdReinterviewed: householdReinterviewed.household = newValue
            default: break
            }
        }
    }
}
