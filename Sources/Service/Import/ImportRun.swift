import Access
import Console
import LedgerWriter
import Logging
import ServiceLifecycle
import Survey
import SurveyImport

/// Recording what was uploaded and confirmed: one file after the other, a bounded batch at a time.
extension ServiceCore {
    /// How often a batch is tried again while the service is busy, and how long lies between.
    private static let tryCountMax = 60
    private static let pause = Duration.milliseconds(200)

    func recordUploads() async {
        await withGracefulShutdownHandler {
            for await id in imports.confirmed {
                guard let upload = imports.begin(id) else { continue }
                await record(upload)
            }
        } onGracefulShutdown: {
            self.imports.stop()
        }
    }

    /// Says in the end how far it came: in the log by numbers, to its owner with the reasons.
    private func record(_ upload: ImportUpload) async {
        var importer = CommandImporter(
            upload.kind,
            actor: Actor(),
            questionnaires: parts.writer.questionnaires
        )
        importer.append(upload.bytes)
        importer.finish()
        let seen = SeenMembers()
        var state = ImportUpload.State.done
        do {
            var isOver = false
            while !isOver {
                let (rest, batch) = try await threads.run { [importer, limits] in
                    var importer = importer
                    let batch = importer.items(upTo: limits.uploadBatchCount)
                    return (importer, batch)
                }
                importer = rest
                isOver = batch.count < limits.uploadBatchCount
                try await record(batch, of: upload, seen)
            }
        } catch {
            let problem = Problem(caught: error)
            state = .stopped(problem)
            if problem.isOurFault { logFailure(of: upload, problem) }
            if problem.isOfAccess { await log(entry(upload, code: problem.code)) }
        }
        imports.end(upload.id, state, now: parts.clock())
        logEnd(of: upload, state)
    }

