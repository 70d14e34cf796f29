import Survey

/// The plans and awards of a district, among the reports before collecting and after certifying.
extension Generation {
    /// Drafted together, and submitted to the province on one day: the district's and its tambons'.
    func appendPlans(_ district: String, submittedOn day: Day, to file: CommandFile) throws {
        let tambons = province.tambons.filter { $0.parentCode == district }.map(\.code)
        for area in [district] + tambons {
            var plan = ActionPlan()
            plan.plan = "plan-\(area)"
            plan.cycle = cycle
            plan.area = area
            plan.steps = [
                step("collect", .collecting, "จัดเก็บและบันทึกข้อมูลทุกครัวเรือน", "2018-02-28"),
                step("certify", .certifying, "ประชาคมและรับรองข้อมูล", "2018-03-20"),
            ]
            try file.append(
                .draftActionPlan(plan),
                key: "draft \(area)",
                by: Self.officer(district),
                on: day
            )
            var submission = PlanSubmission()
            submission.plan = plan.plan
            submission.toArea = Province.code
            submission.documentNumber = "บก \(district)/สมมติ-plan"
            submission.submittedOn = day.iso
            try file.append(
                .submitActionPlan(submission),
                key: "submit \(area)",
                by: Self.officer(district),
                on: day
            )
        }
    }

    private func step(
        _ id: String,
        _ kind: PlanStep.Kind,
        _ text: String,
        _ due: String
    ) -> PlanStep {
        var step = PlanStep()
        step.step = id
        step.kind = kind
        step.text = text
        step.startsOn = "2017-12-01"
        step.due = due
        step.office = "พัฒนากร"
        return step
    }

    /// One nominee for each award, all decided and reported on one day.
    func appendAwards(_ district: String, on day: Day, to file: CommandFile) throws {
        let tambon = province.tambons.first { $0.parentCode == district }?.code ?? ""
        let lao = province.laos.first { $0.districtCode == district }?.code ?? ""
        let winners: [(Nominee.Kind, String)] = [
            (.collector, cast.collectors(ofTambon: tambon).first ?? ""),
            (.recorder, Cast.recorder(district, 1)), (.laoAward, lao),
        ]
        let officer = Self.officer(district)
        for (kind, name) in winners {
            var nominee = Nominee()
            (nominee.cycle, nominee.area, nominee.kind) = (cycle, district, kind)
            if kind == .laoAward { nominee.lao = name } else { nominee.person = name }
            nominee.grounds = "ครบทุกครัวเรือนและแก้ไขน้อย"
            let key = "\(district) \(kind.name)"
            try file.append(.enterNominee(nominee), key: "nominee \(key)", by: officer, on: day)
            var decision = AwardDecision()
            (decision.cycle, decision.area, decision.kind) = (cycle, district, kind)
            if kind == .laoAward { decision.lao = name } else { decision.person = name }
            decision.deciders = ["chair-\(district)", "viceChair-\(district)"]
            decision.decidedOn = day.iso
            decision.reason = "คณะกรรมการอำเภอเห็นชอบ"
            try file.append(.decideAward(decision), key: "award \(key)", by: officer, on: day)
        }
        var report = AwardReport()
        (report.cycle, report.area, report.toArea) = (cycle, district, Province.code)
        report.documentNumber = "บก \(district)/สมมติ-awards"
        report.reportedOn = day.iso
        try file.append(.reportAwards(report), key: "report \(district)", by: officer, on: day)
    }
}
