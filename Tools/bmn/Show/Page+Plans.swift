import AreasProjection
import Console
import OfficeLists
import PlansProjection
import ProjectionRuntime
import Survey

/// The co-operation that LAOs were asked for, and the plans for the collection.
extension Page {
    func cooperation(_ id: String, _ models: borrowing ReadModels) throws {
        let (request, answers, citations, documents, withdrawals) = try models.read { db in
            guard let request = try PlanReadModel.cooperation(id, db) else {
                throw Rejection(.cooperationUnknown, id)
            }
            return (
                request, try PlanReadModel.answers(to: id, db),
                try PlanReadModel.citations(of: id, db),
                try PlanReadModel.documents(ofRequest: id, db),
                try PlanReadModel.withdrawals(ofRequest: id, db)
            )
        }
        guard !asJSON else {
            return try write([
                "cooperation": .row(request),
                "answers": .rows(answers),
                "citations": .rows(citations),
                "documents": .rows(documents),
                "withdrawals": .rows(withdrawals),
            ])
        }
        var fields = FieldList()
        fields.append(choose("หนังสือขอความร่วมมือ", "request"), request.request)
        fields.append(choose("รอบปี", "cycle"), request.cycle)
        fields.append(choose("จาก", "from"), request.fromArea)
        if let number = request.documentNumber { fields.append(choose("ที่", "number"), number) }
        fields.append(choose("ลงวันที่", "date"), day(request.date))
        fields.append(choose("เรื่อง", "subject"), request.subject)
        append(citations, to: &fields)
        append(documents, to: &fields)
        append(withdrawals, to: &fields)
        try write(fields)
        var table = Table([
            .init(choose("อปท.", "LAO")), .init(choose("คำตอบ", "answer")),
            .init(choose("ตอบเมื่อ", "answered on")), .init(choose("ที่", "number")),
            .init(choose("ข้อความ", "text")),
        ])
        for row in answers {
            table.append([
                row.lao, row.answer.map(word) ?? "-", day(row.answeredOn),
                row.documentNumber ?? "-", row.text ?? "-",
            ])
        }
        try write(table)
    }

    func plan(_ id: String, _ models: borrowing ReadModels) throws {
        let today = models.day
        let (plan, steps, passages, documents, withdrawals) = try models.read { db in
            guard let plan = try PlanReadModel.plan(id, db) else {
                throw Rejection(.planUnknown, id)
            }
            return (
                plan, try PlanReadModel.steps(of: plan, db),
                try PlanReadModel.passages(of: id, db),
                try PlanReadModel.documents(of: plan, db),
                try PlanReadModel.withdrawals(of: plan, db)
            )
        }
        let measured = try models.read { db in
            let area = try scope(plan.area, db)
            return try steps.map { step in
                MeasuredStep(
                    step: step,
                    daysLate: step.daysLate(on: today),
                    progress: try PlanProgress(
                        step,
                        cycle: plan.cycle,
                        of: area.scope,
                        on: today,
                        db
                    )
                )
            }
        }
        guard !asJSON else {
            return try write([
                "plan": .row(plan),
                "on": .string(today.iso),
                "steps": .rows(measured),
                "passages": .rows(passages),
                "documents": .rows(documents),
                "withdrawals": .rows(withdrawals),
            ])
        }
        var fields = FieldList()
        fields.append(choose("แผน", "plan"), plan.plan)
        fields.append(choose("รอบปี", "cycle"), plan.cycle)
        fields.append(choose("พื้นที่", "area"), plan.area)
        fields.append(choose("ฉบับที่", "version"), "\(plan.version)")
        fields.append(choose("สถานะ", "status"), word(plan.status))
        fields.append(choose("ร่างเมื่อ", "drafted on"), day(plan.draftedOn))
        for passage in passages { append(passage, to: &fields) }
        append(documents, to: &fields)
        append(withdrawals, to: &fields)
        fields.append(choose("ณ วันที่", "as of"), language.text(today))
        try write(fields)
        try write(table(measured))
    }

    private func append(_ passage: PlanPassageRow, to fields: inout FieldList) {
        let submitted = [passage.toArea, day(passage.submittedOn), passage.documentNumber]
        fields.append(
            choose("ฉบับที่ \(passage.version) ส่งถึง", "version \(passage.version) submitted to"),
            submitted.compactMap(\.self).joined(separator: " ")
        )
        guard let outcome = passage.outcome else { return }
        let decided = [passage.toArea, day(passage.decidedOn), passage.decisionNumber]
            .compactMap(\.self).joined(separator: " ")
        fields.append(word(outcome), decided + (passage.reason.map { ": \($0)" } ?? ""))
    }

    private func table(_ rows: [MeasuredStep]) -> Table {
        var table = Table([
            .init(choose("ที่", "no."), isNumeric: true), .init(choose("ขั้นตอน", "step")),
            .init(choose("ผู้รับผิดชอบ", "responsible")), .init(choose("เริ่ม", "starts")),
            .init(choose("ถึง", "due")), .init(choose("ทำแล้วเมื่อ", "done on")),
            .init(choose("ช้า (วัน)", "days late"), isNumeric: true),
            .init(choose("ตามระเบียน", "by the records")), .init(choose("หมายเหตุ", "note")),
        ])
        for row in rows {
            let step = row.step
            let responsible = [step.responsible, step.office].compactMap(\.self)
            table.append([
                "\(step.position)", step.text, responsible.joined(separator: ", "),
                day(step.startsOn), day(step.due), day(step.doneOn), "\(row.daysLate)",
                row.progress.map { "\($0.done)/\($0.target)" } ?? "-", step.note ?? "-",
            ])
        }
        return table
    }
}

/// A step of a plan beside what happened.
private struct MeasuredStep: Encodable {
    let step: PlanStepRow
    let daysLate: Int
    let progress: PlanProgress?
}
