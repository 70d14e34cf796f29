import Cryptography
import LMDB
import Ledger
import LedgerReader
import Survey
import TransparencyLog

/// The two sides of a commit, for tests that let it fail on either.
package enum CommitStep: Sendable {
    /// All is in the transaction and nothing on disk.
    case aboutToCommit
    /// It is on disk, and nobody has heard of it.
    case durable
}

/// Called at each step of each commit; what it throws fails the commit there.
package typealias CommitObserver = @Sendable (CommitStep) throws -> Void

/// What one turn at the writer does: decide each command in the state that the one before it left,
/// and append.
struct AppendTurn: Sendable {
    let store: LedgerStore
    let attachments: AttachmentFolder
    private let clock: @Sendable () -> Int64
    private let observer: CommitObserver?
    private(set) var state: State
    private(set) var head: LedgerHead
    private var growth: TreeGrowth
    /// The clock's reading for all of this turn.
    private(set) var now: Int64 = 0
    /// Whether the last run appended something.
    private(set) var hasAppended = false
    /// Whether a key may have to be destroyed: from the beginning, for what others left, and from
    /// each erasure on, until it is said that none is left.
    private(set) var owesErasure = true
    /// Whether this run sealed something.
    private var hasSealed = false
    /// Whether memory may differ from the store: after a failed or repeated transaction.
    private var isStale = false

    init(
        _ store: LedgerStore,
        attachments: AttachmentFolder,
        clock: @escaping @Sendable () -> Int64,
        observer: CommitObserver?
    ) throws {
        self.store = store
        self.attachments = attachments
        self.clock = clock
        self.observer = observer
        (state, head, growth) = try store.environment.read { transaction in
            let head = try store.head(transaction)
            let growth = try TreeGrowth(store, head: head, transaction)
            return (try store.state(transaction), head, growth)
        }
    }

    /// Makes the next run read everything anew.
    mutating func forget() { isStale = true }

    /// Notes that what was erased is destroyed.
    mutating func noteErasuresDone() { owesErasure = false }

    mutating func run(
        _ prepared: [PreparedCommand],
        vault: Vault,
        isAtomic: Bool
    ) throws -> [Outcome] {
        hasAppended = false
        let outcomes: [Outcome]
        do {
            outcomes = try store.environment.write { transaction in
                try catchUp(transaction)
                // Read behind LMDB's lock: nobody else can append a later time now.
                now = clock()
                // The closure runs again when the map had to grow: whatever this attempt does to
                // memory before the commit is void then.
                isStale = true
                hasSealed = false
                var outcomes: [Outcome] = []
                outcomes.reserveCapacity(prepared.count)
                let sizeBefore = head.treeSize
                var touched = Touched()
                for command in prepared {
                    let outcome = try append(command, vault, &transaction, &touched)
                    if isAtomic, case .failure(let rejection) = outcome {
                        throw AtomicRefusal(offset: outcomes.count, rejection: rejection)
                    }
                    outcomes.append(outcome)
                }
                if head.treeSize > sizeBefore {
                    for key in touched.cells {
                        guard let cell = state.cells[key] else { continue }
                        try transaction.put(store.cells, LedgerKey.cell(key), cell.encoded)
                    }
                    for range in touched.forms {
                        // The same batch may have withdrawn the range, after its last form was freed.
                        let used = state.usedForms(of: range) ?? [UInt8](repeating: 0, count: 8)
                        try transaction.put(store.forms, LedgerKey.forms(range), used)
                    }
                    try transaction.put(store.meta, LedgerKey.head, head.encoded)
                }
                hasAppended = head.treeSize > sizeBefore
                if hasSealed { try vault.requireCurrent() }
                try observer?(.aboutToCommit)
                return outcomes
            }
            try observer?(.durable)
        } catch let refusal as AtomicRefusal {
            hasAppended = false
            return prepared.indices.map { offset in
                // Only the command at fault says why; the others were not stored because of it.
                .failure(offset == refusal.offset ? refusal.rejection : Rejection(.notStored))
            }
        }
        isStale = false
        return outcomes
    }

    /// Follows what another process appended since the last turn.
    private mutating func catchUp(_ transaction: borrowing WriteTransaction) throws {
        let stored = try store.head(transaction)
        guard isStale || stored != head else { return }
        if isStale || stored.treeSize <= head.treeSize {
            state = try store.state(transaction)
        } else {
            isStale = true
            try store.update(&state, from: head.treeSize, transaction)
        }
        head = stored
        growth = try TreeGrowth(store, head: head, transaction)
        isStale = false
    }