    /// Hands a batch to the writer, again and again while the service has too much to do.
    private func record(
        _ batch: [CommandImporter.Item],
        of upload: ImportUpload,
        _ seen: SeenMembers
    ) async throws {
        guard !batch.isEmpty else { return }
        var tryCount = 0
        while true {
            tryCount += 1
            do {
                return try await recordOnce(batch, of: upload, seen)
            } catch let problem as Problem {
                let mayPass = ["busy", "queueFull", "readModelsBehind"].contains(problem.code)
                guard mayPass, tryCount < Self.tryCountMax, !gate.isStopped else { throw problem }
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    /// In the name of who uploaded it, as far as he may today.
    private func recordOnce(
        _ batch: [CommandImporter.Item],
        of upload: ImportUpload,
        _ seen: SeenMembers
    ) async throws {
        guard !gate.isStopped else { throw Problem(.stopping) }
        try await requireRolesKnown()
        guard follower.current.failure == nil else { throw Problem(.readModelsBehind) }
        let principal = try await principalStill(of: upload)
        let slots = try await threads.run { [self] in
            let submission = Submission(self, principal)
            return try batch.map { item in try submission.slot(item, upload.kind) }
        }
        try await tellRefusals(Set(slots.compactMap(\.accessCode)), of: upload.id)
        let ready = slots.compactMap(\.prepared)
        var outcomes = try await appendTogether(ready, isAtomic: false).makeIterator()
        imports.note(upload.id) { upload in
            for slot in slots {
                switch slot {
                case .refused(let faults, _): upload.faults.refuse(faults)
                case .ready(_, let given, let line):
                    guard let outcome = outcomes.next() else {
                        preconditionFailure("an outcome for each command")
                    }
                    upload.take(outcome, given, line: line, seen)
                }
            }
        }
    }

    /// Who confirmed it, with today's roles; throws what ends the whole of it.
    ///
    /// Signing out of one session ends no recording; ending all of them does, and so does revoking
    /// the passkey, and taking away the last role that may enter such acts.
    private func principalStill(of upload: ImportUpload) async throws -> Principal {
        let (access, now) = (parts.access, parts.clock())
        let mayGoOn = try await threads.run { [self] in
            let isOpen = try access.maySessionGoOn(upload.session, of: upload.person, now: now)
            return try isOpen
                && passkeys(of: upload.person).contains { $0.credentialID == upload.credential }
        }
        guard mayGoOn else { throw Problem(.sessionInvalid) }
        let principal = try await principal(ofSession: upload.session, person: upload.person)
        guard case .granted = principal.mayEver(upload.kind.action) else {
            throw Problem(.roleMissing)
        }
        return principal
    }

    /// For auditors, before the batch is recorded: one row a code, however many rows of the file it
    /// refuses.
    private func tellRefusals(_ codes: Set<String>, of id: String) async throws(Problem) {
        guard let upload = imports.upload(id) else { return }
        let untold = codes.subtracting(upload.toldCodes)
        try await note(untold.sorted().map { entry(upload, code: $0) })
        imports.note(id) { $0.toldCodes.formUnion(untold) }
    }

    /// A refusal of what the request asked for that confirmed it.
    private func entry(_ upload: ImportUpload, code: String) -> AccessEntry {
        AccessEntry(
            at: parts.clock(),
            person: upload.person,
            token: upload.session,
            request: upload.request,
            method: "POST",
            route: "/imports/{id}/confirm",
            outcome: .refused,
            code: code
        )
    }

    private func logEnd(of upload: ImportUpload, _ state: ImportUpload.State) {
        guard let ended = imports.upload(upload.id, of: upload.person, now: parts.clock()) else {
            return
        }
        let word =
            switch state {
            case .stopped(let problem): problem.code
            default: "done"
            }
        parts.logger.info(
            "upload ended",
            metadata: [
                "upload": "\(upload.id)", "kind": "\(upload.kind.rawValue)", "result": "\(word)",
                "recorded": "\(ended.recordedCount)", "repeated": "\(ended.repeatedCount)",
                "refused": "\(ended.faults.refusedCount)", "left": "\(ended.leftCount)",
            ]
        )
    }

    private func logFailure(of upload: ImportUpload, _ problem: Problem) {
        parts.logger.error(
            "upload failed",
            metadata: ["upload": "\(upload.id)", "code": "\(problem.code)"]
        )
    }
}

/// A command of a file that is prepared, or why there is none.
private enum ImportSlot: Sendable {
    case ready(PreparedCommand, GivenCommand, line: Int)
    /// With the code that auditors are told, where it is for who asks.
    case refused([ImportFault], accessCode: String? = nil)

    var prepared: PreparedCommand? {
        if case .ready(let prepared, _, _) = self { prepared } else { nil }
    }

    var accessCode: String? {
        if case .refused(_, let code) = self { code } else { nil }
    }
}

extension Submission {
    fileprivate func slot(
        _ item: CommandImporter.Item,
        _ kind: ImportKind
    ) throws -> ImportSlot {
        switch item {
        case .problems(let problems), .stopped(let problems):
            return .refused(problems.map { ImportFault($0) })
        case .command(let given, let line):
            do {
                switch try prepared(given) {
                case .success(let prepared): return .ready(prepared, given, line: line)
                case .failure(let rejection):
                    return .refused([ImportFault(rejection, kind, given.command, line: line)])
                }
            } catch let problem as Problem where problem.status < 500 {
                return .refused(
                    [ImportFault(problem, line: line)],
                    accessCode: problem.isOfAccess ? problem.code : nil
                )
            }
        }
    }
}

extension ImportUpload {
    fileprivate mutating func take(
        _ outcome: Outcome,
        _ given: GivenCommand,
        line: Int,
        _ seen: SeenMembers
    ) {
        switch outcome {
        case .success(let receipt):
            if receipt.isRepeated { repeatedCount += 1 } else { recordedCount += 1 }
            let warnings = GivenMembers(given).map(seen.warnings) ?? []
            faults.warn(warnings.map { ImportFault($0, line: line) })
        case .failure(let rejection):
            faults.refuse([ImportFault(rejection, kind, given.command, line: line)])
        }
    }
}

extension CommandImporter {
    fileprivate mutating func items(upTo count: Int) -> [Item] {
        var items: [Item] = []
        while items.count < count, let item = next() { items.append(item) }
        return items
    }
}
