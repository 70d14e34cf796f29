package import Survey

extension AnswerProblem.Code {
    /// What is wrong, without the answer.
    package var phrase: Phrase {
        switch self {
        case .citizenIDWrong:
            Phrase(thai: "เป็นเลขประจำตัวประชาชนที่ไม่ถูกต้อง", english: "is no citizen id")
        case .notAsked: Phrase(thai: "ตอบทั้งที่ไม่ได้ถาม", english: "is answered and not asked")
        case .outOfBounds: Phrase(thai: "ตัวเลขเกินขอบเขต", english: "is a number out of bounds")
        case .textBlank: Phrase(thai: "เป็นข้อความว่าง", english: "is a text that says nothing")
        case .textMalformed:
            Phrase(
                thai: "มีอักขระที่มองไม่เห็นหรือมีหลายบรรทัด",
                english: "has a character that cannot be seen, or more than one line"
            )
        case .tooLong: Phrase(thai: "ยาวเกินไป", english: "is too long")
        case .unknownChoice: Phrase(thai: "ไม่มีตัวเลือกนี้", english: "is no choice of the question")
        case .unknownItem: Phrase(thai: "ไม่มีคำถามนี้", english: "is no question of the form")
        case .wrongKind: Phrase(thai: "เป็นคำตอบผิดชนิด", english: "is an answer of another kind")
        case .wrongMemberCount:
            Phrase(
                thai: "ครัวเรือนมีสมาชิก 1 ถึง \(Questionnaire.memberCountMax) คน",
                english: "a household has 1 to \(Questionnaire.memberCountMax) members"
            )
        }
    }
}
