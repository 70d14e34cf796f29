import ArgumentParser
import Foundation

/// Everything in one go; what `Tools/bench` calls.
struct Suite: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all",
        abstract: "Run every benchmark beside its limit and print CSV."
    )

    @Flag(help: "Fewer records and rounds: a first impression in a minute or two.")
    var quick = false

    @Flag(help: "Exit with status 1 if a target is missed.")
    var check = false

    @Option(help: "Only metrics whose name begins like this; may be given several times.")
    var only: [String] = []

    @Option(help: "The compiled yardstick.c.")
    var yardstick: String

    @Option(help: "The folder of the built programs.")
    var programs: String

    @Option(help: "A folder for the ledgers, on the disk that is to be measured; emptied first.")
    var scratch: String

    func run() throws {
        let files = FileManager.default
        if files.fileExists(atPath: scratch) { try files.removeItem(atPath: scratch) }
        try files.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: scratch) }
        var benchmarks = Benchmarks(
            bench: "\(programs)/bmn-bench",
            bmn: "\(programs)/bmn",
            audit: "\(programs)/bmn-audit",
            yardstick: yardstick,
            scratch: scratch,
            roundCount: quick ? 3 : 5,
            only: only
        )
        Report.write(Figure.header, to: .standardOutput)
        // The smallest shows the costs that no record causes, the largest gives the rates.
        try benchmarks.makeLedgers(quick ? [2000, 10_000, 100_000] : [10_000, 100_000, 1_000_000])
        try benchmarks.append(batch: 1, count: quick ? 500 : 2000, target: 0.7)
        try benchmarks.append(batch: 100, count: quick ? 5000 : 20_000, target: 0.35)
        try benchmarks.append(batch: 1000, count: quick ? 40_000 : 100_000, target: 0.15)
        try benchmarks.clients(count: quick ? 100 : 300)
        try benchmarks.tree(batch: 1, count: quick ? 500 : 2000)
        try benchmarks.tree(batch: 1000, count: quick ? 40_000 : 100_000)
        try benchmarks.checkpoints()
        try benchmarks.proofs()
        try benchmarks.publish()
        try benchmarks.verifyChain()
        try benchmarks.verifyTree()
        try benchmarks.verifyAll()
        try benchmarks.replay()
        try benchmarks.replayPostgreSQL()
        try benchmarks.endToEnd()
        try benchmarks.help()
        try benchmarks.bundle()
        try benchmarks.importAnswers(householdCount: quick ? 60_000 : 130_000)
        try benchmarks.asOfHousehold()
        try benchmarks.service(
            commandCount: quick ? 3200 : 19_200,
            readCount: quick ? 6400 : 32_000
        )
        try benchmarks.feed(subscriberCount: quick ? 200 : 1000, seconds: quick ? 5 : 20)
        if !quick { try benchmarks.soak(seconds: 600) }
        // Last, since the ledgers grow.
        try benchmarks.follow(newCount: quick ? 2000 : 10_000)
        let missedCount = benchmarks.report.missedCount
        if missedCount > 0 { Report.note("\(missedCount) targets missed") }
        if check, missedCount > 0 { throw ExitCode(1) }
    }
}
