import Console
import Survey

extension Page {
    func difference(
        _ difference: LedgerDifference,
        _ certifications: [CertificationChange],
        by level: Area.Level
    ) throws {
        let counts = difference.counts(of: level)
        let offices = OfficeChange.all(difference.before, difference.after)
        guard !asJSON else {
            return try write([
                "from": .unsigned(difference.range.lowerBound),
                "to": .unsigned(difference.range.upperBound),
                "acts": .object(
                    difference.sortedActs.map { ($0.kind.rawValue, .number($0.count)) }
                ),
                "households": .array(difference.households.map(json)),
                "figures": .array(counts.map(json)),
                "appointments": .array(offices.map(json)),
                "certifications": .array(certifications.map(json)),
            ])
        }
        var fields = FieldList()
        let range = difference.range
        fields.append(
            choose("ตั้งแต่ขนาด ถึงขนาด", "from tree size to"),
            "\(range.lowerBound) – \(range.upperBound)"
        )
        for (kind, count) in difference.sortedActs { fields.append(kind.rawValue, "\(count)") }
        try write(fields)
        if !difference.households.isEmpty { try write(table(difference.households)) }
        if !counts.isEmpty { try write(table(counts, difference.after)) }
        if !offices.isEmpty { try write(table(offices)) }
        if !certifications.isEmpty { try write(table(certifications)) }
    }

    private func table(_ households: [LedgerDifference.Household]) -> Table {
        var table = Table([
            .init(choose("รอบปี", "cycle")), .init(choose("ครัวเรือน", "household")),
            .init(choose("การกระทำ", "acts")), .init(choose("ช่อง", "field")),
            .init(choose("จาก", "from")), .init(choose("เป็น", "to")),
        ])
        for household in households {
            let head = [
                household.cycle, household.household,
                household.acts.map { Words.act($0, language) }.joined(separator: ", "),
            ]
            let statuses = (word(household.before), word(household.after))
            let changes = household.changes
            if changes.isEmpty {
                let isSame = statuses.0 == statuses.1
                table.append(
                    head + [choose("สถานะ", "status"), statuses.0, isSame ? "=" : statuses.1]
                )
            }
            for change in changes {
                table.append(
                    head + [
                        Words.householdField(change.field, language),
                        Words.value(change.old, of: change.field, language),
                        Words.value(change.new, of: change.field, language),
                    ]
                )
            }
        }
        return table
    }

    private func word(_ household: HouseholdState) -> String {
        switch household.status {
        case .absent: "-"
        case .recorded: word("recorded")
        case .notCollected: word("notCollected")
        }
    }

    private func table(_ counts: [LedgerDifference.Counts], _ state: State) -> Table {
        var table = Table([
            .init(choose("รอบปี", "cycle")), .init(choose("พื้นที่", "area")),
            .init(choose("ชื่อ", "name")), .init(choose("ตัวเลข", "figure")),
            .init(choose("จาก", "from"), isNumeric: true),
            .init(choose("เป็น", "to"), isNumeric: true),
        ])
        for area in counts {
            for change in area.changes {
                table.append([
                    area.cycle, area.area, state.areas[area.area]?.area.nameTh ?? "",
                    Words.figure(change.name, language), change.before, change.after,
                ])
            }
        }
        return table
    }

    private func table(_ offices: [OfficeChange]) -> Table {
        var table = Table([
            .init(choose("คำสั่ง", "order")), .init(choose("บุคคล", "person")),
            .init(choose("บทบาท", "role")), .init(choose("พื้นที่", "area")),
            .init(choose("ตั้งแต่", "from")), .init(choose("ถึง (เดิม)", "to (before)")),
            .init(choose("ถึง", "to")),
        ])
        for office in offices {
            table.append([
                office.order, office.person, word(office.role), office.area,
                day(office.validFrom.iso), text(office.before), text(office.after),
            ])
        }
        return table
    }

