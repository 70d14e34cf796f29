import Cryptography
import LedgerWriter
import Survey

/// Areas, cycles, editions, targets, and the log's own key.
extension RandomCommands {
    mutating func makePlace(_ kind: EventKind, _ known: Known) throws -> Command.OneOf_Kind? {
        switch kind {
        case .areaDefined: return .defineArea(newArea(known))
        case .areaRevised: return .reviseArea(revision(known))
        case .editionDefined: return .defineEdition(.small(dice.chance(50) ? "2566" : "2567"))
        case .cycleDefined: return .defineCycle(.random(&dice))
        case .deadlineChanged: return deadlineChange(known).map { .changeDeadline($0) }
        case .targetSet: return .setTarget(target(known))
        case .targetRevised: return .reviseTarget(targetRevision(known))
        case .reportSubmitted:
            var report = Report()
            (report.cycle, report.deadline) = (cycle(known), "report")
            report.area = area(known, .district)
            return .submitReport(report)
        case .logKeyRotated:
            guard let current = known.state.logKeys.last else { return nil }
            return .rotateLogKey(
                try LogKeyFiles(directory).prepareRotation(
                    inForce: current.vkey,
                    reason: Self.reason,
                    isLost: dice.chance(20)
                )
            )
        default: return nil
        }
    }

    private mutating func newArea(_ known: Known) -> Area {
        let tambons = known.codes(.tambon)
        let tambon = dice.pick(tambons) ?? "990101"
        var area = Area()
        if dice.chance(75) {
            (area.level, area.parentCode) = (.village, tambon)
            area.code = tambon + "\(dice.number(10...60))"
        } else {
            (area.level, area.parentCode) = (.lao, String(tambon.prefix(4)))
            area.code = area.parentCode + "\(dice.number(60...99))"
            let covered = tambons.filter { $0.hasPrefix(tambon.prefix(2)) }
            (area.laoType, area.coveredCodes) = ("TAO", dice.some(covered, 1...2))
        }
        area.nameTh = "พื้นที่ \(area.code)"
        area.synthetic = true
        return area
    }

    private mutating func revision(_ known: Known) -> AreaRevision {
        var revision = AreaRevision()
        (revision.code, revision.reason) = (area(known), Self.reason)
        switch dice.number(0...9) {
        case 0...5: revision.nameTh = "ชื่อใหม่ \(dice.number(1...9))"
        case 6, 7: revision.nameEn = "Name \(dice.number(1...9))"
        case 8:
            // Only of what came later, or nothing could be recorded any more.
            let late = known.codes(.village).filter { $0.suffix(2) >= "10" }
            revision.code = dice.pick(late) ?? revision.code
            revision.validTo = (known.today + dice.number(1...200)).iso
        default:
            revision.code = area(known, .lao)
            let tambons = known.codes(.tambon).filter { $0.hasPrefix(revision.code.prefix(2)) }
            let covered = known.state.areas[revision.code]?.area.coveredCodes ?? []
            revision.covered.codes = Set(covered + dice.some(tambons, 0...1)).sorted()
        }
        return revision
    }

    private mutating func deadlineChange(_ known: Known) -> DeadlineChange? {
        var change = DeadlineChange()
        change.cycle = cycle(known)
        guard let deadlines = known.state.cycles[change.cycle]?.deadlines,
            let deadline = dice.key(of: deadlines)
        else { return nil }
        change.deadline = deadline
        change.due = (known.today + dice.number(0...90)).iso
        change.reason = Self.reason
        return change
    }

    private mutating func target(_ known: Known) -> Target {
        var target = Target()
        let open = known.places.filter { place in
            known.state.targets[CellKey(cycle: Self.mainCycle, village: place.0, lao: place.1)]
                == nil
        }
        let place = (dice.chance(80) ? dice.pick(open) : nil) ?? dice.pick(known.places)
        (target.village, target.lao) = place ?? ("99010101", "9981")
        target.cycle = dice.chance(80) ? Self.mainCycle : cycle(known)
        target.households = dice.number(0...5)
        target.questionnaires = target.households + 1
        return target
    }

