import Cryptography
import Survey

/// Results before the people, samples, checks, objections and defects.
extension Invariants {
    mutating func checkReview(_ event: Event, _ day: String, _ index: UInt64) {
        switch event.kind {
        case .resultsPresented(let shown):
            expectFirst("presentation \(shown.presentation)")
            let length = facts.length(ofFigures: shown.cycle)
            let counted = facts.recount(shown.cycle, shown.area).padded(to: length)
            let digest = counted.digest(cycle: shown.cycle, area: shown.area)
            expect(digest.hex == shown.figuresDigest, "other figures are presented")
            expect(shown.treeSize == index, "figures of another moment are presented")
            facts.presentations[shown.presentation] = shown
        case .publicReviewHeld(let review):
            let name = review.presentation
            expect(facts.presentations[name] != nil, "a review of nothing")
            expect(!facts.confirmed.contains(name), "a review after the confirmation")
            expect(facts.reviewedOn[name] ?? "" < day, "two reviews in one day")
            facts.reviewedOn[name] = day
            if review.outcome == .confirmed { facts.confirmed.insert(name) }
        case .objectionRaised(let objection):
            open("objection \(objection.objection)", objection.cycle, objection.area)
        case .objectionResolved(let resolution): close("objection \(resolution.objection)")
        case .defectFound(let defect):
            open("defect \(defect.defect)", defect.cycle, defect.area)
            if !defect.check.isEmpty {
                expect(facts.checks[defect.check]?.cycle == defect.cycle, "found in no check")
            }
        case .defectResolved(let resolution): close("defect \(resolution.defect)")
        case .sampleAnnounced(let announcement): check(announcement, index)
        case .sampleDrawn(let draw): check(draw, index)
        case .qualityCheckDone(let check):
            expectFirst("check \(check.check)")
            expect(!check.checkers.isEmpty, "nobody checked")
            expect(facts.people.isSuperset(of: check.checkers), "a checker whom nobody knows")
            if !check.sample.isEmpty {
                expect(facts.once.contains("sample \(check.sample)"), "a check of no sample")
                expect(check.checkers == ["checker-1"], "somebody else checks a sample")
            }
            facts.checks[check.check] = check
        default: break
        }
    }

    private mutating func open(_ name: String, _ cycle: String, _ area: String) {
        expectFirst(name)
        facts.openConcerns[name] = CycleAreaName(cycle: cycle, area: area)
    }

    private mutating func close(_ name: String) {
        expect(facts.openConcerns.removeValue(forKey: name) != nil, "\(name) is not open")
    }

    private mutating func check(_ announcement: SampleAnnouncement, _ index: UInt64) {
        let (name, cycle, area) = (announcement.sample, announcement.cycle, announcement.area)
        expectFirst("sample \(name)")
        let number = facts.once.count { $0.hasPrefix("sample \(cycle)-\(area)-") }
        expect(name == "\(cycle)-\(area)-\(number)", "\(name) was chosen")
        let population = facts.recount(cycle, area).collected
        expect(announcement.population == population, "a sample of \(announcement.population)")
        let size = UInt64(announcement.size)
        expect(size <= population && size > 0, "\(size) of \(population)")
        expect(announcement.treeSize == index, "a sample of another moment")
        facts.announcements[name] = announcement
    }

    /// As RULES.md tells everybody how to draw it again: by a checkpoint that nobody had at the
    /// announcement.
    private mutating func check(_ draw: SampleDraw, _ index: UInt64) {
        expectFirst("draw \(draw.sample)")
        let announced = facts.announcements[draw.sample]
        expect(announced != nil, "a draw of nothing")
        expect(draw.population == announced?.population, "another population is drawn from")
        expect(draw.size == announced?.size, "so many were not announced")
        expect(draw.treeSize > announced?.treeSize ?? .max, "a seed known at the announcement")
        expect(draw.treeSize <= index, "a seed of the future")
        let seed = SHA256.hash(Array("bmn-sample/v1\n\(draw.rootHash)\n\(draw.sample)\n".utf8))
        expect(draw.seed == seed.hex, "a seed that was chosen")
    }
}

extension Facts {
    /// How many numbers the form of a cycle has.
    fileprivate func length(ofFigures cycle: String) -> Int {
        cycles[cycle]?.edition == "2560-2564" ? 31 : 4
    }
}

extension Figures {
    fileprivate func padded(to length: Int) -> Figures {
        var figures = self
        while figures.surveyed.count < length {
            figures.surveyed.append(0)
            figures.failed.append(0)
        }
        return figures
    }
}
