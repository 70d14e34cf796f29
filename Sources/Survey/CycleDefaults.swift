/// The cycle of B.E. 2561 as the province's circular letter of October 2560 set it out.
///
/// Deadlines are the letter's. What the letter does not say is configuration with a default of ours,
/// marked below; a province that knows better defines its cycle with other values.
extension Cycle {
    package static func defaults2561(province: String) -> Cycle {
        var cycle = Cycle()
        cycle.cycle = "2561"
        cycle.edition = Questionnaire.bmn2560.edition
        cycle.provinceCode = province
        // Ours. The letter names no day at which ages are counted; this is the first day of the
        // year 2561, in the middle of the usual collecting season.
        cycle.referenceDate = "2018-01-01"
        // Ours. "Every household" is the letter's aim; that a missing one needs a reason before
        // anybody certifies is how this ledger makes it checkable.
        cycle.requiresFullCoverage = true
        // Ours. The letter names no quorum.
        cycle.meetingRule = .half
        // Ours. Whoever certifies has nothing before them that was found wrong and left open.
        cycle.openObjectionsBlock = true
        cycle.openDefectsBlock = true
        // Left off: requiresConfirmedPresentation and requiresDistrictChecks. The letter (2.2, 2.3)
        // asks for both, and does not say what a certification without them is worth.
        // Ours. "Every level" (1.2) is read as the two that certify: each district, and each LAO within
        // it. Tambons meet by 1.4, and may do so as the district's committee.
        cycle.committeeLevels = [.district, .lao]
        // Ours. The ministry's letter (5) is enclosed; that the requests cite it the letter does not say.
        cycle.cooperationRequiresCitation = false
        // Ours. Recorders and committees are appointed by the orders of 1.2. For supervisors, auditors
        // and admins the letter has no order: `appointedUserRoles` names whoever needs one as well.
        cycle.appointedUserRoles = []
        cycle.certificationRules = rules2561
        cycle.deadlines = deadlines2561
        return cycle
    }

    /// Ours: the letter asks for certifications by LAO and by district and says neither who signs
    /// nor how many.
    private static var rules2561: [CertificationRule] {
        var lao = CertificationRule()
        lao.level = .lao
        lao.requiredRoles = ["chair", "secretary"]
        lao.minimumSignatures = 3
        // Slides of the department for 2558 number the forms: 1 tambon, 2 district, 3 province. That
        // 2561 has the same, and that the LAO's is the tambon's, nobody has shown us.
        lao.formNumber = "1"
        var district = CertificationRule()
        district.level = .district
        district.requiredRoles = ["chair", "secretary"]
        district.minimumSignatures = 2
        district.formNumber = "2"
        return [lao, district]
    }

    /// By the letter's paragraphs; the last day is inclusive.
    ///
    /// Paragraph 4.1 (progress of collecting, every day until done) is left out: it has no last day
    /// to meet or miss, and the ledger shows each day's progress from the household events. 2.1 and
    /// the meetings of 1.4 and 1.6 have no date in the letter. 1.2 asks to make the orders and to send
    /// them: they are done when they are sent. That 1.3 is done on the day when the district has a
    /// registered user is ours: the letter says "up to date" and no more.
    private static var deadlines2561: [Deadline] {
        [
            deadline(
                "targets",
                item: "1.1",
                due: "2017-11-10",
                .targetsSet,
                "ตรวจสอบครัวเรือนเป้าหมายและจำนวนแบบสอบถาม",
                "Check target households and the number of questionnaires"
            ),
            deadline(
                "orders",
                item: "1.2",
                due: "2017-11-10",
                .ordersSubmitted,
                "ส่งคำสั่งแต่งตั้งคณะกรรมการ ผู้จัดเก็บข้อมูล และผู้บันทึกข้อมูลให้จังหวัด",
                "Orders appointing committees, collectors and recorders, sent to the province"
            ),
            deadline(
                "users",
                item: "1.3",
                due: "2017-11-10",
                .usersRegistered,
                "ปรับปรุงทะเบียนผู้ใช้งานโปรแกรม ปี 2561",
                "Bring the registration of program users for 2561 up to date"
            ),
            deadline(
                "action-plans",
                item: "1.5",
                due: "2017-11-30",
                .plansSubmitted,
                "แผนปฏิบัติการจัดเก็บข้อมูลระดับอำเภอและตำบล",
                "Action plans of the district and its tambons"
            ),
            deadline(
                "lao-certification",
                item: "2.2",
                due: "2018-03-20",
                .certificationSubmitted,
                from: .lao,
                to: .district,
                "คำรับรองคุณภาพข้อมูลระดับองค์กรปกครองส่วนท้องถิ่น",
                "Certification of data quality by each LAO"
            ),
            deadline(
                "awards",
                item: "4.2",
                due: "2018-03-20",
                .awardsReported,
                "ผลการคัดเลือกผู้จัดเก็บ ผู้บันทึก และ อปท. ดีเด่นระดับอำเภอ",
                "Outstanding collector, recorder and LAO chosen at district level"
            ),
            deadline(
                "district-certification",
                item: "2.3",
                due: "2018-03-31",
                .certificationSubmitted,
                "คำรับรองคุณภาพข้อมูลระดับอำเภอ",
                "Certification of data quality by each district"
            ),
        ]
    }

    private static func deadline(
        _ name: String,
        item: String,
        due: String,
        _ act: Deadline.Act,
        from: Area.Level = .district,
        to: Area.Level = .province,
        _ titleTh: String,
        _ titleEn: String
    ) -> Deadline {
        var deadline = Deadline()
        deadline.deadline = name
        deadline.item = item
        deadline.due = due
        deadline.act = act
        deadline.fromLevel = from
        deadline.toLevel = to
        deadline.titleTh = titleTh
        deadline.titleEn = titleEn
        return deadline
    }
}
