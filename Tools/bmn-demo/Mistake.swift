import Survey

/// What a recorder typed for one household.
struct RecordedForm {
    var sheet: AnswerSheet
    var day: Day
    var houseNumber: String

    /// Types something wrong.
    mutating func make(_ mistake: Mistake, _ random: inout SeededGenerator) {
        switch mistake {
        case .flipped(let indicator):
            let failing = sheet.counts.failing(indicator)
            sheet.set(indicator, inScope: 1, failing: 1 - failing)
        case .miscounted(let indicator):
            let inScope = sheet.counts.inScope(indicator)
            let failing = sheet.counts.failing(indicator)
            sheet.set(indicator, inScope: inScope, failing: failing == 0 ? 1 : failing - 1)
        case .wrongDay: day = day + 1
        case .wrongHouseNumber: houseNumber = "\(random.integer(in: 300...400))"
        }
    }
}

/// What can be typed wrong, and how it is put right.
enum Mistake {
    /// A household's answer the wrong way round.
    case flipped(Int)
    /// One person too many or too few among those who failed.
    case miscounted(Int)
    case wrongDay
    /// Personal data: sealed, so the correction seals all of it anew.
    case wrongHouseNumber

    static func draw(mayShiftDay: Bool, _ random: inout SeededGenerator) -> Mistake {
        switch random.index(weights: [5, 3, mayShiftDay ? 1 : 0, 1]) {
        case 0: .flipped(random.pick([4, 11, 13, 22, 23]))
        case 1: .miscounted(random.pick([24, 25]))
        case 2: .wrongDay
        default: .wrongHouseNumber
        }
    }

    /// The correction of what was recorded into what is true.
    func correction(
        from recorded: RecordedForm,
        to truth: RecordedForm,
        _ context: CorrectionContext
    ) -> CorrectHousehold {
        var correction = CorrectHousehold()
        correction.cycle = context.cycle
        correction.household = context.household
        switch self {
        case .flipped(let indicator):
            correction.reason = "บันทึกคำตอบตัวชี้วัดที่ \(indicator) สลับกัน ตรวจกับแบบสอบถามแล้ว"
            correction.indicators = [truth.sheet.count(indicator)]
        case .miscounted(let indicator):
            correction.reason = "นับจำนวนคนของตัวชี้วัดที่ \(indicator) ผิดหนึ่งคน"
            correction.indicators = [truth.sheet.count(indicator)]
        case .wrongDay:
            correction.reason = "พิมพ์วันที่สัมภาษณ์ผิด"
            correction.interviewedOn = truth.day.iso
        case .wrongHouseNumber:
            correction.reason = "พิมพ์บ้านเลขที่ผิด"
            correction.personal = context.personal
        }
        return correction
    }

    /// What only comes to light after the LAO has certified: the answer about savings.
    static func savings(
        of sheet: AnswerSheet,
        household: String,
        cycle: String
    ) -> CorrectHousehold {
        var corrected = sheet
        corrected.set(23, inScope: 1, failing: 1 - sheet.counts.failing(23))
        var correction = CorrectHousehold()
        correction.cycle = cycle
        correction.household = household
        correction.reason = "ครัวเรือนแจ้งหลังการนำเสนอผลว่าคำตอบเรื่องเงินออมบันทึกผิด"
        correction.indicators = [corrected.count(23)]
        return correction
    }
}

/// What a correction says beside the change itself.
struct CorrectionContext {
    let cycle: String
    let household: String
    /// As it should have been recorded.
    let personal: PersonalData
}

extension AnswerSheet {
    func count(_ indicator: Int) -> IndicatorCount {
        var count = IndicatorCount()
        count.indicator = UInt32(indicator)
        count.inScope = UInt32(counts.inScope(indicator))
        count.failing = UInt32(counts.failing(indicator))
        return count
    }
}
