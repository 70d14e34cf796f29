import ArgumentParser

/// The benchmark executable behind Tools/bench; no part of the product.
@main
struct BMNBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bmn-bench",
        abstract: "Measures the ledger against bare C on the same machine.",
        subcommands: [
            Suite.self, Make.self, Append.self, Clients.self, Tree.self, Checkpoints.self,
            Proofs.self, Grow.self, CheckBundle.self, AnswerFile.self, AreaFigures.self,
            HTTPCommands.self, HTTPReads.self, HTTPBare.self, HTTPFeed.self, Measure.self,
        ],
        defaultSubcommand: Suite.self
    )
}
