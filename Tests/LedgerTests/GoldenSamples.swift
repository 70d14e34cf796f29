import Ledger
import Survey
import SwiftProtobuf

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One event of every kind with every field set; the golden records were made from these.
enum GoldenSamples {
    static let texts = ["ข้อความ \"ไทย\"", "back\\slash", "two\nlines\ttab", "🏠👩‍👩‍👧 emoji", "<&>'/"]

    static func make<Body: Message>(_ fill: (inout Body) -> Void) -> Body {
        var body = Body()
        fill(&body)
        return body
    }

    static func event(_ kind: EventKind) -> Event {
        var event = Event()
        event.kind = kind.isOfHousehold ? household(kind) : reference(kind)
        return event
    }

    private static func reference(_ kind: EventKind) -> Event.OneOf_Kind {
        switch kind {
        case .ledgerCreated: .ledgerCreated(created)
        case .logKeyRotated: .logKeyRotated(rotation)
        case .certificateRootsDefined: .certificateRootsDefined(roots)
        case .memberCertificateRegistered: .memberCertificateRegistered(certificate)
        case .memberCertificateRevoked: .memberCertificateRevoked(certificateRevocation)
        case .editionDefined: .editionDefined(edition)
        case .areaDefined: .areaDefined(area)
        case .areaRevised: .areaRevised(revision)
        case .cycleDefined: .cycleDefined(cycle)
        case .deadlineChanged: .deadlineChanged(deadlineChange)
        case .personRegistered: .personRegistered(person)
        case .memberKeyRegistered: .memberKeyRegistered(memberKey)
        case .memberKeyRevoked: .memberKeyRevoked(keyRevocation)
        case .orderIssued: .orderIssued(order)
        case .orderAmended: .orderAmended(amendment)
        case .orderRevoked: .orderRevoked(orderRevocation)
        case .targetSet: .targetSet(target)
        case .targetRevised: .targetRevised(targetRevision)
        case .personalDataErased: .personalDataErased(erasureOfPerson)
        default: act(kind) ?? programme(kind) ?? review(kind) ?? member(kind) ?? certification(kind)
        }
    }

    private static func certification(_ kind: EventKind) -> Event.OneOf_Kind {
        switch kind {
        case .certificationPrepared: .certificationPrepared(prepared)
        case .certificationSigned: .certificationSigned(signature)
        case .certificationIssued: .certificationIssued(make { $0.certification = "c-1" })
        case .certificationSubmitted:
            .certificationSubmitted(
                make {
                    $0.certification = "c-1"
                    $0.toArea = "9901"
                    $0.documentNumber = "ตย 0019.3/ว 55"
                }
            )
        case .certificationWithdrawn:
            .certificationWithdrawn(
                make {
                    $0.certification = "c-1"
                    $0.reason = texts[0]
                }
            )
        default:
            .reportSubmitted(
                make {
                    $0.cycle = "2561"
                    $0.deadline = "users"
                    $0.area = "9901"
                    $0.documentNumber = texts[4]
                }
            )
        }
    }

    private static func household(_ kind: EventKind) -> Event.OneOf_Kind {
        switch kind {
        case .householdRecorded: .householdRecorded(recorded)
        case .householdCorrected: .householdCorrected(corrected)
        case .householdNotCollected: .householdNotCollected(notCollected)
        case .householdReinterviewed: .householdReinterviewed(reinterview)
        default:
            .householdWithdrawn(
                make {
                    $0.cycle = "2561"
                    $0.household = "99010101-0001"
                    $0.reason = texts[3]
                }
            )
        }
    }

    /// In the order of the golden records: one of every kind, then later forms of earlier kinds.
    static var all: [Event] {
        let acts = EventKind.allCases.filter { (28...38).contains($0.number) }
        // The kinds up to here came before the signature with a certificate.
        return EventKind.allCases.prefix(27).map(event) + [signedWithCertificate]
            + acts.map(event) + [cycleWithRules] + erasures
    }

    /// Kinds whose golden records lie in files of their own, one each.
    static let later = [EventKind.editionDefined: "edition-defined"]
        .merging(programmeFiles) { $1 }.merging(laterFiles) { $1 }.merging(passkeyFiles) { $1 }

    private static let laterFiles: [EventKind: String] = [
        .resultsPresented: "results-presented",
        .publicReviewHeld: "public-review-held", .objectionRaised: "objection-raised",
        .objectionResolved: "objection-resolved",
        .sampleDrawn: "sample-drawn", .sampleAnnounced: "sample-announced",
        .qualityCheckDone: "quality-check-done",
        .householdReinterviewed: "household-reinterviewed",
        .defectFound: "defect-found",
        .defectResolved: "defect-resolved",
        .directiveRevised: "directive-revised",
        .paperWithdrawn: "paper-withdrawn",
    ]

