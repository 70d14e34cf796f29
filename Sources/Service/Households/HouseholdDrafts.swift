package import Access
import Hummingbird
import Ledger
package import LedgerReader
import Logging
import Pages
import ServiceLifecycle
import Survey

/// Drafts of the form of a household: saved, found again, and gone with what they are about.
extension ServiceCore {
    /// Saves what a turn brought where its button does; where there may be no more drafts the turn
    /// says so, and goes on.
    @available(*, noasync)
    func keep(
        _ turn: inout EntryTurn,
        correcting household: String?,
        _ call: Call
    ) throws {
        guard turn.press == .save || turn.press == .check else { return }
        let content = DraftContent(
            entry: turn.entry,
            formID: turn.formID,
            household: household,
            version: turn.version
        )
        do {
            turn.draftID = try parts.drafts.save(
                try content.bytes,
                over: turn.draftID.isEmpty ? nil : turn.draftID,
                of: call.principal?.person ?? "",
                cycle: turn.entry.cycle,
                household: household ?? turn.entry[.household],
                now: parts.clock()
            )
            try requireNotErased(turn.entry.cycle, household ?? turn.entry[.household])
        } catch let rejection as Rejection {
            try parts.drafts.remove(turn.draftID, of: call.principal?.person ?? "")
            throw Problem(rejection)
        } catch let error as AccessError where error.code == .draftsTooMany {
            turn.draftProblem = Problem(.draftsTooMany)
        } catch let error as AccessError where error.code == .draftTooLarge {
            turn.draftProblem = Problem(.bodyTooLarge)
        }
    }

    /// Asked after saving: an erasure before it is seen here, one after it removes the draft.
    @available(*, noasync)
    private func requireNotErased(_ cycle: String, _ household: String) throws {
        guard !household.isEmpty,
            let stream = CommandPlaces.known(Event.stream(cycle, household)),
            try reader.snapshot().household(stream: stream).isErased
        else { return }
        throw Rejection(.personalDataErased, household)
    }

    /// The caller's own draft of that name; anybody else's is none.
    @available(*, noasync)
    func draft(_ id: String, _ call: Call) throws -> DraftContent {
        let person = call.principal?.person ?? ""
        guard let draft = try parts.drafts.draft(id, of: person, now: parts.clock()),
            let content = DraftContent(draft.content)
        else { throw Problem(.draftUnknown) }
        return content
    }

    /// What is recorded needs no draft any more.
    @available(*, noasync)
    func forget(_ turn: EntryTurn, correcting household: String?, _ call: Call) throws {
        let person = call.principal?.person ?? ""
        if !turn.draftID.isEmpty { try parts.drafts.remove(turn.draftID, of: person) }
        try parts.drafts.remove(
            cycle: turn.entry.cycle,
            household: household ?? turn.entry[.household],
            of: person
        )
    }
}

extension ServiceCore {
    /// Removes drafts as the ledger grows, and every hour, for as long as the service runs.
    func tendDrafts() async {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                let size = watch.treeSize
                do {
                    let (drafts, reader, now) = (parts.drafts, reader, parts.clock())
                    try await threads.run { try drafts.carryOutErasures(of: reader, now: now) }
                } catch {
                    metrics.count("draft_failures_total")
                    let code = Problem(caught: error).code
                    parts.logger.error("drafts were not removed", metadata: ["code": "\(code)"])
                    // Not at once again, and not only in an hour.
                    try? await Task.sleep(for: .seconds(5))
                    continue
                }
                await watch.wait(beyond: size, atMost: .seconds(3600))
            }
        }
    }
}

extension DraftStore {
    /// Removes the drafts of households that the ledger erased, and of users whom it disabled, since
    /// this was done last; and those that are too old.
    ///
    /// The service does it within a moment of each such record and when it starts, and `bmn erase`
    /// after its own.
    @available(*, noasync)
    package func carryOutErasures(of reader: LedgerReader, now: Int64) throws {
        try removeExpired(now: now)
        let snapshot = try reader.snapshot()
        let (done, treeSize) = (try erasedBelow(), snapshot.treeSize)
        // More than there is: it was another, longer ledger's.
        let start = done <= treeSize ? done : 0
        let erasures = try snapshot.indexes(ofKind: .personalDataErased, from: start)
        let disablings = try snapshot.indexes(ofKind: .userDisabled, from: start)
        guard !erasures.isEmpty || !disablings.isEmpty else { return }
        for index in erasures {
            let event = try snapshot.recordedEvent(index)?.event
            guard case .personalDataErased(let erasure) = event?.kind else { continue }
            try remove(cycle: erasure.cycle, household: erasure.household)
        }
        for index in disablings {
            let event = try snapshot.recordedEvent(index)?.event
            guard case .userDisabled(let disabling) = event?.kind else { continue }
            try remove(of: disabling.person, cycle: disabling.cycle)
        }
        try setErasedBelow(treeSize)
    }
}

/// The list of one's own drafts.
enum DraftPages {
    @Sendable
    static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (drafts, person) = (core.parts.drafts, call.principal?.person ?? "")
        let lines = try await core.threads.run {
            try drafts.drafts(of: person, now: core.parts.clock()).compactMap { draft in
                DraftContent(draft.content).map { content in
                    DraftLine(
                        id: draft.id,
                        entry: content.entry,
                        correctedHousehold: content.household,
                        savedAtMicroseconds: draft.savedAt
                    )
                }
            }
        }
        return .page(core.parts.pages.drafts(lines, days: drafts.days, call.pageRequest(core)))
    }

    @Sendable
    static func remove(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let id = try FormFields(call.body, countMax: 4)["draft"]
        let (drafts, person) = (core.parts.drafts, call.principal?.person ?? "")
        try await core.threads.run { try drafts.remove(id, of: person) }
        return .seeOther("/households/drafts")
    }
}
