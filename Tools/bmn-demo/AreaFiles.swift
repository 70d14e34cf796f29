import Survey

/// `areas.csv` and `cycle.jsonl`.
extension Generation {
    /// Parents before children, and tambons before the LAOs that cover them.
    func writeAreas() throws {
        let file = try CSVFile(
            folder: folder,
            name: "areas.csv",
            columns: [
                "code", "level", "parent_code", "name_th", "name_en", "lao_type", "covered_codes",
                "synthetic",
            ]
        )
        for area in [province.province] + province.districts + province.tambons {
            try file.append([
                area.code, area.level, area.parentCode, area.nameTh, area.nameEn, "", "", "false",
            ])
        }
        for village in province.villages {
            try file.append([
                village.code, "village", village.tambonCode, "หมู่ที่ \(village.number) (สมมติ)",
                "Village \(village.number) (synthetic)", "", "", "true",
            ])
        }
        for lao in province.laos {
            try file.append([
                lao.code, "lao", lao.districtCode, lao.nameTh, lao.nameEn, lao.type,
                lao.tambonCodes.joined(separator: "|"), "true",
            ])
        }
        try file.close()
    }

    func writeCycle() throws {
        var cycle = Cycle.defaults2561(province: Province.code)
        cycle.synthetic = true
        // As the letter orders them: presented, checked together and confirmed, then certified.
        cycle.requiresConfirmedPresentation = true
        let file = try CommandFile(folder: folder, name: "cycle.jsonl", seed: seed)
        try file.append(
            .defineCycle(cycle),
            key: cycle.cycle,
            by: Cast.provincialOfficer,
            on: Day(2017, 10, 27)
        )
        try file.close()
    }
}
