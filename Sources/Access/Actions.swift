/// What a person may be to the service; the ledger's own register and orders say who is what.
package enum UserRole: String, Sendable, CaseIterable {
    case recorder, supervisor, committee, auditor, admin
}

/// What a token may be used for; a role still has to allow each action.
package enum Scope: String, Sendable, CaseIterable {
    case read, submit, audit, metrics, users

    /// What somebody may do who signed in with a passkey: all but what only machines ask.
    package static let ofSessions: Set<Scope> = [.read, .submit, .audit, .users]
}

/// How far a role's permission goes.
package enum Reach: String, Sendable {
    case nowhere
    /// The areas that the register or an order names for this person in that cycle.
    case ownAreas
    /// Where the ledger's own rules let it.
    case everywhere
}

/// What can be asked of the service by somebody who must be known.
package enum Action: String, Sendable, CaseIterable {
    case readLog
    case readFigures
    case readHousehold
    case enterHousehold
    case readSealed
    case enterAct
    case reviewResults
    case prepareCertification
    case signCertification
    case erasePersonalData
    case registerOwnKey
    case registerUser
    case readAccessLog
    case readMetrics
    case makeLink
    case verifyLedger
    case runService
}

extension Action {
    /// Role × action; ACCESS.md shows it, and a test compares.
    ///
    /// Nobody who runs the service enters data or signs, and who audits changes nothing.
    package static let table: [Action: [UserRole: Reach]] = [
        .readLog: everybody,
        .readFigures: everybody,
        .readHousehold: [
            .recorder: .ownAreas, .supervisor: .ownAreas, .committee: .ownAreas,
            .auditor: .everywhere,
        ],
        .enterHousehold: [.recorder: .ownAreas, .supervisor: .ownAreas],
        // To correct a household, one has to see what it answered.
        .readSealed: [.recorder: .ownAreas, .supervisor: .ownAreas],
        .enterAct: [.supervisor: .ownAreas],
        .reviewResults: [.supervisor: .ownAreas, .committee: .ownAreas],
        .prepareCertification: [.supervisor: .ownAreas, .committee: .ownAreas],
        .signCertification: [.committee: .ownAreas],
        .erasePersonalData: [.supervisor: .ownAreas],
        // A key is a person's, not an area's.
        .registerOwnKey: [
            .recorder: .everywhere, .supervisor: .everywhere, .committee: .everywhere,
        ],
        .registerUser: [.supervisor: .ownAreas],
        .readAccessLog: [.auditor: .everywhere, .admin: .everywhere],
        .readMetrics: [.auditor: .everywhere, .admin: .everywhere],
        .makeLink: [.admin: .everywhere],
        .verifyLedger: [.auditor: .everywhere, .committee: .everywhere],
        .runService: [.admin: .everywhere],
    ]

    private static let everybody: [UserRole: Reach] = Dictionary(
        uniqueKeysWithValues: UserRole.allCases.map { ($0, .everywhere) }
    )

    package func reach(of role: UserRole) -> Reach { Self.table[self]?[role] ?? .nowhere }

    /// The scope that a token needs for it.
    package var scope: Scope {
        switch self {
        case .readLog, .readFigures, .readHousehold: .read
        // Sealed answers are read to be corrected, so those who audit or run the service read none.
        case .enterHousehold, .readSealed, .enterAct, .reviewResults, .prepareCertification,
            .signCertification, .erasePersonalData, .registerOwnKey, .registerUser:
            .submit
        case .readAccessLog, .verifyLedger: .audit
        case .readMetrics: .metrics
        case .makeLink, .runService: .users
        }
    }
}
