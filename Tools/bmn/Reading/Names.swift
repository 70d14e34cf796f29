import Console
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import SwiftProtobuf

/// What became of personal data that was asked for.
enum Opened<Value> {
    /// Nothing was sealed.
    case absent
    case open(Value)
    /// A record says so; whether the vault still has the key makes no difference.
    case erased(ErasureNote)
    /// The vault has no key, and no record tells of an erasure.
    case keyMissing

    var value: Value? {
        guard case .open(let value) = self else { return nil }
        return value
    }

    var erasure: ErasureNote? {
        guard case .erased(let note) = self else { return nil }
        return note
    }

    /// The state's one name; nil where there is nothing to have one.
    var word: String? {
        switch self {
        case .absent: nil
        case .open: "open"
        case .erased: "erased"
        case .keyMissing: "keyMissing"
        }
    }

    func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Opened<Other> {
        switch self {
        case .absent: .absent
        case .open(let value): .open(try transform(value))
        case .erased(let note): .erased(note)
        case .keyMissing: .keyMissing
        }
    }
}

/// Personal data, opened through the vault for those who asked for it.
struct Names {
    private let vault: Vault

    /// Says so where the vault is an older copy, and opens what that still can.
    init(_ directory: LedgerDirectory, _ snapshot: borrowing LedgerSnapshot) throws {
        vault = try Composition.vault(directory)
        do throws(LedgerError) {
            try vault.requireKeysBeyond(snapshot.head.largestKeyID)
        } catch {
            guard error.code == .vaultOlder else { throw error }
            let failure = Failure(error, exitStatus: ExitStatus.ledgerFailed.rawValue)
            Notice.write(failure.message(Invocation.current.language, asJSON: false))
        }
    }

    /// The personal data of the newest record that has some.
    func household(
        _ records: [RecordedEvent],
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> Opened<PersonalData> {
        guard let record = records.last(where: { $0.event.sealed != nil }) else { return .absent }
        return try household(record, snapshot)
    }

    /// What one record of a household sealed.
    func household(
        _ record: RecordedEvent,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> Opened<PersonalData> {
        try bytes(record, snapshot).map { try PersonalData(serializedBytes: $0) }
    }

    func person(
        _ records: [RecordedEvent],
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> Opened<Member> {
        guard let record = records.last(where: { $0.event.sealed != nil }) else { return .absent }
        return try bytes(record, snapshot).map { try Member(serializedBytes: $0) }
    }

    private func bytes(
        _ record: RecordedEvent,
        _ snapshot: borrowing LedgerSnapshot
    ) throws -> Opened<[UInt8]> {
        guard let sealed = record.event.sealed else { return .absent }
        let stream = record.envelope.stream
        // First, for the key of what is recorded as erased may not be destroyed yet.
        if let note = try ErasureNote(of: sealed, ofStream: stream, snapshot) {
            return .erased(note)
        }
        let bytes = try vault.open(
            sealed,
            stream: stream,
            commandID: record.envelope.commandID
        )
        return bytes.map { .open($0) } ?? .keyMissing
    }
}

/// Personal data as named values, in the order of the form.
enum PersonalFields {
    static func of(_ data: PersonalData) -> [(name: String, value: String)] {
        var fields = [
            ("houseNumber", data.houseNumber),
            ("houseRegistrationCode", data.houseRegistrationCode),
            ("address", data.address), ("latitude", data.latitude),
            ("longitude", data.longitude),
        ]
        for (offset, member) in data.members.enumerated() {
            fields += of(member).map { ("members[\(offset + 1)].\($0.name)", $0.value) }
        }
        return fields.filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
    }

    static func of(_ member: Member) -> [(name: String, value: String)] {
        [
            ("title", member.title), ("firstName", member.firstName),
            ("lastName", member.lastName), ("citizenId", member.citizenID),
            ("birthDate", member.birthDate), ("sex", member.sex),
            ("relation", member.relation), ("religion", member.religion),
            ("bodyCondition", member.bodyCondition),
        ]
        .filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
    }

    /// Every field that differs, by name; a field that one side lacks is empty there.
    static func changes(
        from before: [(name: String, value: String)],
        to after: [(name: String, value: String)]
    ) -> [(name: String, old: String, new: String)] {
        let oldValues = Dictionary(before.map { ($0.name, $0.value) }) { first, _ in first }
        let newValues = Dictionary(after.map { ($0.name, $0.value) }) { first, _ in first }
        var names = after.map(\.name)
        names += before.map(\.name).filter { newValues[$0] == nil }
        return names.compactMap { name in
            let (old, new) = (oldValues[name] ?? "", newValues[name] ?? "")
            return old == new ? nil : (name: name, old: old, new: new)
        }
    }
}
