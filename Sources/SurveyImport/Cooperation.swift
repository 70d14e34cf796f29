internal import Survey

/// Columns of co-operation: one row an LAO, consecutive rows of one `request` make one request.
enum CooperationColumn: Int, CaseIterable, ColumnIndex {
    case request
    case cycle
    case fromArea
    case date
    case requestNumber
    case lao
    case subject
    case cites

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .request:
            .required(
                "request",
                "รหัสหนังสือขอความร่วมมือที่ตั้งเอง",
                "identifier of the request",
                "3801-ask-1"
            )
        case .cycle: .cycle
        case .fromArea:
            .required("from_area", "รหัสพื้นที่ที่ขอ", "code of the area that asks", "3801")
        case .date:
            .required("date", "ลงวันที่", "day that the letter bears", "13/11/2560")
        case .requestNumber:
            .optional("request_number", "ที่", "number of the letter", "บก 0119/ว 55")
        case .lao:
            .required("lao", "รหัส อปท. ที่ขอ", "code of an LAO that is asked", "380151")
        case .subject:
            .required("subject", "เรื่อง", "subject", "ขอความร่วมมือจัดเก็บข้อมูล จปฐ.")
        case .cites:
            .optional(
                "cites",
                "หนังสือที่อ้างถึง ตามที่อ่านได้แน่ชัด คั่นด้วย |",
                "papers that it cites, as they are read for certain, separated by |",
                "หนังสือกระทรวงมหาดไทย ลงวันที่ 6 ตุลาคม 2560"
            )
        }
    }
}

/// Columns of answers to requests for co-operation.
enum CooperationAnswerColumn: Int, CaseIterable, ColumnIndex {
    case request
    case lao
    case answer
    case answeredOn
    case documentNumber
    case text

    static let all: [ImportColumn] = allCases.map(\.column)

    static let answers: [(String, CooperationAnswer.Answer)] = [
        ("agreed", .agreed), ("declined", .declined), ("partly", .partly),
    ]

    private var column: ImportColumn {
        switch self {
        case .request:
            .required(
                "request",
                "รหัสหนังสือขอความร่วมมือที่บันทึกแล้ว",
                "identifier of a request that is recorded",
                "3801-ask-1"
            )
        case .lao:
            .required("lao", "รหัส อปท. ที่ตอบ", "code of the LAO that answers", "380151")
        case .answer:
            .required(
                "answer",
                "คำตอบ: agreed, declined หรือ partly",
                "answer: agreed, declined or partly",
                "agreed",
                aliases: ["state"]
            )
        case .answeredOn:
            .required("answered_on", "วันที่ตอบ", "day of the answer", "20/11/2560")
        case .documentNumber:
            .optional("document_number", "ที่หนังสือตอบ", "number of the answer")
        case .text:
            .optional("text", "ข้อความ", "what it says besides")
        }
    }
}

extension RowForm {
    mutating func cooperation() -> PaperRow {
        var request = CooperationRequest()
        request.request = required(CooperationColumn.request)
        request.cycle = cycle(CooperationColumn.cycle)
        request.fromArea = areaCode(CooperationColumn.fromArea, lengths: [2, 4, 6, 8])
        request.date = requiredDay(CooperationColumn.date)
        request.documentNumber = optional(CooperationColumn.requestNumber)
        request.toAreas = [areaCode(CooperationColumn.lao, lengths: [4, 6])]
        request.subject = required(CooperationColumn.subject)
        request.cites = split(range(CooperationColumn.cites), at: UInt8(ascii: "|")).map { part in
            var cited = Reading()
            cited.asRead = text(in: row.trimmed(part))
            (cited.asUnderstood, cited.certainty) = (cited.asRead, .certain)
            return cited
        }
        var command = Command()
        command.id = CommandID.make(
            kind: .cooperation,
            cycle: request.cycle,
            group: request.fromArea,
            key: request.request
        )
        command.occurredOn = request.date
        command.requestCooperation = request
        return paper(command, request.request, CooperationColumn.self, ownColumns: [.lao])
    }

    mutating func cooperationAnswer() -> Command {
        var answer = CooperationAnswer()
        answer.request = required(CooperationAnswerColumn.request)
        answer.lao = areaCode(CooperationAnswerColumn.lao, lengths: [4, 6])
        answer.answer =
            word(CooperationAnswerColumn.answer, CooperationAnswerColumn.answers) ?? .unspecified
        answer.answeredOn = requiredDay(CooperationAnswerColumn.answeredOn)
        answer.documentNumber = optional(CooperationAnswerColumn.documentNumber)
        answer.text = optional(CooperationAnswerColumn.text)
        var command = Command()
        command.id = CommandID.make(
            kind: .cooperationAnswers,
            cycle: "",
            group: answer.request,
            key: answer.request,
            answer.lao,
            answer.answeredOn
        )
        command.occurredOn = answer.answeredOn
        command.answerCooperation = answer
        return command
    }
}