    private mutating func append(
        _ prepared: PreparedCommand,
        _ vault: Vault,
        _ transaction: inout WriteTransaction,
        _ touched: inout Touched
    ) throws -> Outcome {
        if let repeated = try earlierOutcome(of: prepared, transaction) { return repeated }
        do {
            let record = try decide(prepared, vault, transaction)
            try store.append(
                record.encoded,
                kind: record.kind,
                authenticationCode: prepared.authenticationCode,
                &transaction
            )
            try growth.append(
                record.encoded.leafHash,
                index: record.encoded.envelope.index,
                store,
                &transaction
            )
            let after = state.evolve(
                record.event,
                index: record.encoded.envelope.index,
                on: record.encoded.envelope.day,
                household: record.household
            )
            if record.kind == .personalDataErased {
                owesErasure = true
                try store.eraseCodes(ofStream: record.encoded.envelope.stream, &transaction)
            }
            if record.event.sealed != nil { hasSealed = true }
            head.append(record.encoded, keyID: record.event.sealed?.keyID)
            touch(record, after, &touched)
            return .success(receipt(record.encoded))
        } catch let rejection as Rejection {
            return .failure(rejection)
        }
    }

    /// The first receipt again, when the command was sent before.
    private mutating func earlierOutcome(
        of prepared: PreparedCommand,
        _ transaction: borrowing WriteTransaction
    ) throws -> Outcome? {
        let stored = try transaction.withValue(
            store.commands,
            LedgerKey.command(prepared.commandID)
        ) { $0.byteArray }
        guard let stored else { return nil }
        let code = Array(stored.dropFirst(8))
        guard [LedgerStore.erasedCode, prepared.authenticationCode].contains(code) else {
            return .failure(Rejection(.commandIdReused, prepared.commandID.text))
        }
        let index = stored.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        let earlier = try store.withRecord(index, transaction) { record in
            let scanned = try RecordScanner.scan(record)
            let envelope = scanned.envelope
            let receipt = Receipt(
                commandID: envelope.commandID,
                index: envelope.index,
                leafHashHex: MerkleTree.leafHash(of: record).hex,
                stream: envelope.stream,
                streamVersion: envelope.streamVersion,
                recordedAt: envelope.recordedAt,
                isRepeated: true,
                clockBehindMicroseconds: 0
            )
            return (receipt: receipt, kind: scanned.kind)
        }
        guard let earlier else {
            throw LedgerError(.damaged, "the command index names record \(index), missing")
        }
        // Whether the content is the same is not for anybody to find out any more.
        if code == LedgerStore.erasedCode {
            return .failure(Rejection(.personalDataErased, earlier.receipt.stream))
        }
        // The first time may have ended before its key was destroyed.
        if earlier.kind == .personalDataErased { owesErasure = true }
        return .success(earlier.receipt)
    }

    private func receipt(_ record: EncodedRecord) -> Receipt {
        let envelope = record.envelope
        return Receipt(
            commandID: envelope.commandID,
            index: envelope.index,
            leafHashHex: record.leafHash.hex,
            stream: envelope.stream,
            streamVersion: envelope.streamVersion,
            recordedAt: envelope.recordedAt,
            isRepeated: false,
            clockBehindMicroseconds: envelope.recordedAt.unixMicroseconds - now
        )
    }

    private func touch(
        _ record: DecidedRecord,
        _ after: HouseholdState,
        _ touched: inout Touched
    ) {
        // Where the household was counted before, and where it is now: a visit without success may
        // have named another village than the record that follows it.
        func insert(_ cycle: String) {
            for household in [record.household, after] where household.status != .absent {
                touched.cells.insert(
                    CellKey(cycle: cycle, village: household.village, lao: household.lao)
                )
            }
            let (former, form) = (record.household.questionnaire, after.questionnaire)
            for serial in [former, form] where former != form {
                guard let range = state.formRange(of: serial, cycle: cycle) else { continue }
                touched.forms.insert(range)
            }
        }
        switch record.event.kind {
        case .targetSet(let target): touched.cells.insert(target.cell)
        case .targetRevised(let revision): touched.cells.insert(revision.target.cell)
        case .householdRecorded(let event): insert(event.cycle)
        case .householdNotCollected(let event): insert(event.cycle)
        case .householdCorrected(let event): insert(event.cycle)
        case .householdWithdrawn(let event): insert(event.cycle)
        default: break
        }
    }
}

/// What a turn changed of the sums and indexes that are written once, at its end.
private struct Touched {
    var cells: Set<CellKey> = []
    var forms: Set<FormRange> = []
}

/// Thrown inside the transaction to abort it; never leaves `AppendTurn.run`.
private struct AtomicRefusal: Error {
    let offset: Int
    let rejection: Rejection
}
