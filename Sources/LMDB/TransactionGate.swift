import Glibc

/// Lets transactions in, and keeps them out while the map is replaced.
///
/// `mdb_env_set_mapsize` unmaps the file. LMDB does not check for live transactions of the
/// process (lmdb.h leaves that to the caller), and a reader whose map is gone dies of SIGSEGV.
/// So every use of the map enters here, and whoever replaces the map waits until all have left.
/// LMDB's own lock between writers also spans processes; the writer's turn in front of it exists
/// so that no thread of this process waits there, inside the gate, while another one grows the map.
final class TransactionGate: @unchecked Sendable {
    enum Kind {
        /// A closure's reader: it ends on the thread it began on.
        case scopedReader
        /// A reader that may end anywhere, at any time.
        case heldReader
        case writer
    }

    /// A transaction that uses the map now.
    struct Entry {
        let kind: Kind
        let thread: pthread_t
        let enteredAt: MonotonicTime
        var transactionID: Int?
    }

    /// The place an entry has until it leaves.
    struct Ticket { fileprivate let index: Int }

    private let path: String
    private let mutex = PosixMutex()
    private let mapIsFree = PosixCondition()
    private let gateIsOpen = PosixCondition()
    private let turnIsFree = PosixCondition()

    // All below is guarded by `mutex`.
    private var entries: [Entry?] = []
    private var entryCount = 0
    private var exclusiveWaiterCount = 0
    private var isExclusive = false
    private var writingThread: pthread_t?
    private var isMapLost = false

    init(path: String) { self.path = path }
}

// MARK: - Transactions

extension TransactionGate {
    /// Enters, after waiting for a replacement of the map that is due.
    ///
    /// A thread that is inside already is let in at once: the replacement waits for that thread,
    /// so waiting here would be a deadlock.
    func enter(_ kind: Kind) throws(LMDBError) -> Ticket {
        let thread = pthread_self()
        let now = MonotonicTime.now()
        mutex.lock()
        defer { mutex.unlock() }
        while isExclusive || (exclusiveWaiterCount > 0 && !hasEntry(of: thread)) {
            gateIsOpen.wait(mutex)
        }
        guard !isMapLost else { throw mapLostError }
        let entry = Entry(kind: kind, thread: thread, enteredAt: now, transactionID: nil)
        return add(entry)
    }

    /// Enters unless the map is being replaced or about to be.
    func enterIfOpen() -> Ticket? {
        let thread = pthread_self()
        let now = MonotonicTime.now()
        mutex.lock()
        defer { mutex.unlock() }
        guard !isExclusive, exclusiveWaiterCount == 0, !isMapLost else { return nil }
        return add(Entry(kind: .scopedReader, thread: thread, enteredAt: now, transactionID: nil))
    }

    private func add(_ entry: Entry) -> Ticket {
        entryCount += 1
        if entryCount <= entries.count, let index = entries.firstIndex(where: { $0 == nil }) {
            entries[index] = entry
            return Ticket(index: index)
        }
        entries.append(entry)
        return Ticket(index: entries.count - 1)
    }

    func leave(_ ticket: Ticket) {
        mutex.lock()
        defer { mutex.unlock() }
        precondition(entries[ticket.index] != nil, "a transaction left the gate twice")
        entries[ticket.index] = nil
        entryCount -= 1
        if entryCount == 0, exclusiveWaiterCount > 0 { mapIsFree.wakeAll() }
    }

    /// Notes which snapshot an entry reads, once that is known.
    func record(transactionID: Int, for ticket: Ticket) {
        mutex.lock()
        defer { mutex.unlock() }
        entries[ticket.index]?.transactionID = transactionID
    }

    /// The reader of this process that has been inside for the longest time.
    var oldestReader: Entry? {
        mutex.lock()
        defer { mutex.unlock() }
        return oldestEntry { $0.kind != .writer && $0.transactionID != nil }
    }

    private func hasEntry(of thread: pthread_t) -> Bool {
        entries.contains { $0?.thread == thread }
    }

    private func oldestEntry(where condition: (Entry) -> Bool) -> Entry? {
        var oldest: Entry?
        for case let entry? in entries where condition(entry) {
            if let known = oldest, known.enteredAt <= entry.enteredAt { continue }
            oldest = entry
        }
        return oldest
    }
}

