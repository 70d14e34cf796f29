import Survey

/// `households-DISTRICT.csv`, or `answers-DISTRICT.csv` in one district, `not-collected.jsonl` and
/// `corrections.jsonl`, a household at a time.
struct CollectionFiles {
    private static let columns =
        [
            "cycle", "household", "village", "lao", "interviewed_on", "collector", "house_number",
            "address", "members", "synthetic", "occurred_on",
        ]
        + Questionnaire.bmn2560.indicators.map {
            "i" + ($0.number < 10 ? "0" : "") + "\($0.number)"
        }

    /// Its recorders type every answer of the form; the others what its indicators come to.
    static let answersDistrictCode = "3806"

    /// What a district's households are written to.
    private enum Target {
        case counts(CSVFile)
        case answers(AnswerFile)
    }

    private let generation: Generation
    private let notCollected: CommandFile
    private let corrections: CommandFile
    private var mint = CitizenIDMint(startingAt: 1)
    private var serials: [String: Int] = [:]
    private var hasCorrectedAnswers = false
    private(set) var summary = Summary()
    /// The household that turns out wrong after its LAO has certified.
    private(set) var lateCorrection: CorrectHousehold?

    struct Summary {
        var collectedCount = 0
        var notCollectedCount = 0
        var correctedCount = 0
        var personCount = 0
    }

    init(_ generation: Generation) throws {
        self.generation = generation
        let (folder, seed) = (generation.folder, generation.seed)
        notCollected = try CommandFile(folder: folder, name: "not-collected.jsonl", seed: seed)
        corrections = try CommandFile(folder: folder, name: "corrections.jsonl", seed: seed)
    }

    mutating func write() throws {
        for district in generation.province.districts {
            let cells = generation.cells.filter { $0.village.code.hasPrefix(district.code) }
            if district.code == Self.answersDistrictCode {
                let file = try AnswerFile(folder: generation.folder, district: district.code)
                for cell in cells { try write(cell, to: .answers(file)) }
                try file.close()
            } else {
                let file = try CSVFile(
                    folder: generation.folder,
                    name: "households-\(district.code).csv",
                    columns: Self.columns
                )
                for cell in cells { try write(cell, to: .counts(file)) }
                try file.close()
            }
        }
        try notCollected.close()
        try corrections.close()
    }

    private mutating func write(_ cell: DemoCell, to target: Target) throws {
        // A place's households depend on the seed and the place alone.
        let place = "\(cell.village.code) \(cell.laoCode)"
        var random = SeededGenerator(seed: generation.seed, purpose: "households \(place)")
        let hardship = generation.hardship(ofTambon: cell.village.tambonCode)
        // The letter leaves the time of collecting open; December to February is usual.
        let firstDay = Day(2017, 12, 1) + random.index(below: 25)
        let dayCount = 30 + random.index(below: 32)
        for offset in 0..<cell.householdCount {
            let serial = serials[cell.village.code, default: 0] + 1
            serials[cell.village.code] = serial
            let digits = "\(serial)"
            let padding = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
            let visit = Visit(
                cell: cell,
                household: "\(cell.village.code)-\(padding)\(digits)",
                serial: serial,
                day: firstDay + offset * dayCount / cell.householdCount
            )
            // The first household of a cell is always collected, so that no LAO is empty.
            if offset > 0, random.chance(0.012) {
                try writeNotCollected(visit, &random)
            } else {
                switch target {
                case .counts(let file): try writeHousehold(visit, hardship, to: file, &random)
                case .answers(let file): try writeAnswers(visit, hardship, to: file, &random)
                }
            }
        }
    }

    /// One visit to one house.
    private struct Visit {
        let cell: DemoCell
        let household: String
        let serial: Int
        let day: Day
    }

    private mutating func writeNotCollected(
        _ visit: Visit,
        _ random: inout SeededGenerator
    ) throws {
        let reasons: [HouseholdNotCollected.Reason] = [
            .absent, .vacant, .refused, .moved, .notFound,
        ]
        var event = HouseholdNotCollected()
        event.cycle = generation.cycle
        event.household = visit.household
        event.village = visit.cell.village.code
        event.lao = visit.cell.laoCode
        event.visitedOn = visit.day.iso
        event.collector = generation.cast.collector(of: visit.cell.village, on: visit.day)
        event.reason = reasons[random.index(weights: [45, 30, 10, 10, 5])]
        try notCollected.append(
            .recordNotCollected(event),
            key: visit.household,
            by: recorder(1, visit),
            on: visit.day
        )
        summary.notCollectedCount += 1
    }

    private func recorder(_ number: Int, _ visit: Visit) -> (user: String, capacity: String) {
        (Cast.recorder(String(visit.cell.village.code.prefix(4)), number), "recorder")
    }

