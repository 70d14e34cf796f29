package import Console

/// Why the service itself refuses; what the ledger refuses has the ledger's own codes.
package enum ProblemCode: String, Sendable, CaseIterable {
    case pathMalformed, parameterUnknown, parameterMalformed, parameterMissing, headerMalformed
    case bodyMalformed, batchNotUnderstood
    case tokenMissing, tokenInvalid, signInsTooMany
    case scopeMissing, roleMissing, outsideOwnAreas, actorNotPrincipal, capacityNotHeld
    case commandNotForService
    case notFound, recordUnknown, tileUnknown, checkpointUnknown, householdUnknown, areaUnknown
    case certificationUnknown, cycleUnknown
    case methodNotAllowed, notAcceptable, contentTypeUnsupported
    case bodyTooSlow, bodyTooLarge, batchTooLong
    case treeSizeBeyondLedger, pastTooLarge
    case queueFull, busy, stopping, feedsTooMany, readModelsBehind, internalError

    package var status: Int {
        switch self {
        case .pathMalformed, .parameterUnknown, .parameterMalformed, .parameterMissing,
            .headerMalformed, .bodyMalformed, .batchNotUnderstood:
            400
        case .tokenMissing, .tokenInvalid: 401
        case .scopeMissing, .roleMissing, .outsideOwnAreas, .actorNotPrincipal, .capacityNotHeld,
            .commandNotForService:
            403
        case .notFound, .recordUnknown, .tileUnknown, .checkpointUnknown, .householdUnknown,
            .areaUnknown, .certificationUnknown, .cycleUnknown:
            404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .bodyTooSlow: 408
        case .bodyTooLarge, .batchTooLong: 413
        case .contentTypeUnsupported: 415
        case .treeSizeBeyondLedger, .pastTooLarge: 422
        case .signInsTooMany, .queueFull: 429
        case .internalError: 500
        case .busy, .stopping, .feedsTooMany, .readModelsBehind: 503
        }
    }

    /// Seconds after which it may be otherwise.
    var retryAfter: Int? {
        switch self {
        case .queueFull, .busy, .readModelsBehind: 1
        case .stopping, .feedsTooMany: 5
        default: nil
        }
    }

    package var sentence: Phrase {
        let (thai, english) = words
        return Phrase(thai: thai, english: english)
    }
}

extension ProblemCode {
    private var words: (String, String) {
        switch self {
        case .pathMalformed: ("ที่อยู่อ่านไม่ได้", "The path cannot be read.")
        case .parameterUnknown:
            ("ไม่มีพารามิเตอร์ {}", "There is no parameter {}: see /openapi.json.")
        case .parameterMalformed: ("พารามิเตอร์ {} ไม่ถูกต้อง", "The parameter {} is malformed.")
        case .parameterMissing: ("ขาดพารามิเตอร์ {}", "The parameter {} is missing.")
        case .headerMalformed:
            (
                "หัวคำขอ {} ไม่ถูกต้องหรือขัดกับเนื้อหา",
                "The header {} is malformed, or says other than the body."
            )
        case .bodyMalformed: ("เนื้อหาอ่านไม่ได้", "The body cannot be read.")
        case .batchNotUnderstood:
            (
                "ชุดคำสั่งต้องเป็นอาร์เรย์ JSON หรือ JSON บรรทัดละหนึ่งคำสั่ง",
                "A batch is a JSON array, or one command in JSON a line."
            )
        case .tokenMissing:
            ("ต้องแสดงโทเคน", "A token is needed: Authorization: Bearer bmn_….")
        case .tokenInvalid:
            ("โทเคนใช้ไม่ได้หรือหมดอายุ", "The token is none, has expired or was revoked.")
        case .signInsTooMany:
            ("แสดงโทเคนผิดหลายครั้ง: รอแล้วลองใหม่", "Too many wrong tokens: wait, then try again.")
        case .scopeMissing: ("โทเคนนี้ใช้ทำสิ่งนี้ไม่ได้", "The token's scopes do not allow this.")
        case .roleMissing:
            ("บทบาทของผู้ใช้ไม่อนุญาต", "No role that the ledger gives this person allows this.")
        case .outsideOwnAreas:
            ("อยู่นอกพื้นที่ของผู้ใช้", "This is outside the person's own areas.")
        case .actorNotPrincipal:
            ("ผู้กระทำในคำสั่งไม่ใช่เจ้าของโทเคน", "The command's actor is not the token's person.")
        case .capacityNotHeld:
            ("ผู้ใช้ไม่มีตำแหน่งที่คำสั่งระบุ", "The command names a capacity in which this is not allowed.")
        case .commandNotForService:
            ("คำสั่งนี้ทำได้ที่เครื่องของบัญชีเท่านั้น", "This command is given at the ledger's machine only.")
        default: moreWords
        }
    }

    private var moreWords: (String, String) {
        switch self {
        case .recordUnknown: ("ไม่มีระเบียนนี้", "There is no such record.")
        case .tileUnknown:
            ("ไม่มีไทล์นี้ในหัวบัญชีล่าสุด", "The latest checkpoint's tree has no such tile.")
        case .checkpointUnknown: ("ยังไม่มีจุดตรวจ", "The log has signed no such checkpoint yet.")
        case .householdUnknown: ("ไม่มีครัวเรือนนี้", "There is no such household.")
        case .areaUnknown: ("ไม่มีพื้นที่นี้", "There is no such area.")
        case .certificationUnknown: ("ไม่มีการรับรองนี้", "There is no such certification.")
        case .cycleUnknown: ("ไม่มีรอบปีนี้", "There is no such cycle.")
        case .methodNotAllowed: ("ใช้วิธีนี้ไม่ได้", "The method is not allowed here: see Allow.")
        case .notAcceptable: ("ไม่มีรูปแบบที่ขอ", "None of the media types in Accept can be had.")
        case .contentTypeUnsupported:
            ("ไม่รองรับชนิดเนื้อหานี้", "The Content-Type is none that is understood here.")
        case .bodyTooSlow: ("เนื้อหามาช้าเกินไป", "The body took too long to arrive.")
        case .bodyTooLarge: ("เนื้อหาใหญ่เกินไป", "The body is too large.")
        case .batchTooLong: ("ชุดคำสั่งยาวเกินไป", "The batch has too many commands: divide it.")
        case .treeSizeBeyondLedger:
            ("บัญชียังไม่ยาวถึงขนาดนี้", "The ledger has fewer records than that.")
        case .pastTooLarge:
            (
                "อดีตใหญ่เกินกว่าจะคำนวณที่นี่: ใช้ bmn show --as-of",
                "That past is too large to be rebuilt here: use bmn show --as-of."
            )
        case .queueFull:
            ("มีคำสั่งรออยู่มากเกินไป: ลองใหม่", "Too many commands are waiting: try again.")
        case .busy: ("ระบบมีงานมากเกินไป: ลองใหม่", "The service is busy: try again.")
        case .stopping: ("ระบบกำลังหยุด: ลองใหม่ภายหลัง", "The service is stopping: try again later.")
        case .feedsTooMany: ("มีผู้ติดตามมากเกินไป", "Too many feeds are open.")
        case .readModelsBehind:
            ("ตารางสรุปยังไม่พร้อม: ลองใหม่", "The read models are not built yet: try again.")
        case .internalError:
            ("เกิดข้อผิดพลาดภายใน: แจ้งรหัสคำขอ", "Something went wrong here: tell the request's id.")
        default: ("ไม่มีสิ่งนี้", "There is nothing here.")
        }
    }
}
