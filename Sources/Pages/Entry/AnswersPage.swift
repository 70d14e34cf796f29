import Console
package import Ledger
package import Survey

/// What one record of a household sealed, opened for somebody who may read it.
package struct OpenedRecord: Sendable {
    package let record: RecordedEvent
    /// Nil where it holds none, or they were erased.
    package let answers: Answers?

    package init(record: RecordedEvent, answers: Answers?) {
        self.record = record
        self.answers = answers
    }
}

extension Pages {
    /// The answers of a household as they are, and what each correction changed in them.
    package func answers(
        of household: String,
        cycle: String,
        _ form: Questionnaire,
        _ records: [OpenedRecord],
        _ request: PageRequest
    ) -> [UInt8] {
        PageContext(pages: self, request: request)
            .answers(of: household, cycle: cycle, form, records).body
    }
}

extension PageContext {
    fileprivate func answers(
        of household: String,
        cycle: String,
        _ form: Questionnaire,
        _ records: [OpenedRecord]
    ) -> PageAnswer {
        var parts: [Markup] = [
            paragraph(
                link(
                    ["households", household],
                    choose("กลับไปที่ครัวเรือน", "Back to the household"),
                    ["cycle": cycle]
                )
            ),
            note(
                "\(choose("ข้อมูลบุคคล: การเปิดหน้านี้บันทึกไว้ในบันทึกการเข้าถึง", "Personal data: that this page was opened is in the access log."))"
            ),
        ]
        let opened = records.compactMap { record in record.answers.map { (record.record, $0) } }
        guard let last = opened.last else {
            parts.append(
                sentence(
                    choose(
                        "ไม่มีคำตอบที่เปิดได้: บันทึกจากจำนวน หรือลบข้อมูลบุคคลแล้ว",
                        "There are no answers to open: it was recorded by counts, or they were erased."
                    )
                )
            )
            return page(choose("คำตอบของครัวเรือน", "Answers of household") + " \(household)", parts)
        }
        for (before, after) in zip(opened, opened.dropFirst()).reversed() {
            let changes = EntryChange.between(before.1, after.1, form)
            let (index, recordedAt) = (after.0.envelope.index, after.0.envelope.recordedAt)
            let head: Markup = """
                <p>\(link(["records", "\(index)"], index.grouped)) · \(time(recordedAt)) · \
                \(after.0.envelope.actor.user)</p>

                """
            parts.append(
                section(
                    "change-\(index)",
                    choose("แก้ไขในระเบียนที่ \(index)", "Corrected in record \(index)"),
                    [head, self.changes(changes, id: "\(index)")]
                )
            )
        }
        parts.append(
            section("now", choose("คำตอบปัจจุบัน", "The answers now"), tables(last.1, form))
        )
        return page(choose("คำตอบของครัวเรือน", "Answers of household") + " \(household)", parts)
    }

    private func tables(_ answers: Answers, _ form: Questionnaire) -> [Markup] {
        let places: [AnswerPlace] = [.household] + answers.members.indices.map { .member($0) }
        return places.map { place in
            var table = PageTable(
                id: "now-\(places.firstIndex(of: place) ?? 0)",
                caption: placeName(place),
                columns: [.init(choose("คำถาม", "Question")), .init(choose("คำตอบ", "Answer"))]
            )
            table.rows = form.items.compactMap { item -> [Markup]? in
                guard (item.unit == .household) == (place == .household),
                    let answer = answers[item.item, place]
                else { return nil }
                return [
                    "\(item.wording.phrase.text(language))",
                    "\(item.shown(answer).text(language))",
                ]
            }
            return self.table(table)
        }
    }
}