    private mutating func writeHousehold(
        _ visit: Visit,
        _ hardship: Double,
        to file: CSVFile,
        _ random: inout SeededGenerator
    ) throws {
        let household = DemoHousehold(&random, &mint)
        let truth = AnswerSheet(household, hardship: hardship, &random)
        let form = RecordedForm(sheet: truth, day: visit.day, houseNumber: houseNumber(&random))
        var recorded = form
        // One in ninety is recorded wrongly and corrected; the first of all, so that there is one.
        let isCorrected = random.chance(0.011) || summary.collectedCount == 0
        if isCorrected {
            let mistake = Mistake.draw(
                mayShiftDay: generation.cast.hasOneCollector(visit.cell.village, around: visit.day),
                &random
            )
            recorded.make(mistake, &random)
            let context = CorrectionContext(
                cycle: generation.cycle,
                household: visit.household,
                personal: personal(household, form.houseNumber, visit)
            )
            try corrections.append(
                .correctHousehold(mistake.correction(from: recorded, to: form, context)),
                key: visit.household,
                by: recorder(2, visit),
                on: Day(2018, 2, 27).addingWorkingDays(random.index(below: 4))
            )
            summary.correctedCount += 1
        } else if lateCorrection == nil, visit.cell.laoCode == generation.supersededLAO {
            lateCorrection = Mistake.savings(
                of: truth,
                household: visit.household,
                cycle: generation.cycle
            )
        }
        try writeRow(visit, household, recorded, to: file)
        summary.collectedCount += 1
        summary.personCount += household.members.count
    }

    private func writeRow(
        _ visit: Visit,
        _ household: DemoHousehold,
        _ form: RecordedForm,
        to file: CSVFile
    ) throws {
        let members = household.members.map { member in
            [
                member.title, member.firstName, member.lastName, member.citizenID,
                member.birthDate.onForms, member.isMan ? "ชาย" : "หญิง", member.relation, "พุทธ",
                member.bodyCondition,
            ].joined(separator: "|")
        }.joined(separator: ";")
        try file.append(
            [
                generation.cycle, visit.household, visit.cell.village.code, visit.cell.laoCode,
                form.day.onForms,
                generation.cast.collector(of: visit.cell.village, on: form.day),
                form.houseNumber, address(visit), members, "true",
                // Forms come in with the post and are typed on the next working day.
                form.day.addingWorkingDays(1).onForms,
            ] + form.sheet.fields
        )
    }

    /// The first household of the district is recorded with one answer wrong, and corrected.
    private mutating func writeAnswers(
        _ visit: Visit,
        _ hardship: Double,
        to file: AnswerFile,
        _ random: inout SeededGenerator
    ) throws {
        let household = DemoHousehold(&random, &mint)
        let number = houseNumber(&random)
        let truth = DemoAnswers(household, houseNumber: number, hardship: hardship, &random).answers
        var recorded = truth
        if !hasCorrectedAnswers {
            hasCorrectedAnswers = true
            recorded.household["q4.2"] =
                truth.household["q4.2"] == .yesNo(true) ? .yesNo(false) : .yesNo(true)
            var correction = CorrectHousehold()
            correction.cycle = generation.cycle
            correction.household = visit.household
            correction.reason = "บันทึกข้อ 4.2 สลับกัน ตรวจกับแบบสอบถามแล้ว"
            correction.answers = AnswersDocument(truth)
            correction.personal.address = address(visit)
            try corrections.append(
                .correctHousehold(correction),
                key: visit.household,
                by: recorder(2, visit),
                on: Day(2018, 2, 28)
            )
            summary.correctedCount += 1
        }
        try file.append(
            place: [
                generation.cycle, visit.household, visit.cell.village.code, visit.cell.laoCode,
            ],
            visit: (
                day: visit.day,
                collector: generation.cast.collector(of: visit.cell.village, on: visit.day),
                address: address(visit),
                typedOn: visit.day.addingWorkingDays(1)
            ),
            recorded
        )
        summary.collectedCount += 1
        summary.personCount += household.members.count
    }

    private func houseNumber(_ random: inout SeededGenerator) -> String {
        let number = random.integer(in: 1...280)
        return random.chance(0.2) ? "\(number)/\(random.integer(in: 1...9))" : "\(number)"
    }

    private func address(_ visit: Visit) -> String {
        "หมู่ที่ \(visit.cell.village.number) (สมมติ)"
    }

    private func personal(
        _ household: DemoHousehold,
        _ houseNumber: String,
        _ visit: Visit
    ) -> PersonalData {
        var personal = PersonalData()
        personal.houseNumber = houseNumber
        personal.address = address(visit)
        personal.members = household.members.map { member in
            var entry = Member()
            entry.title = member.title
            entry.firstName = member.firstName
            entry.lastName = member.lastName
            entry.citizenID = member.citizenID
            entry.birthDate = member.birthDate.iso
            entry.sex = member.isMan ? "ชาย" : "หญิง"
            entry.relation = member.relation
            entry.religion = "พุทธ"
            entry.bodyCondition = member.bodyCondition
            return entry
        }
        return personal
    }
}
