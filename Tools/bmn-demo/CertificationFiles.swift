import Survey

/// One certification and the days of its acts.
private struct DemoCertification {
    let id: String
    let area: String
    let toArea: String
    let seats: [Seat]
    let preparedOn: Day
    let issuedOn: Day
    let submittedOn: Day

    /// The first signs on the day itself, the others on the day of issue.
    func signedOn(_ offset: Int) -> Day { offset == 0 ? preparedOn : issuedOn }
}

/// A round of certifications in four files: `ROUND-presentations.jsonl`, `ROUND-prepare.jsonl`,
/// `ROUND-signers.tsv` (one signature a line: certification, person, role, day) and
/// `ROUND-issue.jsonl`.
private struct CertificationRound {
    private let presentations: CommandFile
    private let prepare: CommandFile
    private let signers: OutputFile
    private let issue: CommandFile

    init(_ name: String, _ generation: Generation) throws {
        let (folder, seed) = (generation.folder, generation.seed)
        presentations = try CommandFile(
            folder: folder,
            name: "\(name)-presentations.jsonl",
            seed: seed
        )
        prepare = try CommandFile(folder: folder, name: "\(name)-prepare.jsonl", seed: seed)
        signers = try OutputFile(folder: folder, name: "\(name)-signers.tsv")
        issue = try CommandFile(folder: folder, name: "\(name)-issue.jsonl", seed: seed)
    }

    func append(_ certification: DemoCertification, cycle: String) throws {
        guard let secretary = certification.seats.first(where: { $0.role == "secretary" }),
            let chair = certification.seats.first(where: { $0.role == "chair" })
        else { preconditionFailure("every committee has a chair and a secretary") }
        try append(
            presenting: certification.id,
            of: certification.area,
            cycle: cycle,
            by: secretary,
            on: certification.preparedOn
        )
        try append(
            preparing: certification.id,
            of: certification.area,
            cycle: cycle,
            by: secretary,
            on: certification.preparedOn
        )
        for (offset, seat) in certification.seats.filter(\.signs).enumerated() {
            let day = certification.signedOn(offset).iso
            try signers.append("\(certification.id)\t\(seat.person)\t\(seat.role)\t\(day)\n")
        }
        var issued = CertificationIssued()
        issued.certification = certification.id
        try issue.append(
            .issueCertification(issued),
            key: "issue \(certification.id)",
            by: (chair.person, chair.role),
            on: certification.issuedOn
        )
        var submitted = CertificationSubmitted()
        submitted.certification = certification.id
        submitted.toArea = certification.toArea
        submitted.documentNumber = "สมมติ-\(certification.id)"
        try issue.append(
            .submitCertification(submitted),
            key: "submit \(certification.id)",
            by: (secretary.person, secretary.role),
            on: certification.submittedOn
        )
    }

    func append(
        preparing id: String,
        of area: String,
        cycle: String,
        by secretary: Seat,
        on day: Day
    ) throws {
        var preparation = PrepareCertification()
        preparation.certification = id
        preparation.cycle = cycle
        preparation.area = area
        try prepare.append(
            .prepareCertification(preparation),
            key: "prepare \(id)",
            by: (secretary.person, secretary.role),
            on: day
        )
    }

    /// Results shown and confirmed on one day; the certification has the same id.
    func append(
        presenting id: String,
        of area: String,
        cycle: String,
        by secretary: Seat,
        on day: Day
    ) throws {
        var presentation = ResultsPresentation()
        presentation.presentation = id
        presentation.cycle = cycle
        presentation.area = area
        presentation.place = "ศาลาประชาคม (สมมติ)"
        presentation.presenter = secretary.person
        try presentations.append(
            .presentResults(presentation),
            key: "present \(id)",
            by: (secretary.person, secretary.role),
            on: day
        )
        var review = PublicReview()
        review.presentation = id
        let attendance: [(Attendance.Kind, UInt32)] = [
            (.localExecutive, 2), (.villageHead, 6), (.communityLeader, 9), (.resident, 45),
        ]
        review.attendance = attendance.map { kind, count in
            var attendance = Attendance()
            attendance.kind = kind
            attendance.count = count
            return attendance
        }
        review.outcome = .confirmed
        try presentations.append(
            .holdPublicReview(review),
            key: "review \(id)",
            by: (secretary.person, secretary.role),
            on: day
        )
    }

