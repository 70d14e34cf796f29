import Console
import Ledger
import LedgerReader
import OfficeLists
import ProjectionRuntime
import Survey

/// The columns that `--with-names` adds, and what the vault gives for them.
struct ListNames {
    let titles: [ListTitle]
    private let names: Names?
    private let subject: OfficeList.Subject?
    /// Which column names the household or the person.
    private let keyColumn: Int?

    init(_ names: Names?, _ list: OfficeList) {
        self.names = names
        subject = names == nil ? nil : list.subject
        let opened: [ListTitle]
        switch subject {
        case .household:
            opened = [
                ListTitle("name", "ชื่อ (คนแรกในแบบ)", "name (first on the form)"),
                ListTitle("house_number", "บ้านเลขที่", "house number"),
                ListTitle("personal_data", "ข้อมูลบุคคล", "personal data"),
            ]
            keyColumn = list.titles.firstIndex { $0.key == "household" }
        case .person:
            opened = [
                ListTitle("name", "ชื่อ", "name"),
                ListTitle("personal_data", "ข้อมูลบุคคล", "personal data"),
            ]
            keyColumn = list.titles.firstIndex { $0.key == "person" }
        case nil:
            opened = []
            keyColumn = nil
        }
        titles = list.titles + opened
    }

    /// The row with the names that it asks for.
    func opened(
        _ values: [ListValue],
        _ cycle: String,
        _ models: borrowing ReadModels
    ) throws -> [ListValue] {
        guard let names, let subject, let keyColumn else { return values }
        let id = values[keyColumn].machineText
        switch subject {
        case .household:
            let records = try models.records(ofStream: Event.stream(cycle, id))
            let data = try names.household(records, models.snapshot)
            return values + [
                Self.text(data.value?.members.first?.fullName),
                Self.text(data.value?.houseNumber), Self.word(data.word),
            ]
        case .person:
            let records = try models.records(ofStream: "person/\(id)")
            let member = try names.person(records, models.snapshot)
            return values + [Self.text(member.value?.fullName), Self.word(member.word)]
        }
    }

    private static func text(_ text: String?) -> ListValue {
        text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .empty
    }

    private static func word(_ word: String?) -> ListValue { word.map(ListValue.word) ?? .empty }
}

extension ReadModels {
    /// The records of one stream that the read models know.
    func records(ofStream stream: String) throws -> [RecordedEvent] {
        try snapshot.records(ofStream: stream, below: treeSize)
    }
}

extension Member {
    /// As people write it: the title touches the first name.
    var fullName: String {
        [title + firstName, lastName].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
