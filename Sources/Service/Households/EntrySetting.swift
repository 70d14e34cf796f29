import Access
import AreasProjection
import CalendarProjection
import GRDB
import Ledger
import LedgerReader
import LedgerWriter
import Pages
import ProjectionRuntime
import Survey
import SwiftProtobuf

/// What a cycle asks of households, and the day at which it counts ages.
struct EntrySetting: Sendable {
    let cycle: String
    let form: Questionnaire
    let referenceDate: Day
    /// Whether the whole cycle is made up.
    let isSynthetic: Bool
}

extension ServiceCore {
    /// Of the cycle that is named, else of the latest in which the person may enter households.
    @available(*, noasync)
    func entrySetting(_ cycle: String?, _ principal: Principal?) throws -> EntrySetting {
        let rows = try parts.survey.read { db in try CalendarReadModel.cycles(db) }
        let found: CycleRow?
        if let cycle {
            found = rows.first { $0.cycle == cycle }
        } else {
            let own = Set((principal?.grants ?? []).map(\.cycle))
            found = rows.last { own.contains($0.cycle) } ?? rows.last
        }
        guard let found, let form = parts.writer.questionnaires[found.cycle],
            let day = Day(iso: found.referenceDate)
        else { throw Problem(.cycleUnknown) }
        return EntrySetting(
            cycle: found.cycle,
            form: form,
            referenceDate: day,
            isSynthetic: found.synthetic
        )
    }

    /// Villages of the areas where the person enters households, and the LAOs of the village.
    @available(*, noasync)
    func addPlaces(to form: inout HouseholdForm, _ principal: Principal?) throws {
        let cycle = form.entry.cycle
        let own = (principal?.grants ?? []).filter { grant in
            grant.cycle == cycle && Action.enterHousehold.reach(of: grant.role) != .nowhere
        }
        let village = form.judgement.reading[.village]
        (form.villages, form.laos) = try parts.survey.read { db in
            var villages: [(code: String, name: String)] = []
            for grant in own where villages.count < Self.listedVillageCountMax {
                let tambons =
                    grant.isLAO
                    ? try AreaReadModel.tambons(coveredBy: grant.area, db) : [grant.area]
                for area in try AreaReadModel.areas(level: .village, db)
                where tambons.contains(where: { area.area.hasPrefix($0) }) {
                    villages.append((area.area, area.nameTh))
                }
            }
            let laos = try AreaReadModel.laos(covering: String(village.prefix(6)), db)
                .map { lao in (code: lao, name: try AreaReadModel.area(lao, db)?.nameTh ?? "") }
            return (Array(villages.prefix(Self.listedVillageCountMax)), laos)
        }
    }

    /// Those that cover the village's tambon.
    @available(*, noasync)
    func laos(ofVillage village: String) throws -> [String] {
        try parts.survey.read { db in
            try AreaReadModel.laos(covering: String(village.prefix(6)), db)
        }
    }

    /// A list that is longer nobody looks through.
    private static let listedVillageCountMax = 400
}

/// A household as it is on record, opened for whoever may correct it.
struct OpenedHousehold: Sendable {
    let state: HouseholdState
    let personal: PersonalData
    /// Nil where counts were recorded and no answers.
    let answers: Answers?
    let records: [OpenedRecord]

    /// What stands around the answers, as commands have it.
    var frame: [HouseholdEntry.Frame: String] {
        [
            .village: state.village, .lao: state.lao, .interviewedOn: state.interviewedOn,
            .collector: state.collector, .questionnaire: state.questionnaire,
            .address: personal.address,
        ]
    }
}

extension ServiceCore {
    /// Opens what a household sealed, for a person who may read it there.
    ///
    /// Of a household elsewhere nobody learns whether it is there.
    @available(*, noasync)
    func opened(
        _ household: String,
        _ setting: EntrySetting,
        _ principal: Principal?
    ) throws -> OpenedHousehold {
        let stream = Event.stream(setting.cycle, household)
        let state = try enteredHousehold(household, setting.cycle, .readSealed, principal)
        guard state.status == .recorded else {
            throw Problem(Rejection(.householdNotRecorded, household))
        }
        guard !state.isErased else { throw Problem(Rejection(.personalDataErased, household)) }
        let records = try reader.snapshot().records(ofStream: stream)
        var personal = PersonalData()
        var opened: [OpenedRecord] = []
        // A key that is recorded as erased may not be destroyed yet.
        let erased = records.compactMap { record -> UInt64? in
            guard case .personalDataErased(let erasure) = record.event.kind else { return nil }
            return erasure.keyID
        }
        for record in records {
            var answers: Answers?
            if let sealed = record.event.sealed, !erased.contains(sealed.keyID),
                let bytes = try parts.writer.vault.open(
                    sealed,
                    stream: stream,
                    commandID: record.envelope.commandID
                )
            {
                personal = try PersonalData(serializedBytes: bytes)
                answers = personal.answers(to: setting.form)
            }
            opened.append(OpenedRecord(record: record, answers: answers))
        }
        return OpenedHousehold(
            state: state,
            personal: personal,
            answers: personal.answers(to: setting.form),
            records: opened
        )
    }

    /// A household on which the person may act so.
    @available(*, noasync)
    func enteredHousehold(
        _ household: String,
        _ cycle: String,
        _ action: Action,
        _ principal: Principal?
    ) throws -> HouseholdState {
        let stream = Event.stream(cycle, household)
        let isPlain =
            stream.utf8.count <= RecordLimit.streamByteCount
            && stream.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        let state = isPlain ? try reader.snapshot().household(stream: stream) : nil
        let place =
            state.flatMap { state in
                state.version == 0
                    ? nil : Place(cycle: cycle, village: state.village, lao: state.lao)
            } ?? .wholeProvince(cycle: cycle)
        guard case .granted? = principal?.permission(action, at: [place]) else {
            throw Problem(.outsideOwnAreas)
        }
        guard let state, state.version > 0 else { throw Problem(.householdUnknown) }
        return state
    }
}
