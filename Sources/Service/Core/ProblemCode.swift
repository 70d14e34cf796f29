package import Console

/// Why the service itself refuses; what the ledger refuses has the ledger's own codes.
package enum ProblemCode: String, Sendable, CaseIterable {
    case pathMalformed, parameterUnknown, parameterMalformed, parameterMissing, headerMalformed
    case bodyMalformed, batchNotUnderstood, formMalformed
    case draftUnknown, draftsTooMany
    case tokenMissing, tokenInvalid, signInsTooMany
    case sessionMissing, sessionInvalid, requestForged
    case challengeUnknown, passkeyUnknown, passkeyRefused, linkInvalid
    case personUnknown, committeeNotSatOn
    case scopeMissing, roleMissing, outsideOwnAreas, actorNotPrincipal, capacityNotHeld
    case commandNotForService, personNotPrincipal, aboutOneself, peerNotTrusted
    case notFound, recordUnknown, tileUnknown, checkpointUnknown, householdUnknown, areaUnknown
    case certificationUnknown, cycleUnknown, verificationUnknown, linkUnknown, tokenUnknown
    case verificationRunning, replayRunning
    case methodNotAllowed, notAcceptable, contentTypeUnsupported
    case bodyTooLarge, batchTooLong, uploadTooLong
    case treeSizeBeyondLedger, pastTooLarge, cursorOvertaken
    case notProved, bundleTooLarge, documentUnknown, documentTooLarge, digestMismatch
    case queueFull, busy, stopping, feedsTooMany, readModelsBehind, accessLogFailed
    case internalError

    package var status: Int {
        switch self {
        case .pathMalformed, .parameterUnknown, .parameterMalformed, .parameterMissing,
            .headerMalformed, .bodyMalformed, .batchNotUnderstood, .formMalformed:
            400
        case .tokenMissing, .tokenInvalid, .sessionMissing, .sessionInvalid: 401
        case .requestForged, .challengeUnknown, .passkeyUnknown, .passkeyRefused, .linkInvalid,
            .committeeNotSatOn, .scopeMissing, .roleMissing, .outsideOwnAreas,
            .actorNotPrincipal, .capacityNotHeld, .commandNotForService, .personNotPrincipal,
            .aboutOneself, .peerNotTrusted:
            403
        case .notFound, .recordUnknown, .tileUnknown, .checkpointUnknown, .householdUnknown,
            .areaUnknown, .certificationUnknown, .cycleUnknown, .personUnknown, .documentUnknown,
            .verificationUnknown, .linkUnknown, .tokenUnknown, .draftUnknown:
            404
        case .verificationRunning, .replayRunning: 409
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .cursorOvertaken: 409
        case .bodyTooLarge, .batchTooLong, .uploadTooLong: 413
        case .contentTypeUnsupported: 415
        case .treeSizeBeyondLedger, .pastTooLarge, .notProved, .bundleTooLarge, .documentTooLarge,
            .digestMismatch, .draftsTooMany:
            422
        case .signInsTooMany, .queueFull: 429
        case .internalError: 500
        case .busy, .stopping, .feedsTooMany, .readModelsBehind, .accessLogFailed: 503
        }
    }

    /// Seconds after which it may be otherwise.
    var retryAfter: Int? {
        switch self {
        case .queueFull, .busy, .readModelsBehind: 1
        case .stopping, .feedsTooMany, .accessLogFailed: 5
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
            (
                "เข้าสู่ระบบไม่สำเร็จหลายครั้ง: รอแล้วลองใหม่",
                "Too many failed sign-ins: wait, then try again."
            )
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
        case .personNotPrincipal:
            (
                "ผู้ลงนามหรือเจ้าของกุญแจต้องเป็นผู้ส่งเอง",
                "Whoever signs, or whose key it is, has to send it himself."
            )
        case .aboutOneself:
            (
                "ขึ้นทะเบียนหรือแต่งตั้งตนเองเป็นกรรมการไม่ได้: ต้องให้ผู้อื่นทำ",
                "Nobody registers himself or puts himself on a committee: somebody else has to."
            )
        case .peerNotTrusted:
            (
                "รับคำขอผ่านพร็อกซีที่ตั้งไว้เท่านั้น",
                "Only the proxies that are named are answered here."
            )
        default: webWords ?? moreWords
        }
    }

    /// What browsers are refused with.
    private var webWords: (String, String)? {
        switch self {
        case .sessionMissing: ("ต้องเข้าสู่ระบบก่อน", "Sign in first.")
        case .sessionInvalid:
            ("สิ้นสุดการเข้าใช้แล้ว: เข้าสู่ระบบใหม่", "The session has ended: sign in again.")
        case .requestForged:
            (
                "คำขอไม่ได้มาจากหน้าของระบบนี้: เปิดหน้านั้นใหม่แล้วลองอีกครั้ง",
                "The request does not come from a page of this service: open the page anew."
            )
        case .challengeUnknown:
            ("ใช้เวลานานเกินไป: เริ่มใหม่", "That took too long, or was answered already: begin anew.")
        case .passkeyUnknown:
            (
                "ระบบไม่รู้จักพาสคีย์นี้ หรือถูกเพิกถอนแล้ว: ขอลิงก์ลงทะเบียนจากผู้ดูแล",
                "This passkey is not enrolled here, or was revoked: ask an admin for a link."
            )
        case .passkeyRefused:
            ("ไม่รับพาสคีย์นี้ ({})", "The passkey's answer is not accepted ({}).")
        case .linkInvalid:
            (
                "ลิงก์นี้ไม่มี ใช้ไปแล้ว หรือหมดอายุ: ขอลิงก์ใหม่จากผู้ดูแล",
                "The link is none, was used or has expired: ask an admin for another."
            )
        case .formMalformed:
            (
                "แบบที่ส่งมาอ่านไม่ได้: เปิดหน้านั้นใหม่แล้วลองอีกครั้ง",
                "This is no form that a page of this service has: open the page anew."
            )
        case .draftUnknown:
            (
                "ไม่มีฉบับร่างนี้: อาจบันทึก ลบ หรือหมดอายุแล้ว",
                "There is no such draft of yours: it was recorded, removed, or too old."
            )
        case .draftsTooMany:
            (
                "มีฉบับร่างมากเกินไป: บันทึกหรือลบบางฉบับก่อน",
                "You have as many drafts as one may have: record or remove some first."
            )
        case .uploadTooLong:
            (
                "แฟ้มมีเกิน {} แถว: แบ่งแฟ้ม หรือให้ผู้ดูแลเครื่องใช้ bmn import",
                "The file has more than {} rows: divide it, or have it imported with bmn import."
            )
        case .personUnknown: ("ไม่มีบุคคลนี้ในบัญชี", "The ledger knows no such person.")
        case .committeeNotSatOn:
            (
                "ผู้ใช้ไม่ได้เป็นกรรมการของพื้นที่นี้ในวันนี้",
                "No order that is in force today puts this person on the area's committee."
            )
        default: nil
        }
    }

    /// Of what auditors and admins ask the service to do.
    private var workWords: (String, String) {
        switch self {
        case .verificationUnknown:
            ("ยังไม่เคยตรวจสอบที่นี่ หรือไม่มีผล", "Nothing was verified here yet, or no such report.")
        case .verificationRunning:
            ("กำลังตรวจสอบอยู่แล้ว: รอจนเสร็จ", "A verification goes on already: wait for its end.")
        case .replayRunning:
            ("กำลังสร้างตารางใหม่อยู่แล้ว: รอจนเสร็จ", "A replay goes on already: wait for its end.")
        case .linkUnknown:
            ("ไม่มีลิงก์นี้ที่ยังใช้ได้", "There is no such link that can still be used.")
        default: ("ไม่มีโทเคนนี้", "There is no such token.")
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
        case .verificationUnknown, .verificationRunning, .replayRunning, .linkUnknown,
            .tokenUnknown:
            workWords
        case .methodNotAllowed: ("ใช้วิธีนี้ไม่ได้", "The method is not allowed here: see Allow.")
        case .notAcceptable: ("ไม่มีรูปแบบที่ขอ", "None of the media types in Accept can be had.")
        case .contentTypeUnsupported:
            ("ไม่รองรับชนิดเนื้อหานี้", "The Content-Type is none that is understood here.")
        case .bodyTooLarge: ("เนื้อหาใหญ่เกินไป", "The body is too large.")
        case .batchTooLong: ("ชุดคำสั่งยาวเกินไป", "The batch has too many commands: divide it.")
        case .treeSizeBeyondLedger:
            ("บัญชียังไม่ยาวถึงขนาดนี้", "The ledger has fewer records than that.")
        case .cursorOvertaken:
            (
                "รายการเปลี่ยนไปตรงที่หน้าก่อนจบ: โปรดเริ่มใหม่จากหน้าแรก",
                "The list has changed where the page before ended: begin anew."
            )
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
        case .accessLogFailed:
            (
                "บันทึกการเข้าถึงไม่ได้ จึงไม่แสดง: ลองใหม่",
                "The access log cannot be written, so nothing is shown: try again."
            )
        case .internalError:
            ("เกิดข้อผิดพลาดภายใน: แจ้งรหัสคำขอ", "Something went wrong here: tell the request's id.")
        default: evidenceWords ?? ("ไม่มีสิ่งนี้", "There is nothing here.")
        }
    }

    /// Of what is proved away from here, and of the papers beside the ledger.
    private var evidenceWords: (String, String)? {
        switch self {
        case .notProved:
            (
                "หลักฐานยังไม่ครบ: bmn-audit bundle บอกว่าขาดอะไร",
                "This is no sound evidence: bmn-audit bundle tells what is missing."
            )
        case .bundleTooLarge:
            (
                "หลักฐานใหญ่เกินกว่าแฟ้มเดียว",
                "There are more records than one bundle holds."
            )
        case .documentUnknown:
            (
                "ไม่มีเอกสารนี้ตามที่ระเบียนระบุ",
                "There is no such document as the record names it."
            )
        case .documentTooLarge:
            (
                "เอกสารใหญ่เกินกว่าจะส่งที่นี่: อ่านที่เครื่องของบัญชี",
                "The document is too large to be sent: read it at the ledger's machine."
            )
        case .digestMismatch:
            (
                "เนื้อหาไม่ตรงกับ SHA-256 ในที่อยู่: ส่งใหม่",
                "The body is not what the SHA-256 in the path says: send it again."
            )
        default: nil
        }
    }
}
