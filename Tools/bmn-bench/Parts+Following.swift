import ArgumentParser
import Audit
import Evidence
import EvidenceContainer
import LedgerAudit
import LedgerReader
import Survey

/// `grow`: more households in a ledger that was made before.
struct Grow: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Append COUNT households, counted on from FIRST, to a ledger."
    )

    @Argument var path: String
    @Argument var first: Int
    @Argument var count: Int

    func run() throws {
        let ledger = try BenchLedger(opening: path)
        let households = Households()
        let commands = (first..<first + count).map(households.command)
        try ledger.appendInPipeline(commands, batch: 1000)
    }
}

/// `bundle`: what somebody does who was handed a household's bundle.
struct CheckBundle: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Check a household's bundle COUNT times; prints the ms of each."
    )

    @Argument var path: String
    @Argument var count: Int

    func run() throws {
        guard case .recordHousehold(let record) = Households().command(serial: 0).kind else {
            throw BenchFailure("the first command records no household")
        }
        let snapshot = try LedgerReader(LedgerDirectory(path)).snapshot()
        let contents = try snapshot.bundleContents(
            of: .household(cycle: record.cycle, household: record.household),
            treeSize: nil,
            policy: nil,
            policyBytes: nil,
            heartbeat: {}
        )
        // A day of the years in which the throw-away certificate is valid.
        let bytes = try BundleSeal.container(try BundleFiles.make(contents), at: 1_764_547_200)
        for _ in 0..<count {
            let duration = try seconds {
                let container = try EvidenceContainer(bytes: bytes)
                let verdict = BundleAuditor.verify(container).verdict
                guard verdict.isOK else { throw BenchFailure("the bundle has findings") }
            }
            print(duration * 1e3)
        }
    }
}
