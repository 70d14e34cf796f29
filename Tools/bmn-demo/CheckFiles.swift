import Survey

/// Quality checks while the data is recorded (paragraph 3).
extension Generation {
    /// In every district a sample is announced, to be drawn by the checkpoint after it.
    func writeAnnouncements() throws {
        let file = try CommandFile(folder: folder, name: "samples.jsonl", seed: seed)
        for district in province.districts {
            let seats = Cast.seats(ofDistrict: district.code)
            var announcement = SampleAnnouncement()
            announcement.cycle = cycle
            announcement.area = district.code
            announcement.level = .district
            announcement.stage = .recording
            announcement.perMille = 50
            announcement.checkers = seats.prefix(2).map(\.person)
            try file.append(
                .announceSample(announcement),
                key: "announce \(district.code)",
                by: (user: seats[0].person, capacity: seats[0].role),
                on: Day(2018, 2, 28)
            )
        }
        try file.close()
    }

    /// In every district a sample is drawn and checked; in the first one something is found.
    func writeChecks() throws {
        let file = try CommandFile(folder: folder, name: "checks.jsonl", seed: seed)
        for (offset, district) in province.districts.enumerated() {
            let seats = Cast.seats(ofDistrict: district.code)
            let chair = (user: seats[0].person, capacity: seats[0].role)
            let checkers = seats.prefix(2).map(\.person)
            var draw = SampleDraw()
            draw.sample = "\(cycle)-\(district.code)-1"
            try file.append(
                .drawSample(draw),
                key: "draw \(district.code)",
                by: chair,
                on: Day(2018, 3, 1)
            )
            var check = QualityCheck()
            check.check = "check-\(district.code)"
            check.cycle = cycle
            check.area = district.code
            check.level = .district
            check.stage = .recording
            check.sample = draw.sample
            check.checkers = checkers
            check.outcome = offset == 0 ? .defective : .sound
            if offset == 0 { check.findings = "แบบสอบถามหนึ่งฉบับไม่มีลายมือชื่อผู้จัดเก็บ (สมมติ)" }
            try file.append(
                .recordQualityCheck(check),
                key: "check \(district.code)",
                by: chair,
                on: Day(2018, 3, 2)
            )
            if offset == 0 { try append(defectOf: check, to: file, by: chair) }
        }
        try file.close()
    }

    private func append(
        defectOf check: QualityCheck,
        to file: CommandFile,
        by chair: (user: String, capacity: String)
    ) throws {
        var defect = Defect()
        defect.defect = "defect-\(check.area)-1"
        defect.cycle = cycle
        defect.area = check.area
        defect.check = check.check
        defect.severity = .minor
        defect.text = check.findings
        try file.append(.reportDefect(defect), key: "find", by: chair, on: Day(2018, 3, 2))
        var resolution = DefectResolution()
        resolution.defect = defect.defect
        resolution.outcome = .accepted
        resolution.reason = "ผู้จัดเก็บยืนยันต่อคณะกรรมการแล้ว (สมมติ)"
        try file.append(.resolveDefect(resolution), key: "resolve", by: chair, on: Day(2018, 3, 5))
    }
}