// MARK: - The writer's turn

extension TransactionGate {
    /// Waits for the turn to write; a thread that has it already gets an error, not a deadlock.
    func takeWriterTurn(for operation: String) throws(LMDBError) {
        let thread = pthread_self()
        mutex.lock()
        defer { mutex.unlock() }
        try refuseWhileWriting(thread, operation: operation)
        while writingThread != nil { turnIsFree.wait(mutex) }
        writingThread = thread
    }

    func endWriterTurn() {
        mutex.lock()
        defer { mutex.unlock() }
        precondition(writingThread == pthread_self(), "the writer's turn ended on another thread")
        writingThread = nil
        turnIsFree.wakeOne()
    }

    /// Refuses an operation that would wait for the write lock which this very thread holds.
    func refuseInsideWrite(_ operation: String) throws(LMDBError) {
        mutex.lock()
        defer { mutex.unlock() }
        try refuseWhileWriting(pthread_self(), operation: operation)
    }

    private func refuseWhileWriting(_ thread: pthread_t, operation: String) throws(LMDBError) {
        guard writingThread == thread else { return }
        throw LMDBError(
            .wouldDeadlock,
            operation: operation,
            path: path,
            detail: "called inside a write transaction of the same thread"
        )
    }
}

// MARK: - Replacing the map

extension TransactionGate {
    /// Calls `body` while no transaction of this process lives; new ones wait meanwhile.
    func withExclusiveMap(
        timeout: Duration,
        _ body: () throws(LMDBError) -> Void
    ) throws(LMDBError) {
        try acquireExclusive(timeout: timeout)
        defer { releaseExclusive() }
        try body()
    }

    /// Calls `body` if no transaction of this process lives right now, and says whether it did.
    func withExclusiveMapIfIdle(_ body: () throws(LMDBError) -> Void) throws(LMDBError) -> Bool {
        mutex.lock()
        let isIdle = entryCount == 0 && !isExclusive && exclusiveWaiterCount == 0 && !isMapLost
        isExclusive = isExclusive || isIdle
        mutex.unlock()
        guard isIdle else { return false }
        defer { releaseExclusive() }
        try body()
        return true
    }

    /// Notes that LMDB unmapped the file and could not map it again.
    func loseMap() {
        mutex.lock()
        defer { mutex.unlock() }
        precondition(isExclusive, "only who holds the map alone can lose it")
        isMapLost = true
    }

    private func acquireExclusive(timeout: Duration) throws(LMDBError) {
        let thread = pthread_self()
        let deadline = MonotonicTime.now().advanced(by: timeout)
        mutex.lock()
        defer { mutex.unlock() }
        guard !isMapLost else { throw mapLostError }
        if let own = oldestEntry(where: { $0.thread == thread && $0.kind != .heldReader }) {
            throw growthError(.wouldDeadlock, held: "by a transaction of the same thread", by: own)
        }
        exclusiveWaiterCount += 1
        while isExclusive || entryCount > 0 {
            guard mapIsFree.wait(mutex, until: deadline) else { break }
        }
        exclusiveWaiterCount -= 1
        guard !isExclusive && entryCount == 0 else {
            let oldest = oldestEntry { _ in true }
            if exclusiveWaiterCount == 0 { gateIsOpen.wakeAll() }
            throw growthError(.timedOut, held: "for longer than \(timeout)", by: oldest)
        }
        isExclusive = true
    }

    private func releaseExclusive() {
        mutex.lock()
        defer { mutex.unlock() }
        isExclusive = false
        mapIsFree.wakeAll()
        gateIsOpen.wakeAll()
    }

    private var mapLostError: LMDBError {
        LMDBError(
            .panic,
            operation: "begin transaction",
            path: path,
            detail: "the map could not be replaced; close the environment and open it again"
        )
    }

    private func growthError(
        _ code: LMDBError.Code,
        held reason: String,
        by entry: Entry?
    ) -> LMDBError {
        var detail = "the map is held \(reason)"
        if let entry {
            let age = MonotonicTime.now().elapsed(since: entry.enteredAt)
            let identity = entry.transactionID.map { "transaction \($0)" } ?? "a transaction"
            detail += "; the oldest is \(identity), \(entry.kind), open for \(age)"
        }
        return LMDBError(code, operation: "replace map", path: path, detail: detail)
    }
}
