extension RejectionCode {
    /// What people who read Thai are told; `{}` is the subject.
    package var thai: String {
        switch self {
        // general
        case .commandIncomplete: "คำสั่งขาดช่อง {}: โปรดกรอกให้ครบ"
        case .identifierMalformed: "รหัสในช่อง {} ใช้ได้เฉพาะ A-Z a-z 0-9 . _ - ยาว 1-64 ตัว"
        case .identifierIsCitizenId:
            "รหัสในช่อง {} อ่านได้เป็นเลขประจำตัวประชาชน: ใช้รหัสอื่น เช่น เติมตัวอักษร"
        case .textMalformed: "ข้อความในช่อง {} ยาวเกินหรือมีอักขระควบคุมหรืออักขระที่มองไม่เห็น: โปรดแก้ข้อความ"
        case .textHoldsCitizenId:
            "ข้อความในช่อง {} มีเลขประจำตัวประชาชนซึ่งทุกคนจะอ่านได้ตลอดไป: โปรดตัดออก"
        case .listTooLong: "รายการในช่อง {} ยาวเกินกำหนด: โปรดแบ่งเป็นหลายครั้ง"
        case .valueUnknown: "ค่าในช่อง {} ไม่ใช่ค่าที่โปรแกรมรุ่นนี้รู้จัก"
        case .dateMalformed: "วันที่ในช่อง {} ไม่ใช่วันจริงในรูป ปปปป-ดด-วว (ค.ศ.)"
        case .dateLooksBuddhist: "วันที่ในช่อง {} ดูเป็น พ.ศ.: โปรดใช้ ค.ศ. (พ.ศ. - 543)"
        case .actInFuture: "วันที่กระทำ {} อยู่หลังวันที่บันทึก"
        case .actBeforePrevious: "วันที่กระทำอยู่ก่อนการกระทำก่อนหน้า ({}): โปรดแก้วันที่"
        case .actBeforeTreeHead:
            "การกระทำอ้างหัวบัญชีที่เกิดเมื่อ {} หรือหลังจากนั้น: โปรดลงวันที่ไม่ก่อนวันนั้น"
        case .reasonMissing: "ต้องระบุเหตุผลที่มีตัวอักษรหรือตัวเลขในช่อง {}"
        case .periodReversed: "ช่วงเวลา {} สิ้นสุดก่อนเริ่ม"
        case .kindUnknown: "คำสั่งไม่มีชนิดที่รู้จัก"
        // areas
        case .areaCodeMalformed:
            "รหัสพื้นที่ {} ไม่ตรงกับระดับ (2, 4, 6, 8 หลัก; อปท. 4 หรือ 6 หลัก)"
        case .areaAlreadyDefined: "พื้นที่ {} มีอยู่แล้ว: ใช้คำสั่งแก้ไขพื้นที่"
        case .areaUnknown: "ไม่รู้จักพื้นที่ {}: โปรดนำเข้าพื้นที่ก่อน"
        case .areaParentMismatch: "พื้นที่ {} ไม่อยู่ใต้พื้นที่แม่ที่ระบุ"
        case .areaLevelMismatch: "พื้นที่ {} ไม่ใช่ระดับที่ต้องใช้"
        case .areaNotValid: "พื้นที่ {} ไม่มีผลในวันนั้น"
        case .laoDoesNotCover: "อปท. {} ไม่ครอบคลุมตำบลของหมู่บ้านนี้"
        case .areaNamedTwice: "พื้นที่ {} ซ้ำในรายการเดียวกัน"
        case .areaUnchanged: "การแก้ไขพื้นที่ {} ไม่เปลี่ยนอะไร"
        case .areaOutsideCycle: "พื้นที่ {} อยู่นอกจังหวัดของรอบปีนี้"
        // cycle
        case .cycleAlreadyDefined: "รอบปี {} มีอยู่แล้ว"
        case .cycleUnknown: "ไม่รู้จักรอบปี {}"
        case .editionUnknown: "ไม่รู้จักแบบสอบถามฉบับ {}: กำหนดแบบสอบถามก่อน"
        case .editionAlreadyDefined: "แบบสอบถามฉบับ {} มีอยู่แล้ว: ใช้ชื่ออื่น"
        case .editionTooLarge: "แบบสอบถามมีขนาด {} ไบต์ในรูป JSON เกิน 55,000: โปรดย่อข้อความ"
        case .editionMalformed: "แบบสอบถามใช้ไม่ได้: {}: โปรดแก้เอกสาร"
        case .cycleOutsideEdition:
            "รอบปี {} ไม่ใช่ปี พ.ศ. ของแบบสอบถามฉบับที่ระบุ: โปรดใช้ปีเช่น 2561"
        case .referenceDateOutsideCycle:
            "วันอ้างอิง {} ไม่อยู่ในปีของรอบหรือปีที่ติดกัน: โปรดตรวจทั้งสองค่า"
        case .deadlineDuplicate: "กำหนดเวลา {} ซ้ำ"
        case .deadlineUnknown: "ไม่รู้จักกำหนดเวลา {}"
        case .deadlineActMismatch: "กำหนดเวลา {} ไม่ได้ทำด้วยการรายงาน"
        case .deadlineLevelMismatch: "กำหนดเวลา {} ต้องเป็นการส่งจากระดับล่างขึ้นไปยังระดับบน"
        case .deadlineUnchanged: "กำหนดเวลา {} ไม่เปลี่ยน"
        case .certificationRuleInvalid:
            "กติกาการรับรองของระดับ {} ต้องมีครั้งเดียว มีบทบาทไม่ซ้ำหรือจำนวนขั้นต่ำ 1-99"
        // people
        case .personAlreadyRegistered: "บุคคล {} ลงทะเบียนแล้ว"
        case .personUnknown: "ไม่รู้จักบุคคล {}: ลงทะเบียนก่อน"
        case .citizenIdInvalid: "เลขประจำตัวประชาชนที่ {} ไม่ถูกต้อง"
        case .citizenIdDuplicated: "เลขประจำตัวประชาชนที่ {} ซ้ำในครัวเรือน"
        case .birthDateInvalid: "วันเกิดที่ {} ไม่ใช่วันจริง หรืออยู่หลังวันอ้างอิงของรอบปี"
        case .keyMalformed: "กุญแจสาธารณะของ {} ไม่ใช่กุญแจ Ed25519 ขนาด 32 ไบต์ที่ใช้ได้"
        case .keyAlreadyRegistered: "กุญแจสาธารณะนี้ลงทะเบียนแล้ว (โดย {})"
        case .keyUnknown: "กุญแจสาธารณะนี้ไม่ใช่ของ {} หรือถูกเพิกถอนแล้ว"
        case .certificateMalformed:
            "ใบรับรองของ {} ไม่ใช่ใบรับรอง X.509 ในรูป DER ไม่เกิน 16,384 ไบต์"
        case .certificateHoldsCitizenId:
            "ใบรับรองหรือ CMS ของ {} มีเลขประจำตัวประชาชนซึ่งทุกคนจะอ่านได้ตลอดไป: ใช้ใบอื่น"
        case .certificateRootsTooLarge:
            "ใบรับรองที่เชื่อถือรวมกัน {} ไบต์ เกิน 40,000: โปรดลดจำนวน"
        case .certificateRootsUnchanged:
            "รายการ {} เป็นรายการที่ใช้อยู่แล้ว"
        case .certificateNotValid:
            "ใบรับรองของ {} หรือของผู้ออกใบ ไม่มีผลในเวลานั้น"
        case .certificateUntrusted:
            "ใบรับรองของ {} ไม่สืบไปถึงรากที่เชื่อถือ หรือไม่ใช่ใบสำหรับลงนามเอกสาร"
        case .certificateAlreadyRegistered:
            "ใบรับรองนี้หรือกุญแจของใบนี้ลงทะเบียนแล้ว (โดย {}): ใช้กุญแจใหม่"
        case .passkeyMalformed:
            "พาสคีย์ของ {} ไม่มีรหัสยาว 16-1,023 ไบต์ หรือกุญแจไม่ใช่แบบ ES256, EdDSA หรือ RS256"
        case .relyingPartyInvalid:
            "ช่อง {} ไม่ใช่ชื่อโดเมนตัวพิมพ์เล็กหรือ localhost"
        case .passkeyAlreadyRegistered:
            "พาสคีย์นี้หรือกุญแจของพาสคีย์นี้ลงทะเบียนแล้ว (โดย {}): โปรดสร้างใหม่"
        case .passkeyUnknown: "พาสคีย์นี้ไม่ใช่ของ {} หรือถูกเพิกถอนแล้ว"
        case .certificateUnknown:
            "ใบรับรองนี้ไม่ใช่ของ {} หรือถูกเพิกถอนแล้ว"
        // orders
        case .orderAlreadyIssued: "คำสั่ง {} มีอยู่แล้ว"
        case .orderUnknown: "ไม่รู้จักคำสั่ง {}"
        case .orderRevoked: "คำสั่ง {} ถูกยกเลิกแล้ว"
        case .orderEmpty: "คำสั่ง {} ไม่มีผู้ได้รับแต่งตั้งหรือไม่เปลี่ยนอะไร"
        case .orderInFuture: "คำสั่ง {} ลงวันที่หลังวันที่กระทำ: โปรดตรวจวันที่ทั้งสอง"
        case .appointmentDuplicate: "{} ได้รับแต่งตั้งซ้ำในคำสั่งเดียวกัน"
        case .committeeAlreadyOrdered:
            "คำสั่ง {} แต่งตั้งคณะกรรมการของพื้นที่นั้นในช่วงนั้นแล้ว: โปรดแก้ไขคำสั่งเดิม หรือยกเลิกก่อน"
        case .appointmentOutsideArea: "พื้นที่ {} อยู่นอกพื้นที่ของคำสั่ง"
        case .roleUnknown: "ไม่รู้จักบทบาท {}"
        case .personNotInOrder: "{} ไม่อยู่ในคำสั่งนี้"
        // targets
        case .targetAlreadySet: "เป้าหมายของ {} กำหนดแล้ว: ใช้คำสั่งแก้ไขเป้าหมาย"
        case .targetNotSet: "ยังไม่ได้กำหนดเป้าหมายของ {}"
        case .targetUnchanged: "เป้าหมายของ {} ไม่เปลี่ยน"
        case .targetTooLarge: "เป้าหมายของ {} เกิน 100,000 ครัวเรือนหรือแบบสอบถาม: โปรดตรวจตัวเลข"
        // households
        case .householdAlreadyRecorded: "ครัวเรือน {} มีข้อมูลอยู่แล้ว: ใช้คำสั่งแก้ไข"
        case .householdNotRecorded: "ครัวเรือน {} ยังไม่มีข้อมูล"
        case .collectorNotAppointed: "{} ไม่ได้เป็นผู้จัดเก็บข้อมูลของพื้นที่นั้นในวันนั้น"
        case .recorderNotAppointed: "{} ไม่ได้เป็นผู้บันทึกข้อมูลของพื้นที่นั้นในวันนั้น"
        case .interviewAfterRecording: "วันสัมภาษณ์อยู่หลังวันบันทึกของครัวเรือน {}"
        case .membersMissing: "ครัวเรือน {} ไม่มีสมาชิก"
        case .membersTooMany: "ครัวเรือน {} มีสมาชิกเกิน 61 คน (ขีดจำกัดของรูปแบบข้อมูล)"
        case .agesImplausible: "อายุของสมาชิกครัวเรือน {} เกิน 130 ปี"
        case .referenceDateMismatch: "ข้อมูลอายุของครัวเรือน {} ไม่ได้ตรวจกับวันเกิด"
        case .indicatorUnknown: "ไม่มีตัวชี้วัดที่ {} ในฉบับนี้"
        case .indicatorDuplicate: "ตัวชี้วัดที่ {} ซ้ำ"
        case .indicatorScopeMismatch:
            "จำนวนผู้อยู่ในขอบเขตของตัวชี้วัดที่ {} ไม่ตรงกับอายุของสมาชิก"
        case .indicatorFailingExceeds: "จำนวนไม่ผ่านของตัวชี้วัดที่ {} มากกว่าจำนวนในขอบเขต"
        case .indicatorDigitsMalformed:
            "คำตอบของครัวเรือน {} ไม่ใช่เลขฐาน 62 หนึ่งหลักต่อหมายเลขตัวชี้วัดของฉบับนั้น"
        case .correctionEmpty: "การแก้ไขครัวเรือน {} ไม่เปลี่ยนอะไร"
        case .correctionStale: "ค่าเดิมของช่อง {} ไม่ตรงกับที่บันทึกไว้"
        case .correctionFieldUnknown: "ไม่รู้จักช่อง {} ในการแก้ไข"
        case .personalDataMissing: "ไม่มีข้อมูลบุคคลของ {}"
        case .sealedMalformed:
            "ข้อมูลบุคคลที่ผนึกของ {} ไม่ถูกรูป หรือเกิน 32,768 ไบต์: โปรดย่อข้อความ"
        case .answersElsewhere: "ต้องเว้นช่อง {} ว่าง: ให้ไว้ในช่อง answers เท่านั้น"
        case .answerUnknown: "มีคำตอบที่ {} ซึ่งแบบสอบถามไม่ได้ถาม: โปรดใช้ชื่อคำถามตามแบบ"
        case .answerMalformed: "คำตอบที่ {} ไม่ใช่คำตอบที่คำถามนั้นรับได้: โปรดดูแบบสอบถาม"
        case .answerNotAsked: "ตอบ {} ทั้งที่ไม่ได้ถาม: โปรดเว้นไว้"
        case .answerMissing: "ยังไม่ได้ตอบ {}: โปรดถามให้ครบ"
        case .answersContradict: "คำตอบขัดแย้งกัน: {}: โปรดตรวจคำตอบ"
        case .answersRequired: "ครัวเรือน {} บันทึกจากคำตอบ: แก้ไขด้วยคำตอบทั้งชุด ไม่ใช่ด้วยจำนวน"
        case .warningCountMismatch: "จำนวนคำเตือนของครัวเรือน {} มากกว่าที่คำตอบจะให้ได้"
        // certifications
        case .certificationLevelInvalid: "พื้นที่ {} ไม่มีกติกาการรับรองในรอบปีนี้"
        case .certificationIdTaken: "รหัสการรับรอง {} ถูกใช้แล้ว"
        case .certificationOpen: "พื้นที่ {} มีการรับรองที่ยังมีผลอยู่: ถอนก่อน"
        case .certificationUnknown: "ไม่รู้จักการรับรอง {}"
        case .certificationWithdrawn: "การรับรอง {} ถูกถอนแล้ว"
        case .certificationSuperseded: "ข้อมูลเปลี่ยนหลังจากจัดทำการรับรอง {}: ต้องจัดทำใหม่"
        case .coverageIncomplete: "ครัวเรือนเป้าหมายของ {} ยังไม่มีข้อมูลหรือเหตุผลครบทุกครัวเรือน"
        case .lowerCertificationMissing: "อปท. {} ยังไม่ส่งการรับรองที่มีผล"
        case .figuresMismatch: "ตัวเลขของ {} ไม่ตรงกับข้อมูลในบัญชี"
        case .treeHeadMismatch: "ขนาดหรือรากของต้นไม้ใน {} ไม่ตรง"
        case .statementMismatch: "ข้อความรับรองของ {} ไม่ตรงกับตัวเลข"
        case .signerNotOnCommittee: "{} ไม่ได้เป็นกรรมการในบทบาทนั้นในวันนั้น"
        case .signatureInvalid: "ลายมือชื่อของ {} ไม่ใช่ของข้อความรับรองนี้"
        case .signatureFormInvalid:
            "ลายมือชื่อของ {} ต้องเป็นกุญแจสาธารณะกับลายมือชื่อ หรือ CMS อย่างเดียว"
        case .cmsMalformed:
            "CMS ของ {} ไม่ใช่ลายมือชื่อ CAdES-B ในรูป DER ที่ใช้ SHA-256: ลงนามด้วย -cades -binary"
        case .assertionMalformed:
            "คำตอบของพาสคีย์ของ {} ไม่ใช่คำตอบต่อคำขอลงนาม: โปรดใช้พาสคีย์ลงนามใหม่"
        case .assertionElsewhere:
            "พาสคีย์ของ {} ตอบเว็บไซต์อื่น ไม่ใช่เว็บไซต์ที่ลงทะเบียนไว้"
        case .assertionUnverified:
            "พาสคีย์ของ {} ไม่ได้ยืนยันตัวผู้ถือ: โปรดตั้งรหัส PIN ลายนิ้วมือ หรือใบหน้า"
        case .assertionRepeated:
            "ตัวนับของพาสคีย์ของ {} ไม่เพิ่มขึ้นจากที่ลงนามครั้งก่อน: โปรดลงนามใหม่"
        case .signingTimeInvalid:
            "CMS ลงนามเมื่อ {}: ก่อนจัดทำข้อความรับรองหรือหลังวันที่กระทำ"
        case .alreadySigned: "{} ลงนามแล้ว"
        case .signaturesMissing: "ยังขาดลายมือชื่อ: {}"
        case .alreadyIssued: "การรับรอง {} ออกแล้ว"
        case .notIssued: "การรับรอง {} ยังไม่ออก"
        case .alreadySubmitted: "การรับรอง {} ส่งแล้ว"
        case .recipientMismatch: "ต้องส่งการรับรองให้ระดับเหนือขึ้นไป ไม่ใช่ {}"
        case .reportAlreadySubmitted: "รายงาน {} ส่งแล้ว"
        // acts of the letter
        case .documentMalformed:
            "เอกสาร {} ต้องมี SHA-256 เลขฐานสิบหกตัวพิมพ์เล็ก 64 หลัก ขนาด และชนิดสื่อ"
        case .documentDuplicate: "เอกสาร {} ซ้ำในรายการ: โปรดตัดออกหนึ่งรายการ"
        case .documentNotAttached: "ยังไม่มีเอกสาร {} ในบัญชี: โปรดแนบด้วย bmn attach ก่อน"
        case .dayAfterAct: "วันที่ในช่อง {} อยู่หลังวันที่กระทำ: โปรดแก้วันใดวันหนึ่ง"
        case .dayTooEarly:
            "วันที่ในช่อง {} อยู่ก่อนวันของเอกสารหรือการเรียกประชุมที่อ้างถึง: โปรดแก้วันที่"
        case .personNamedTwice: "{} ซ้ำในรายการเดียวกัน"
        case .directiveAlreadyIssued: "หนังสือเวียน {} บันทึกแล้ว"
        case .directiveUnknown: "ไม่รู้จักหนังสือเวียน {}: โปรดบันทึกก่อน"
        case .areaNotAddressed: "หนังสือเวียนไม่ได้ส่งถึงพื้นที่ {}"
        case .directiveAlreadyReceived: "พื้นที่ {} ลงรับหนังสือเวียนแล้ว"
        case .directiveUnchanged: "การแก้ไขหนังสือเวียน {} ไม่เปลี่ยนสิ่งที่อ่านได้"
        case .meetingAlreadyCalled: "การประชุม {} เรียกแล้ว"
        case .meetingUnknown: "ไม่รู้จักการประชุม {}: โปรดบันทึกการเรียกประชุมก่อน"
        case .meetingClosed: "การประชุม {} จัดแล้วหรือยกเลิกแล้ว"
        case .meetingRuleInvalid:
            "องค์ประชุม {} ต้องมากกว่าศูนย์และไม่เกินทั้งหมด โดยตัวส่วนไม่เกิน 100"
        case .committeeLevelInvalid:
            "ระดับ {} กำหนดให้มีคณะกรรมการไม่ได้ หรือระบุซ้ำ: ใช้ district tambon หรือ lao"
        case .quorumMismatch:
            "จำนวนกรรมการ ผู้มาประชุม หรือองค์ประชุมของ {} ไม่ตรงกับคณะกรรมการในวันนั้น"
        case .votesExceed: "คะแนนเสียงของมติที่ {} มากกว่ากรรมการที่มาประชุม: โปรดนับใหม่"
        case .dissenterAbsent: "{} มีความเห็นแย้งแต่ไม่ได้มาประชุม"
        case .dissenterNotMember:
            "{} มีความเห็นแย้งแต่ไม่ได้เป็นกรรมการในวันนั้น: เฉพาะกรรมการที่ลงมติ"
        case .dissentsExceed:
            "ผู้มีความเห็นแย้งในมติที่ {} มากกว่ากรรมการที่ไม่ได้ลงคะแนนเห็นชอบ: โปรดนับใหม่"
        case .trainingAlreadyHeld: "การฝึกอบรม {} บันทึกแล้ว"
        case .trainingUnknown: "ไม่รู้จักการฝึกอบรม {}: โปรดบันทึกก่อน"
        case .orderAlreadyCirculated: "คำสั่งนี้แจ้งเวียนถึงพื้นที่ {} แล้ว"
        case .orderAlreadySubmitted: "คำสั่งนี้ส่งถึงพื้นที่ {} แล้ว"
        case .orderRecipientMismatch: "ต้องส่งคำสั่งให้พื้นที่เหนือขึ้นไป ไม่ใช่ {}"
        case .userAlreadyRegistered: "ผู้ใช้ {} ลงทะเบียนแล้ว: ใช้คำสั่งปรับปรุงทะเบียน"
        case .userUnknown: "ผู้ใช้ {} ไม่ได้ลงทะเบียนในรอบปีนี้ หรือถูกระงับแล้ว"
        case .userRoleUnknown:
            "บทบาท {} ไม่ใช่ของผู้ใช้: recorder, supervisor, committee, auditor หรือ admin"
        case .userUnchanged: "ทะเบียนของ {} ไม่เปลี่ยน"
        case .userNotAppointed: "{} ไม่ได้รับแต่งตั้งในบทบาทนั้นสำหรับพื้นที่และวันนั้น"
        case .paperNotRecorded:
            "ไม่มีเอกสารชนิดนั้นของ {} บันทึกไว้: โปรดตรวจชนิด เอกสาร และพื้นที่"
        case .paperWithdrawn: "{} ถูกถอนแล้ว: โปรดบันทึกใหม่ด้วยรหัสอื่น"
        // co-operation, plans, progress and awards
        case .cooperationAlreadyRequested: "หนังสือขอความร่วมมือ {} บันทึกแล้ว"
        case .cooperationUnknown: "ไม่รู้จักหนังสือขอความร่วมมือ {}: โปรดบันทึกก่อน"
        case .citationMissing:
            "หนังสือ {} ไม่ได้อ้างถึงหนังสือใดตามที่รอบปีนี้กำหนด: โปรดอ้างหนังสือของกระทรวง"
        case .laoNotAsked: "หนังสือนั้นไม่ได้ขอความร่วมมือจาก อปท. {}"
        case .cooperationAlreadyAnswered: "อปท. {} ตอบหนังสือนั้นแล้ว: หากเปลี่ยนคำตอบให้ขอใหม่"
        case .planAlreadyDrafted: "พื้นที่นี้มีแผน {} แล้ว: จัดทำใหม่ได้เมื่อถูกส่งคืน"
        case .planUnknown: "ไม่รู้จักแผน {}: โปรดบันทึกร่างก่อน"
        case .planReturned: "แผน {} ถูกส่งคืน: โปรดจัดทำใหม่ก่อน"
        case .planAlreadySubmitted: "แผนนี้ส่งถึงพื้นที่ {} แล้ว"
        case .planNotSubmitted: "แผนนี้ไม่ได้รอการพิจารณาของพื้นที่ {}: ยังไม่ส่งถึง หรือรับแล้ว"
        case .planStepDuplicate: "ขั้นตอน {} ซ้ำในแผน: โปรดตั้งรหัสใหม่"
        case .planStepUnknown: "ไม่มีขั้นตอน {} ในแผนฉบับปัจจุบัน"
        case .planStepAlreadyDone: "ขั้นตอน {} ทำเสร็จแล้ว"
        case .paperRecipientMismatch: "ต้องส่งแผนหรือผลการคัดเลือกให้พื้นที่เหนือขึ้นไป ไม่ใช่ {}"
        case .progressAlreadyReported: "รายงานความก้าวหน้า {} มีแล้ว: ใช้คำสั่งแก้ไขพร้อมเหตุผล"
        case .progressNotReported: "ยังไม่มีรายงานความก้าวหน้า {}"
        case .progressUnchanged: "การแก้ไขรายงานความก้าวหน้า {} ไม่เปลี่ยนอะไร"
        case .progressTooLarge: "รายงานความก้าวหน้า {} เกิน 1,000,000 ครัวเรือน: โปรดตรวจตัวเลข"
        case .nomineeKindMismatch:
            "รางวัล {} ต้องเป็นของบุคคลหนึ่งคน หรือ อปท. หนึ่งแห่งหากเป็นรางวัลของ อปท."
        case .nomineeNotAppointed: "{} ไม่เคยได้รับแต่งตั้งให้ทำหน้าที่นั้นในอำเภอ"
        case .nomineeAlreadyEntered: "{} ถูกเสนอชื่อรับรางวัลนั้นแล้ว"
        case .awardAlreadyDecided: "รางวัล {} ตัดสินแล้ว"
        case .winnerNotNominated: "{} ไม่ได้ถูกเสนอชื่อรับรางวัลนั้น: โปรดบันทึกการเสนอชื่อก่อน"
        case .deciderIsNominee: "{} ถูกเสนอชื่อรับรางวัลนั้น จึงร่วมตัดสินไม่ได้"
        case .awardsUndecided: "ยังไม่มีรางวัลของอำเภอ {} ที่ตัดสินแล้ว"
        case .awardsAlreadyReported: "รางวัลที่ตัดสินแล้วของอำเภอ {} รายงานครบแล้ว"
        case .serialRangeInvalid:
            "เลขแบบสอบถาม {} ต้องเรียงจากน้อยไปมาก ไม่เกิน 10,000 ฉบับ และคำนำหน้าต้องไม่ลงท้ายด้วยตัวเลข"
        case .questionnaireAlreadyIssued: "แบบสอบถามเลข {} มีบางฉบับจ่ายแล้ว"
        case .questionnaireNotIssued: "แบบสอบถาม {} ยังไม่ได้จ่ายในรอบปีนี้"
        case .questionnaireOfOther: "แบบสอบถาม {} จ่ายให้ผู้จัดเก็บคนอื่น"
        case .questionnaireClosed: "แบบสอบถาม {} ส่งคืนหรือเสียแล้ว"
        case .questionnaireUsed:
            "แบบสอบถาม {} มีข้อมูลของครัวเรือนอื่นระบุไว้แล้ว: โปรดแก้ไขข้อมูลที่ผิด"
        case .budgetAlreadyAllocated: "การจัดสรรงบประมาณ {} บันทึกแล้ว"
        case .budgetUnknown: "ไม่รู้จักการจัดสรรงบประมาณ {}: โปรดบันทึกก่อน"
        case .amountInvalid: "จำนวนเงินใน {} ต้องอยู่ระหว่าง 1 สตางค์ถึง 10,000,000 บาท"
        case .voucherAlreadySpent: "หลักฐานจ่าย {} ของพื้นที่นั้นบันทึกแล้ว"
        case .allocationSpent: "การจัดสรรงบประมาณ {} มีหลักฐานจ่ายแล้ว: โปรดถอนหลักฐานจ่ายก่อน"
        // reviews and checks
        case .presentationAlreadyRecorded: "การนำเสนอ {} บันทึกแล้ว"
        case .presentationUnknown: "ไม่รู้จักการนำเสนอ {} ของรอบปีและพื้นที่นั้น: โปรดบันทึกก่อน"
        case .presentationNotConfirmed:
            "ตัวเลขของ {} ตามที่เป็นอยู่ยังไม่ได้นำเสนอและยืนยัน: โปรดจัดเวทีตรวจสอบ"
        case .reviewAlreadyHeld: "การนำเสนอ {} ได้รับการยืนยันแล้ว หรือตรวจสอบในวันนั้นแล้ว"
        case .attendanceNamedTwice: "ผู้เข้าร่วมกลุ่ม {} นับซ้ำ: โปรดรวมเป็นรายการเดียว"
        case .objectionAlreadyRaised: "ข้อคัดค้าน {} บันทึกแล้ว"
        case .objectionUnknown: "ไม่รู้จักข้อคัดค้าน {}: โปรดบันทึกก่อน"
        case .objectionClosed: "ข้อคัดค้าน {} พิจารณาแล้ว"
        case .objectionOpen: "ข้อคัดค้าน {} ยังไม่ได้พิจารณา: โปรดพิจารณาก่อนรับรอง"
        case .sampleUnknown: "ไม่รู้จักตัวอย่าง {} ของรอบปีและพื้นที่นั้น: โปรดประกาศก่อน"
        case .sampleSizeInvalid: "ตัวอย่างต้องมีอย่างน้อยหนึ่งครัวเรือนและไม่เกินทั้งหมด ไม่ใช่ {}"
        case .sampleMismatch: "ลำดับ จำนวนประชากร หรือค่าตั้งต้นของตัวอย่าง {} ไม่ตรงกับบัญชี"
        case .sampleNotDrawn: "ตัวอย่าง {} ประกาศแล้วแต่ยังไม่ได้สุ่ม: โปรดสุ่มก่อน"
        case .sampleAlreadyDrawn: "ตัวอย่าง {} สุ่มแล้ว: โปรดประกาศตัวอย่างใหม่"
        case .sampleNotSealed:
            "ยังไม่มีเช็คพอยต์ที่ลงนามหลังประกาศตัวอย่าง {}: โปรดลงนามเช็คพอยต์ก่อน"
        case .checkAlreadyDone: "การตรวจสอบ {} บันทึกแล้ว"
        case .checkUnknown: "ไม่รู้จักการตรวจสอบ {} ของรอบปีนั้น: โปรดบันทึกก่อน"
        case .householdOutsideCheck: "ครัวเรือน {} อยู่นอกพื้นที่ของการตรวจสอบ"
        case .checkerUnknown: "{} ไม่ใช่ผู้ตรวจสอบของการตรวจสอบนั้น"
        case .checkerNotIndependent:
            "{} เป็นผู้จัดเก็บหรือผู้บันทึกครัวเรือนนี้: ให้ผู้ตรวจสอบคนอื่นสัมภาษณ์ซ้ำ"
        case .checkersNotIndependent:
            "ผู้ตรวจสอบทุกคนของ {} เป็นผู้จัดเก็บหรือผู้บันทึกของพื้นที่นั้น: โปรดเพิ่มผู้อื่น"
        case .checkerNotAnnounced: "{} ไม่ได้ประกาศเป็นผู้ตรวจสอบของตัวอย่างนั้น: โปรดตัดออก"
        case .reinterviewAlreadyRecorded: "ครัวเรือน {} สัมภาษณ์ซ้ำในการตรวจสอบนั้นแล้ว"
        case .reinterviewMismatch: "ความต่างที่ระบุของ {} ไม่ตรงกับคำตอบที่บันทึกไว้"
        case .reinterviewsTooMany: "ครัวเรือน {} สัมภาษณ์ซ้ำใน 20 การตรวจสอบแล้ว: บันทึกเพิ่มไม่ได้"
        case .areaFull: "พื้นที่ {} มีครบ 10,000 รายการแล้ว: โปรดบันทึกให้พื้นที่ที่เล็กกว่า"
        case .defectAlreadyFound: "ข้อบกพร่อง {} บันทึกแล้ว"
        case .defectUnknown: "ไม่รู้จักข้อบกพร่อง {}: โปรดบันทึกก่อน"
        case .defectClosed: "ข้อบกพร่อง {} แก้ไขแล้ว"
        case .defectOpen: "ข้อบกพร่อง {} ยังไม่ได้แก้ไข: โปรดแก้ไขก่อนรับรอง"
        case .householdPlaceMismatch:
            "สถานที่ที่ระบุของครัวเรือน {} ไม่ตรงกับที่บันทึกไว้"
        case .districtCheckMissing:
            "อำเภอยังไม่ได้ตรวจ {} ในขั้นรับรอง: โปรดตรวจก่อน"
        case .defectOutsideCheck: "พื้นที่ {} ของข้อบกพร่องอยู่นอกพื้นที่ของการตรวจสอบ"
        // ledger
        case .ledgerAlreadyCreated: "บัญชีนี้มีระเบียนแรกแล้ว"
        case .ledgerNotCreated: "บัญชีนี้ยังไม่มีระเบียนแรก"
        case .originMalformed: "ชื่อต้นทาง {} ต้องไม่มีช่องว่างหรือเครื่องหมายบวก ยาว 1-200 ตัว"
        case .logKeyMalformed: "กุญแจของบัญชี {} ไม่อยู่ในรูป ชื่อ+รหัส+กุญแจ"
        case .logKeyUsed: "กุญแจ {} เป็นหรือเคยเป็นกุญแจของบัญชีนี้แล้ว: สร้างกุญแจใหม่"
        case .endorsementInvalid: "คำรับรองของกุญแจเดิมไม่ใช่ของกุญแจใหม่ {}"
        case .formatUnknown: "ไม่รู้จักรูปแบบระเบียนรุ่น {}"
        case .commandIdMalformed: "รหัสคำสั่ง {} ไม่ใช่ UUID ตัวพิมพ์เล็ก"
        case .commandIdReused: "รหัสคำสั่ง {} ถูกใช้กับคำสั่งอื่นแล้ว"
        case .versionConflict: "กระแสข้อมูลอยู่ที่รุ่น {} ไม่ใช่รุ่นที่คาดไว้"
        case .recordTooLarge: "ระเบียนยาวเกิน 65,535 ไบต์ ({})"
        case .notStored:
            "ไม่ได้บันทึก เพราะคำสั่งอื่นในชุดเดียวกันถูกปฏิเสธ (--atomic)"
        case .personalDataErased: "กุญแจข้อมูลบุคคลของ {} ถูกทำลายแล้ว"
        }
    }
}
