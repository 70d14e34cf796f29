package import Cryptography

extension SampleAnnouncement {
    /// So many in a thousand, rounded up.
    var sizeByShare: UInt32 {
        UInt32(clamping: (population &* UInt64(perMille) &+ 999) / 1000)
    }

    /// The one draw that a checkpoint gives.
    package func draw(_ checkpoint: SignedHead) -> SampleDraw {
        var draw = SampleDraw()
        (draw.sample, draw.cycle, draw.area) = (sample, cycle, area)
        (draw.level, draw.stage) = (level, stage)
        (draw.size, draw.perMille, draw.population) = (size, perMille, population)
        (draw.treeSize, draw.rootHash) = (checkpoint.treeSize, checkpoint.rootHash.hex)
        draw.seed = draw.computedSeed.hex
        return draw
    }
}

/// How a sample follows from the log; RULES.md says it for those who do it with other tools.
extension SampleDraw {
    package var computedSeed: Digest {
        SHA256.hash(Array("bmn-sample/v1\n\(rootHash)\n\(sample)\n".utf8))
    }

    /// The households to be checked, in the order in which they were drawn.
    ///
    /// `households` are all that were recorded in the area below its announcement.
    package func selection(from households: [String]) -> [String] {
        let ranked = households.map { household in
            (rank: SHA256.hash(Array("\(seed)\n\(household)\n".utf8)).hex, household: household)
        }
        return ranked.sorted { ($0.rank, $0.household) < ($1.rank, $1.household) }
            .prefix(Int(size)).map(\.household)
    }
}
