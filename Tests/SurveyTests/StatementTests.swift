import Cryptography
import Survey
import Testing

/// The text that members sign must not change by a byte: signatures in old ledgers depend on it.
@Suite struct StatementTests {
    @Test func `A record without a day has the first statement, byte for byte, and is admitted`()
        throws
    {
        var fixture = try Fixture.collected()
        let before = fixture
        let id = try fixture.prepare("9981")
        var prepared = try fixture.certification(id).prepared
        prepared.preparedOn = ""
        let size = before.treeSize
        let dated = Rejection(.statementMismatch, id)
        let event = Event(.certificationPrepared(prepared))
        #expect(rejection(before.state, event, treeSize: size) == dated)
        #expect(fixture.state.statement(of: prepared) == Self.golden)
        prepared.statement = Self.golden
        let old = Event(.certificationPrepared(prepared))
        #expect(rejection(before.state, old, treeSize: size) == nil)
        #expect(prepared.rootHash == SHA256.hash(Array("tree 51".utf8)).hex)
    }

    @Test func `The figures of a small LAO have this canonical text and digest`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        let prepared = try fixture.certification(id).prepared
        let text = prepared.figures.canonicalText(cycle: "2561", area: "9981")
        #expect(text == Self.canonicalFigures)
        #expect(SHA256.hash(Array(text.utf8)).hex == prepared.figuresDigest)
    }

    @Test func `A statement names its counts, tree size, root hash and figures digest`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("990151")
        let prepared = try fixture.certification(id).prepared
        let lines = prepared.statement.split(separator: "\n")
        for line in [
            "origin: example.org/bmn/99", "certification: \(id)", "cycle: 2561", "area: 990151",
            "tree size: \(prepared.treeSize)", "root hash: \(prepared.rootHash)",
            "figures digest: \(prepared.figuresDigest)", "prepared on: 2018-02-01",
            "target households: 1", "collected: 1", "not collected: 0", "persons: 2",
            "indicator 3: surveyed 1, passed 1, failed 0",
            "Households: target 1, collected 1, not collected with a reason 0, remaining 0",
        ] {
            #expect(lines.contains(line[...]))
        }
        for indicator in Questionnaire.bmn2560.indicators {
            let thai = ThaiDate.withThaiDigits("\(indicator.number). \(indicator.name.th)")
            #expect(lines.contains(thai[...]))
            #expect(lines.contains { $0.hasPrefix("\(indicator.number). \(indicator.name.en): ") })
        }
    }

    @Test func `Forged figures of any size have a statement and a digest`() {
        var prepared = CertificationPrepared()
        prepared.figures.targetHouseholds = .max
        prepared.figures.collected = .max
        prepared.figures.notCollected = .max
        prepared.figures.persons = .max
        prepared.figures.surveyed = [.max, 0, 1]
        prepared.figures.failed = [.max]
        let statement = State().statement(of: prepared)
        #expect(statement.contains("remaining -18446744073709551615"))
        prepared.preparedOn = "no day"
        let dated = State().statement(of: prepared)
        #expect(dated.contains("remaining -18,446,744,073,709,551,615"))
        let text = prepared.figures.canonicalText(cycle: "", area: "")
        #expect(text.hasSuffix("indicator 3 surveyed 1 failed 0\n"))
    }
}

