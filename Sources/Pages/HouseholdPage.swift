import CalendarProjection
import Console
import EditionsProjection
import GRDB
import HouseholdsProjection
import Ledger
import LedgerReader
import ProjectionRuntime
import Survey

extension PageContext {
    /// `/households/{id}`; who may not read it does not learn whether it is there.
    func household(_ id: String) throws -> PageAnswer {
        let (row, edition, indicators) = try read {
            db throws -> (HouseholdRow, String, [EditionIndicatorRow]) in
            let cycle = try chosenCycle(db)
            guard let row = try HouseholdReadModel.household(id, cycle: cycle.cycle, db),
                mayRead(row)
            else { throw NoSuchPage.household }
            return (row, cycle.edition, try EditionReadModel.indicators(cycle: cycle.cycle, db))
        }
        let snapshot = try pages.reader.snapshot()
        var parts: [Markup] = row.synthetic ? [syntheticNote] : []
        parts.append(state(row))
        parts.append(acts(on: row))
        if let inScope = row.inScope, let failing = row.failing {
            let counts = try IndicatorCounts(inScope: inScope, failing: failing)
            let form = try snapshot.questionnaire(edition: edition)
            parts.append(results(counts, indicators, form))
        }
        let records = try snapshot.records(ofStream: Event.stream(row.cycle, id))
        parts.append(
            section(
                "history",
                choose("ประวัติ", "History"),
                records.reversed().map { act($0) }
            )
        )
        return page(choose("ครัวเรือน", "Household") + " \(id)", parts)
    }

    private func state(_ row: HouseholdRow) -> Markup {
        var facts: [(String, Markup)] = [
            (choose("รอบปี", "Cycle"), "\(row.cycle)"),
            (choose("สถานะ", "State"), "\(word(row.status))"),
            (choose("หมู่บ้าน", "Village"), link(["areas", row.village], row.village)),
            (choose("อปท.", "LAO"), link(["areas", row.lao], row.lao)),
            (choose("ผู้จัดเก็บ", "Collector"), "\(row.collector)"),
            (choose("ผู้บันทึก", "Recorder"), "\(row.recorder)"),
        ]
        if let serial = row.questionnaire {
            facts.append((choose("เลขที่แบบสอบถาม", "Questionnaire"), "\(serial)"))
        }
        if let interviewedOn = row.interviewedOn {
            facts.append((choose("วันสัมภาษณ์", "Interviewed on"), day(interviewedOn)))
        }
        if let visitedOn = row.visitedOn {
            facts.append((choose("วันไปเยี่ยม", "Visited on"), day(visitedOn)))
        }
        if let reason = row.notCollectedReason {
            facts.append((choose("เหตุที่จัดเก็บไม่ได้", "Why not collected"), "\(word(reason))"))
        }
        facts += [
            (choose("จำนวนคน", "Persons"), count(row.personCount)),
            (choose("คำเตือนในคำตอบ", "Warnings in answers"), count(row.warningCount)),
            (choose("แก้ไข (ครั้ง)", "Corrections"), number(row.correctionCount)),
        ]
        if let erasedOn = row.erasedOn {
            facts.append((choose("ลบข้อมูลบุคคลเมื่อ", "Personal data erased on"), day(erasedOn)))
        }
        return section("state", choose("สถานะ", "State"), [self.facts(facts)])
    }

    /// Where whoever may do so corrects it, withdraws it, or opens its answers.
    private func acts(on row: HouseholdRow) -> Markup {
        guard row.status == "recorded" || row.status == "notCollected",
            request.reader?.entersHousehold(row.cycle, row.village, row.lao) == true
        else { return "" }
        let household = ["households", row.household]
        let query = ["cycle": row.cycle]
        var links: [Markup] = []
        if row.status == "recorded", row.erasedOn == nil {
            links.append(link(household + ["correct"], choose("แก้ไข", "Correct"), query))
            links.append(
                link(
                    household + ["answers"],
                    choose("คำตอบ และสิ่งที่แก้ไข", "Answers, and what was corrected"),
                    query
                )
            )
        }
        links.append(link(household + ["withdraw"], choose("ถอน", "Withdraw"), query))
        return list(links)
    }

