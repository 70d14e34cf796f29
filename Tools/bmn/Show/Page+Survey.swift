import CalendarProjection
import CertificationsProjection
import Console
import EditionsProjection
import HouseholdsProjection
import Ledger
import LedgerReader
import OfficeLists
import ProjectionRuntime
import ReviewsProjection
import Survey
import TrainingsProjection

extension Page {
    func household(
        _ id: String,
        _ cycle: String,
        _ models: borrowing ReadModels,
        _ names: Names?,
        explaining vault: Names?
    ) throws {
        let (row, indicators) = try models.read { db in
            (
                try HouseholdReadModel.household(id, cycle: cycle, db),
                try EditionReadModel.indicators(cycle: cycle, db)
            )
        }
        guard let row else { throw Rejection(.householdNotRecorded, id) }
        let records = try models.snapshot.records(
            ofStream: Event.stream(cycle, id),
            below: models.treeSize
        )
        let erasure = ErasureNote(records)
        let form = try models.snapshot.form(ofCycle: cycle)
        let words = AnswerFields(form: form.questionnaire)
        let personal = try names?.household(records, models.snapshot).map(words.of)
        let explanation = try vault.flatMap {
            try self.explanation(id, records, form, $0, models)
        }
        let untrained = try untrained(row, records, models)
        guard !asJSON else {
            return try write([
                "household": .row(row),
                "personal": personal?.value.map { .fields($0) } ?? .null,
                "personalData": personal?.word.map { .string($0) } ?? .null,
                "erased": (personal?.erasure ?? erasure)?.json ?? .null,
                "untrained": .rows(untrained),
                "explanation": explanation?.json ?? .null,
            ])
        }
        var fields = FieldList()
        fields.append(choose("ครัวเรือน", "household"), row.household)
        fields.append(choose("รอบปี", "cycle"), row.cycle)
        fields.append(choose("สถานะ", "status"), word(row.status))
        fields.append(choose("หมู่บ้าน", "village"), row.village)
        fields.append(choose("อปท.", "LAO"), row.lao)
        fields.append(choose("ผู้จัดเก็บ", "collector"), row.collector)
        fields.append(choose("ผู้บันทึก", "recorder"), row.recorder)
        if let serial = row.questionnaire {
            fields.append(choose("เลขที่แบบสอบถาม", "questionnaire"), serial)
        }
        if let interviewedOn = row.interviewedOn {
            fields.append(choose("วันสัมภาษณ์", "interviewed on"), day(interviewedOn))
        }
        if let visitedOn = row.visitedOn {
            fields.append(choose("วันไปเยี่ยม", "visited on"), day(visitedOn))
        }
        if let reason = row.notCollectedReason {
            fields.append(choose("เหตุที่จัดเก็บไม่ได้", "why not collected"), word(reason))
        }
        if let ages = row.ages { fields.append(choose("อายุ", "ages"), ages) }
        if let warningCount = row.warningCount {
            fields.append(choose("คำเตือนในคำตอบ", "warnings in answers"), "\(warningCount)")
        }
        fields.append(choose("แก้ไข (ครั้ง)", "corrections"), "\(row.correctionCount)")
        if row.synthetic { fields.append(choose("ข้อมูลสมมติ", "synthetic"), yesNo(true)) }
        append(personal, erasure, words, to: &fields)
        append(untrained, to: &fields)
        try write(fields)
        if let inScope = row.inScope, let failing = row.failing {
            let counts = try IndicatorCounts(inScope: inScope, failing: failing)
            try write(answers(counts, indicators))
        }
        if let explanation { try write("\n" + explanation.text(language, isAll: true)) }
    }

    /// What follows from the sealed answers, derived again; nil where they were erased.
    private func explanation(
        _ id: String,
        _ records: [RecordedEvent],
        _ form: CycleForm,
        _ vault: Names,
        _ models: borrowing ReadModels
    ) throws -> DerivationReport? {
        guard let data = try vault.household(records, models.snapshot).value else { return nil }
        guard let answers = data.answers(to: form.questionnaire) else {
            throw Failure(
                "answersNotRecorded",
                thai: "ครัวเรือน \(id) บันทึกจากจำนวน ไม่มีคำตอบให้อธิบาย",
                english: "The household \(id) was recorded by counts: there are no answers to"
                    + " explain.",
                exit: .refused
            )
        }
        return DerivationReport(form.questionnaire, answers, form.referenceDate)
    }

