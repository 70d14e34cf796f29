/// Why somebody else's service gave no answer that can be used; only the code takes part in equality.
package struct LogClientError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The answer is not of the form that the protocol asks for.
        case answerMalformed
        /// The answer is longer than any in order.
        case answerTooLarge
        /// The witness says another size each time: somebody else submits too.
        case conflicting
        /// The answer has no cosignature by the key that the witness should have.
        case notCosigned
        /// The service answered with a status that refuses.
        case refused
        /// The answer did not come in time.
        case timedOut
        case unreachable
        case urlInvalid
        /// The witness cosigned more entries of this log than it now has: the log was set back, or
        /// there are two of it.
        case witnessAhead
    }

    package let code: Code

    /// Which service: scheme, host and port.
    package let service: String

    /// What it said or did, in English, where there is more to say than the code does.
    package let detail: String

    /// The HTTP status of a refusal.
    package let status: Int?

    init(_ code: Code, _ service: String, _ detail: String, status: Int? = nil) {
        self.code = code
        self.service = service
        self.detail = detail
        self.status = status
    }

    /// One sentence.
    package var english: String {
        switch code {
        case .answerMalformed: "\(service) answered what the protocol does not allow: \(detail)."
        case .answerTooLarge: "\(service) answered with more than \(detail) bytes."
        case .conflicting:
            "\(service) names another size each time (\(detail)): see who else submits this log."
        case .notCosigned:
            "\(service) gave no valid cosignature: compare its key with the policy (\(detail))."
        case .refused: "\(service) refused: \(detail)."
        case .timedOut: "\(service) did not answer within \(detail): try again later."
        case .unreachable: "\(service) cannot be reached: \(detail)."
        case .urlInvalid:
            "\(detail) is no address: it takes https://HOST[:PORT] or http://HOST[:PORT]."
        case .witnessAhead:
            "\(service) cosigned a larger tree of this log (\(detail)): the ledger was set back, or"
                + " there are two of it; append nothing and compare it with a backup."
        }
    }

    /// The same sentence in Thai.
    package var thai: String {
        switch code {
        case .answerMalformed: "\(service) ตอบไม่ตรงตามข้อกำหนด: \(detail)"
        case .answerTooLarge: "\(service) ตอบยาวเกิน \(detail) ไบต์"
        case .conflicting:
            "\(service) แจ้งขนาดต่างกันทุกครั้ง (\(detail)): ตรวจว่ามีใครส่งบัญชีนี้อีก"
        case .notCosigned:
            "\(service) ไม่ได้ร่วมลงนามด้วยกุญแจที่ถูกต้อง: เทียบกุญแจกับนโยบาย (\(detail))"
        case .refused: "\(service) ปฏิเสธ: \(detail)"
        case .timedOut: "\(service) ไม่ตอบภายใน \(detail): ลองใหม่ภายหลัง"
        case .unreachable: "ติดต่อ \(service) ไม่ได้: \(detail)"
        case .urlInvalid: "\(detail) ไม่ใช่ที่อยู่: ต้องเป็น https://HOST[:PORT] หรือ http://HOST[:PORT]"
        case .witnessAhead:
            "\(service) เคยร่วมลงนามบัญชีนี้ที่ยาวกว่านี้ (\(detail)): บัญชีถูกย้อนกลับหรือมีสองชุด"
                + " อย่าเพิ่มระเบียน ให้เทียบกับสำเนาสำรอง"
        }
    }

    package var description: String { "\(code.rawValue): \(english)" }
}

extension LogClientError: Equatable {
    package static func == (left: LogClientError, right: LogClientError) -> Bool {
        left.code == right.code
    }
}
