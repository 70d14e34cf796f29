import Console
import ProjectionRuntime
import ReviewsProjection
import Survey

/// Results that were shown to the people, and what these objected to.
extension Page {
    func presentation(_ id: String, _ models: borrowing ReadModels) throws {
        let (row, reviews, attendance, persons, documents) = try models.read { db in
            guard let row = try ReviewReadModel.presentation(id, db) else {
                throw Rejection(.presentationUnknown, id)
            }
            return (
                row, try ReviewReadModel.reviews(of: id, db),
                try ReviewReadModel.attendance(of: id, db),
                try ReviewReadModel.persons(of: id, db),
                try ReviewReadModel.documents(of: id, db)
            )
        }
        let stands = try models.read { db in
            try figuresDigest(row.area, row.cycle, db) == row.figuresDigest
        }
        guard !asJSON else {
            return try write([
                "presentation": .row(row),
                "figuresStand": .bool(stands),
                "reviews": .rows(reviews),
                "attendance": .rows(attendance),
                "persons": .array(persons.map { .string($0) }),
                "documents": .rows(documents),
            ])
        }
        var fields = FieldList()
        fields.append(choose("การนำเสนอ", "presentation"), row.presentation)
        fields.append(choose("รอบปี", "cycle"), row.cycle)
        fields.append(choose("พื้นที่", "area"), row.area)
        fields.append(choose("นำเสนอเมื่อ", "presented on"), day(row.presentedOn))
        fields.append(choose("สถานที่", "place"), row.place)
        fields.append(choose("ผู้นำเสนอ", "presenter"), row.presenter)
        fields.append(choose("ยืนยันเมื่อ", "confirmed on"), day(row.confirmedOn))
        fields.append(choose("ตัวเลขยังเป็นเช่นนั้น", "figures still stand"), yesNo(stands))
        fields.append(choose("ขนาด", "tree size"), "\(row.treeSize)")
        fields.append(choose("ค่าย่อยตัวเลข", "figures digest"), row.figuresDigest)
        if !persons.isEmpty {
            fields.append(choose("บุคคลที่ระบุ", "persons"), persons.joined(separator: " "))
        }
        append(documents, to: &fields)
        try write(fields)
        guard !reviews.isEmpty else { return }
        try write(table(reviews, attendance))
    }

    private func table(_ reviews: [PublicReviewRow], _ attendance: [AttendanceRow]) -> Table {
        var table = Table([
            .init(choose("ตรวจสอบเมื่อ", "reviewed on")), .init(choose("ผล", "outcome")),
            .init(choose("ผู้เข้าร่วม", "attended")),
        ])
        for review in reviews {
            let parts = attendance.filter { $0.heldAtIndex == review.heldAtIndex }
            table.append([
                day(review.heldOn), word(review.outcome),
                parts.map { "\(word($0.kind)) \($0.attendeeCount)" }.joined(separator: ", "),
            ])
        }
        return table
    }

    func objection(_ id: String, _ models: borrowing ReadModels) throws {
        let (row, households) = try models.read { db in
            guard let row = try ReviewReadModel.objection(id, db) else {
                throw Rejection(.objectionUnknown, id)
            }
            return (row, try ReviewReadModel.households(ofObjection: id, db))
        }
        guard !asJSON else {
            return try write([
                "objection": .row(row),
                "correctedHouseholds": .array(households.map { .string($0) }),
            ])
        }
        var fields = FieldList()
        fields.append(choose("ข้อคัดค้าน", "objection"), row.objection)
        fields.append(choose("รอบปี", "cycle"), row.cycle)
        fields.append(choose("พื้นที่", "area"), row.area)
        fields.append(choose("โดย", "raised by"), word(row.raisedBy))
        fields.append(choose("เมื่อ", "raised on"), day(row.raisedOn))
        if let presentation = row.presentation {
            fields.append(choose("การนำเสนอ", "presentation"), presentation)
        }
        fields.append(choose("ข้อความ", "text"), row.text)
        appendPlace(row.household, row.village, row.indicator, to: &fields)
        appendOutcome(row.outcome, row.resolvedOn, row.reason, to: &fields)
        if !households.isEmpty {
            fields.append(
                choose("ครัวเรือนที่แก้ไข", "households corrected"),
                households.joined(separator: " ")
            )
        }
        try write(fields)
    }

    func appendPlace(
        _ household: String?,
        _ village: String?,
        _ indicator: Int?,
        to fields: inout FieldList
    ) {
        if let household { fields.append(choose("ครัวเรือน", "household"), household) }
        if let village { fields.append(choose("หมู่บ้าน", "village"), village) }
        if let indicator { fields.append(choose("ตัวชี้วัดที่", "indicator"), "\(indicator)") }
    }

    /// Of an objection or a defect.
    func appendOutcome(
        _ outcome: String?,
        _ resolvedOn: String?,
        _ reason: String?,
        to fields: inout FieldList
    ) {
        let result = outcome.map { "\(word($0)) \(day(resolvedOn)): \(reason ?? "")" }
        fields.append(choose("ผลการพิจารณา", "resolved"), result ?? choose("ค้างอยู่", "open"))
    }
}
