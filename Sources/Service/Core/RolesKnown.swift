import LedgerReader
import Survey

/// Whether the read models know the latest that the ledger says of who is who.
extension ServiceCore {
    private static let kindsOfRoles: [EventKind] = [
        .userRegistered, .userRegistrationUpdated, .userDisabled, .orderIssued, .orderAmended,
        .orderRevoked,
    ]

    /// Waits until they do: whoever lost a role a moment ago must not have one more command.
    func requireRolesKnown() async throws {
        let reader = reader
        let last = try await threads.run { () -> UInt64? in
            let snapshot = try reader.snapshot()
            return try Self.kindsOfRoles.compactMap { kind in
                try snapshot.store.lastIndex(ofKind: kind, snapshot.transaction)
            }
            .max()
        }
        guard let last else { return }
        watch.note(last + 1)
        let end = ContinuousClock.now + limits.rolesTimeout
        while follower.current.position.map({ $0 <= last }) ?? true {
            guard ContinuousClock.now < end, !gate.isStopped, follower.current.failure == nil else {
                throw Problem(.readModelsBehind)
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
