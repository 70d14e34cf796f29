import Ledger
import LedgerReader
import LedgerWriter
import Survey
import SwiftProtobuf

/// Personal data, opened through the vault for those who asked for it.
struct Names {
    private let vault: Vault

    init(_ directory: LedgerDirectory) throws {
        vault = try Composition.vault(directory)
    }

    /// The personal data of the newest record that has some; nil when its key was destroyed.
    func household(_ records: [RecordedEvent]) throws -> PersonalData? {
        guard let record = records.last(where: { $0.event.sealed != nil }) else { return nil }
        return try household(record)
    }

    /// What one record of a household sealed; nil when it sealed nothing or the key was destroyed.
    func household(_ record: RecordedEvent) throws -> PersonalData? {
        try bytes(record).map { try PersonalData(serializedBytes: $0) }
    }

    func person(_ records: [RecordedEvent]) throws -> Member? {
        guard let record = records.last(where: { $0.event.sealed != nil }) else { return nil }
        return try bytes(record).map { try Member(serializedBytes: $0) }
    }

    private func bytes(_ record: RecordedEvent) throws -> [UInt8]? {
        guard let sealed = record.event.sealed else { return nil }
        return try vault.open(
            sealed,
            stream: record.envelope.stream,
            commandID: record.envelope.commandID
        )
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
        from old: PersonalData,
        to new: PersonalData
    ) -> [(name: String, old: String, new: String)] {
        let before = of(old)
        let after = of(new)
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
