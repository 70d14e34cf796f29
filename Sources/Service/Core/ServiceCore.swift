import Access
import Dispatch
import Ledger
import LedgerReader
import LedgerWriter
import Logging
import NIOCore
import ProjectionRuntime
import Survey

/// What the handlers share: the parts, and what bounds and counts their use.
package final class ServiceCore: Sendable {
    let parts: ServiceParts
    let threads: BlockingThreads
    /// The past is rebuilt here, one after the other.
    let past: BlockingThreads
    let gate: CommandGate
    let watch = LedgerWatch()
    let subscribers: Shares
    let feeds = OpenFeeds()
    /// Bytes of requests' bodies.
    let bodies: Shares
    /// Bytes of files that are sent.
    let downloads: Shares
    let journal: AccessJournal
    let limiter = SignInLimiter()
    let challenges = Challenges()
    let web: WebSite
    let metrics = ServiceMetrics()
    let imports: ImportDesk
    let follower: ProjectionFollower
    let signer: CheckpointSigner
    let verification: LedgerVerification
    let replay: LiveReplay
    /// Batches wait for the writer here, not on the threads of those who read.
    let batches = DispatchQueue(label: "batches")

    init(_ parts: ServiceParts) {
        self.parts = parts
        web = WebSite(parts.web)
        let limits = parts.limits
        threads = BlockingThreads(
            count: limits.readThreadCount,
            waitingCountMax: limits.waitingReadCountMax
        )
        past = BlockingThreads(count: 1, waitingCountMax: limits.waitingPastCountMax)
        gate = CommandGate(limits.waitingCommandCountMax)
        subscribers = Shares(limits.subscriberCountMax, each: limits.subscriberOfOneCountMax)
        bodies = Shares(limits.bodiesByteCountMax, each: limits.bodiesOfOneByteCountMax)
        downloads = Shares(
            limits.downloadsByteCountMax,
            each: limits.downloadsOfOneByteCountMax
        )
        imports = ImportDesk(limits)
        journal = AccessJournal(parts.access)
        follower = ProjectionFollower(parts)
        signer = CheckpointSigner(parts)
        verification = LedgerVerification(parts)
        replay = LiveReplay(parts, follower)
    }

    var reader: LedgerReader { parts.reader }
    var limits: ServiceLimits { parts.limits }

    /// Today in Thailand.
    var today: Day {
        guard let time = RecordTime(unixMicroseconds: parts.clock()) else {
            preconditionFailure("the clock is outside the years 1970 to 2399")
        }
        return time.bangkokDay
    }

    /// Looks how large the ledger is: another process may append, too.
    func look() async throws {
        let reader = reader
        watch.note(try await threads.run { try reader.snapshot().treeSize })
    }

    /// Feeds end and new commands are refused; what is accepted goes on.
    func beginToStop() {
        gate.stop()
        verification.stop()
        replay.stop()
        watch.wakeAll()
        feeds.end(in: limits.feedStopTimeout)
    }
}
