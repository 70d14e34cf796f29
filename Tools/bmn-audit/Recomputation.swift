import Console
import Cryptography
import Foundation
import Ledger
import LedgerReader
import ProjectionCatalog
import ProjectionRuntime
import Survey
import TransparencyLog

/// What the records below a tree size come to, taken from the records alone.
struct Recomputation {
    /// The counts of one area as a certification states them.
    struct AreaFigures {
        let area: String
        let cycle: String
        let figures: Figures

        var text: String { figures.canonicalText(cycle: cycle, area: area) }
        var digest: Digest { figures.digest(cycle: cycle, area: area) }
    }

    let treeSize: UInt64
    let rootHash: Digest
    private let state: State
    private var digests: [ProjectionDigest]?

    /// `progress` is called now and then with the records read, and how many there are.
    init(
        _ snapshot: borrowing LedgerSnapshot,
        treeSize: UInt64,
        progress: (UInt64, UInt64) -> Void
    ) throws {
        var state = State()
        var range = CompactRange()
        try snapshot.forEachRecord { index, record in
            guard index < treeSize else { return false }
            guard index == range.treeSize else {
                throw LedgerError(.damaged, "record \(range.treeSize) is missing")
            }
            range.append(MerkleTree.leafHash(of: record))
            let recorded = try EventCodec.decode(record)
            let envelope = recorded.envelope
            var household = HouseholdState()
            if recorded.event.isOfHousehold, envelope.streamVersion > 0 {
                household = try snapshot.household(
                    stream: envelope.stream,
                    belowVersion: envelope.streamVersion
                )
            }
            _ = state.evolve(
                recorded.event,
                index: index,
                on: envelope.day,
                household: household
            )
            if index.isMultiple(of: 1024) {
                progress(index, treeSize)
                try snapshot.releaseMemory()
            }
            return true
        }
        guard range.treeSize == treeSize else {
            throw LedgerError(.damaged, "record \(range.treeSize) is missing")
        }
        self.treeSize = treeSize
        self.state = state
        rootHash = range.rootHash
    }

    /// Builds every read model anew, in a folder that goes away.
    mutating func addProjections(
        _ snapshot: borrowing LedgerSnapshot,
        progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("bmn-audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("survey.sqlite").path
        let runner = ProjectionRunner(
            ProjectionCatalog.all,
            try SurveyDatabase(path: path, use: .build)
        )
        try runner.catchUp(snapshot, upTo: treeSize) {
            progress($0.recordCount, $0.recordCountTotal)
        }
        digests = try runner.digests()
    }

    /// `cycle` is the latest one that is defined where none is named.
    func figures(area: String, cycle: String?) throws(Failure) -> AreaFigures {
        guard let cycle = cycle ?? state.cycles.keys.max(), state.cycles[cycle] != nil else {
            throw Self.unknown(
                "cycleUnknown",
                "ไม่มีรอบปีนั้นในระเบียนเหล่านี้",
                "These records define no such cycle: leave --cycle out, or take a later --as-of."
            )
        }
        guard let level = state.areas[area]?.area.level else {
            throw Self.unknown(
                "areaUnknown",
                "ไม่มีพื้นที่นั้นในระเบียนเหล่านี้",
                "These records define no such area: give its code, or take a later --as-of."
            )
        }
        let figures = state.figures(area: area, level: level, cycle: cycle)
        return AreaFigures(area: area, cycle: cycle, figures: figures)
    }

    private static func unknown(_ code: String, _ thai: String, _ english: String) -> Failure {
        Failure(code, thai: thai, english: english, exitStatus: ExitStatus.unreadable)
    }

    func text(_ figures: AreaFigures?) -> String {
        var lines = ["origin \(state.origin.shown)", "size \(treeSize)", "root \(rootHash.hex)"]
        if let figures { lines += ["", figures.text + "digest \(figures.digest.hex)"] }
        if let digests {
            lines.append("")
            lines += digests.map { "\($0.name) \($0.digest.hex)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    func json(_ figures: AreaFigures?) -> JSON {
        [
            "origin": .string(state.origin.shown),
            "size": .unsigned(treeSize),
            "root": .string(rootHash.hex),
            "figures": figures.map { figures in
                [
                    "area": .string(figures.area), "cycle": .string(figures.cycle),
                    "digest": .string(figures.digest.hex), "text": .string(figures.text),
                ]
            } ?? .null,
            "projections": digests.map { digests in
                .array(
                    digests.map {
                        ["name": .string($0.name), "digest": .string($0.digest.hex)]
                    }
                )
            } ?? .null,
        ]
    }
}
