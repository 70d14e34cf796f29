import Access
import Audit
import Cryptography
import Evidence
import EvidenceContainer
import HTTPTypes
import Hummingbird
import LedgerAudit
import LedgerReader
import ProjectionRuntime
import Survey

/// What a certification or a household is proved by, away from this service.
enum EvidenceRoutes {
    private static let bundleType = "application/vnd.etsi.asic-e+zip"
    private static let size = Parameter.query(
        "size",
        .integer(1...UInt64(Int64.max)),
        "The tree size of the checkpoint to prove it under (default: the latest)."
    )
    private static let certificationID = Parameter.path(
        "id",
        .text(byteCountMax: 64),
        "The certification."
    )

    static let all = [
        Route(
            method: .get,
            template: "/v1/certifications/{id}/statement",
            id: "readStatement",
            summary: "The exact bytes that committee members sign.",
            entry: .allowed(.readFigures),
            parameters: [certificationID],
            answers: [Answer(200, "text/plain", .opaque), Answer(304, "", .opaque)],
            problems: [.certificationUnknown],
            handler: statement
        ),
        Route(
            method: .get,
            template: "/v1/certifications/{id}/bundle",
            id: "readCertificationBundle",
            summary: "The evidence of a certification as one file (ASiC-E), for offline proof.",
            entry: .allowed(.readLog),
            parameters: [certificationID, size],
            answers: [Answer(200, bundleType, .opaque)],
            problems: bundleProblems + [.certificationUnknown],
            handler: { call, core in
                let id = call.parameters["id"] ?? ""
                return try await bundle(
                    of: .certification(id),
                    .certificationUnknown,
                    name: id,
                    call,
                    core
                )
            }
        ),
        Route(
            method: .get,
            template: "/v1/households/{id}/bundle",
            id: "readHouseholdBundle",
            summary: "The evidence of a household (ASiC-E); personal data stays sealed.",
            entry: .allowed(.readHousehold),
            parameters: [
                .path("id", .text(byteCountMax: 64), "The household."), ModelRoutes.cycle, size,
            ],
            answers: [Answer(200, bundleType, .opaque)],
            problems: bundleProblems + [
                .householdUnknown, .outsideOwnAreas, .cycleUnknown, .readModelsBehind,
            ],
            isPrivileged: true,
            handler: household
        ),
    ]

    private static let bundleProblems: [ProblemCode] = [
        .checkpointUnknown, .notProved, .bundleTooLarge,
    ]

    @Sendable
    private static func statement(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let id = call.parameters["id"] ?? ""
        let bytes = try await core.threads.run { Array(try core.prepared(id).statement.utf8) }
        let digest = SHA256.hash(bytes)
        let headers: HTTPFields = [
            .eTag: "\"\(digest.hex)\"",
            // RFC 9530.
            .known("Repr-Digest"): "sha-256=:\(digest.base64):",
        ]
        // A statement never changes; who may read it may.
        let cacheControl = "private, max-age=31536000, immutable"
        if call.has("\"\(digest.hex)\"") {
            return RecordRoutes.notModified(headers, cacheControl)
        }
        return .bytes(
            bytes,
            "text/plain; charset=utf-8",
            headers: headers,
            cacheControl: cacheControl
        )
    }

    @Sendable
    private static func household(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (id, survey, reader) = (call.parameters["id"] ?? "", core.parts.survey, core.reader)
        let today = core.today
        let cycle = try await core.threads.run {
            let cycle = try survey.read { db in
                try ModelContext(call: call, day: today, db: db).cycle()
            }
            let place = try CommandPlaces(reader).household(cycle, id)
            let places = [place ?? .wholeProvince(cycle: cycle)]
            // As with the household itself: of others not even whether they are there.
            guard case .granted? = call.principal?.permission(.readHousehold, at: places) else {
                throw Problem(.outsideOwnAreas)
            }
            guard place != nil else { throw Problem(.householdUnknown) }
            return cycle
        }
        return try await bundle(
            of: .household(cycle: cycle, household: id),
            .householdUnknown,
            name: "\(cycle)-\(id)",
            call,
            core
        )
    }

    /// One after the other, apart from what is read: a bundle takes time and memory.
    private static func bundle(
        of subject: BundleSubject,
        _ unknown: ProblemCode,
        name: String,
        _ call: Call,
        _ core: ServiceCore
    ) async throws -> Response {
        let (reader, size, now) = (core.reader, call.number("size"), core.parts.clock())
        guard CommandPlaces.known(subject.stream) != nil else { throw Problem(unknown) }
        let bytes = try await core.past.run {
            let snapshot = try reader.snapshot()
            do {
                let contents = try snapshot.bundleContents(
                    of: subject,
                    treeSize: size,
                    policy: nil,
                    policyBytes: nil,
                    heartbeat: {}
                )
                let bytes = try BundleSeal.container(
                    try BundleFiles.make(contents),
                    at: now / 1_000_000
                )
                // What does not pass here would not pass with whoever is handed it.
                let verdict = BundleAuditor.verify(try EvidenceContainer(bytes: bytes))
                guard verdict.verdict.isOK else { throw Problem(.notProved) }
                return bytes
            } catch let gap as EvidenceGap {
                throw Problem(gap, unknown)
            } catch is BundleError {
                throw Problem(.notProved)
            } catch is ContainerError {
                throw Problem(.bundleTooLarge)
            }
        }
        return try core.download(bytes, bundleType, name: "\(name).asice", call)
    }
}

extension Problem {
    /// Why there is no evidence; `unknown` is of the subject.
    fileprivate init(_ gap: EvidenceGap, _ unknown: ProblemCode) {
        switch gap {
        case .unknown, .noRecord: self.init(unknown)
        case .notCovered, .noCheckpoint, .policyNotMet: self.init(.checkpointUnknown)
        case .tooMany: self.init(.bundleTooLarge)
        }
    }
}
