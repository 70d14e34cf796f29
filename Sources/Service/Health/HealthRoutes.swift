import Access
import Console
import Glibc
import HTTPTypes
import Hummingbird
import Ledger
import LedgerReader

/// Whether the service lives, whether it is ready, and in numbers how it is.
enum HealthRoutes {
    static let all = [
        Route(
            method: .get,
            template: "/livez",
            id: "readLiveness",
            summary: "That the process answers.",
            entry: .anybody,
            answers: [Answer(200, "application/json", .object([("ok", .boolean)]))],
            handler: { _, _ in .json(["ok": true]) }
        ),
        Route(
            method: .get,
            template: "/readyz",
            id: "readReadiness",
            summary: "Whether commands and questions are answered now; what is broken is named.",
            entry: .anybody,
            answers: [
                Answer(200, "application/json", .named("Health")),
                Answer(503, "application/json", .named("Health")),
            ],
            handler: { _, core in
                let checks = await core.healthChecks()
                let isOK = checks.allSatisfy(\.isOK)
                return .json(
                    ["ok": .bool(isOK), "checks": .array(checks.map(\.json))],
                    status: isOK ? 200 : 503
                )
            }
        ),
        Route(
            method: .get,
            template: "/metrics",
            id: "readMetrics",
            summary: "Counters and gauges in Prometheus' text format.",
            entry: .allowed(.readMetrics),
            answers: [Answer(200, "text/plain; version=0.0.4", .opaque)],
            handler: { _, core in
                .bytes(
                    Array(core.metrics.text(gauges: core.gauges).utf8),
                    "text/plain; version=0.0.4"
                )
            }
        ),
    ]
}

/// One thing that must be well.
struct HealthCheck: Sendable {
    let code: String
    let isOK: Bool
    /// The code of what is wrong.
    var reason: String?
    var value: UInt64?

    var json: JSON {
        var members: [(String, JSON)] = [("code", .string(code)), ("ok", .bool(isOK))]
        if let reason { members.append(("reason", .string(reason))) }
        if let value { members.append(("value", .unsigned(value))) }
        return .object(members)
    }
}

extension ServiceCore {
    func healthChecks() async -> [HealthCheck] {
        let (reader, limits) = (reader, limits)
        var checks: [HealthCheck] = []
        let failure = await failureOfCommits()
        let commitFailure = gate.isStopped ? "stopping" : failure
        checks.append(
            HealthCheck(code: "writer", isOK: commitFailure == nil, reason: commitFailure)
        )
        var treeSize = watch.treeSize
        var lastRecordedAt: Int64 = 0
        do {
            let head = try await threads.run { try reader.snapshot().head }
            treeSize = head.treeSize
            lastRecordedAt = head.lastRecordedAt?.unixMicroseconds ?? 0
            checks.append(HealthCheck(code: "ledger", isOK: true, value: treeSize))
        } catch {
            let code = Problem(caught: error).code
            checks.append(HealthCheck(code: "ledger", isOK: false, reason: code))
        }
        let models = follower.current
        let lag = treeSize - min(treeSize, models.position ?? 0)
        checks.append(
            HealthCheck(
                code: "readModels",
                isOK: models.failure == nil && models.position != nil && lag <= limits.lagCountMax,
                reason: models.failure ?? (models.position == nil ? "readModelsBehind" : nil),
                value: lag
            )
        )
        let free = Self.freeByteCount(reader.directory.path)
        checks.append(
            HealthCheck(
                code: "disk",
                isOK: free.map { $0 >= limits.freeByteCountMin } ?? false,
                reason: free.map { $0 >= limits.freeByteCountMin ? nil : "diskFull" }
                    ?? "storeFailed",
                value: free
            )
        )
        let signed = signer.current
        checks.append(
            HealthCheck(
                code: "checkpoint",
                isOK: signed.failure == nil,
                reason: signed.failure,
                value: treeSize - min(treeSize, signed.latestSize)
            )
        )
        let isInPlace = parts.access.isInPlace
        checks.append(
            HealthCheck(
                code: "access",
                isOK: isInPlace,
                reason: isInPlace ? nil : "accessStoreReplaced"
            )
        )
        checks.append(clockCheck(lastRecordedAt))
        return checks
    }

    /// Times never go back: while the clock is behind the last record's, every record has that one.
    private func clockCheck(_ lastRecordedAt: Int64) -> HealthCheck {
        let secondsBehind = UInt64(max(0, lastRecordedAt - parts.clock())) / 1_000_000
        let isOK = secondsBehind <= limits.clockBehindSecondsMax
        return HealthCheck(
            code: "clock",
            isOK: isOK,
            reason: isOK ? nil : "clockBehind",
            value: secondsBehind
        )
    }

    /// Nil where the file system does not say.
    static func freeByteCount(_ path: String) -> UInt64? {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    var gauges: [(name: String, help: String, value: Double)] {
        let size = watch.treeSize
        let models = follower.current
        let signed = signer.current
        var gauges: [(name: String, help: String, value: Double)] = [
            ("ledger_records", "Records in the ledger.", Double(size)),
            (
                "read_models_lag_records", "Records that the read models do not know yet.",
                Double(size - min(size, models.position ?? 0))
            ),
            (
                "checkpoint_lag_records", "Records that no checkpoint covers yet.",
                Double(size - min(size, signed.latestSize))
            ),
            ("commands_waiting", "Commands that wait for the writer.", Double(gate.waitingCount)),
            ("reads_waiting", "Readings that run or wait.", Double(threads.waitingCount)),
            ("feed_subscribers", "Open feeds.", Double(subscribers.takenCount)),
        ]
        if let resident = Self.residentByteCount {
            gauges.append(("resident_memory_bytes", "Memory of the process.", Double(resident)))
        }
        if let descriptors = Self.descriptorCount {
            gauges.append(("open_fds", "Open file descriptors.", Double(descriptors)))
        }
        return gauges
    }

    /// The second number of /proc/self/statm is pages.
    private static var residentByteCount: Int? {
        let descriptor = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe read(descriptor, buffer.baseAddress, buffer.count)
        }
        guard count > 0 else { return nil }
        let words = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: " ")
        guard words.count > 1, let pages = Int(words[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static var descriptorCount: Int? {
        guard let folder = unsafe opendir("/proc/self/fd") else { return nil }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        // Itself, its parent, and the one that reads it.
        return count - 3
    }
}