    private func results(
        _ counts: IndicatorCounts,
        _ indicators: [EditionIndicatorRow],
        _ form: Questionnaire?
    ) -> Markup {
        var table = PageTable(
            id: "result-table",
            caption: choose("ผลตามตัวชี้วัดและเหตุที่ไม่ผ่าน", "Results by indicator, and why it fails"),
            columns: [
                .init(choose("ที่", "No."), isNumeric: true),
                .init(choose("ตัวชี้วัด", "Indicator")),
                .init(choose("ต้องตอบ", "In scope"), isNumeric: true),
                .init(choose("ไม่ผ่าน", "Failing"), isNumeric: true),
                .init(choose("ผล", "Result")),
            ]
        )
        let known = indicators.filter { $0.indicator <= counts.count }
        table.rows = known.map { indicator -> [Markup] in
            let number = indicator.indicator
            return [
                "\(number)", "\(choose(indicator.nameTh, indicator.nameEn))",
                self.number(counts.inScope(number)), self.number(counts.failing(number)),
                result(counts, form?.indicator(number), number),
            ]
        }
        return section("indicators", choose("ตัวชี้วัด", "Indicators"), [self.table(table)])
    }

    private func result(
        _ counts: IndicatorCounts,
        _ indicator: Questionnaire.Indicator?,
        _ number: Int
    ) -> Markup {
        switch counts.result(number) {
        case .passed: return "\(choose("ผ่าน", "passed"))"
        case .notApplicable: return "–"
        case .failed:
            let failed = late(choose("ไม่ผ่าน", "failed"))
            let (failing, inScope) = (counts.failing(number), counts.inScope(number))
            let share = choose(
                "\(failing) จาก \(inScope) ไม่เป็นไปตามเกณฑ์",
                "\(failing) of \(inScope) do not meet the rule"
            )
            guard let rule = indicator?.rule else { return "\(failed): \(share)" }
            return "\(failed): \(share): \(choose(rule.th, rule.en))"
        }
    }

    /// One act on a household: who, when, why, and from what to what.
    private func act(_ record: RecordedEvent) -> Markup {
        let envelope = record.envelope
        let kind = record.event.eventKind
        var facts: [(String, Markup)] = [
            (
                choose("ระเบียน", "Record"),
                link(["records", "\(envelope.index)"], envelope.index.grouped)
            ),
            (choose("บันทึกเมื่อ", "Recorded"), time(envelope.recordedAt)),
            (choose("วันที่กระทำ", "Day of the act"), day(envelope.day.iso)),
            (choose("โดย", "By"), "\(envelope.actor.user)"),
        ]
        let reason = record.event.reasonOfHouseholdAct
        if !reason.isEmpty { facts.append((choose("เหตุผล", "Reason"), "\(word(reason))")) }
        let title = kind.map { Words.act($0, language) } ?? "?"
        let heading: Markup = "<h3>\(title) (\(envelope.index))</h3>\n"
        let changes = self.changes(record)
        return "\(heading)\(self.facts(facts))\(changes)"
    }

    private func changes(_ record: RecordedEvent) -> Markup {
        guard case .householdCorrected(let correction) = record.event.kind,
            !correction.changes.isEmpty
        else { return "" }
        var table = PageTable(
            id: "changes-\(record.index)",
            caption: choose(
                "สิ่งที่เปลี่ยนในระเบียนที่ \(record.index)",
                "What changed in record \(record.index)"
            ),
            columns: [
                .init(choose("รายการ", "Field")), .init(choose("จาก", "From")),
                .init(choose("เป็น", "To")),
            ]
        )
        table.rows = correction.changes.map { change -> [Markup] in
            let name = Words.householdField(change.field, language)
            guard change.field != HouseholdField.personal.name else {
                let sealed = choose("(ปิดผนึก)", "(sealed)")
                return ["\(name)", "<del>\(sealed)</del>", "<ins>\(sealed)</ins>"]
            }
            let old = Words.value(change.old, of: change.field, language)
            let new = Words.value(change.new, of: change.field, language)
            return ["\(name)", "<del>\(old)</del>", "<ins>\(new)</ins>"]
        }
        return self.table(table)
    }
}

extension Event {
    /// A word that lists know, or what somebody wrote.
    fileprivate var reasonOfHouseholdAct: String {
        switch kind {
        case .householdCorrected(let it): it.reason
        case .householdWithdrawn(let it): it.reason
        case .personalDataErased(let it): it.reason
        case .householdReinterviewed(let it): it.check
        case .householdNotCollected(let it):
            switch it.reason {
            case .absent: "absent"
            case .refused: "refused"
            case .vacant: "vacant"
            case .moved: "moved"
            case .notFound: "not_found"
            case .other: "other"
            case .unspecified, .UNRECOGNIZED: "unspecified"
            }
        default: ""
        }
    }
}

extension LedgerSnapshot {
    /// Built in, or as the record that defines it has it; nil where none does.
    func questionnaire(edition: String) throws -> Questionnaire? {
        if let known = Questionnaire.builtIn[edition] { return known }
        for index in try indexes(ofKind: .editionDefined) {
            guard case .editionDefined(let definition) = try recordedEvent(index)?.event.kind,
                definition.document.edition == edition
            else { continue }
            return try Questionnaire(definition.document)
        }
        return nil
    }
}
