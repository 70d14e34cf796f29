/// One role of a person, in one cycle and area.
package struct Grant: Sendable, Hashable {
    package let role: UserRole
    package let cycle: String
    package let area: String
    package let isLAO: Bool

    package init(role: UserRole, cycle: String, area: String, isLAO: Bool) {
        self.role = role
        self.cycle = cycle
        self.area = area
        self.isLAO = isLAO
    }

    /// Codes nest (38 → 3801 → 380101 → 38010101; 3801 → 380182 of an LAO), except that an LAO
    /// stands for itself alone.
    package func covers(_ place: Place) -> Bool {
        guard isOf(place.cycle) else { return false }
        // What names no area is the province's, whose code is the shortest.
        guard !place.isWholeProvince else { return !isLAO && area.utf8.count == 2 }
        return isLAO ? area == place.lao : place.village.hasPrefix(area)
    }

    /// A role counts in the cycle it was given for.
    func isOf(_ other: String?) -> Bool { other.map { $0 == cycle } ?? true }
}

/// What an act is about: a household's village and LAO, an area, or the province as a whole.
package struct Place: Sendable, Hashable {
    /// Nil for what belongs to no cycle, as areas do.
    package let cycle: String?
    /// The area's code where it is about an area.
    package let village: String
    /// The same.
    package let lao: String

    package init(cycle: String?, village: String, lao: String) {
        self.cycle = cycle
        self.village = village
        self.lao = lao
    }

    package init(cycle: String?, area: String) {
        self.init(cycle: cycle, village: area, lao: area)
    }

    package static func wholeProvince(cycle: String?) -> Place {
        Place(cycle: cycle, area: "")
    }

    package var isWholeProvince: Bool { village.isEmpty }
}

/// Whether somebody may do something.
package enum Permission: Sendable, Hashable {
    /// In which of the person's roles.
    case granted([UserRole])
    case scopeMissing
    case roleMissing
    case outsideOwnAreas
}

/// How somebody showed who he is; records say it of each act.
package enum Authentication: String, Sendable {
    case token, passkey
}

/// Who asks: a person of the ledger, by a token or in a session.
package struct Principal: Sendable, Hashable {
    package let person: String
    /// The id of the token, or the name of the session.
    package let token: String
    package let scopes: Set<Scope>
    package let grants: [Grant]
    package let authentication: Authentication

    package init(
        person: String,
        token: String,
        scopes: Set<Scope>,
        grants: [Grant],
        authentication: Authentication = .token
    ) {
        self.person = person
        self.token = token
        self.scopes = scopes
        self.grants = grants
        self.authentication = authentication
    }

    /// In the order of the table.
    package var roles: [UserRole] {
        UserRole.allCases.filter { role in grants.contains { $0.role == role } }
    }

    /// `places` are those that the action touches: a role must be held in the cycle of each, and one
    /// that reaches its own areas only must reach each of them.
    package func permission(_ action: Action, at places: [Place]) -> Permission {
        guard scopes.contains(action.scope) else { return .scopeMissing }
        let able = roles(able: action)
        guard !able.isEmpty else { return .roleMissing }
        let granted = able.filter { role in
            let own = grants.filter { $0.role == role }
            guard action.reach(of: role) == .ownAreas else {
                return places.allSatisfy { place in own.contains { $0.isOf(place.cycle) } }
            }
            return !places.isEmpty
                && places.allSatisfy { place in own.contains { $0.covers(place) } }
        }
        return granted.isEmpty ? .outsideOwnAreas : .granted(granted)
    }

    /// The same where it is not known yet which places are touched.
    package func mayEver(_ action: Action) -> Permission {
        guard scopes.contains(action.scope) else { return .scopeMissing }
        let roles = roles(able: action)
        return roles.isEmpty ? .roleMissing : .granted(roles)
    }

    /// Whether there is anything at all that this person may write.
    package var mayWrite: Bool {
        Action.allCases.contains { $0.scope == .submit && !roles(able: $0).isEmpty }
    }

    /// Who runs or audits the service in any cycle writes in none, whatever an order makes of him.
    private func roles(able action: Action) -> [UserRole] {
        let held = Set(grants.map(\.role))
        let isWriting = action.scope == .submit
        guard !isWriting || held.isDisjoint(with: [.auditor, .admin]) else { return [] }
        return UserRole.allCases.filter {
            held.contains($0) && action.reach(of: $0) != .nowhere
        }
    }
}
