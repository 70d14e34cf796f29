import Survey

/// Presentations, objections, samples, checks and defects.
extension GoldenSamples {
    /// Nil for a kind that is none of these.
    static func review(_ kind: EventKind) -> Event.OneOf_Kind? {
        switch kind {
        case .resultsPresented:
            .resultsPresented(
                make {
                    ($0.presentation, $0.cycle, $0.area) = ("pr-1", "2561", "990151")
                    ($0.place, $0.presenter) = (texts[0], "p-4")
                    $0.documents = [reviewPaper]
                    ($0.treeSize, $0.rootHash) = (28, String(repeating: "0f", count: 32))
                    $0.figuresDigest = String(repeating: "a5", count: 32)
                }
            )
        case .publicReviewHeld:
            .publicReviewHeld(
                make {
                    $0.presentation = "pr-1"
                    $0.attendance = [
                        make { ($0.kind, $0.count) = (.localExecutive, 1) },
                        make { ($0.kind, $0.count) = (.resident, 120) },
                    ]
                    $0.persons = ["p-1", "p-2"]
                    $0.outcome = .objected
                    $0.documents = [reviewPaper]
                }
            )
        case .objectionRaised:
            .objectionRaised(
                make {
                    ($0.objection, $0.cycle, $0.area) = ("ob-1", "2561", "990151")
                    ($0.presentation, $0.raisedBy) = ("pr-1", .villageHead)
                    ($0.text, $0.household) = (texts[3], "99010101-0001")
                    ($0.village, $0.indicator) = ("99010101", 8)
                }
            )
        case .objectionResolved:
            .objectionResolved(
                make {
                    ($0.objection, $0.outcome, $0.reason) = ("ob-1", .accepted, texts[4])
                    $0.households = ["99010101-0001", "99010101-0002"]
                }
            )
        default: check(kind)
        }
    }

    private static func check(_ kind: EventKind) -> Event.OneOf_Kind? {
        switch kind {
        case .sampleDrawn:
            .sampleDrawn(
                make {
                    ($0.sample, $0.cycle, $0.area) = ("2561-990151-1", "2561", "990151")
                    ($0.level, $0.stage) = (.district, .recording)
                    ($0.size, $0.perMille, $0.population) = (6, 50, 120)
                    ($0.treeSize, $0.rootHash) = (28, String(repeating: "0f", count: 32))
                    $0.seed = String(repeating: "5a", count: 32)
                }
            )
        case .sampleAnnounced:
            .sampleAnnounced(
                make {
                    ($0.sample, $0.cycle, $0.area) = ("2561-990151-1", "2561", "990151")
                    ($0.level, $0.stage) = (.district, .recording)
                    ($0.size, $0.perMille, $0.checkers) = (6, 50, ["p-1", "p-2"])
                    ($0.population, $0.treeSize) = (120, 28)
                }
            )
        case .qualityCheckDone:
            .qualityCheckDone(
                make {
                    ($0.check, $0.cycle, $0.area) = ("ch-1", "2561", "990151")
                    ($0.level, $0.stage) = (.district, .certifying)
                    ($0.sample, $0.checkers) = ("2561-990151-1", ["p-1", "p-2"])
                    ($0.outcome, $0.findings) = (.defective, texts[1])
                    $0.documents = [reviewPaper]
                }
            )
        case .defectFound:
            .defectFound(
                make {
                    ($0.defect, $0.cycle, $0.area) = ("de-1", "2561", "99010101")
                    ($0.check, $0.severity, $0.text) = ("ch-1", .major, texts[0])
                    ($0.household, $0.indicator) = ("99010101-0001", 8)
                }
            )
        case .defectResolved:
            .defectResolved(
                make { ($0.defect, $0.outcome, $0.reason) = ("de-1", .noFault, texts[4]) }
            )
        default: nil
        }
    }

    static let reinterview: Reinterview = make {
        ($0.check, $0.cycle, $0.household) = ("ch-1", "2561", "99010101-0001")
        $0.checker = "p-1"
        $0.indicators = [
            make { ($0.indicator, $0.inScope, $0.failing) = (8, 2, 1) },
            make { ($0.indicator, $0.inScope) = (9, 1) },
        ]
        $0.differing = [8]
    }

    private static let reviewPaper: Document = make {
        $0.sha256 = String(repeating: "ab", count: 32)
        $0.byteCount = 9_007_199_254_740_993
        $0.mediaType = "application/pdf"
        $0.title = texts[0]
        $0.number = "4"
    }
}
