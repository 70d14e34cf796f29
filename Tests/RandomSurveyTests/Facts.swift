import Foundation
import Survey

/// One appointment as an order gave it; days are ISO texts, which compare as days do.
struct Office {
    let order: String
    let kind: Order.Kind
    let cycle: String
    let area: String
    let person: String
    let role: String
    let from: String
    /// The last day; empty: none.
    var to: String

    func runs(on day: String) -> Bool { from <= day && (to.isEmpty || day <= to) }
}

/// A household as its records tell it, read again by other means than the rules have.
struct House {
    var cycle = ""
    var isRecorded = false
    var isVisited = false
    var village = ""
    var lao = ""
    var collector = ""
    var recorder = ""
    /// Of the interview, or of the visit that found nobody.
    var visitedOn = ""
    var personCount = 0
    var inScope: [Int] = []
    var failing: [Int] = []
    var lastDay = ""
    var keyID: UInt64?
    var isErased = false

    private static let digits = Array(
        "0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnopqrstuvwxyz"
    )

    static func numbers(_ text: String) -> [Int] {
        text.map { digits.firstIndex(of: $0) ?? -1_000_000 }
    }

    mutating func apply(_ change: FieldChange) {
        switch change.field {
        case "village": village = change.new
        case "lao": lao = change.new
        case "collector": collector = change.new
        case "interviewedOn": visitedOn = change.new
        case "ages": personCount = change.new.split(separator: ",").count
        default:
            guard let number = Int(change.field.dropFirst("indicator.".count)) else { return }
            let pair = change.new.split(separator: "/").compactMap { Int($0) }
            if pair.count == 2, inScope.indices.contains(number - 1) {
                (inScope[number - 1], failing[number - 1]) = (pair[0], pair[1])
            }
        }
    }
}

struct CellName: Hashable {
    let cycle: String
    let village: String
    let lao: String
}

struct CycleAreaName: Hashable {
    let cycle: String
    let area: String
}

/// A certification as its records tell it.
struct Certified {
    let prepared: CertificationPrepared
    let level: Area.Level
    let preparedOn: String
    var signed: [(person: String, role: String, day: String)] = []
    var issuedOn: String?
    var submittedOn: String?
    var withdrawnOn: String?
}

/// What the records say, gathered without asking the rules' own state.
struct Facts {
    var lastRecordedAt = ""
    var areas: [String: Area] = [:]
    var cycles: [String: Cycle] = [:]
    var people: Set<String> = []
    var orders: [String: Order] = [:]
    var offices: [Office] = []
    /// The days on which keys were registered; who had one ever.
    var keys: [String: [Data: String]] = [:]
    /// Likewise passkeys, by their credential ids, each with its key.
    var passkeys: [String: [Data: (key: Data, day: String)]] = [:]
    var houses: [String: House] = [:]
    var targets: [CellName: UInt64] = [:]
    var certified: [String: Certified] = [:]
    /// Whatever may be said once only, by its subject.
    var once: Set<String> = []
    var directives: [String: Directive] = [:]
    var meetings: [String: Meeting] = [:]
    var cooperation: [String: CooperationRequest] = [:]
    var plans: [String: ActionPlan] = [:]
    /// By plan and area: it lies there and was neither accepted nor returned.
    var submittedPlans: Set<String> = []
    var progress: [String: [UInt32]] = [:]
    /// By cycle, area and kind.
    var nominees: [String: Set<String>] = [:]
    /// By cycle and serial: who has the form, and whether it is closed.
    var forms: [String: (collector: String, isClosed: Bool)] = [:]
    /// The forms of each range, by its first one.
    var issues: [String: [String]] = [:]
    var presentations: [String: ResultsPresentation] = [:]
    var reviewedOn: [String: String] = [:]
    var confirmed: Set<String> = []
    var openConcerns: [String: CycleAreaName] = [:]
    var checks: [String: QualityCheck] = [:]
    var announcements: [String: SampleAnnouncement] = [:]
    var users: Set<String> = []
    var destroyedKeys: Set<UInt64> = []

    func level(_ area: String) -> Area.Level { areas[area]?.level ?? .unspecified }

    /// Whether a place belongs to an area: by its code, or because the area is its LAO.
    func contains(_ area: String, village: String, lao: String) -> Bool {
        level(area) == .lao ? lao == area : village.hasPrefix(area)
    }

    func holds(_ kind: Order.Kind, _ person: String, _ cell: CellName, on day: String) -> Bool {
        offices.contains {
            $0.kind == kind && $0.person == person && $0.cycle == cell.cycle && $0.runs(on: day)
                && contains($0.area, village: cell.village, lao: cell.lao)
        }
    }

    func committee(_ cycle: String, _ area: String, on day: String) -> [Office] {
        offices.filter {
            $0.kind == .committee && $0.cycle == cycle && $0.area == area && $0.runs(on: day)
        }
    }

    /// The figures of an area, counted from the households and targets themselves.
    func recount(_ cycle: String, _ area: String) -> Figures {
        var figures = Figures()
        for (cell, households) in targets
        where cell.cycle == cycle && contains(area, village: cell.village, lao: cell.lao) {
            figures.targetHouseholds += households
        }
        for house in houses.values
        where house.cycle == cycle && contains(area, village: house.village, lao: house.lao) {
            if house.isVisited { figures.notCollected += 1 }
            guard house.isRecorded else { continue }
            figures.collected += 1
            figures.persons += UInt64(house.personCount)
            for index in house.inScope.indices {
                while figures.surveyed.count <= index {
                    figures.surveyed.append(0)
                    figures.failed.append(0)
                }
                figures.surveyed[index] += UInt64(max(0, house.inScope[index]))
                figures.failed[index] += UInt64(max(0, house.failing[index]))
            }
        }
        return figures
    }
}

extension Figures {
    /// The same without numbers at the end that count nobody: how long the list is, the form says.
    var trimmed: Figures {
        var figures = self
        while figures.surveyed.last == 0, figures.failed.last == 0 {
            figures.surveyed.removeLast()
            figures.failed.removeLast()
        }
        return figures
    }
}
