import SurveyImport

/// What can be wrong with a file or its header.
extension RowProblemTests {
    static let fileCases: [Case] = [
        Case(
            .invalidUTF8,
            bytes: Array(targetHeader.utf8) + [0xA1] + Array(",38010101,380151,1,1\n".utf8),
            line: 2,
            column: "cycle"
        ),
        Case(.nulByte, .targets, targetHeader + "2561,\u{0}", column: "village", isStopped: true),
        Case(
            .unclosedQuote,
            .targets,
            targetHeader + "2561,\"3\n\n",
            column: "village",
            isStopped: true
        ),
        Case(.cutMidRow, .targets, targetHeader + "2561,380", column: "village", isStopped: true),
        Case(
            .rowUnterminated,
            .targets,
            targetHeader + "2561,38010101,380151,120,12",
            column: "questionnaires"
        ),
        Case(
            .rowUnterminated,
            .appointments,
            String(file(.appointments).dropLast(3)),
            column: "valid_to"
        ),
        Case(
            .rowUnterminated,
            .targets,
            "cycle,village,lao,households,questionnaires",
            line: 1,
            column: "#5",
            isStopped: true
        ),
        Case(.wrongFieldCount, .targets, targetHeader + "2561,1,2\n", column: "lao"),
        Case(
            .fieldTooLong,
            .targets,
            targetHeader + String(repeating: "x", count: 65_537),
            column: "cycle",
            isStopped: true
        ),
        Case(
            .rowTooLong,
            .targets,
            targetHeader
                + String(repeating: String(repeating: "x", count: 65_000) + ",", count: 17),
            column: "#17",
            isStopped: true
        ),
        Case(.strayQuote, .targets, targetHeader + "2561,3\"8,1,1,1\n", column: "village"),
        Case(.bareCarriageReturn, .targets, targetHeader + "2561\r,1,1,1,1\n", column: "cycle"),
        Case(.headerMissing, .targets, "", line: 1, column: "", isStopped: true),
        Case(
            .separatorNotComma,
            .targets,
            targetHeader.replacing(",", with: ";") + "2561;38010101;380151;1;1\n",
            line: 1,
            column: "",
            isStopped: true
        ),
        Case(
            .separatorNotComma,
            .targets,
            targetHeader.replacing(",", with: "\t") + "2561\t38010101\t380151\t1\t1\n",
            line: 1,
            column: "",
            isStopped: true
        ),
        Case(
            .columnMissing,
            .targets,
            file(.targets, dropping: ["lao"]),
            line: 1,
            column: "lao",
            isStopped: true
        ),
        Case(
            .columnUnknown,
            .targets,
            "colour," + targetHeader,
            line: 1,
            column: "colour",
            isStopped: true
        ),
        Case(
            .columnDuplicate,
            .areas,
            "code,parent_code,district_code,name_th\n",
            line: 1,
            column: "district_code",
            isStopped: true
        ),
    ]
}