extension StatementTests {
    static let golden = """
        bmn-ledger certification statement v1

        ข้อมูลสมมติ ไม่ใช่ข้อมูลจริง / SYNTHETIC: not about real households

        คำรับรองคุณภาพข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี 2561
        พื้นที่: พื้นที่ 9981 (รหัส 9981)
        ครัวเรือนเป้าหมาย 2 จัดเก็บได้ 1 จัดเก็บไม่ได้โดยมีเหตุผล 1 คงเหลือ 0
        จำนวนคน 2
        ข้าพเจ้าได้ตรวจสอบตัวเลขข้างต้นและผลตามตัวชี้วัดท้ายนี้แล้ว ขอรับรองว่าถูกต้อง

        Certification of the quality of Basic Minimum Needs (BMN) data, B.E. 2561
        Area: Area 9981 (code 9981)
        Target households 2, collected 1, not collected with a reason 1, remaining 0
        Persons 2
        I have checked the counts above and the results by indicator below and certify them.

        ผลตามตัวชี้วัด / results by indicator: สำรวจ / surveyed, ผ่าน / passed, ไม่ผ่าน / failed (ร้อยละ / %)
        1. เด็กแรกเกิดมีน้ำหนัก 2,500 กรัม ขึ้นไป / Newborns weigh 2,500 g or more
           0, 0, 0 (- / -)
        2. เด็กแรกเกิดได้กินนมแม่อย่างเดียวอย่างน้อย 6 เดือนแรกติดต่อกัน / Newborns exclusively breast-fed for at least the first 6 consecutive months
           0, 0, 0 (- / -)
        3. เด็กแรกเกิดถึง 12 ปี ได้รับวัคซีนป้องกันโรคครบตามตารางสร้างเสริมภูมิคุ้มกันโรค / Children 0-12 fully vaccinated by the immunisation schedule
           1, 1, 0 (100.00 / 0.00)
        4. ครัวเรือนกินอาหารถูกสุขลักษณะ ปลอดภัย และได้มาตรฐาน / Household eats hygienic, safe, standard food
           1, 1, 0 (100.00 / 0.00)
        5. ครัวเรือนมีการใช้ยาเพื่อบำบัด บรรเทาอาการเจ็บป่วยเบื้องต้นอย่างเหมาะสม / Household uses medicine properly for minor illness
           1, 1, 0 (100.00 / 0.00)
        6. คนอายุ 35 ปีขึ้นไป ได้รับการตรวจสุขภาพประจำปี / Persons 35+ had an annual health check
           1, 1, 0 (100.00 / 0.00)
        7. คนอายุ 6 ปีขึ้นไป ออกกำลังกายอย่างน้อยสัปดาห์ละ 3 วัน ๆ ละ 30 นาที / Persons 6+ exercise at least 3 days a week, 30 minutes a day
           1, 1, 0 (100.00 / 0.00)
        8. ครัวเรือนมีความมั่นคงในที่อยู่อาศัยและบ้านมีสภาพคงทนถาวร / Household has secure tenure and a durable house
           1, 0, 1 (0.00 / 100.00)
        9. ครัวเรือนมีน้ำสะอาดสำหรับดื่มและบริโภคเพียงพอตลอดปี อย่างน้อยคนละ 5 ลิตรต่อวัน / Household has enough clean drinking water all year, at least 5 litres per person per day
           1, 1, 0 (100.00 / 0.00)
        10. ครัวเรือนมีน้ำใช้เพียงพอตลอดปี อย่างน้อยคนละ 45 ลิตรต่อวัน / Household has enough water for use all year, at least 45 litres per person per day
           1, 1, 0 (100.00 / 0.00)
        11. ครัวเรือนมีการจัดบ้านเรือนเป็นระเบียบเรียบร้อย สะอาด และถูกสุขลักษณะ / Household keeps the home orderly, clean and hygienic
           1, 1, 0 (100.00 / 0.00)
        12. ครัวเรือนไม่ถูกรบกวนจากมลพิษ / Household not disturbed by pollution
           1, 1, 0 (100.00 / 0.00)
        13. ครัวเรือนมีการป้องกันอุบัติภัย และภัยธรรมชาติอย่างถูกวิธี / Household guards properly against accidents and natural disasters
           1, 1, 0 (100.00 / 0.00)
        14. ครัวเรือนมีความปลอดภัยในชีวิตและทรัพย์สิน / Household is safe in life and property
           1, 1, 0 (100.00 / 0.00)
        15. เด็กอายุ 3 - 5 ปี ได้รับการบริการเลี้ยงดูเตรียมความพร้อมก่อนวัยเรียน / Children 3-5 receive preschool care
           1, 1, 0 (100.00 / 0.00)
        16. เด็กอายุ 6 - 14 ปี ได้รับการศึกษาภาคบังคับ 9 ปี / Children 6-14 receive the 9-year compulsory education
           0, 0, 0 (- / -)
        17. เด็กจบชั้น ม.3 ได้เรียนต่อชั้น ม.4 หรือเทียบเท่า / M.3 leavers continue to M.4 or equivalent
           2, 2, 0 (100.00 / 0.00)
        18. คนในครัวเรือนที่จบการศึกษาภาคบังคับ 9 ปี ที่ไม่ได้เรียนต่อและยังไม่มีงานทำ ได้รับการฝึกอบรมด้านอาชีพ / Members with 9-year education, not studying further and without work, had vocational training
           2, 2, 0 (100.00 / 0.00)
        19. คนอายุ 15 - 59 ปี อ่าน เขียนภาษาไทย และคิดเลขอย่างง่ายได้ / Persons 15-59 read and write Thai and do simple sums
           1, 1, 0 (100.00 / 0.00)
        20. คนอายุ 15 - 59 ปี มีอาชีพและรายได้ / Persons 15-59 have an occupation and income
           1, 1, 0 (100.00 / 0.00)
        21. คนอายุ 60 ปีขึ้นไป มีอาชีพและรายได้ / Persons 60+ have an occupation and income
           0, 0, 0 (- / -)
        22. รายได้เฉลี่ยของคนในครัวเรือนต่อปี ไม่น้อยกว่าคนละ 38,000 บาทต่อคนต่อปี / Average income per household member at least 38,000 baht per person per year
           1, 1, 0 (100.00 / 0.00)
        23. ครัวเรือนมีการเก็บออมเงิน / Household saves money
           1, 1, 0 (100.00 / 0.00)
        24. คนในครัวเรือนไม่ดื่มสุรา / Household members do not drink alcohol
           2, 2, 0 (100.00 / 0.00)
        25. คนในครัวเรือนไม่สูบบุหรี่ / Household members do not smoke
           2, 2, 0 (100.00 / 0.00)
        26. คนอายุ 6 ปีขึ้นไป ปฏิบัติกิจกรรมทางศาสนาอย่างน้อยสัปดาห์ละ 1 ครั้ง / Persons 6+ practise a religious activity at least once a week
           1, 1, 0 (100.00 / 0.00)
        27. ผู้สูงอายุได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน / The elderly are cared for by family, community, state or private sector
           0, 0, 0 (- / -)
        28. ผู้พิการได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน / Persons with disability are cared for
           2, 2, 0 (100.00 / 0.00)
        29. ผู้ป่วยโรคเรื้อรังได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน / Persons with chronic illness are cared for
           2, 2, 0 (100.00 / 0.00)
        30. ครัวเรือนมีส่วนร่วมทำกิจกรรมสาธารณะเพื่อประโยชน์ของชุมชนหรือท้องถิ่น / Household takes part in public activities for the community
           1, 1, 0 (100.00 / 0.00)
        31. ครอบครัวมีความอบอุ่น / The family is warm
           1, 1, 0 (100.00 / 0.00)

        origin: example.org/bmn/99
        certification: 2561-9981-1
        cycle: 2561
        area: 9981
        tree size: 51
        root hash: 271332a7fde7389c3ac8f8070c83a17784eddf9f1e0b4f981f471c44fe98a58b
        figures digest: 9066500eb8ef4d6eedc89dcc141dd1536b806c6a7d0fcd2683dca3793e2fbdd4

        """

