import Survey
import SwiftProtobuf

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Letters, meetings, trainings, the paths of orders, and users.
extension GoldenSamples {
    /// Nil for a kind that is none of these.
    static func act(_ kind: EventKind) -> Event.OneOf_Kind? {
        switch kind {
        case .directiveIssued: .directiveIssued(directive)
        case .directiveReceived:
            .directiveReceived(
                make {
                    $0.directive = "d-1"
                    $0.area = "9901"
                    $0.receivedOn = "2017-10-20"
                    $0.registerNumber = texts[0]
                }
            )
        case .meetingCalled: .meetingCalled(meeting)
        case .meetingHeld: .meetingHeld(minutes)
        case .meetingCancelled:
            .meetingCancelled(
                make {
                    $0.meeting = "m-1"
                    $0.reason = texts[4]
                }
            )
        case .trainingHeld: .trainingHeld(training)
        case .orderCirculated:
            .orderCirculated(
                make {
                    $0.order = "o-1"
                    $0.circulatedOn = "2017-11-03"
                    $0.toAreas = ["990101", "990151"]
                    $0.documentNumber = texts[1]
                }
            )
        case .orderSubmitted:
            .orderSubmitted(
                make {
                    $0.order = "o-1"
                    $0.toArea = "99"
                    $0.documentNumber = texts[3]
                    $0.submittedOn = "2017-11-09"
                }
            )
        case .directiveRevised:
            .directiveRevised(
                make {
                    ($0.directive, $0.number) = ("d-1", reading(.likely))
                    ($0.date, $0.subject) = (reading(.certain), texts[0])
                    $0.reason = texts[3]
                }
            )
        case .paperWithdrawn:
            .paperWithdrawn(
                make {
                    ($0.kind, $0.paper, $0.area) = (.orderCirculation, "o-1", "9901")
                    $0.reason = texts[0]
                }
            )
        default: user(kind)
        }
    }

    private static func user(_ kind: EventKind) -> Event.OneOf_Kind? {
        switch kind {
        case .userRegistered:
            .userRegistered(
                make {
                    $0.cycle = "2561"
                    $0.person = "p-1"
                    $0.role = "recorder"
                    $0.area = "9901"
                }
            )
        case .userRegistrationUpdated:
            .userRegistrationUpdated(
                make {
                    $0.cycle = "2561"
                    $0.person = "p-1"
                    $0.role = "supervisor"
                    $0.area = "990101"
                    $0.reason = texts[0]
                }
            )
        case .userDisabled:
            .userDisabled(
                make {
                    $0.cycle = "2561"
                    $0.person = "p-1"
                    $0.reason = texts[2]
                }
            )
        default: nil
        }
    }

    /// A cycle with the fields that came with meetings and users.
    static var cycleWithRules: Event {
        var event = Event()
        event.cycleDefined.cycle = "2562"
        event.cycleDefined.meetingRule.quorumNumerator = 2
        event.cycleDefined.meetingRule.quorumDenominator = 3
        event.cycleDefined.registersUsersWithoutAppointment = true
        return event
    }

    static let paper: Document = make {
        $0.sha256 = String(repeating: "d4", count: 32)
        $0.byteCount = 1 << 30
        $0.mediaType = "application/pdf"
        $0.title = texts[0]
        $0.number = "4"
    }

    static func reading(_ certainty: Reading.Certainty) -> Reading {
        make {
            $0.asRead = "๗๗ ตุลาคม ๒๕๖๐"
            $0.asUnderstood = "2017-10"
            $0.certainty = certainty
            $0.note = texts[1]
        }
    }

    private static let directive: Directive = make {
        $0.directive = "d-1"
        $0.cycle = "2561"
        $0.number = reading(.likely)
        $0.date = reading(.unknown)
        $0.fromOffice = texts[0]
        $0.subject = texts[4]
        $0.fromArea = "99"
        $0.toAreas = ["9901", "9902"]
        $0.signer = texts[3]
        $0.capacity = "acting for the governor"
        $0.documents = [paper]
        $0.cites = [reading(.certain)]
    }

    private static let meeting: Meeting = make {
        $0.meeting = "m-1"
        $0.cycle = "2561"
        $0.area = "990151"
        $0.scheduledOn = "2017-11-20"
        $0.place = texts[0]
        $0.agenda = texts[1]
        $0.noticeNumber = texts[3]
        $0.documents = [paper]
    }

    private static let minutes: MeetingMinutes = make {
        $0.meeting = "m-1"
        $0.heldOn = "2017-11-21"
        $0.attendees = ["p-1", "p-2"]
        $0.guestCount = 12
        $0.resolutions = [
            make {
                $0.text = texts[0]
                $0.forCount = 1
                $0.againstCount = 1
                $0.abstainedCount = .max
                $0.dissents = [
                    make {
                        $0.person = "p-2"
                        $0.reason = texts[4]
                    }
                ]
            }
        ]
        $0.documents = [paper]
        $0.memberCount = 3
        $0.presentCount = 2
        $0.quorumCount = 2
    }

    private static let training: Training = make {
        $0.training = "t-1"
        $0.cycle = "2561"
        $0.area = "9901"
        $0.kind = .recorder
        $0.heldOn = "2017-12-20"
        $0.place = texts[3]
        $0.trainers = ["p-1"]
        $0.participants = ["p-2", "p-3"]
        $0.documents = [paper]
    }
}

/// By file, cycles and users with the fields that came after their kinds.
extension GoldenSamples {
    private static let namedKey = Data(0..<32)
    private static let certificateName = String(repeating: "ab", count: 32)

    static let settingForms: [String: Event] = [
        "cycle-defined-settings": make {
            $0.cycleDefined.cycle = "2562"
            $0.cycleDefined.committeeLevels = [.district, .tambon, .lao]
            $0.cycleDefined.appointedUserRoles = ["auditor", "admin"]
            $0.cycleDefined.cooperationRequiresCitation = true
        },
        "user-registered-means": make {
            $0.userRegistered.cycle = "2561"
            $0.userRegistered.person = "p-1"
            $0.userRegistered.role = "committee"
            $0.userRegistered.area = "9981"
            $0.userRegistered.publicKey = namedKey
            $0.userRegistered.certificate = certificateName
        },
        "user-registration-updated-means": make {
            $0.userRegistrationUpdated.cycle = "2561"
            $0.userRegistrationUpdated.person = "p-1"
            $0.userRegistrationUpdated.role = "committee"
            $0.userRegistrationUpdated.area = "9981"
            $0.userRegistrationUpdated.reason = "a new key"
            $0.userRegistrationUpdated.publicKey = namedKey
            $0.userRegistrationUpdated.certificate = certificateName
        },
    ]
}
