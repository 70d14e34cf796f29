package import TransparencyLog

/// What a bundle is made of; every other file of it follows from these.
package struct BundleContents: Sendable {
    /// A record with the proof that it is in the log.
    package struct Entry: Sendable {
        /// The stored bytes, without a newline.
        package let record: [UInt8]
        package let proof: InclusionProof

        package init(record: [UInt8], proof: InclusionProof) {
            self.record = record
            self.proof = proof
        }
    }

    /// Two files a record must fit into a container, beside what a checkpoint and its signatures need.
    package static let recordCountMax = 2000

    /// In the order of the log.
    package let entries: [Entry]
    package let checkpoint: StoredCheckpoint
    /// A trust policy that the maker puts in; nobody has to follow it.
    package let policy: [UInt8]?

    package init(entries: [Entry], checkpoint: StoredCheckpoint, policy: [UInt8]? = nil) {
        self.entries = entries.sorted { $0.proof.leafIndex < $1.proof.leafIndex }
        self.checkpoint = checkpoint
        self.policy = policy
    }
}

/// Names of files in a bundle.
enum BundleName {
    static let readme = "README.txt"
    static let index = "bundle.json"
    static let checkpoint = "checkpoint.txt"
    static let cosigned = "checkpoint-cosigned.txt"
    static let logKey = "log-key.pem"
    static let policy = "policy.txt"
    static let statement = "statement.txt"
    static let figures = "figures.txt"

    static func record(_ index: UInt64) -> String { "records/\(index).json" }

    static func proof(_ index: UInt64) -> String { "proofs/\(index).tlog-proof" }

    static func timestamp(_ number: Int) -> String { "timestamps/\(number).tst" }

    /// The number in a name of one of these forms, in its one spelling.
    static func number(in name: String, _ folder: String, _ suffix: String) -> UInt64? {
        guard name.hasPrefix(folder), name.hasSuffix(suffix),
            name.utf8.count > folder.utf8.count + suffix.utf8.count
        else { return nil }
        let digits = name.dropFirst(folder.count).dropLast(suffix.count)
        guard let number = UInt64(digits), String(number) == digits else { return nil }
        return number
    }
}

/// Why records and checkpoint make no bundle, in one sentence.
package struct BundleError: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }

    package var description: String { reason }
}