    static let canonicalFigures = """
        bmn-figures/v1
        cycle 2561
        area 9981
        targetHouseholds 2
        collected 1
        notCollected 1
        persons 2
        indicator 1 surveyed 0 failed 0
        indicator 2 surveyed 0 failed 0
        indicator 3 surveyed 1 failed 0
        indicator 4 surveyed 1 failed 0
        indicator 5 surveyed 1 failed 0
        indicator 6 surveyed 1 failed 0
        indicator 7 surveyed 1 failed 0
        indicator 8 surveyed 1 failed 1
        indicator 9 surveyed 1 failed 0
        indicator 10 surveyed 1 failed 0
        indicator 11 surveyed 1 failed 0
        indicator 12 surveyed 1 failed 0
        indicator 13 surveyed 1 failed 0
        indicator 14 surveyed 1 failed 0
        indicator 15 surveyed 1 failed 0
        indicator 16 surveyed 0 failed 0
        indicator 17 surveyed 2 failed 0
        indicator 18 surveyed 2 failed 0
        indicator 19 surveyed 1 failed 0
        indicator 20 surveyed 1 failed 0
        indicator 21 surveyed 0 failed 0
        indicator 22 surveyed 1 failed 0
        indicator 23 surveyed 1 failed 0
        indicator 24 surveyed 2 failed 0
        indicator 25 surveyed 2 failed 0
        indicator 26 surveyed 1 failed 0
        indicator 27 surveyed 0 failed 0
        indicator 28 surveyed 2 failed 0
        indicator 29 surveyed 2 failed 0
        indicator 30 surveyed 1 failed 0
        indicator 31 surveyed 1 failed 0

        """
}
