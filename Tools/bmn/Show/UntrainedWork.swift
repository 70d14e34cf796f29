import Console
import OfficeLists

extension UntrainedWork {
    func sentence(_ page: Page) -> String {
        let (who, day) = ("\(person) (\(page.word(kind)))", page.day(firstDay))
        let trained = trainedOn.map {
            page.choose("อบรมเมื่อ \(page.day($0))", "trained on \(page.day($0))")
        }
        let training = trained ?? page.choose("ไม่มีบันทึกการอบรม", "no training is recorded")
        return page.choose(
            "\(who) ทำงานตั้งแต่ \(day) จำนวน \(count) รายการ ก่อนการอบรม: \(training)",
            "\(who) worked from \(day), \(count) in all, before being trained: \(training)"
        )
    }
}

extension Page {
    func append(_ warnings: [UntrainedWork], to fields: inout FieldList) {
        for warning in warnings {
            fields.append(choose("คำเตือน", "warning"), warning.sentence(self))
        }
    }
}
