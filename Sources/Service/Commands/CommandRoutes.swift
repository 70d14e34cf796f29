import Access
import Console
import HTTPTypes
import Hummingbird
import LedgerReader
import LedgerWriter
import Logging
import NIOCore
import Survey
import TransparencyLog

/// What appends to the ledger.
enum CommandRoutes {
    static let all = [
        Route(
            method: .post,
            template: "/v1/commands",
            id: "submitCommands",
            summary: """
                Appends what one command asks for, or a batch: a JSON array, or one command a line \
                (NDJSON). A batch answers one receipt or problem a line, in order.
                """,
            entry: .signedIn(.submit),
            parameters: [
                .query(
                    "wait",
                    .choice(["checkpoint"]),
                    "Answer when a checkpoint covers the record, with the inclusion proof."
                ),
                .query("atomic", .choice(["true", "false"]), "A batch whole or not at all."),
                .header(
                    "Idempotency-Key",
                    .text(
                        byteCountMax: 36,
                        pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}"
                            + "-[0-9a-f]{12}$"
                    ),
                    "The command's id, where the body has none: a lower-case UUID."
                ),
                .header(
                    "If-Match",
                    .text(byteCountMax: 12, pattern: "^\"(0|[1-9][0-9]{0,8})\"$"),
                    "The number of events that the stream must have, in quotes."
                ),
            ],
            body: Route.Body(
                contentTypes: ["application/json", "application/x-ndjson"],
                byteCountMax: \.batchByteCountMax,
                schema: .json([
                    "oneOf": [
                        Schema.named("Command").json,
                        ["type": "array", "minItems": 1, "items": Schema.named("Command").json],
                    ]
                ])
            ),
            answers: [
                Answer(201, "application/json", .named("Receipt")),
                Answer(200, "application/json", .named("Receipt")),
                Answer(200, "application/x-ndjson", .opaque),
                Answer(422, "application/x-ndjson", .opaque),
            ],
            problems: [
                .headerMalformed, .batchNotUnderstood, .batchTooLong, .queueFull,
                .outsideOwnAreas, .actorNotPrincipal, .capacityNotHeld, .commandNotForService,
                .personNotPrincipal, .aboutOneself,
            ],
            ledgerProblems: [
                (400, "what cannot be understood of a command"),
                (409, "commandIdReused"), (412, "versionConflict"),
                (422, "the code of the rule that refuses"), (507, "diskFull"),
            ],
            handler: submit
        )
    ]

    @Sendable
    private static func submit(_ call: Call, _ core: ServiceCore) async throws -> Response {
        // They tell who may do what: a role that was taken away would go on for as long.
        guard core.follower.current.failure == nil else { throw Problem(.readModelsBehind) }
        let type = call.header("content-type")?.split(separator: ";").first?.trimmingSpaces
        let first = call.body.first { $0 > 0x20 }
        if type?.lowercased() == "application/x-ndjson" || first == UInt8(ascii: "[") {
            return try await submitBatch(call, core)
        }
        guard call.parameters["atomic"] == nil else {
            throw Problem(.parameterMalformed, "atomic")
        }
        guard call.body.count <= core.limits.commandByteCountMax else {
            throw Problem(.bodyTooLarge)
        }
        let command = try command(of: call)
        let (prepared, members) = try await core.threads.run {
            (try Submission(core, call).prepare(command), GivenMembers(GivenCommand(command)))
        }
        let receipt = try await core.append(prepared)
        let proofs = await proofs(of: [receipt], call, core)
        let warnings = members.map { SeenMembers().warnings($0) } ?? []
        return .json(
            receipt.json(proofs[receipt.index], warnings: warnings, call.language),
            status: receipt.isRepeated ? 200 : 201,
            headers: [
                .location: "/v1/records/\(receipt.index)",
                // What If-Match takes of the next command for this stream.
                .eTag: "\"\(UInt64(receipt.streamVersion) + 1)\"",
            ]
        )
    }

    /// The one command of a body, with what the headers say of it.
    private static func command(of call: Call) throws(Problem) -> Command {
        var command: Command
        do throws(LineProblem) {
            command = try Command(line: call.body)
        } catch {
            throw Problem(error)
        }
        if let key = call.parameters["Idempotency-Key"] {
            guard command.id.isEmpty || command.id == key else {
                throw Problem(.headerMalformed, "Idempotency-Key")
            }
            command.id = key
        }
        if let match = call.parameters["If-Match"] {
            guard match.hasPrefix("\""), match.hasSuffix("\""), match.utf8.count > 2,
                let version = UInt32(match.dropFirst().dropLast()),
                match == "\"\(version)\"",
                !command.hasExpectedVersion || command.expectedVersion == version
            else { throw Problem(.headerMalformed, "If-Match") }
            command.expectedVersion = version
        }
        return command
    }

    private static func submitBatch(_ call: Call, _ core: ServiceCore) async throws -> Response {
        for name in ["Idempotency-Key", "If-Match"] where call.parameters[name] != nil {
            throw Problem(.headerMalformed, name)
        }
        let lines = try Batch.lines(call.body)
        guard lines.count <= core.limits.batchCommandCountMax else { throw Problem(.batchTooLong) }
        let isAtomic = call.parameters["atomic"] == "true"
        let slots = try await core.threads.run {
            let submission = try Submission(core, call)
            return try lines.map { line in try submission.slot(line) }
        }
        let results = try await core.append(slots.map(\.prepared), isAtomic: isAtomic)
        let receipts = results.compactMap { try? $0.get() }
        try? await noteRefusals(results, call, core)
        let proofs = await proofs(of: receipts, call, core)
        let seen = SeenMembers()
        var bytes: [UInt8] = []
        for (offset, result) in results.enumerated() {
            let json: JSON
            switch result {
            case .success(let receipt):
                let warnings = slots[offset].members.map { seen.warnings($0) } ?? []
                json = receipt.json(proofs[receipt.index], warnings: warnings, call.language)
            case .failure(let problem):
                let members: [(String, JSON)] = [("line", .number(offset + 1))]
                json = .object(members + problem.members(call.language))
            }
            json.append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        let isRefused = isAtomic && receipts.count < results.count
        return .bytes(bytes, "application/x-ndjson", status: isRefused ? 422 : 200)
    }

    /// Who was not let in with one command of many is told of as with one alone.
    private static func noteRefusals(
        _ results: [Result<Receipt, Problem>],
        _ call: Call,
        _ core: ServiceCore
    ) async throws(Problem) {
        let entries = results.compactMap { result -> AccessEntry? in
            guard case .failure(let problem) = result, problem.isOfAccess else { return nil }
            return core.entry(call, "POST", "/v1/commands", .refused, code: problem.code)
        }
        try await core.note(entries)
    }

    /// Proofs of all of them in one checkpoint, by index, when they are waited for.
    ///
    /// What is recorded is recorded: where there is no proof, the receipt is told all the same.
    private static func proofs(
        of receipts: [Receipt],
        _ call: Call,
        _ core: ServiceCore
    ) async -> [UInt64: Result<RecordProof, Problem>] {
        guard call.parameters["wait"] != nil, let last = receipts.map(\.index).max() else {
            return [:]
        }
        let reader = core.reader
        let indexes = Set(receipts.map(\.index))
        do {
            let checkpoint = try await core.signer.checkpoint(covering: last)
            return try await core.threads.run {
                let snapshot = try reader.snapshot()
                var proofs: [UInt64: Result<RecordProof, Problem>] = [:]
                for index in indexes {
                    let proof = try RecordProof(
                        of: index,
                        treeSize: checkpoint.treeSize,
                        checkpoint: checkpoint,
                        snapshot
                    )
                    proofs[index] = .success(proof)
                }
                return proofs
            }
        } catch {
            let problem = Problem(caught: error)
            core.metrics.count("proof_failures_total")
            core.parts.logger.error(
                "no proof for a receipt",
                metadata: ["request": "\(call.requestID)", "code": "\(problem.code)"]
            )
            return Dictionary(uniqueKeysWithValues: indexes.map { ($0, .failure(problem)) })
        }
    }
}
