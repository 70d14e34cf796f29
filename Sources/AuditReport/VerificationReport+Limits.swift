import Audit

/// What a verification cannot show, and how anybody can do it again.
extension VerificationReport {
    /// What no verification of a ledger shows.
    func limits(of verdict: Verdict) -> [String] {
        var limits = [
            pick(
                "คำตอบของครัวเรือนเป็นความจริงหรือไม่: ตรวจได้เพียงว่าไม่ถูกเปลี่ยนหลังบันทึก",
                "Whether an answer is true: only that it did not change after it was recorded."
            ),
            pick(
                "ข้อมูลที่ระบุตัวบุคคล: ถูกเข้ารหัสไว้ จึงไม่ได้เปิดอ่านหรือเทียบกับทะเบียนราษฎร",
                "Personal data: they are sealed, and were neither read nor compared with a register."
            ),
            pick(
                "นาฬิกาของเครื่องที่บันทึกเดินตรงหรือไม่ และกุญแจลงนามอยู่กับเจ้าของเพียงผู้เดียวหรือไม่",
                "Whether the clock was right, and whether a signing key was in its owner's hands only."
            ),
            pick(
                """
                การเขียนบัญชีใหม่ทั้งหมดพร้อมค่าราก โดยผู้ที่ควบคุมเครื่อง: \
                ให้เทียบจำนวนระเบียนและค่ารากข้างต้นกับค่าที่จดไว้นอกเครื่อง เช่น ในคำรับรองที่ลงนาม
                """,
                """
                A ledger rebuilt as a whole, roots included, by whoever holds the computer: compare \
                number and root hash above with those noted elsewhere, as on signed certifications.
                """
            ),
            verdict.witnesses.isEmpty
                ? pick(
                    "ระเบียนล่าสุดถูกตัดออกหรือไม่: ไม่มีสิ่งใดนอกไฟล์บัญชียืนยันจำนวนระเบียน",
                    "Whether the latest records were cut off: nothing outside bounds their number."
                )
                : pick(
                    "ไฟล์ที่อยู่ข้างบัญชี (เช่น ledger.head, survey.sqlite) ถูกเปลี่ยนพร้อมกับบัญชีได้",
                    """
                    Files beside the ledger (such as ledger.head, survey.sqlite) can be replaced \
                    together with it.
                    """
                ),
        ]
        if verdict.attachmentCount < verdict.namedDocumentCount {
            limits.append(
                pick(
                    "เอกสารที่ระเบียนอ้างถึงยังอยู่และไม่ถูกแก้หรือไม่: ไม่ได้อ่านเอกสารในการตรวจนี้",
                    "Whether the documents that records name are there: they were not looked at."
                )
            )
        }
        if !verdict.isOK {
            limits.append(
                pick(
                    "ผู้ใดทำและเพราะเหตุใด: รายงานบอกได้ว่าอะไรผิดและอยู่ที่ใด แต่บอกเจตนาไม่ได้",
                    "Who did it and why: the report tells what is wrong and where, not the intent."
                )
            )
        }
        return limits
    }

    func limits(_ limits: [String]) -> Markup {
        """
        <h2>\(pick("สิ่งที่การตรวจนี้แสดงไม่ได้", "What this verification cannot show"))</h2>
        <ul>
        \(limits.map { "<li>\($0)</li>\n" })</ul>

        """
    }

    var repetition: Markup {
        let command = CommandLineText(program: "bmn-audit", circumstances.arguments)
        return """
            <h2>\(pick("วิธีตรวจซ้ำ", "How to repeat it"))</h2>
            <p>\(pick(
                """
                เอกสารนี้ไม่ใช่หลักฐานในตัวเอง ผู้ใดก็ตรวจซ้ำได้จากสำเนาของสิ่งที่ตรวจโดยไม่ต้องใช้รหัสผ่านหรือกุญแจ \
                และต้องได้ค่ารากเดียวกันที่จำนวนระเบียนเดียวกัน:
                """,
                """
                This paper is no proof by itself. Anybody can repeat it on a copy of what was \
                verified, without password or key, and must get the same root hash for the same \
                number of records:
                """
            ))</p>
            <pre><code>\(command.text)</code></pre>

            """
    }
}
