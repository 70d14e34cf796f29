import Survey

/// Printed forms and money.
extension GoldenSamples {
    /// Nil for a kind that is none of these.
    static func paper(_ kind: EventKind) -> Event.OneOf_Kind? {
        switch kind {
        case .questionnairesIssued:
            .questionnairesIssued(
                make {
                    ($0.cycle, $0.area, $0.collector) = ("2561", "990101", "p-1")
                    ($0.ranges, $0.issuedOn) = ([range(1, .max)], "2017-12-01")
                }
            )
        case .questionnairesReturned:
            .questionnairesReturned(
                make {
                    ($0.cycle, $0.collector) = ("2561", "p-1")
                    ($0.ranges, $0.returnedOn) = ([range(9, 12)], "2018-02-01")
                }
            )
        case .questionnairesSpoiled:
            .questionnairesSpoiled(
                make {
                    ($0.cycle, $0.collector) = ("2561", "p-1")
                    ($0.ranges, $0.spoiledOn) = ([range(5, 5)], "2018-01-20")
                    $0.reason = texts[1]
                }
            )
        case .budgetAllocated:
            .budgetAllocated(
                make {
                    ($0.allocation, $0.cycle, $0.area) = ("b-1", "2561", "9901")
                    ($0.activity, $0.amountSatang) = (texts[0], .max)
                    ($0.source, $0.allocatedOn) = (texts[4], "2017-11-01")
                    ($0.documentNumber, $0.documents) = (texts[3], [paper])
                }
            )
        case .budgetSpent:
            .budgetSpent(
                make {
                    ($0.allocation, $0.amountSatang) = ("b-1", 150_050)
                    ($0.spentOn, $0.text, $0.documentNumber) = (
                        "2018-02-20", texts[1], texts[0]
                    )
                }
            )
        default: nil
        }
    }

    private static func range(_ first: UInt32, _ last: UInt32) -> SerialRange {
        make { ($0.prefix, $0.first, $0.last) = ("A-", first, last) }
    }

    /// A household with the field that came with the forms.
    static var householdWithForm: Event {
        var event = Event()
        event.householdRecorded.cycle = "2561"
        event.householdRecorded.household = "99010101-0002"
        event.householdRecorded.synthetic = true
        event.householdRecorded.questionnaire = "A-0007"
        return event
    }
}