    /// What lies in a file of its own: later kinds, and later forms of earlier kinds.
    static var inOwnFiles: [String: Event] {
        var events = forms.merging(certificationForms) { $1 }.merging(settingForms) { $1 }
        for (kind, file) in later { events[file] = event(kind) }
        return events
    }

    /// By file, forms that came after their kind.
    private static let forms: [String: Event] = [
        "household-recorded-answers": make { $0.householdRecorded = recordedByAnswers },
        "household-corrected-answers": make { $0.householdCorrected = correctedByAnswers },
    ]

    private static var erasures: [Event] {
        [event(.personalDataErased), make { $0.personalDataErased = erasureOfHousehold }]
    }

    private static var signedWithCertificate: Event {
        var event = Event()
        event.certificationSigned.certification = "c-1"
        event.certificationSigned.person = "p-2"
        event.certificationSigned.role = "secretary"
        event.certificationSigned.cms = Data([0x30, 0x82] + (0..<200))
        return event
    }

    static let sealed: Sealed = make {
        $0.keyID = .max
        $0.nonce = Data(0..<12)
        $0.ciphertext = Data((0..<40).map { 255 - $0 })
    }
}

/// The things an order, a cycle or an area is about.
extension GoldenSamples {
    private static let created: LedgerCreated = make {
        $0.origin = "example.org/bmn/99"
        $0.logKey = "example.org/bmn/99+0a1b2c3d+" + Data([1] + (0..<32)).base64EncodedString()
        $0.formatVersion = 1
    }

    private static let area: Area = make {
        $0.code = "990151"
        $0.level = .lao
        $0.parentCode = "9901"
        $0.nameTh = "องค์การบริหารส่วนตำบลสมมุติ"
        $0.nameEn = "Sommut TAO"
        $0.validFrom = "2017-01-01"
        $0.validTo = "2020-12-31"
        $0.laoType = "TAO"
        $0.coveredCodes = ["990101", "990102"]
        $0.synthetic = true
    }

    private static let revision: AreaRevision = make {
        $0.code = "990151"
        $0.reason = texts[1]
        $0.nameTh = "ชื่อใหม่"
        $0.nameEn = ""
        $0.validTo = ""
        $0.covered.codes = ["990101"]
    }

    private static let cycle: Cycle = make {
        $0.cycle = "2561"
        $0.edition = "2560-2564"
        $0.referenceDate = "2018-01-01"
        $0.provinceCode = "99"
        $0.deadlines = [
            make {
                $0.deadline = "orders"
                $0.item = "1.2"
                $0.due = "2017-11-10"
                $0.act = .ordersIssued
                $0.fromLevel = .district
                $0.toLevel = .province
                $0.titleTh = "คำสั่งแต่งตั้ง"
                $0.titleEn = "Orders"
            }
        ]
        $0.certificationRules = [
            make {
                $0.level = .lao
                $0.requiredRoles = ["chair", "secretary"]
                $0.minimumSignatures = 3
            }
        ]
        $0.requiresFullCoverage = true
        $0.synthetic = true
    }

    private static let deadlineChange: DeadlineChange = make {
        $0.cycle = "2561"
        $0.deadline = "orders"
        $0.due = "2017-11-20"
        $0.reason = texts[2]
    }

    private static let person: PersonRegistration = make {
        $0.person = "p-1"
        $0.sealed = sealed
        $0.synthetic = true
    }

    private static let memberKey: MemberKey = make {
        $0.person = "p-1"
        $0.publicKey = Data(1...32)
    }

    private static let rotation: LogKeyRotation = make {
        $0.logKey = "example.org/bmn/99+0b1c2d3e+" + Data([1] + (32..<64)).base64EncodedString()
        $0.reason = texts[0]
        $0.endorsement = Data(0..<64)
    }

    private static let roots: CertificateRoots = make {
        $0.certificates = [Data([0x30, 0x82] + (0..<70)), Data([0x30, 0x80] + (70..<141))]
        $0.reason = texts[3]
    }

    private static let certificate: MemberCertificate = make {
        $0.person = "p-1"
        $0.certificate = Data([0x30, 0x82] + (100..<201))
    }

