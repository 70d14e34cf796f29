package import NIOCore

/// What the service takes on at most; SERVICE.md gives the reasons.
package struct ServiceLimits: Sendable {
    /// Further connections wait until one is closed.
    package var connectionCountMax = 2048
    package var headerByteCountMax = 16 * 1024
    package var headerCountMax = 64
    /// A connection without a request, or with an unfinished header, is closed after this.
    package var idleTimeout = TimeAmount.seconds(60)
    /// A request whose body has not arrived by then ends with its connection.
    package var bodyTimeout = TimeAmount.seconds(20)
    /// Requests under way get so long to end when the service stops.
    package var stopTimeout = Duration.seconds(20)

    package var commandByteCountMax = 64 * 1024
    package var batchByteCountMax = 4 * 1024 * 1024
    package var batchCommandCountMax = 2000
    /// What a passkey answers, and forms.
    package var passkeyByteCountMax = 64 * 1024
    /// A form: an act with its rows, or the largest household there could be.
    package var formByteCountMax = 512 * 1024
    /// A CSV file that is uploaded; larger ones are for `bmn import`.
    package var uploadByteCountMax = 8 * 1024 * 1024
    /// Rows of such a file below its header.
    package var uploadRowCountMax = 20_000
    /// Uploaded files that are in memory until they are recorded or forgotten, all together.
    package var uploadsByteCountMax = 64 * 1024 * 1024
    /// Those of one person, who may have so many besides.
    package var uploadsOfOneByteCountMax = 16 * 1024 * 1024
    package var uploadOfOneCountMax = 8
    /// An upload that nobody looked at for so long is forgotten.
    package var uploadTime = Duration.seconds(3600)
    /// Rows that one commit of an upload takes; other commands come between.
    package var uploadBatchCount = 100
    /// Bodies that are in memory at one time, all together.
    package var bodiesByteCountMax = 64 * 1024 * 1024
    /// Those of one person.
    package var bodiesOfOneByteCountMax = 12 * 1024 * 1024
    /// Files on their way to those who asked, all together.
    package var downloadsByteCountMax = 192 * 1024 * 1024
    /// Those of one person; a bundle has no more.
    package var downloadsOfOneByteCountMax = 96 * 1024 * 1024
    /// A document that is larger is read at the ledger's machine, and filed there.
    package var downloadByteCountMax = 32 * 1024 * 1024
    package var attachmentByteCountMax = 8 * 1024 * 1024
    /// Commands that wait for the writer.
    package var waitingCommandCountMax = 4096

    package var readThreadCount = 4
    /// Readings of the store that run or wait for a thread.
    package var waitingReadCountMax = 1024
    /// The past is rebuilt in memory: not from more records than this, and one after the other.
    package var pastRecordCountMax: UInt64 = 200_000
    package var waitingPastCountMax = 4

    package var subscriberCountMax = 1024
    /// Feeds of one person.
    package var subscriberOfOneCountMax = 64
    /// A feed in which nothing happens says so this often.
    package var heartbeat = Duration.seconds(15)
    /// Whether its reader may still read it is asked no more often than this, and at each heartbeat.
    package var feedCheckInterval = Duration.seconds(1)
    /// What happens within this time is read from the store together.
    package var feedPause = Duration.milliseconds(50)
    /// A feed whose reader takes nothing is cut off so long after the service began to stop.
    package var feedStopTimeout = TimeAmount.seconds(2)
    package var pageRecordCountMax = 1000

    /// A checkpoint is signed this long after the ledger grew, and when the service stops.
    package var checkpointInterval = Duration.seconds(60)
    /// Less free space than this, and the service says that it is not ready.
    package var freeByteCountMin: UInt64 = 64 * 1024 * 1024
    /// Read models that are further behind are said not to be ready.
    package var lagCountMax: UInt64 = 10_000
    /// A clock that is further behind the last record's time is said to be wrong.
    package var clockBehindSecondsMax: UInt64 = 60

    /// A command waits so long for the read models to know who lost a role before it.
    package var rolesTimeout = Duration.seconds(5)
    /// A failed commit is told of for so long at least; then the disk is tried.
    package var failureTime = Duration.seconds(10)

    package init() {}
}
