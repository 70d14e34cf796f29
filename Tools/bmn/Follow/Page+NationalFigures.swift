import Console
import PostgreSQLSink
import Survey
import SurveyImport

extension NationalFigures {
    var json: JSON {
        [
            "cycle": .string(cycle),
            "ledgers": .array(
                sources.map {
                    ["origin": .string($0.origin), "position": .unsigned($0.treeSize)]
                }
            ),
            "provinces": .array(
                provinces.map {
                    [
                        "province": .string($0.code), "nameTh": .string($0.nameTh),
                        "nameEn": .string($0.nameEn),
                    ]
                }
            ),
            "collection": .array(collections.map(\.json)),
            "indicators": .array(rows.map(\.json)),
        ]
    }

    /// One table: what was collected first, then the indicators.
    func csv(byProvince: Bool) -> String {
        let titles = [
            "cycle", "province", "provinceTh", "provinceEn", "target", "collected", "notCollected",
            "percentCovered", "persons", "edition", "indicator", "nameTh", "nameEn", "surveyed",
            "passed", "failed", "percentPassed",
        ]
        func head(_ code: String) -> [String] {
            let named = provinces.first { $0.code == code }
            let names = [named?.nameTh ?? "", named?.nameEn ?? ""]
            return [cycle, code] + names.map(SpreadsheetText.guarded)
        }
        // Empty where nothing can be divided; a dash would make a column of texts of it.
        func percent(_ text: String) -> String { text == "-" ? "" : text }
        var lines = [titles]
        for row in collections where byProvince || row.province.isEmpty {
            let counts = [row.target, row.collected, row.notCollected].map { "\($0)" }
            lines.append(
                head(row.province) + counts + [percent(row.percentCovered), "\(row.persons)"]
                    + [String](repeating: "", count: 8)
            )
        }
        for row in rows where byProvince || row.province.isEmpty {
            let names = [row.nameTh, row.nameEn].map(SpreadsheetText.guarded)
            let counts = [row.surveyed, row.passed, row.failed].map { "\($0)" }
            lines.append(
                head(row.province) + [String](repeating: "", count: 5)
                    + [row.edition, "\(row.indicator)"] + names + counts
                    + [percent(row.percentPassed)]
            )
        }
        // As the templates of imports begin: a spreadsheet then reads it as UTF-8.
        return "\u{FEFF}"
            + lines.map { $0.map(CSVWriter.field).joined(separator: ",") + "\r\n" }.joined()
    }
}

extension NationalFigures.Collection {
    fileprivate var json: JSON {
        [
            "province": province.isEmpty ? .null : .string(province),
            "target": .unsigned(target),
            "collected": .unsigned(collected),
            "notCollected": .unsigned(notCollected),
            "persons": .unsigned(persons),
            "percentCovered": .string(percentCovered),
        ]
    }
}

extension NationalFigures.Row {
    fileprivate var json: JSON {
        [
            "edition": .string(edition),
            "indicator": .number(indicator),
            "nameTh": .string(nameTh),
            "nameEn": .string(nameEn),
            "province": province.isEmpty ? .null : .string(province),
            "surveyed": .unsigned(surveyed),
            "passed": .unsigned(passed),
            "failed": .unsigned(failed),
            "percentPassed": .string(percentPassed),
        ]
    }
}

extension Page {
    func write(_ figures: NationalFigures, _ byProvince: Bool) throws {
        var fields = FieldList()
        fields.append(choose("รอบปี", "cycle"), figures.cycle)
        for source in figures.sources {
            fields.append(
                source.origin,
                choose("ถึงระเบียน \(source.treeSize)", "\(source.treeSize) records")
            )
        }
        try write(fields)
        try write(collections(figures, byProvince))
        var table = Table([
            .init(choose("ฉบับ", "edition")), .init(choose("ที่", "no."), isNumeric: true),
            .init(choose("ตัวชี้วัด", "indicator")), .init(choose("จังหวัด", "province")),
            .init(choose("สำรวจ", "surveyed"), isNumeric: true),
            .init(choose("ผ่าน", "passed"), isNumeric: true),
            .init(choose("ไม่ผ่าน", "failed"), isNumeric: true),
            .init(choose("ร้อยละผ่าน", "% passed"), isNumeric: true),
        ])
        for row in figures.rows where byProvince || row.province.isEmpty {
            table.append([
                row.edition, "\(row.indicator)", choose(row.nameTh, row.nameEn),
                name(row.province, figures), "\(row.surveyed)", "\(row.passed)", "\(row.failed)",
                row.percentPassed,
            ])
        }
        try write(table)
    }

    private func collections(_ figures: NationalFigures, _ byProvince: Bool) -> Table {
        var table = Table([
            .init(choose("จังหวัด", "province")),
            .init(choose("เป้าหมาย", "target"), isNumeric: true),
            .init(choose("จัดเก็บแล้ว", "collected"), isNumeric: true),
            .init(choose("จัดเก็บไม่ได้", "not collected"), isNumeric: true),
            .init(choose("ร้อยละครอบคลุม", "% covered"), isNumeric: true),
            .init(choose("คน", "persons"), isNumeric: true),
        ])
        for row in figures.collections where byProvince || row.province.isEmpty {
            table.append([
                name(row.province, figures), "\(row.target)", "\(row.collected)",
                "\(row.notCollected)", row.percentCovered, "\(row.persons)",
            ])
        }
        return table
    }

    private func name(_ province: String, _ figures: NationalFigures) -> String {
        guard !province.isEmpty else { return choose("รวม", "all") }
        guard let named = figures.provinces.first(where: { $0.code == province }) else {
            return province
        }
        return choose(named.nameTh, named.nameEn.isEmpty ? named.nameTh : named.nameEn)
    }
}
