internal import Survey

/// Columns of withdrawals: one row a paper that was recorded wrongly.
enum WithdrawalColumn: Int, CaseIterable, ColumnIndex {
    case kind
    case paper
    case area
    case cycle
    case part
    case reason
    case withdrawnOn

    static let all: [ImportColumn] = allCases.map(\.column)

    static let kinds: [(String, PaperWithdrawal.Kind)] = PaperWithdrawal.Kind.allCases
        .filter { $0 != .unspecified }
        .map { ($0.name, $0) }

    private var column: ImportColumn {
        switch self {
        case .kind:
            .required(
                "kind",
                "ชนิดของสิ่งที่ถอน: \(Self.words)",
                "what is withdrawn: \(Self.words)",
                "plan"
            )
        case .paper:
            .required(
                "paper",
                "รหัสการประชุม การฝึกอบรม คำสั่ง หนังสือ คำขอ แผน หรือการจัดสรร;"
                    + " ของรางวัลคือชนิดรางวัล ของแบบสอบถามคือรหัสผู้จัดเก็บ",
                "the meeting, training, order, letter, request, plan or allocation; of an award its"
                    + " kind, of forms the collector",
                "380101-plan-2561"
            )
        case .area:
            .optional(
                "area",
                "รหัสพื้นที่ที่ได้รับคำสั่งหรือหนังสือ อปท. ที่ตอบ หรืออำเภอของรางวัล",
                "the area that an order or a letter went to, the LAO that answered, the district of"
                    + " an award"
            )
        case .cycle:
            .optional(
                "cycle",
                "ปี พ.ศ. ของรางวัลหรือแบบสอบถาม",
                "B.E. year, of an award or of forms"
            )
        case .part:
            .optional(
                "part",
                "ส่วนที่ถอน: ขั้นตอน ผู้ถูกเสนอชื่อ เลขที่หลักฐานจ่าย หรือเลขแรกของแบบสอบถาม",
                "which part: the step, the nominee, the voucher's number or the forms' first number"
            )
        case .reason:
            .required(
                "reason",
                "เหตุผล เปิดเผยในบันทึก",
                "why, open in the records",
                "บันทึกซ้ำ"
            )
        case .withdrawnOn:
            .required("withdrawn_on", "วันที่ถอน", "day it is withdrawn", "25/2/2561")
        }
    }

    private static var words: String { kinds.map(\.0).joined(separator: ", ") }
}

extension RowForm {
    mutating func withdrawal() -> Command {
        var withdrawal = PaperWithdrawal()
        withdrawal.kind = word(WithdrawalColumn.kind, WithdrawalColumn.kinds) ?? .unspecified
        withdrawal.paper = identifier(WithdrawalColumn.paper)
        withdrawal.area = areaCode(
            WithdrawalColumn.area,
            lengths: [2, 4, 6, 8],
            isRequired: false
        )
        withdrawal.cycle = optional(WithdrawalColumn.cycle)
        if !withdrawal.cycle.isEmpty { withdrawal.cycle = cycle(WithdrawalColumn.cycle) }
        withdrawal.part = optional(WithdrawalColumn.part)
        withdrawal.reason = required(WithdrawalColumn.reason)
        let withdrawnOn = requiredDay(WithdrawalColumn.withdrawnOn)
        var command = Command()
        // The day is part of it, so that what was recorded anew can be withdrawn again.
        command.id = CommandID.make(
            kind: .withdrawals,
            cycle: withdrawal.cycle,
            group: withdrawal.paper,
            key: withdrawal.kind.name,
            withdrawal.paper,
            withdrawal.area,
            withdrawal.part,
            withdrawnOn
        )
        command.occurredOn = withdrawnOn
        command.withdrawPaper = withdrawal
        return command
    }
}