    private mutating func targetRevision(_ known: Known) -> TargetRevision {
        let keys = known.state.targets.keys.sorted {
            ($0.cycle, $0.village, $0.lao) < ($1.cycle, $1.village, $1.lao)
        }
        let key = dice.pick(keys) ?? CellKey(cycle: "2561", village: "99010101", lao: "9981")
        return revised(key, to: dice.number(0...5))
    }

    func revised(_ key: CellKey, to households: UInt32) -> TargetRevision {
        var revision = TargetRevision()
        (revision.cycle, revision.village, revision.lao) = (key.cycle, key.village, key.lao)
        (revision.households, revision.questionnaires) = (households, households + 2)
        revision.reason = Self.reason
        return revision
    }
}

extension Cycle {
    /// One of several years, each with other rules.
    static func random(_ dice: inout Dice) -> Cycle {
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = dice.pick(["2560", "2562", "2566", "2567"]) ?? "2560"
        if cycle.cycle >= "2566" { cycle.edition = dice.pick(["2566", "2567"]) ?? "2566" }
        let year = (Int(cycle.cycle) ?? 2560) - 543
        cycle.referenceDate = "\(year)-0\(dice.number(1...9))-01"
        cycle.requiresFullCoverage = dice.chance(30)
        cycle.requiresConfirmedPresentation = dice.chance(40)
        cycle.openObjectionsBlock = dice.chance(50)
        cycle.openDefectsBlock = dice.chance(50)
        cycle.registersUsersWithoutAppointment = dice.chance(50)
        cycle.deadlines.append(.report)
        cycle.synthetic = true
        return cycle
    }
}

extension Deadline {
    /// One that a report meets, which the letter has none of.
    static var report: Deadline {
        var deadline = Deadline()
        (deadline.deadline, deadline.item, deadline.due) = ("report", "1.1", "2018-01-31")
        deadline.act = .reportSubmitted
        (deadline.fromLevel, deadline.toLevel) = (.district, .province)
        deadline.titleTh = "รายงาน"
        return deadline
    }
}

extension EditionDefinition {
    /// A form of three indicators, whose number 2 is left out.
    static func small(_ edition: String) -> EditionDefinition {
        var definition = EditionDefinition()
        definition.reason = "a new plan, a new form"
        definition.document.edition = edition
        (definition.document.titleTh, definition.document.titleEn) = ("แบบสอบถาม", "Form")
        var category = CategoryDocument()
        (category.category, category.nameTh, category.nameEn) = ("health", "สุขภาพ", "Health")
        definition.document.categories = [category]
        var birth = ItemDocument()
        (birth.item, birth.unit, birth.th, birth.en) = ("birthDate", .member, "เกิด", "Born")
        birth.day = DayDocument()
        var clean = ItemDocument()
        (clean.item, clean.unit, clean.th, clean.en) = ("clean", .household, "สะอาด", "Clean")
        clean.choice = "yesNo"
        definition.document.items = [birth, clean]
        definition.document.indicators = [
            indicator(1, .household, ""), indicator(3, .member, "age >= 6"),
            indicator(4, .household, "some(age >= 60)"),
        ]
        return definition
    }

    private static func indicator(
        _ number: UInt32,
        _ unit: UnitDocument,
        _ scope: String
    ) -> IndicatorDocument {
        var indicator = IndicatorDocument()
        (indicator.number, indicator.category, indicator.unit) = (number, "health", unit)
        (indicator.nameTh, indicator.nameEn) = ("ตัวชี้วัด \(number)", "Indicator \(number)")
        (indicator.scope, indicator.pass) = (scope, "clean")
        (indicator.ruleTh, indicator.ruleEn) = ("กติกา", "Rule")
        return indicator
    }
}