    /// The collector on the day of the visit, and the recorder on the day of the act.
    private func untrained(
        _ row: HouseholdRow,
        _ records: [RecordedEvent],
        _ models: borrowing ReadModels
    ) throws -> [UntrainedWork] {
        // What was withdrawn is nobody's work any more.
        guard let visited = row.interviewedOn ?? row.visitedOn else { return [] }
        let recorded = records.last { record in
            [.householdRecorded, .householdNotCollected].contains(record.event.eventKind)
        }
        let work = [
            ("collector", row.collector, visited),
            ("recorder", row.recorder, recorded?.envelope.day.iso ?? visited),
        ]
        return try models.read { db in
            try work.compactMap { kind, person, day in
                UntrainedWork(
                    person,
                    kind,
                    cycle: row.cycle,
                    days: [(day: day, count: 1)],
                    trainings: try TrainingReadModel.trainings(person: person, db)
                )
            }
        }
    }

    private func answers(
        _ counts: IndicatorCounts,
        _ indicators: [EditionIndicatorRow]
    ) -> Table {
        var table = Table([
            .init(choose("ที่", "no."), isNumeric: true), .init(choose("ตัวชี้วัด", "indicator")),
            .init(choose("ต้องตอบ", "in scope"), isNumeric: true),
            .init(choose("ไม่ผ่าน", "failing"), isNumeric: true), .init(choose("ผล", "result")),
        ])
        for indicator in indicators where indicator.indicator <= counts.count {
            let number = indicator.indicator
            let result =
                switch counts.result(number) {
                case .passed: choose("ผ่าน", "passed")
                case .failed: choose("ไม่ผ่าน", "failed")
                case .notApplicable: "-"
                }
            table.append([
                "\(number)", choose(indicator.nameTh, indicator.nameEn),
                "\(counts.inScope(number))", "\(counts.failing(number))", result,
            ])
        }
        return table
    }

    func certification(_ id: String, _ models: borrowing ReadModels) throws {
        let detail = try models.read { db in try CertificationReadModel.certification(id, db) }
        guard let detail else { throw Rejection(.certificationUnknown, id) }
        let row = detail.certification
        let recorded = try RecordingDays(row, models)
        let (confirmed, review) = try models.read { db in
            (
                try ReviewReadModel.presentations(
                    area: row.area,
                    cycle: row.cycle,
                    confirming: row.figuresDigest,
                    db
                )
                .first,
                try AreaReview(try scope(row.area, db), cycle: row.cycle, db)
            )
        }
        guard !asJSON else {
            return try write(
                .row(
                    ReviewedCertification(
                        detail: detail,
                        recorded: recorded,
                        confirmed: confirmed,
                        review: review
                    )
                )
            )
        }
        var fields = FieldList()
        fields.append(choose("การรับรอง", "certification"), row.certification)
        fields.append(choose("รอบปี", "cycle"), row.cycle)
        fields.append(choose("พื้นที่", "area"), "\(row.area) (\(word(row.level)))")
        fields.append(choose("สถานะ", "status"), word(row.status))
        fields.append(choose("ยังมีผล", "standing"), yesNo(row.isStanding))
        if let index = row.supersededAtIndex {
            fields.append(choose("ข้อมูลเปลี่ยนที่ระเบียน", "superseded at record"), "\(index)")
        }
        fields.append(choose("ขนาด", "tree size"), "\(row.treeSize)")
        fields.append(choose("ราก", "root hash"), row.rootHash)
        fields.append(choose("ค่าย่อยตัวเลข", "figures digest"), row.figuresDigest)
        fields.append(choose("เป้าหมาย", "target"), row.targetHouseholds.grouped)
        fields.append(choose("จัดเก็บแล้ว", "collected"), row.collected.grouped)
        fields.append(choose("จัดเก็บไม่ได้", "not collected"), row.notCollected.grouped)
        fields.append(choose("จำนวนคน", "persons"), row.persons.grouped)
        append(acts: row, recorded, to: &fields)
        fields.append(choose("กำหนดส่ง", "due"), day(detail.due))
        if let daysLate = detail.daysLate {
            fields.append(choose("ช้า (วัน)", "days late"), "\(daysLate)")
        }
        if let reason = row.withdrawalReason {
            fields.append(choose("ถอน", "withdrawn"), "\(day(row.withdrawnOn)): \(reason)")
        }
        if !detail.missingRoles.isEmpty {
            fields.append(
                choose("บทบาทที่ยังขาด", "missing roles"),
                detail.missingRoles.map(word).joined(separator: ", ")
            )
        }
        fields.append(
            choose("ลายมือชื่อที่ยังขาด", "missing signatures"),
            "\(detail.missingSignatureCount)"
        )
        if let confirmed {
            fields.append(
                choose("ตัวเลขที่นำเสนอและยืนยัน", "figures confirmed in"),
                "\(confirmed.presentation) \(day(confirmed.confirmedOn))"
            )
        }
        append(review, of: row.area, to: &fields)
        fields.append(choose("คำเตือนทั้งหมด", "warnings"), "\(review.warningCount)")
        try write(fields)
        try write(table(detail.signatures))
    }