    /// A dash is no appointment, and three dots one without end.
    private func text(_ term: OfficeChange.Term?) -> String {
        guard let term else { return "-" }
        return term.validTo.map { day($0.iso) } ?? "…"
    }

    private func table(_ certifications: [CertificationChange]) -> Table {
        var table = Table([
            .init(choose("คำรับรอง", "certification")), .init(choose("จาก", "from")),
            .init(choose("เป็น", "to")), .init(choose("ยังมีผล", "standing")),
        ])
        for change in certifications {
            table.append([
                change.certification, change.before.map(text) ?? "-", text(change.after),
                yesNo(change.after.isStanding),
            ])
        }
        return table
    }

    private func text(_ standing: CertificationChange.Standing) -> String {
        let status = word(standing.status.rawValue)
        return standing.isSuperseded ? status + ", " + word("superseded") : status
    }
}

/// The same for scripts: names as records have them, days in ISO.
extension Page {
    private func json(_ household: LedgerDifference.Household) -> JSON {
        [
            "cycle": .string(household.cycle), "household": .string(household.household),
            "acts": .array(household.acts.map { .string($0.rawValue) }),
            "before": .string(household.before.status.name),
            "after": .string(household.after.status.name),
            "changes": .array(
                household.changes.map {
                    ["field": .string($0.field), "old": .string($0.old), "new": .string($0.new)]
                }
            ),
        ]
    }

    private func json(_ counts: LedgerDifference.Counts) -> JSON {
        [
            "cycle": .string(counts.cycle), "area": .string(counts.area),
            "changes": .array(
                counts.changes.map {
                    [
                        "figure": .string($0.name), "old": .string($0.before),
                        "new": .string($0.after),
                    ]
                }
            ),
        ]
    }

    private func json(_ office: OfficeChange) -> JSON {
        func json(_ term: OfficeChange.Term?) -> JSON {
            guard let term else { return .null }
            return ["validTo": term.validTo.map { .string($0.iso) } ?? .null]
        }
        return [
            "order": .string(office.order), "person": .string(office.person),
            "role": .string(office.role), "area": .string(office.area),
            "validFrom": .string(office.validFrom.iso), "before": json(office.before),
            "after": json(office.after),
        ]
    }

    private func json(_ change: CertificationChange) -> JSON {
        [
            "certification": .string(change.certification),
            "before": change.before.map { .string($0.status.rawValue) } ?? .null,
            "after": .string(change.after.status.rawValue),
            "supersededBefore": change.before.map { .bool($0.isSuperseded) } ?? .null,
            "supersededAfter": .bool(change.after.isSuperseded),
            "standingBefore": change.before.map { .bool($0.isStanding) } ?? .null,
            "standingAfter": .bool(change.after.isStanding),
        ]
    }
}

extension HouseholdState.Status {
    fileprivate var name: String {
        switch self {
        case .absent: "absent"
        case .recorded: "recorded"
        case .notCollected: "notCollected"
        }
    }
}

extension LedgerDifference {
    /// In the order of the schema.
    fileprivate var sortedActs: [(kind: EventKind, count: Int)] {
        acts.sorted { $0.key.number < $1.key.number }.map { (kind: $0.key, count: $0.value) }
    }
}

extension LedgerDifference.Counts {
    /// The counts that differ; one that an edition lacks is "0/0" there.
    fileprivate var changes: [(name: String, before: String, after: String)] {
        var earlier = Dictionary(uniqueKeysWithValues: before.named.map { ($0.name, $0.value) })
        let later = after.named
        var changes = later.compactMap { name, value in
            let old = earlier.removeValue(forKey: name) ?? "0/0"
            return old == value ? nil : (name: name, before: old, after: value)
        }
        for (name, value) in before.named where earlier[name] != nil && value != "0/0" {
            changes.append((name: name, before: value, after: "0/0"))
        }
        return changes
    }
}
