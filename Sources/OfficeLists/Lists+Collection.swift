import AreasProjection
import GRDB
import HouseholdsProjection
import ProgressProjection
import ProjectionRuntime
import QuestionnairesProjection
import Survey
import TrainingsProjection

/// Targets, forms, households and how far they have come.
extension OfficeList {
    static var targets: OfficeList {
        let columns: [ListColumn<TargetRow>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("village", "หมู่บ้าน", "village") { $0.village },
            .area("lao", "อปท.", "LAO") { $0.lao },
            .number("households", "ครัวเรือน", "households") { $0.households },
            .number("questionnaires", "แบบสอบถาม", "questionnaires") { $0.questionnaires },
            .number("revisions", "แก้ไข (ครั้ง)", "revisions") { $0.revisionCount },
        ]
        return OfficeList(columns, of: [ProgressReadModel()]) { db, scope, emit in
            try ProgressReadModel.forEachTarget(cycle: scope.cycle, db, emit)
        }
    }

    private struct Total {
        let cycle: String
        let row: ProgressRow
    }

    /// The targets of whole areas, beside what was done towards them.
    static func targets(by level: Area.Level) -> OfficeList {
        let columns: [ListColumn<Total>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "พื้นที่", "area") { $0.row.area },
            .number("households", "เป้าหมาย", "target") { Int($0.row.target) },
            .number("questionnaires", "แบบสอบถาม", "questionnaires") {
                Int($0.row.questionnaires)
            },
            .number("collected", "จัดเก็บแล้ว", "collected") { Int($0.row.collected) },
            .number("not_collected", "จัดเก็บไม่ได้", "not collected") {
                Int($0.row.notCollected)
            },
            .number("remaining", "คงเหลือ", "remaining") { Int($0.row.remaining) },
            .number("persons", "คน", "persons") { Int($0.row.persons) },
            .number("certified", "รับรองแล้ว", "certified") { Int($0.row.certified) },
        ]
        return OfficeList(columns, of: [ProgressReadModel()]) { db, scope, emit in
            let rows = try ProgressReadModel.progress(
                cycle: scope.cycle,
                level: level,
                within: scope.area?.scope,
                db
            )
            for row in rows { try emit(Total(cycle: scope.cycle, row: row)) }
        }
    }

    static var households: OfficeList {
        let columns: [ListColumn<HouseholdRow>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .text("household", "ครัวเรือน", "household") { $0.household },
            .word("state", "สถานะ", "state") { $0.status },
            .area("village", "หมู่บ้าน", "village") { $0.village },
            .area("lao", "อปท.", "LAO") { $0.lao },
            .text("collector", "ผู้จัดเก็บ", "collector") { $0.collector }.aside,
            .text("recorder", "ผู้บันทึก", "recorder") { $0.recorder },
            .day("interviewed_on", "วันสัมภาษณ์", "interviewed on") { $0.interviewedOn }.aside,
            .number("persons", "คน", "persons") { $0.personCount },
            .number("warnings", "คำเตือน", "warnings") { $0.warningCount },
            .number("corrections", "แก้ไข (ครั้ง)", "corrections") { $0.correctionCount },
            .text("questionnaire", "เลขที่แบบ", "form") { $0.questionnaire }.aside,
            .day("erased_on", "ลบข้อมูลบุคคลเมื่อ", "erased on") { $0.erasedOn }.aside,
            .flag("synthetic", "สมมติ", "synthetic") { $0.synthetic }.aside,
        ]
        return OfficeList(
            columns,
            of: [HouseholdReadModel()],
            naming: .household,
            livingAt: ListHome.init
        ) { db, scope, emit in
            try HouseholdReadModel.forEachHousehold(
                cycle: scope.cycle,
                in: scope.area?.scope,
                status: nil,
                db,
                emit
            )
        }
    }

    static var notCollected: OfficeList {
        let columns: [ListColumn<HouseholdRow>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .text("household", "ครัวเรือน", "household") { $0.household },
            .area("village", "หมู่บ้าน", "village") { $0.village },
            .area("lao", "อปท.", "LAO") { $0.lao },
            .word("reason", "เหตุ", "reason") { $0.notCollectedReason },
            .day("visited_on", "ไปเมื่อ", "visited on") { $0.visitedOn },
            .text("collector", "ผู้จัดเก็บ", "collector") { $0.collector },
            .text("recorder", "ผู้บันทึก", "recorder") { $0.recorder },
        ]
        return OfficeList(
            columns,
            of: [HouseholdReadModel()],
            livingAt: ListHome.init
        ) { db, scope, emit in
            try HouseholdReadModel.forEachHousehold(
                cycle: scope.cycle,
                in: scope.area?.scope,
                status: "notCollected",
                db,
                emit
            )
        }
    }

    private struct Forms {
        let cycle: String
        let row: QuestionnaireRangeRow
    }

    static var forms: OfficeList {
        let columns: [ListColumn<Forms>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "พื้นที่", "area") { $0.row.area },
            .text("collector", "ผู้จัดเก็บ", "collector") { $0.row.collector },
            .text("prefix", "อักษรหน้า", "prefix") {
                $0.row.prefix.isEmpty ? nil : $0.row.prefix
            },
            .number("first", "เลขแรก", "first") { Int($0.row.firstNumber) },
            .number("last", "เลขสุดท้าย", "last") { Int($0.row.lastNumber) },
            .day("issued_on", "จ่ายเมื่อ", "issued on") { $0.row.issuedOn }.aside,
            .number("issued", "จ่าย", "issued") { Int($0.row.issuedCount) },
            .number("used", "ใช้แล้ว", "used") { Int($0.row.usedCount) },
            .number("returned", "ส่งคืน", "returned") { Int($0.row.returnedCount) },
            .number("spoiled", "เสีย", "spoiled") { Int($0.row.spoiledCount) },
            .number("left", "คงเหลือ", "left") { Int($0.row.leftCount) },
            .word("state", "สถานะ", "state") { $0.row.leftCount > 0 ? "open" : "settled" },
        ]
        return OfficeList(
            columns,
            of: [QuestionnaireReadModel(), AreaReadModel()]
        ) { db, scope, emit in
            // Every area is within the one without a code.
            let areas = try AreaReadModel.codes(within: "", db)
            for row in try QuestionnaireReadModel.ranges(of: areas, cycle: scope.cycle, db) {
                try emit(Forms(cycle: scope.cycle, row: row))
            }
        }
    }

    private struct DayOfArea {
        let cycle: String
        let area: String
        let row: DailyProgressRow

        var state: String {
            if row.isMissing { return "missing" }
            let isSame = row.collectedDifference == 0 && row.recordedDifference == 0
            return isSame ? "agrees" : "differs"
        }
    }

    static func progress(by level: Area.Level) -> OfficeList {
        let columns: [ListColumn<DayOfArea>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .area("area", "พื้นที่", "area") { $0.area },
            .day("day", "วัน", "day") { $0.row.day },
            .word("state", "สถานะ", "state") { $0.state },
            .number("collected", "จัดเก็บ: รายงาน", "collected: typed") {
                $0.row.typedCollected.map { Int($0) }
            },
            .number("collected_in_records", "จัดเก็บ: ตามระเบียน", "collected: by the records") {
                Int($0.row.collected)
            },
            .number("recorded", "บันทึก: รายงาน", "recorded: typed") {
                $0.row.typedRecorded.map { Int($0) }
            },
            .number("recorded_in_records", "บันทึก: ตามระเบียน", "recorded: by the records") {
                Int($0.row.recorded)
            },
            .number("revisions", "แก้ไข (ครั้ง)", "revisions") { $0.row.revisionCount }.aside,
            .text("document_number", "ที่", "number") { $0.row.documentNumber }.aside,
            .text("reason", "เหตุผล", "reason") { $0.row.reason }.aside,
        ]
        return OfficeList(columns, of: [AreaReadModel(), ProgressReadModel()]) {
            db,
            scope,
            emit in
            for area in try AreaReadModel.areas(level: level, db) {
                let place = AreaScope(code: area.area, level: level)
                for row in try ProgressReadModel.daily(cycle: scope.cycle, of: place, db) {
                    try emit(DayOfArea(cycle: scope.cycle, area: area.area, row: row))
                }
            }
        }
    }

    static var untrained: OfficeList {
        let columns: [ListColumn<UntrainedWork>] = [
            .text("cycle", "รอบปี", "cycle") { $0.cycle },
            .text("person", "บุคคล", "person") { $0.person },
            .word("kind", "ทำหน้าที่", "as") { $0.kind },
            .number("count", "จำนวนที่ทำก่อนอบรม", "done before training") { $0.count },
            .day("first_day", "ตั้งแต่", "from") { $0.firstDay },
            .day("trained_on", "อบรมเมื่อ", "trained on") { $0.trainedOn },
        ]
        return OfficeList(
            columns,
            of: [HouseholdReadModel(), TrainingReadModel()],
            naming: .person
        ) { db, scope, emit in
            let collectors = try HouseholdReadModel.collectors(cycle: scope.cycle, db)
            let recorders = try HouseholdReadModel.recorders(cycle: scope.cycle, db)
            for person in Set(collectors).union(recorders).sorted() {
                let work = UntrainedWork.of(
                    person,
                    collected: try HouseholdReadModel.collectorDays(person: person, db),
                    recorded: try HouseholdReadModel.recorderDays(person: person, db),
                    trainings: try TrainingReadModel.trainings(person: person, db)
                )
                for part in work where part.cycle == scope.cycle { try emit(part) }
            }
        }
    }
}