    private func table(_ signatures: [SignatureRow]) -> Table {
        var table = Table([
            .init(choose("ผู้ลงนาม", "signer")), .init(choose("บทบาท", "role")),
            .init(choose("วันที่", "signed on")),
            .init(choose("กุญแจสาธารณะ", "public key")),
            .init(choose("ใบรับรอง (SHA-256)", "certificate (SHA-256)")),
            .init(choose("พาสคีย์", "passkey")),
        ])
        for signature in signatures {
            table.append([
                signature.person, word(signature.role), day(signature.signedOn),
                signature.publicKey ?? "-", signature.certificate ?? "-",
                signature.passkey ?? "-",
            ])
        }
        return table
    }

    private func append(
        acts row: CertificationRow,
        _ recorded: RecordingDays,
        to fields: inout FieldList
    ) {
        fields.append(
            choose("จัดทำ", "prepared"),
            day(row.preparedOn, recordedOn: recorded.prepared)
        )
        fields.append(choose("ออก", "issued"), day(row.issuedOn, recordedOn: recorded.issued))
        fields.append(
            choose("ส่ง", "submitted"),
            day(row.submittedOn, recordedOn: recorded.submitted)
        )
    }

    func cycle(_ id: String, _ models: borrowing ReadModels) throws {
        let today = models.day
        let (cycle, calendar) = try models.read { db in
            guard let cycle = try CalendarReadModel.cycles(db).first(where: { $0.cycle == id })
            else { throw Rejection(.cycleUnknown, id) }
            return (cycle, try CalendarReadModel.entries(cycle: id, on: today, db))
        }
        let entries = try RecordedEntry.of(calendar, models)
        let summaries = DeadlineSummary.of(entries)
        guard !asJSON else {
            return try write([
                "cycle": .row(cycle),
                "on": .string(today.iso),
                "deadlines": .array(summaries.map { .object($0.members) }),
                "entries": .rows(entries),
            ])
        }
        var fields = FieldList()
        fields.append(choose("รอบปี", "cycle"), cycle.cycle)
        fields.append(choose("แบบสอบถาม", "edition"), cycle.edition)
        fields.append(choose("จังหวัด", "province"), cycle.province)
        fields.append(choose("วันอ้างอิง", "reference date"), day(cycle.referenceDate))
        fields.append(
            choose("ต้องครบทุกครัวเรือน", "needs full coverage"),
            yesNo(cycle.requiresFullCoverage)
        )
        let share = "\(cycle.quorumNumerator)/\(cycle.quorumDenominator)"
        fields.append(
            choose("องค์ประชุม", "quorum"),
            choose("\(share) ของกรรมการ", "\(share) of the members")
        )
        fields.append(
            choose("ขึ้นทะเบียนผู้ใช้ก่อนมีคำสั่งได้", "users registered before an order"),
            yesNo(cycle.registersUsersWithoutAppointment)
        )
        append(settings: cycle, to: &fields)
        fields.append(choose("ณ วันที่", "as of"), language.text(today))
        try write(fields)
        try write(DeadlineSummary.table(summaries, self))
    }

    private func append(settings cycle: CycleRow, to fields: inout FieldList) {
        func words(_ names: String) -> String {
            names.isEmpty
                ? "-" : names.split(separator: ",").map { word(String($0)) }.joined(separator: ", ")
        }
        fields.append(
            choose("ระดับที่ต้องมีคณะกรรมการ", "levels that need a committee"),
            words(cycle.committeeLevels)
        )
        fields.append(
            choose("ผู้ใช้อื่นที่ต้องมีคำสั่งแต่งตั้ง", "other users that need an appointment"),
            words(cycle.appointedUserRoles)
        )
        fields.append(
            choose("ขอความร่วมมือต้องอ้างหนังสือ", "co-operation must cite a paper"),
            yesNo(cycle.cooperationRequiresCitation)
        )
    }
}
