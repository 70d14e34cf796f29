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

    /// Codes nest (38 → 3801 → 380101 → 38010101), except an LAO's, which stands for itself.
    package func covers(_ place: Place) -> Bool {
        place.cycle == cycle && (isLAO ? area == place.lao : place.village.hasPrefix(area))
    }
}

/// Where a household is.
package struct Place: Sendable, Hashable {
    package let cycle: String
    package let village: String
    package let lao: String

    package init(cycle: String, village: String, lao: String) {
        self.cycle = cycle
        self.village = village
        self.lao = lao
    }
}

/// Whether somebody may do something.
package enum Permission: Sendable, Hashable {
    /// In which of the person's roles.
    case granted([UserRole])
    case scopeMissing
    case roleMissing
    case outsideOwnAreas
}

/// Who asks: a person of the ledger, by a token.
package struct Principal: Sendable, Hashable {
    package let person: String
    package let token: String
    package let scopes: Set<Scope>
    package let grants: [Grant]

    package init(person: String, token: String, scopes: Set<Scope>, grants: [Grant]) {
        self.person = person
        self.token = token
        self.scopes = scopes
        self.grants = grants
    }

    /// `places` are those that the action touches; a role that reaches its own areas only must
    /// reach each of them.
    package func permission(_ action: Action, at places: [Place]) -> Permission {
        guard scopes.contains(action.scope) else { return .scopeMissing }
        let held = Set(grants.map(\.role))
        let able = UserRole.allCases.filter {
            held.contains($0) && action.reach(of: $0) != .nowhere
        }
        guard !able.isEmpty else { return .roleMissing }
        let granted = able.filter { role in
            guard action.reach(of: role) == .ownAreas else { return true }
            return !places.isEmpty
                && places.allSatisfy { place in
                    grants.contains { $0.role == role && $0.covers(place) }
                }
        }
        return granted.isEmpty ? .outsideOwnAreas : .granted(granted)
    }

    /// The same where it is not known yet which places are touched.
    package func mayEver(_ action: Action) -> Permission {
        guard scopes.contains(action.scope) else { return .scopeMissing }
        let roles = UserRole.allCases.filter { role in
            action.reach(of: role) != .nowhere && grants.contains { $0.role == role }
        }
        return roles.isEmpty ? .roleMissing : .granted(roles)
    }
}
