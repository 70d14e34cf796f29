internal import Survey

/// Columns of nominees: one row a nomination for an award of a district.
enum NomineeColumn: Int, CaseIterable, ColumnIndex {
    case cycle
    case area
    case kind
    case nominee
    case grounds
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    static let kinds: [(String, Nominee.Kind)] = [
        ("collector", .collector), ("recorder", .recorder), ("lao_award", .laoAward),
    ]

    private var column: ImportColumn {
        switch self {
        case .cycle: .cycle
        case .area:
            .required("area", "รหัสอำเภอ", "code of the district", "3801")
        case .kind:
            .required(
                "kind",
                "รางวัล: collector, recorder หรือ lao_award",
                "award: collector, recorder or lao_award",
                "collector"
            )
        case .nominee:
            .required(
                "nominee",
                "รหัสบุคคล หรือรหัส อปท. เมื่อเป็นรางวัลของ อปท.",
                "a person identifier, or an LAO's code where the award is for LAOs",
                "col-380101-01"
            )
        case .grounds:
            .required(
                "grounds",
                "เหตุที่เสนอ เปิดเผยในบันทึก",
                "why, open in the records",
                "จัดเก็บครบก่อนกำหนด"
            )
        case .occurredOn:
            .optional(
                "occurred_on",
                "วันที่เสนอชื่อ ถ้าไม่ใช่วันที่บันทึก",
                "day of the nomination, where it is not the day of recording",
                aliases: ["entered_on"]
            )
        }
    }
}

/// Columns of awards: one row a decision.
enum AwardColumn: Int, CaseIterable, ColumnIndex {
    case cycle
    case area
    case kind
    case winner
    case deciders
    case decidedOn
    case reason

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .cycle: .cycle
        case .area:
            .required("area", "รหัสอำเภอ", "code of the district", "3801")
        case .kind:
            .required(
                "kind",
                "รางวัล: collector, recorder หรือ lao_award",
                "award: collector, recorder or lao_award",
                "collector"
            )
        case .winner:
            .required(
                "winner",
                "ผู้ได้รับเลือก ซึ่งถูกเสนอชื่อแล้ว",
                "the nominee who is chosen",
                "col-380101-01",
                aliases: ["nominee"]
            )
        case .deciders:
            .required(
                "deciders",
                "รหัสบุคคลของผู้ตัดสิน คั่นด้วย |",
                "person identifiers of those who decided, separated by |",
                "chair-380151"
            )
        case .decidedOn:
            .required(
                "decided_on",
                "วันที่ตัดสิน ไม่ก่อนวันที่เสนอชื่อ",
                "day of the decision, not before the nominations",
                "20/3/2561"
            )
        case .reason:
            .required(
                "reason",
                "เหตุที่ตัดสิน เปิดเผยในบันทึก",
                "why, open in the records",
                "แก้ไขน้อยที่สุด"
            )
        }
    }
}

extension RowForm {
    mutating func nominee() -> Command {
        var nominee = Nominee()
        nominee.cycle = cycle(NomineeColumn.cycle)
        nominee.area = areaCode(NomineeColumn.area, lengths: [4])
        nominee.kind = word(NomineeColumn.kind, NomineeColumn.kinds) ?? .unspecified
        let name = identifier(NomineeColumn.nominee)
        if nominee.kind == .laoAward { nominee.lao = name } else { nominee.person = name }
        nominee.grounds = required(NomineeColumn.grounds)
        var command = Command()
        command.id = CommandID.make(
            kind: .nominees,
            cycle: nominee.cycle,
            group: nominee.area,
            key: nominee.area,
            nominee.kind.name,
            name
        )
        command.occurredOn = optionalDay(NomineeColumn.occurredOn)
        command.enterNominee = nominee
        return command
    }

    mutating func award() -> Command {
        var decision = AwardDecision()
        decision.cycle = cycle(AwardColumn.cycle)
        decision.area = areaCode(AwardColumn.area, lengths: [4])
        decision.kind = word(AwardColumn.kind, NomineeColumn.kinds) ?? .unspecified
        let winner = identifier(AwardColumn.winner)
        if decision.kind == .laoAward { decision.lao = winner } else { decision.person = winner }
        if range(AwardColumn.deciders).isEmpty { report(.valueMissing, AwardColumn.deciders) }
        decision.deciders = names(AwardColumn.deciders)
        decision.decidedOn = requiredDay(AwardColumn.decidedOn)
        decision.reason = required(AwardColumn.reason)
        var command = Command()
        command.id = CommandID.make(
            kind: .awards,
            cycle: decision.cycle,
            group: decision.area,
            key: decision.area,
            decision.kind.name,
            decision.decidedOn
        )
        command.occurredOn = decision.decidedOn
        command.decideAward = decision
        return command
    }
}
