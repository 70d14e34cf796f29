import Cryptography
import TransparencyLog

/// Our own vectors: the eight published leaves, a log with a seed of 01 bytes and a witness with
/// one of 02 bytes.
enum OwnLog {
    static let logKey =
        "bmn.example.th/ledger+2a94d43f+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"

    static let witnessKey =
        "auditor.example.th/w1+3750f043+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"

    static let time: UInt64 = 1_764_547_200

    static let checkpoint = """
        bmn.example.th/ledger
        8
        XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

        """

    static let logLine = """
        \u{2014} bmn.example.th/ledger KpTUPyh24dTnRGuRUGneqBy4Z8a3aRjAMyXOmtfwxQCufGlaGXa19MeVHrOC\
        PbE4jeNcMz2k0jMmjGnw6ZRe0p2a0gA=

        """

    static let witnessLine = """
        \u{2014} auditor.example.th/w1 N1DwQwAAAABpLNqAZIIi2FiN0bv67Y4/CWU3XMhALMUFSdOO8DacvukC31mGE\
        8Mx0V3rCaTuJcsy/o0KqmVBXp4ekEjrKW/m7t52CA==

        """

    static let note = "\(checkpoint)\n\(logLine)\(witnessLine)"

    /// The proof that entry 5 of 8 is 40414243.
    static let proof = """
        c2sp.org/tlog-proof@v1
        index 5
        vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=
        yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=
        037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=

        \(note)
        """

    static let leafHash = MerkleTree.leafHash(of: [0x40, 0x41, 0x42, 0x43])

    static func policy(quorum: String) throws -> LogPolicy {
        try LogPolicy(
            bytes: Array("log \(logKey)\nwitness w1 \(witnessKey)\nquorum \(quorum)\n".utf8)
        )
    }
}
