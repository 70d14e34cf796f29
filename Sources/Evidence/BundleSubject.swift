package import Survey

/// What a bundle is evidence of.
package enum BundleSubject: Hashable, Sendable {
    case certification(String)
    case household(cycle: String, household: String)

    /// The stream whose records are the heart of the bundle.
    package var stream: String {
        switch self {
        case .certification(let id): "certification/\(id)"
        case .household(let cycle, let household): Event.stream(cycle, household)
        }
    }

    /// The subject whose stream this is; nil for a stream that no bundle is about.
    package init?(stream: String) {
        let parts = stream.split(separator: "/", omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("certification", 2): self = .certification(String(parts[1]))
        case ("household", 3):
            self = .household(cycle: String(parts[1]), household: String(parts[2]))
        default: return nil
        }
    }
}

/// Which records belong into a bundle: whole streams, so that a gap in one shows.
package struct BundleScope: Sendable {
    /// The streams that the subject's own stream names.
    package private(set) var streams: Set<String>
    private var committee: (cycle: String, area: String)?
    private var signers: Set<String> = []
    /// Of the figures that were certified.
    private var figuresDigest: String?

    /// What the events of the subject's own stream ask for.
    package init(_ subject: BundleSubject, events: [Event]) {
        // Record 0 and the rotations say with which key the checkpoint must be signed.
        streams = ["ledger", subject.stream]
        for event in events {
            switch event.kind {
            case .certificationPrepared(let prepared):
                // The statement names the area and the indicators of the cycle's edition.
                streams.insert("cycle/\(prepared.cycle)")
                streams.insert("area/\(prepared.area)")
                committee = (prepared.cycle, prepared.area)
                figuresDigest = prepared.figuresDigest
            case .certificationSigned(let signature):
                streams.insert("person/\(signature.person)")
                signers.insert(signature.person)
            default: break
            }
        }
    }

    /// The streams that cycles, orders, amendments and presentations among these events ask for in
    /// addition: the orders that appointed signers, the cycle's edition unless everybody has it, and
    /// where the cycle has figures confirmed before they are certified, the presentations of these.
    package func furtherStreams(_ events: [Event]) -> Set<String> {
        var orders: [String: Order] = [:]
        var found: Set<String> = []
        let needsPresentation = events.contains { event in
            guard case .cycleDefined(let cycle) = event.kind else { return false }
            return cycle.cycle == committee?.cycle && cycle.requiresConfirmedPresentation
        }
        for event in events {
            if needsPresentation, case .resultsPresented(let presentation) = event.kind,
                presentation.cycle == committee?.cycle, presentation.area == committee?.area,
                presentation.figuresDigest == figuresDigest
            {
                found.insert(event.stream)
            }
            if case .cycleDefined(let cycle) = event.kind, cycle.cycle == committee?.cycle,
                Questionnaire.builtIn[cycle.edition] == nil
            {
                found.insert(Event.stream(ofEdition: cycle.edition))
            }
            if case .orderIssued(let order) = event.kind { orders[event.stream] = order }
            if appointsSigner(event, order: orders[event.stream]) { found.insert(event.stream) }
        }
        return found
    }

    /// Whether the event gives a signer a seat on the committee that certified: the stream of such
    /// an order belongs into the bundle, too.
    ///
    /// An amendment says nothing of the order that it amends, so that is given with it.
    private func appointsSigner(_ event: Event, order: Order?) -> Bool {
        let (order, appointments): (Order?, [Appointment]) =
            switch event.kind {
            case .orderIssued(let issued): (issued, issued.appointments)
            case .orderAmended(let amendment): (order, amendment.added)
            default: (nil, [])
            }
        guard let order, let committee, order.kind == .committee, order.cycle == committee.cycle
        else { return false }
        return appointments.contains { appointment in
            let area = appointment.area.isEmpty ? order.area : appointment.area
            return area == committee.area && signers.contains(appointment.person)
        }
    }
}
