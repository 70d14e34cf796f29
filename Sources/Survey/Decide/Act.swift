package import Cryptography

/// Who did it and when: what the rules need of a record's envelope, as values.
package struct Act: Sendable {
    package let actor: Actor
    /// The day of the act in Asia/Bangkok: `occurredOn` where given, else the day of recording.
    package let day: Day
    package let recordedOn: Day

    package init(actor: Actor, occurredOn: Day?, recordedOn: Day) {
        self.actor = actor
        self.day = occurredOn ?? recordedOn
        self.recordedOn = recordedOn
    }
}

/// What is true of the log just before an event is appended.
package struct LogPosition: Sendable {
    /// Records so far, which is also the new record's index.
    package let treeSize: UInt64
    /// The day on which the last of them was recorded; nil where there is none, or none is known.
    package let lastRecordedOn: Day?
    /// Where a sample is drawn, the first checkpoint that the log signed past its announcement; nil
    /// where there is none yet, and for every other event.
    package let checkpoint: SignedHead?
    /// RFC 6962 root over them, computed on demand because only certifications ask.
    package let rootHash: @Sendable () -> Digest

    package init(
        treeSize: UInt64,
        lastRecordedOn: Day? = nil,
        checkpoint: SignedHead? = nil,
        rootHash: @escaping @Sendable () -> Digest
    ) {
        self.treeSize = treeSize
        self.lastRecordedOn = lastRecordedOn
        self.checkpoint = checkpoint
        self.rootHash = rootHash
    }
}

/// What a checkpoint of the log states.
package struct SignedHead: Sendable, Equatable {
    package let treeSize: UInt64
    package let rootHash: Digest

    package init(treeSize: UInt64, rootHash: Digest) {
        self.treeSize = treeSize
        self.rootHash = rootHash
    }
}

/// An event that is wanted but not yet recorded; personal data still in the clear beside it.
package struct Draft: Sendable {
    package var event: Event
    /// To be sealed into the event before it is recorded; never stored like this.
    package var personal: [UInt8]?

    package init(_ event: Event.OneOf_Kind, personal: [UInt8]? = nil) {
        self.event = Event()
        self.event.kind = event
        self.personal = personal
    }
}

extension Event {
    /// The sealed personal data, where this event carries some.
    package var sealed: Sealed? {
        switch kind {
        case .personRegistered(let person): person.hasSealed ? person.sealed : nil
        case .householdRecorded(let household): household.hasSealed ? household.sealed : nil
        case .householdCorrected(let correction): correction.hasSealed ? correction.sealed : nil
        default: nil
        }
    }

    /// The same event carrying `sealed`.
    package mutating func seal(_ sealed: Sealed) {
        switch kind {
        case .personRegistered(var person):
            kind = nil
            person.sealed = sealed
            kind = .personRegistered(person)
        case .householdRecorded(var household):
            kind = nil
            household.sealed = sealed
            kind = .householdRecorded(household)
        case .householdCorrected(var correction):
            kind = nil
            correction.sealed = sealed
            kind = .householdCorrected(correction)
        default:
            preconditionFailure("an event of this kind carries no personal data")
        }
    }
}