    func append(withdrawing id: String, reason: String, by chair: Seat, on day: Day) throws {
        var withdrawal = CertificationWithdrawn()
        withdrawal.certification = id
        withdrawal.reason = reason
        try prepare.append(
            .withdrawCertification(withdrawal),
            key: "withdraw \(id)",
            by: (chair.person, chair.role),
            on: day
        )
    }

    func close() throws {
        try presentations.close()
        try prepare.close()
        try signers.close()
        try issue.close()
    }
}

/// The acts of certification: of every LAO, again of one that was superseded, of every district.
extension Generation {
    /// Due on 20 March 2561 (paragraph 2.2): three are late.
    private static let lateLAOs: [Int: Int] = [14: 1, 33: 2, 50: 3]
    /// Withdrawn by its committee and prepared again before anybody signed.
    private static let withdrawnLAO = 7
    /// Certified, then found wrong.
    private static let supersededLAOOffset = 2

    var supersededLAO: String { province.laos[Self.supersededLAOOffset].code }

    func writeCertifications(lateCorrection: CorrectHousehold) throws {
        let round = try CertificationRound("lao", self)
        for (offset, lao) in province.laos.enumerated() {
            let seats = Cast.seats(ofLAO: lao.code)
            var serial = 1
            if offset == Self.withdrawnLAO {
                let id = certificationID(lao.code, serial)
                try round.append(
                    presenting: id,
                    of: lao.code,
                    cycle: cycle,
                    by: seats[2],
                    on: Day(2018, 3, 6)
                )
                try round.append(
                    preparing: id,
                    of: lao.code,
                    cycle: cycle,
                    by: seats[2],
                    on: Day(2018, 3, 6)
                )
                try round.append(
                    withdrawing: id,
                    reason: "ที่ประชุมขอให้ตรวจแบบสอบถามเพิ่มก่อนรับรอง",
                    by: seats[0],
                    on: Day(2018, 3, 7)
                )
                serial = 2
            }
            let late = Self.lateLAOs[offset]
            let day = Day(2018, 3, 5).addingWorkingDays(late == nil ? offset % 8 : 10)
            let certification = DemoCertification(
                id: certificationID(lao.code, serial),
                area: lao.code,
                toArea: lao.districtCode,
                seats: seats,
                preparedOn: day,
                issuedOn: day.addingWorkingDays(1),
                submittedOn: day.addingWorkingDays(late.map { $0 + 1 } ?? 2)
            )
            try round.append(certification, cycle: cycle)
        }
        try round.close()
        try writeSecondCertification(after: lateCorrection)
        try writeDistrictCertifications()
    }

    private func writeSecondCertification(after correction: CorrectHousehold) throws {
        let lao = province.laos[Self.supersededLAOOffset]
        let file = try CommandFile(folder: folder, name: "late-correction.jsonl", seed: seed)
        try file.append(
            .correctHousehold(correction),
            key: correction.household,
            by: (Cast.recorder(lao.districtCode, 2), "recorder"),
            on: Day(2018, 3, 14)
        )
        try file.close()
        let round = try CertificationRound("again", self)
        let certification = DemoCertification(
            id: certificationID(lao.code, 2),
            area: lao.code,
            toArea: lao.districtCode,
            seats: Cast.seats(ofLAO: lao.code),
            preparedOn: Day(2018, 3, 15),
            issuedOn: Day(2018, 3, 16),
            submittedOn: Day(2018, 3, 19)
        )
        try round.append(certification, cycle: cycle)
        try round.close()
    }

    /// Due on Saturday 31 March 2561 (paragraph 2.3): the last district sends it on Monday.
    private func writeDistrictCertifications() throws {
        let round = try CertificationRound("district", self)
        for (offset, district) in province.districts.enumerated() {
            let isLast = offset == province.districts.count - 1
            let day = isLast ? Day(2018, 3, 29) : Day(2018, 3, 26).addingWorkingDays(offset % 3)
            let certification = DemoCertification(
                id: certificationID(district.code, 1),
                area: district.code,
                toArea: Province.code,
                seats: Cast.seats(ofDistrict: district.code),
                preparedOn: day,
                issuedOn: day.addingWorkingDays(1),
                submittedOn: day.addingWorkingDays(isLast ? 2 : 1)
            )
            try round.append(certification, cycle: cycle)
        }
        try round.close()
    }

    private func certificationID(_ area: String, _ serial: Int) -> String {
        "\(cycle)-\(area)-\(serial)"
    }
}