    private static let certificateRevocation: MemberCertificateRevocation = make {
        $0.person = "p-1"
        $0.sha256 = String(repeating: "c3", count: 32)
        $0.reason = texts[0]
    }

    private static let erasureOfPerson: Erasure = make {
        $0.person = "p-1"
        $0.ground = .orderOfAuthority
        $0.reason = texts[1]
        $0.documentNumber = "บก 0019/๑๒"
        $0.keyID = 1
    }

    private static let erasureOfHousehold: Erasure = make {
        $0.cycle = "2561"
        $0.household = "h-1"
        $0.ground = .requestOfSubject
        $0.reason = texts[3]
        $0.keyID = .max
    }

    private static let keyRevocation: MemberKeyRevocation = make {
        $0.person = "p-1"
        $0.publicKey = Data(1...32)
        $0.reason = texts[4]
    }

    private static let order: Order = make {
        $0.order = "o-1"
        $0.number = "๑/๒๕๖๐"
        $0.date = "2017-11-01"
        $0.kind = .committee
        $0.cycle = "2561"
        $0.area = "9901"
        $0.validFrom = "2017-12-01"
        $0.validTo = "2018-03-31"
        $0.appointments = [appointment]
    }

    private static let appointment: Appointment = make {
        $0.person = "p-1"
        $0.role = "chair"
        $0.area = "990151"
    }

    private static let amendment: OrderAmendment = make {
        $0.order = "o-1"
        $0.number = "๒/๒๕๖๑"
        $0.date = "2018-01-05"
        $0.effectiveOn = "2018-01-08"
        $0.reason = texts[0]
        $0.added = [appointment]
        $0.removedPersons = ["p-2", "p-3"]
    }

    private static let orderRevocation: OrderRevocation = make {
        $0.order = "o-1"
        $0.effectiveOn = "2018-02-01"
        $0.reason = texts[0]
    }

    private static let target: Target = make {
        $0.cycle = "2561"
        $0.village = "99010101"
        $0.lao = "990151"
        $0.households = 120
        $0.questionnaires = 130
    }

    private static let targetRevision: TargetRevision = make {
        $0.cycle = "2561"
        $0.village = "99010101"
        $0.lao = "990151"
        $0.households = 121
        $0.questionnaires = 131
        $0.reason = texts[0]
    }
}

/// Households and what is signed about them.
extension GoldenSamples {
    private static let recorded: HouseholdRecorded = make {
        $0.cycle = "2561"
        $0.household = "99010101-0001"
        $0.village = "99010101"
        $0.lao = "990151"
        $0.interviewedOn = "2018-01-15"
        $0.collector = "p-4"
        $0.ages = [37, 5, 0]
        $0.inScope = "1031131111111111111131311311311"
        $0.failing = "0010000000000001000000000000000"
        $0.checkedAtEntry = ["citizenId", "agesAtReferenceDate"]
        $0.sealed = sealed
        $0.synthetic = true
    }

    private static let corrected: HouseholdCorrected = make {
        $0.cycle = "2561"
        $0.household = "99010101-0001"
        $0.reason = texts[0]
        $0.changes = [
            make {
                $0.field = "indicator.4"
                $0.old = "1/1"
                $0.new = "1/0"
            },
            make { $0.field = "personal" },
        ]
        $0.checkedAtEntry = ["citizenId", "agesAtReferenceDate"]
        $0.sealed = sealed
    }

    private static let notCollected: HouseholdNotCollected = make {
        $0.cycle = "2561"
        $0.household = "99010101-0002"
        $0.village = "99010101"
        $0.lao = "990151"
        $0.visitedOn = "2018-01-16"
        $0.collector = "p-4"
        $0.reason = .vacant
    }

    private static let prepared: CertificationPrepared = make {
        $0.certification = "c-1"
        $0.cycle = "2561"
        $0.area = "990151"
        $0.treeSize = 18
        $0.rootHash = String(repeating: "0f", count: 32)
        $0.figures = make {
            $0.targetHouseholds = 121
            $0.collected = 120
            $0.notCollected = 1
            $0.persons = 9_007_199_254_740_993
            $0.surveyed = [120, 0, 7]
            $0.failed = [1, 0, 7]
        }
        $0.figuresDigest = String(repeating: "a5", count: 32)
        $0.statement = "คำรับรอง\nThe statement, \"as signed\"\n"
    }

    private static let signature: CertificationSignature = make {
        $0.certification = "c-1"
        $0.person = "p-1"
        $0.role = "chair"
        $0.publicKey = Data(1...32)
        $0.signature = Data((0..<64).map { $0 * 3 })
    }
}
