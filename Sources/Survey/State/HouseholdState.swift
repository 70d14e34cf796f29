/// One household as its stream tells it.
package struct HouseholdState: Sendable, Equatable {
    package enum Status: Sendable, Equatable {
        case absent
        case recorded
        case notCollected
    }

    package internal(set) var status = Status.absent
    package internal(set) var village = ""
    package internal(set) var lao = ""
    package internal(set) var interviewedOn = ""
    package internal(set) var collector = ""
    /// The serial of the form, while it is recorded and one was named.
    package internal(set) var questionnaire = ""
    /// Who made its last record known.
    package internal(set) var recorder = ""
    /// Everybody who collected, recorded or corrected what is on record of it now.
    package internal(set) var hands: Set<String> = []
    /// The quality checks that asked it again.
    package internal(set) var checks: Set<String> = []
    package internal(set) var ages: [UInt32] = []
    package internal(set) var counts = IndicatorCounts(count: 0)
    /// Whether the counts follow from answers, which are sealed.
    package internal(set) var hasAnswers = false
    /// How many contradictions of the answers warn.
    package internal(set) var warningCount: UInt32 = 0
    /// The vault key of this household, once something was sealed.
    package internal(set) var keyID: UInt64?
    /// Whether its personal data was erased and none recorded since.
    package internal(set) var isErased = false
    /// How many events the stream has.
    package internal(set) var version: UInt32 = 0
    /// The day of the last of them; nothing that follows is dated before it.
    package internal(set) var lastActOn: Day?

    package init() {}

    /// The state after one more event of the same stream.
    ///
    /// `user` is who acted; without it nobody is known as the recorder.
    package mutating func evolve(_ event: Event, on day: Day, by user: String = "") {
        version += 1
        lastActOn = day
        switch event.kind {
        case .householdRecorded(let recorded):
            status = .recorded
            village = recorded.village
            lao = recorded.lao
            interviewedOn = recorded.interviewedOn
            collector = recorded.collector
            questionnaire = recorded.questionnaire
            recorder = user
            touch(recorded.collector, user)
            ages = recorded.ages
            // `admit` refused anything else; a forged record counts as no answers.
            counts =
                (try? IndicatorCounts(inScope: recorded.inScope, failing: recorded.failing))
                ?? IndicatorCounts(count: 0)
            if recorded.hasSealed { hold(recorded.sealed) }
            note(recorded.warningCount, checked: recorded.checkedAtEntry)
        case .householdCorrected(let corrected):
            for change in corrected.changes { apply(change) }
            touch(collector, user)
            if corrected.hasSealed {
                hold(corrected.sealed)
                note(corrected.warningCount, checked: corrected.checkedAtEntry)
            }
        case .householdNotCollected(let visited):
            status = .notCollected
            village = visited.village
            lao = visited.lao
            collector = visited.collector
            touch(visited.collector, user)
            questionnaire = ""
        case .householdWithdrawn:
            status = .absent
            questionnaire = ""
            hands = []
        case .householdReinterviewed(let interview):
            checks.insert(interview.check)
        case .personalDataErased:
            keyID = nil
            isErased = true
        default:
            break
        }
    }

    /// The same as a value.
    func after(_ event: Event, on day: Day, by user: String = "") -> HouseholdState {
        var after = self
        after.evolve(event, on: day, by: user)
        return after
    }

    private mutating func touch(_ collector: String, _ user: String) {
        hands.insert(collector)
        if !user.isEmpty { hands.insert(user) }
    }

    private mutating func hold(_ sealed: Sealed) {
        keyID = sealed.keyID
        isErased = false
    }

    private mutating func note(_ warnings: UInt32, checked: [String]) {
        hasAnswers = checked == PersonalCheck.withAnswers
        warningCount = hasAnswers ? warnings : 0
    }

    private mutating func apply(_ change: FieldChange) {
        switch HouseholdField(name: change.field) {
        case .village: village = change.new
        case .lao: lao = change.new
        case .interviewedOn: interviewedOn = change.new
        case .collector: collector = change.new
        case .questionnaire: questionnaire = change.new
        case .ages: ages = HouseholdField.ages(change.new) ?? ages
        case .indicator(let number):
            if let pair = HouseholdField.counts(change.new) {
                try? counts.set(number, inScope: pair.inScope, failing: pair.failing)
            }
        case .personal, nil: break
        }
    }

    /// The recorded value of a field, in the form corrections use.
    package func value(of field: HouseholdField) -> String {
        switch field {
        case .village: village
        case .lao: lao
        case .interviewedOn: interviewedOn
        case .collector: collector
        case .questionnaire: questionnaire
        case .ages: HouseholdField.text(ages)
        case .indicator(let number):
            HouseholdField.text(
                inScope: counts.inScope(number),
                failing: counts.failing(number)
            )
        case .personal: ""
        }
    }
}

extension HouseholdCorrected {
    /// Whether it changes anything beside the sealed personal data.
    ///
    /// One that does not leaves every figure as it was, and so every certification.
    package var changesOpenField: Bool {
        changes.contains { $0.field != HouseholdField.personal.name }
    }
}

/// The fields a correction can name; `name` is what records say.
package enum HouseholdField: Hashable, Sendable {
    case village, lao, interviewedOn, collector, questionnaire, ages, personal
    case indicator(Int)

    package init?(name: String) {
        switch name {
        case "village": self = .village
        case "lao": self = .lao
        case "interviewedOn": self = .interviewedOn
        case "collector": self = .collector
        case "questionnaire": self = .questionnaire
        case "ages": self = .ages
        case "personal": self = .personal
        default:
            guard name.hasPrefix("indicator."), let number = Int(name.dropFirst(10)),
                (1...IndicatorCounts.numberMax).contains(number),
                name == "indicator.\(number)"
            else { return nil }
            self = .indicator(number)
        }
    }

    package var name: String {
        switch self {
        case .village: "village"
        case .lao: "lao"
        case .interviewedOn: "interviewedOn"
        case .collector: "collector"
        case .questionnaire: "questionnaire"
        case .ages: "ages"
        case .personal: "personal"
        case .indicator(let number): "indicator.\(number)"
        }
    }

    var isIndicator: Bool {
        if case .indicator = self { return true }
        return false
    }

    /// "34,62,5", head first; one list has one spelling, and reading is strict.
    package static func text(_ ages: [UInt32]) -> String {
        ages.map(String.init).joined(separator: ",")
    }

    package static func ages(_ text: String) -> [UInt32]? {
        let ages = text.split(separator: ",", omittingEmptySubsequences: false).map { UInt32($0) }
        let known = ages.compactMap { $0 }
        return known.count == ages.count && Self.text(known) == text ? known : nil
    }

    /// "3/1": three in scope, one failing.
    package static func text(inScope: Int, failing: Int) -> String { "\(inScope)/\(failing)" }

    package static func counts(_ text: String) -> (inScope: Int, failing: Int)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let inScope = Int(parts[0]), let failing = Int(parts[1]),
            (0...IndicatorCounts.maximum).contains(inScope), (0...inScope).contains(failing),
            Self.text(inScope: inScope, failing: failing) == text
        else { return nil }
        return (inScope, failing)
    }
}
