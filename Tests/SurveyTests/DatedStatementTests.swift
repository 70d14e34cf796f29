import Cryptography
import Survey
import Testing

/// The second version of what members sign: for a village head first, then for programs.
@Suite struct DatedStatementTests {
    private func statement(
        _ area: String = "9981",
        on day: String = Fixture.workday,
        _ change: (inout CertificationRule) -> Void = { _ in }
    ) throws -> String {
        var fixture = try Fixture.collected()
        var cycle = Cycle.defaults2561(province: "99")
        (cycle.cycle, cycle.requiresFullCoverage) = ("2562", false)
        for offset in cycle.certificationRules.indices {
            change(&cycle.certificationRules[offset])
        }
        try fixture.run(.defineCycle(cycle))
        var command = PrepareCertification.sample(area)
        command.cycle = "2562"
        return try fixture.run(.prepareCertification(command), on: day)
            .certificationPrepared.statement
    }

    @Test func `The dated statement of a small LAO is this text, byte for byte`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        let prepared = try fixture.certification(id).prepared
        let statement = prepared.statement
        #expect(fixture.state.statement(of: prepared) == statement)
        #expect(statement.hasPrefix(Self.beginning), "\(statement.prefix(900))")
        #expect(statement.contains(Self.english), "\(statement)")
        #expect(statement.contains(Self.machine), "\(statement.suffix(2_600))")
        #expect(statement.hasSuffix("indicator 31: surveyed 1, passed 1, failed 0\n"))
        #expect(SHA256.hash(Array(statement.utf8)).hex == Self.digest)
    }

    @Test func `The form and its digits are the cycle's`() throws {
        let lao = try statement()
        #expect(lao.contains("แบบที่ ๑\n") && lao.contains("form 1\n"))
        // A district has no cells in the new cycle, and so no LAOs to wait for.
        let district = try statement("9901")
        #expect(district.contains("แบบที่ ๒\n") && district.contains("\nอำเภอ: พื้นที่ ๙๙๐๑"))
        let none = try statement { $0.formNumber = "" }
        #expect(!none.contains("แบบที่") && !none.contains("form "))
        let arabic = try statement { $0.formInArabicDigits = true }
        #expect(arabic.contains("ประจำปี พ.ศ. 2562\n") && arabic.contains("แบบที่ 1\n"))
        #expect(!arabic.unicodeScalars.contains { ("๐"..."๙").contains($0) })
    }

    @Test func `The day is that of the act, of the Buddhist Era in Thai`() throws {
        let leap = try statement(on: "2020-02-29")
        #expect(leap.contains("วันที่จัดทำ: ๒๙ กุมภาพันธ์ ๒๕๖๓\n"))
        #expect(leap.contains("Prepared on 29 February 2020\n"))
        var fixture = try Fixture.collected()
        let before = fixture
        let id = try fixture.prepare("9981")
        var forged = try fixture.certification(id).prepared
        forged.preparedOn = "2018-01-31"
        forged.statement = fixture.state.statement(of: forged)
        #expect(
            rejection(
                before.state,
                Event(.certificationPrepared(forged)),
                treeSize: before.treeSize
            ) == Rejection(.statementMismatch, id)
        )
    }

    @Test func `A number of a form that nobody can print is refused`() throws {
        var fixture = try Fixture.defined()
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = "2562"
        cycle.certificationRules[0].formNumber = "1\n"
        #expect(throws: Rejection(.textMalformed, "formNumber")) {
            try fixture.run(.defineCycle(cycle))
        }
    }
}

extension DatedStatementTests {
    static let digest = "ac41daa0b9296facf55fb4d857392495e628c7880d79a2aefb01d85457afb978"

    static let beginning = """
        bmn-ledger certification statement v2

        ข้อมูลสมมติ ไม่ใช่ข้อมูลจริง / SYNTHETIC: not about real households

        แบบรับรองคุณภาพข้อมูล จปฐ. แบบที่ ๑
        คำรับรองคุณภาพข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ประจำปี พ.ศ. ๒๕๖๑
        องค์กรปกครองส่วนท้องถิ่น: พื้นที่ ๙๙๘๑ (รหัส ๙๙๘๑)
        วันที่จัดทำ: ๑ กุมภาพันธ์ ๒๕๖๑

        ครัวเรือนเป้าหมาย ๒ ครัวเรือน
        จัดเก็บได้ ๑ ครัวเรือน
        จัดเก็บไม่ได้โดยมีเหตุผล ๑ ครัวเรือน
        คงเหลือ ๐ ครัวเรือน
        จำนวนคนในครัวเรือนที่จัดเก็บได้ ๒ คน

        ข้าพเจ้าผู้ลงนามได้ตรวจสอบจำนวนข้างต้น และผลตามตัวชี้วัดข้างล่างนี้แล้ว ขอรับรองว่าถูกต้อง

        ผลตามตัวชี้วัด
        ๑. เด็กแรกเกิดมีน้ำหนัก ๒,๕๐๐ กรัม ขึ้นไป
           ไม่มีผู้เข้าเกณฑ์

        """

    static let english = """
        Certification of BMN data, form 1
        Certification of the quality of Basic Minimum Needs (BMN) data, B.E. 2561
        Area: Area 9981 (code 9981)
        Prepared on 1 February 2018
        Households: target 2, collected 1, not collected with a reason 1, remaining 0
        Persons in the households collected: 2
        I have checked the counts above and the results by indicator below and certify them.
        1. Newborns weigh 2,500 g or more: nobody in scope

        """

    static let machine = """

        origin: example.org/bmn/99
        certification: 2561-9981-1
        cycle: 2561
        area: 9981
        prepared on: 2018-02-01
        tree size: 51
        root hash: 271332a7fde7389c3ac8f8070c83a17784eddf9f1e0b4f981f471c44fe98a58b
        figures digest: 9066500eb8ef4d6eedc89dcc141dd1536b806c6a7d0fcd2683dca3793e2fbdd4
        target households: 2
        collected: 1
        not collected: 1
        persons: 2
        indicator 1: surveyed 0, passed 0, failed 0

        """
}
