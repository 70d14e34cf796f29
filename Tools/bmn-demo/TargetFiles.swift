import Survey

/// `targets.csv`, `target-revisions.jsonl`, `preparation-reports.jsonl` and `awards.jsonl`.
extension Generation {
    /// Reported by 10 November 2560 as the letter wants (paragraph 1.1), but for one tambon.
    func writeTargets() throws {
        let file = try CSVFile(
            folder: folder,
            name: "targets.csv",
            columns: ["cycle", "village", "lao", "households", "questionnaires", "occurred_on"]
        )
        let revisions = try CommandFile(folder: folder, name: "target-revisions.jsonl", seed: seed)
        var random = SeededGenerator(seed: seed, purpose: "targets")
        let lateTambon = province.tambons.last { $0.parentCode == "3807" }?.code
        for cell in cells {
            let village = cell.village
            let isLate = village.tambonCode == lateTambon
            let day = isLate ? Day(2017, 11, 13) : Day(2017, 11, 6) + random.index(below: 4)
            try file.append([
                cycle, village.code, cell.laoCode, "\(cell.reportedCount)",
                "\(Self.questionnaires(cell.reportedCount))", day.onForms,
            ])
            let reason = random.pick([
                "สำรวจซ้ำพบบ้านที่มีคนอยู่จริงไม่ตรงกับที่รายงาน", "แก้จำนวนที่นับซ้ำระหว่างหมู่บ้าน",
            ])
            let revisedOn = Day(2018, 1, 8).addingWorkingDays(random.index(below: 10))
            guard cell.reportedCount != cell.householdCount else { continue }
            var revision = TargetRevision()
            revision.cycle = cycle
            revision.village = village.code
            revision.lao = cell.laoCode
            revision.households = UInt32(cell.householdCount)
            revision.questionnaires = UInt32(Self.questionnaires(cell.householdCount))
            revision.reason = reason
            try revisions.append(
                .reviseTarget(revision),
                key: "\(village.code) \(cell.laoCode)",
                by: Self.officer(String(village.code.prefix(4))),
                on: revisedOn
            )
        }
        try file.close()
        try revisions.close()
    }

    /// A few spare ones.
    private static func questionnaires(_ householdCount: Int) -> Int {
        householdCount + (householdCount + 49) / 50
    }

    /// The district's community development officer sits on its committee as the secretary.
    static func officer(_ district: String) -> (user: String, capacity: String) {
        ("secretary-\(district)", "districtOfficer")
    }

    /// What the districts reported; one action plan and one choice of awards came late, and one
    /// district never reported its awards, which `bmn status` shows as missing.
    func writeReports() throws {
        let preparation = try CommandFile(
            folder: folder,
            name: "preparation-reports.jsonl",
            seed: seed
        )
        let awards = try CommandFile(folder: folder, name: "awards.jsonl", seed: seed)
        for (offset, district) in province.districts.enumerated() {
            try registerUsers(of: district.code, to: preparation)
            let plans =
                offset == 6 ? Day(2017, 12, 4) : Day(2017, 11, 22).addingWorkingDays(offset % 6)
            try appendPlans(district.code, submittedOn: plans, to: preparation)
            if offset == 5 { continue }
            let chosen =
                offset == 2 ? Day(2018, 3, 22) : Day(2018, 3, 13).addingWorkingDays(offset % 5)
            try appendAwards(district.code, on: chosen, to: awards)
        }
        try writeOrderSubmissions(to: preparation)
        try preparation.close()
        try awards.close()
    }

    /// The recorders, on the last day that the letter leaves (paragraph 1.3): all orders but one are
    /// issued by then.
    private func registerUsers(of district: String, to file: CommandFile) throws {
        for number in 1...2 {
            var user = UserRegistration()
            user.cycle = cycle
            user.person = Cast.recorder(district, number)
            user.role = Role.recorder
            user.area = district
            try file.append(
                .registerUser(user),
                key: "user \(user.person)",
                by: Self.officer(district),
                on: Day(2017, 11, 10)
            )
        }
    }

    private func append(
        _ deadline: String,
        _ district: String,
        on day: Day,
        to file: CommandFile
    ) throws {
        var report = Report()
        report.cycle = cycle
        report.deadline = deadline
        report.area = district
        report.documentNumber = "บก \(district)/สมมติ-\(deadline)"
        try file.append(
            .submitReport(report),
            key: "\(deadline) \(district)",
            by: Self.officer(district),
            on: day
        )
    }
}
