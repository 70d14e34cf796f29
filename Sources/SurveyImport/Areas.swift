internal import Survey

/// Columns of areas.
///
/// With the aliases and ignored columns, the published lists (bueng-kan.csv, thailand.csv,
/// bueng-kan-lao.csv) can be imported as they are.
enum AreaColumn: Int, CaseIterable, ColumnIndex {
    case code
    case level
    case parentCode
    case nameTh
    case nameEn
    case validFrom
    case validTo
    case laoType
    case coveredCodes
    case synthetic
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .code:
            ImportColumn(
                "code",
                isRequired: true,
                th: "รหัส 2, 4, 6 หรือ 8 หลัก (อปท. 4 หรือ 6 หลัก)",
                en: "code of 2, 4, 6 or 8 digits (4 or 6 for an LAO)",
                example: "38010101"
            )
        case .level:
            ImportColumn(
                "level",
                th: "ระดับ: province, district, tambon, village หรือ lao; เว้นได้เมื่อมี lao_type",
                en: "level: province, district, tambon, village or lao; may be left out beside"
                    + " lao_type",
                example: "village"
            )
        case .parentCode:
            ImportColumn(
                "parent_code",
                aliases: ["district_code"],
                isRequired: true,
                th: "รหัสพื้นที่ที่สังกัด (จังหวัด: ว่าง)",
                en: "code of the area it belongs to (empty for a province)",
                example: "380101"
            )
        case .nameTh:
            ImportColumn(
                "name_th",
                isRequired: true,
                th: "ชื่อภาษาไทย",
                en: "Thai name",
                example: "บ้านบึงกาฬกลาง"
            )
        case .nameEn:
            ImportColumn(
                "name_en",
                th: "ชื่อภาษาอังกฤษ",
                en: "English name",
                example: "Ban Bueng Kan Klang"
            )
        case .validFrom:
            ImportColumn("valid_from", th: "วันแรกที่มีอยู่", en: "first day it existed")
        case .validTo:
            ImportColumn("valid_to", th: "วันสุดท้ายที่มีอยู่", en: "last day it existed")
        case .laoType:
            ImportColumn(
                "lao_type",
                th: "ประเภท อปท. ตามทะเบียน: PAO, TAO, ThesabanTambon …",
                en: "kind of LAO as registered: PAO, TAO, ThesabanTambon …"
            )
        case .coveredCodes:
            ImportColumn(
                "covered_codes",
                aliases: ["tambon_covered_2017"],
                th: "รหัสตำบลที่ อปท. ครอบคลุมทั้งหมดหรือบางส่วน คั่นด้วย |",
                en: "tambons an LAO covers, wholly or in part, separated by |"
            )
        case .synthetic: .synthetic
        case .occurredOn: .occurredOn
        }
    }

    static let levels: [(String, Area.Level)] = [
        ("province", .province), ("district", .district), ("tambon", .tambon),
        ("village", .village), ("lao", .lao),
    ]
}

extension RowForm {
    mutating func area() -> Command {
        var area = Area()
        area.laoType = optional(AreaColumn.laoType)
        area.level = areaLevel(laoType: area.laoType)
        area.code = areaCode(AreaColumn.code, lengths: RowForm.codeLengths(area.level))
        area.parentCode = areaCode(
            AreaColumn.parentCode,
            lengths: [2, 4, 6],
            isRequired: area.level != .province && area.level != .unspecified
        )
        area.nameTh = required(AreaColumn.nameTh)
        area.nameEn = optional(AreaColumn.nameEn)
        area.validFrom = optionalDay(AreaColumn.validFrom)
        area.validTo = optionalDay(AreaColumn.validTo)
        area.coveredCodes = coveredCodes()
        area.synthetic = flag(AreaColumn.synthetic)

        var command = Command()
        command.id = CommandID.make(
            kind: .areas,
            cycle: "",
            group: area.parentCode,
            key: area.code
        )
        command.occurredOn = optionalDay(AreaColumn.occurredOn)
        command.defineArea = area
        return command
    }

    private mutating func areaLevel(laoType: String) -> Area.Level {
        if range(AreaColumn.level).isEmpty, !laoType.isEmpty { return .lao }
        return word(AreaColumn.level, AreaColumn.levels) ?? .unspecified
    }

    private static func codeLengths(_ level: Area.Level) -> [Int] {
        switch level {
        case .province: [2]
        case .district: [4]
        case .tambon: [6]
        case .village: [8]
        case .lao: [4, 6]
        case .unspecified, .UNRECOGNIZED: [2, 4, 6, 8]
        }
    }

    private mutating func coveredCodes() -> [String] {
        let column = AreaColumn.coveredCodes
        var codes: [String] = []
        for part in split(range(column), at: UInt8(ascii: "|")) {
            let code = row.trimmed(part)
            guard code.count == 6, digits(in: code) != nil else {
                report(.codeMalformed, column, part: "[\(codes.count + 1)]", detail: "6")
                continue
            }
            codes.append(text(in: code))
        }
        return codes
    }

    /// Parts of a range between separators; an empty range has none.
    func split(_ range: Range<Int>, at separator: UInt8) -> [Range<Int>] {
        guard !range.isEmpty else { return [] }
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for index in range where row.bytes[index] == separator {
            parts.append(start..<index)
            start = index + 1
        }
        parts.append(start..<range.upperBound)
        return parts
    }
}
