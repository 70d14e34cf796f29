import Cryptography
import Glibc
import LedgerReader
import TransparencyLog

/// The time-stamps of a checkpoint as a publisher writes them: a token keeps the name that it has.
///
/// What a ledger has of them may come in another order each time, so the numbers are those that are
/// there, and new tokens take the next ones. Killed at any point, no token that was there is gone.
struct TimestampFiles {
    private let log: PublishedLog
    private let treeSize: UInt64
    /// By their numbers, which have no gaps in the end.
    private var tokens: [Int: [UInt8]] = [:]
    /// The numbers of all files that are there, whatever they hold.
    private var presentNumbers: [Int] = []

    private static let numbers = 0..<LedgerStore.evidenceCountMax

    init(_ log: PublishedLog, _ stored: StoredCheckpoint) {
        (self.log, treeSize) = (log, stored.treeSize)
        for number in Self.numbers where InputFile.exists(path(number)) {
            presentNumbers.append(number)
            let limit = PublishedTimestamps.tokenByteCountMax
            let read = try? InputFile.read(path(number), byteCountMaximum: limit)
            // What a ledger that was restored from a backup has forgotten stays; damage does not.
            guard let token = read ?? nil, !tokens.values.contains(token),
                stored.timestamps.contains(token) || (try? TimestampToken(der: token)) != nil
            else { continue }
            tokens[number] = token
        }
        for token in stored.timestamps where !tokens.values.contains(token) {
            guard let free = Self.numbers.first(where: { tokens[$0] == nil }) else { break }
            tokens[free] = token
        }
        while let last = tokens.keys.max(),
            let gap = (0..<last).first(where: { tokens[$0] == nil })
        {
            tokens[gap] = tokens.removeValue(forKey: last)
        }
    }

    private func path(_ number: Int) -> String {
        log.file(PublishedLog.timestampName(treeSize: treeSize, number))
    }

    func write(over noteBytes: [UInt8], _ files: inout PublishedFiles) throws {
        guard !tokens.isEmpty else { return }
        try files.put(noteBytes, at: PublishedLog.timestampedName(treeSize: treeSize))
        for (number, token) in tokens.sorted(by: { $0.key < $1.key }) {
            try files.put(token, at: PublishedLog.timestampName(treeSize: treeSize, number))
        }
    }

    /// Removes what lies under a number that no token has; once the others are on disk.
    func removeRest() {
        for number in presentNumbers where tokens[number] == nil { unsafe unlink(path(number)) }
    }
}
