internal import Survey

/// Columns of trainings: one row a person, consecutive rows of one `training` make one training.
enum TrainingColumn: Int, CaseIterable, ColumnIndex {
    case training
    case cycle
    case area
    case kind
    case heldOn
    case place
    case person
    case part

    static let all: [ImportColumn] = allCases.map(\.column)

    static let kinds: [(String, Training.Kind)] = [
        ("collector", .collector), ("recorder", .recorder),
    ]
    static let parts = [("participant", Part.participant), ("trainer", Part.trainer)]

    enum Part {
        case participant, trainer
    }

    private var column: ImportColumn {
        switch self {
        case .training:
            required(
                "training",
                "รหัสการฝึกอบรมที่ตั้งเอง",
                "identifier of the training",
                "3801-train-1"
            )
        case .cycle: .cycle
        case .area: required("area", "รหัสพื้นที่ที่จัด", "code of the area it was for", "3801")
        case .kind:
            required(
                "kind",
                "ผู้รับการอบรม: collector หรือ recorder",
                "for whom: collector or recorder",
                "collector"
            )
        case .heldOn: required("held_on", "วันที่จัด", "day it was held", "20/12/2560")
        case .place: required("place", "สถานที่", "place", "ที่ว่าการอำเภอเมืองบึงกาฬ")
        case .person:
            required(
                "person",
                "รหัสบุคคลที่ขึ้นทะเบียนแล้ว",
                "identifier of a registered person",
                "col-380101-01"
            )
        case .part:
            required(
                "part",
                "มาในฐานะ: participant หรือ trainer",
                "came as: participant or trainer",
                "participant"
            )
        }
    }

    private func required(
        _ name: String,
        _ th: String,
        _ en: String,
        _ example: String
    ) -> ImportColumn {
        ImportColumn(name, isRequired: true, th: th, en: en, example: example)
    }
}

/// A training with the people of its rows so far.
struct TrainingRow: AssembledRow {
    static let keyColumn = TrainingColumn.training
    let keyColumnName = "training"

    var training: Training

    var key: String { training.training }
    var rowCount: Int { training.participants.count + training.trainers.count }

    mutating func append(_ row: TrainingRow) {
        training.participants += row.training.participants
        training.trainers += row.training.trainers
    }

    func reportDifferences(from first: TrainingRow, in form: inout RowForm) {
        let (other, first) = (training, first.training)
        if other.cycle != first.cycle { form.report(.orderRowsDiffer, TrainingColumn.cycle) }
        if other.area != first.area { form.report(.orderRowsDiffer, TrainingColumn.area) }
        if other.kind != first.kind { form.report(.orderRowsDiffer, TrainingColumn.kind) }
        if other.heldOn != first.heldOn { form.report(.orderRowsDiffer, TrainingColumn.heldOn) }
        if other.place != first.place { form.report(.orderRowsDiffer, TrainingColumn.place) }
    }

    func command() -> Command {
        var command = Command()
        command.id = CommandID.make(
            kind: .trainings,
            cycle: training.cycle,
            group: training.area,
            key: training.training
        )
        command.occurredOn = training.heldOn
        command.recordTraining = training
        return command
    }
}

extension RowForm {
    mutating func training() -> TrainingRow {
        var training = Training()
        training.training = required(TrainingColumn.training)
        training.cycle = cycle(TrainingColumn.cycle)
        training.area = areaCode(TrainingColumn.area, lengths: [2, 4, 6, 8])
        training.kind = word(TrainingColumn.kind, TrainingColumn.kinds) ?? .unspecified
        training.heldOn = requiredDay(TrainingColumn.heldOn)
        training.place = required(TrainingColumn.place)
        let person = identifier(TrainingColumn.person)
        switch word(TrainingColumn.part, TrainingColumn.parts) {
        case .trainer: training.trainers = [person]
        case .participant, nil: training.participants = [person]
        }
        return TrainingRow(training: training)
    }
}
