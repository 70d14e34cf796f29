import Foundation
import Ledger
import Survey

/// What must be true of every survey, written down without the rules' code: from the records alone, and
/// of the rules' state after each of them.
struct Invariants {
    var facts = Facts()
    private var problems: [String] = []

    mutating func expect(_ isTrue: Bool, _ problem: @autoclosure () -> String) {
        if !isTrue { problems.append(problem()) }
    }

    /// Says something for the first time.
    mutating func expectFirst(_ subject: String) {
        expect(facts.once.insert(subject).inserted, "a second \(subject)")
    }

    /// What is wrong with a record that was accepted, and with the state that it left.
    mutating func check(_ recorded: RecordedEvent, _ known: Known) -> [String] {
        problems = []
        let envelope = recorded.envelope
        let day = envelope.day.iso
        expect(envelope.day <= envelope.recordedAt.bangkokDay, "an act of tomorrow")
        expect(envelope.recordedAt.text >= facts.lastRecordedAt, "time goes back")
        facts.lastRecordedAt = envelope.recordedAt.text
        let user = envelope.actor.user
        switch recorded.event.kind {
        case .householdRecorded, .householdCorrected, .householdNotCollected,
            .householdWithdrawn, .householdReinterviewed, .personalDataErased:
            checkHousehold(recorded.event, day, user)
        case .certificationPrepared, .certificationSigned, .certificationIssued,
            .certificationSubmitted, .certificationWithdrawn:
            checkCertification(recorded.event, day)
        case .resultsPresented, .publicReviewHeld, .objectionRaised, .objectionResolved,
            .sampleAnnounced, .sampleDrawn, .qualityCheckDone, .defectFound, .defectResolved:
            checkReview(recorded.event, day, recorded.index)
        case .areaDefined, .areaRevised, .cycleDefined, .personRegistered, .memberKeyRegistered,
            .memberKeyRevoked, .passkeyRegistered, .passkeyRevoked, .orderIssued, .orderAmended,
            .orderRevoked, .targetSet, .targetRevised, .userRegistered, .userRegistrationUpdated,
            .userDisabled:
            checkBasis(recorded.event, day)
        default: checkPaper(recorded.event, day)
        }
        checkFigures(known)
        checkStandingCertifications(known)
        return problems
    }

    /// Figures are sums over households that each count once at every level.
    private mutating func checkFigures(_ known: Known) {
        for (cycle, rules) in facts.cycles {
            var sums: [Area.Level: UInt64] = [:]
            for (code, area) in facts.areas where code.hasPrefix(rules.provinceCode) {
                let figures = known.state.figures(area: code, level: area.level, cycle: cycle)
                let counted = facts.recount(cycle, code)
                expect(figures.trimmed == counted.trimmed, "figures of \(cycle) \(code)")
                sums[area.level, default: 0] += figures.collected
                for (surveyed, failed) in zip(figures.surveyed, figures.failed) {
                    expect(failed <= surveyed, "more fail than were asked in \(code)")
                    expect(
                        surveyed <= max(figures.persons, figures.collected),
                        "more were asked than there are in \(code)"
                    )
                }
            }
            let recorded = facts.houses.values.count { $0.cycle == cycle && $0.isRecorded }
            for level in [Area.Level.village, .tambon, .lao, .district, .province] {
                expect(
                    sums[level, default: 0] == UInt64(recorded),
                    "\(level.name)s of \(cycle) add up to \(sums[level, default: 0])"
                )
            }
        }
    }

    /// Whatever stands is what its area is now, and a district stands on its LAOs.
    private mutating func checkStandingCertifications(_ known: Known) {
        var standing: Set<CycleAreaName> = []
        for (id, certified) in facts.certified {
            guard let state = known.state.certifications[id],
                !known.state.isSuperseded(state), certified.withdrawnOn == nil
            else { continue }
            let prepared = certified.prepared
            let place = CycleAreaName(cycle: prepared.cycle, area: prepared.area)
            expect(standing.insert(place).inserted, "two certifications of \(prepared.area)")
            expect(
                prepared.figures.trimmed == facts.recount(prepared.cycle, prepared.area).trimmed,
                "\(id) stands on other figures"
            )
            guard let cycle = facts.cycles[prepared.cycle] else { continue }
            if cycle.requiresFullCoverage { checkCoverage(of: place, id) }
            guard certified.level == .district else { continue }
            let laos = Set(
                facts.houses.values.filter {
                    $0.cycle == prepared.cycle && ($0.isRecorded || $0.isVisited)
                        && $0.village.hasPrefix(prepared.area)
                }.map(\.lao)
            )
            for lao in laos {
                let stands = facts.certified.contains { lower, one in
                    one.prepared.area == lao && one.prepared.cycle == prepared.cycle
                        && one.submittedOn != nil && one.withdrawnOn == nil
                        && known.state.certifications[lower].map {
                            !known.state.isSuperseded($0)
                        } == true
                }
                expect(stands, "\(id) stands without its LAO \(lao)")
            }
        }
    }

    private mutating func checkCoverage(of place: CycleAreaName, _ id: String) {
        for (cell, target) in facts.targets
        where cell.cycle == place.cycle
            && facts.contains(place.area, village: cell.village, lao: cell.lao)
        {
            let count = facts.houses.values.count {
                $0.cycle == cell.cycle && $0.village == cell.village && $0.lao == cell.lao
                    && ($0.isRecorded || $0.isVisited)
            }
            expect(UInt64(count) >= target, "\(id) stands without all of \(cell.village)")
        }
    }
}
