import Access
import Survey
import SurveyImport
import Synchronization

/// A file that somebody uploaded, from its preview until it is recorded or forgotten.
struct ImportUpload: Sendable {
    enum State: Sendable {
        case previewed, waiting, recording, done
        /// Why it ended before its end; what was recorded until then stays.
        case stopped(Problem)
    }

    let id: String
    let kind: ImportKind
    let person: String
    /// The name of the session that it came in; once it is confirmed, of the one it was confirmed in.
    var session: String
    /// The passkey that began that session.
    var credential: [UInt8]
    /// The id of the request that confirmed it.
    var request = ""
    /// Why rows were refused for who asks, as far as auditors are told already.
    var toldCodes: Set<String> = []
    /// Given up as soon as nobody needs them: they are the people's answers and names.
    var bytes: [UInt8]
    var preview: ImportPreview
    var state = State.previewed
    var recordedCount = 0
    /// Of acts that were in the ledger before.
    var repeatedCount = 0
    /// What the preview found; once it is being recorded, what is found then.
    var faults: ImportFaults
    var touchedAt: Int64

    /// All that the file asks for, with what is refused.
    var totalCount: Int { preview.readyCount + preview.faults.refusedCount }

    /// What is neither recorded nor refused yet.
    var leftCount: Int {
        max(0, totalCount - recordedCount - repeatedCount - faults.refusedCount)
    }

    var isUnderWay: Bool {
        switch state {
        case .waiting, .recording: true
        case .previewed, .done, .stopped: false
        }
    }
}

/// Uploaded files, in memory alone: bounded for all and for each person, and forgotten in time.
final class ImportDesk: Sendable {
    private let uploads = Mutex<[String: ImportUpload]>([:])
    private let bytes: Shares
    private let limits: ServiceLimits
    /// Those that are to be recorded, one after the other.
    let confirmed: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init(_ limits: ServiceLimits) {
        self.limits = limits
        bytes = Shares(limits.uploadsByteCountMax, each: limits.uploadsOfOneByteCountMax)
        (confirmed, continuation) = AsyncStream.makeStream(of: String.self)
    }

    /// Keeps it; throws `busy` where there is no room.
    func add(
        _ file: [UInt8],
        _ kind: ImportKind,
        _ preview: ImportPreview,
        of person: String,
        session: Session,
        now: Int64
    ) throws(Problem) -> String {
        // It opens nothing: whose it is, is looked up each time.
        let id = String(UInt64.random(in: 1 << 60 ... .max), radix: 16)
        guard bytes.take(file.count, for: person) else { throw Problem(.busy) }
        let isKept = uploads.withLock { uploads in
            let own = uploads.values.count { $0.person == person }
            guard own < limits.uploadOfOneCountMax else { return false }
            uploads[id] = ImportUpload(
                id: id,
                kind: kind,
                person: person,
                session: session.name,
                credential: session.credential,
                bytes: file,
                preview: preview,
                faults: preview.faults,
                touchedAt: now
            )
            return true
        }
        guard isKept else {
            bytes.giveBack(file.count, of: person)
            throw Problem(.busy)
        }
        return id
    }

    /// The upload, for the person whose it is alone.
    func upload(_ id: String, of person: String, now: Int64) -> ImportUpload? {
        uploads.withLock { uploads in
            guard uploads[id]?.person == person else { return nil }
            uploads[id]?.touchedAt = now
            return uploads[id]
        }
    }

    /// The same as it is now, without anybody looking at it.
    func upload(_ id: String) -> ImportUpload? { uploads.withLock { $0[id] } }

    /// Puts it in the row of those to be recorded; once, however often it is asked.
    func confirm(_ id: String, in session: Session, request: String) {
        let isFirst = uploads.withLock { uploads in
            guard var upload = uploads[id], upload.person == session.person,
                case .previewed = upload.state
            else { return false }
            (upload.session, upload.credential) = (session.name, session.credential)
            (upload.request, upload.state) = (request, .waiting)
            uploads[id] = upload
            return true
        }
        if isFirst { continuation.yield(id) }
    }

    /// Forgets it, unless it is under way.
    func forget(_ id: String, of person: String) {
        uploads.withLock { uploads in
            guard let upload = uploads[id], upload.person == person, !upload.isUnderWay else {
                return
            }
            remove(upload, &uploads)
        }
    }

    func forgetExpired(now: Int64) {
        let (seconds, _) = limits.uploadTime.components
        uploads.withLock { uploads in
            for upload in uploads.values
            where !upload.isUnderWay && now - upload.touchedAt > seconds * 1_000_000 {
                remove(upload, &uploads)
            }
        }
    }

    /// Takes up one whose turn it is.
    func begin(_ id: String) -> ImportUpload? {
        uploads.withLock { uploads in
            uploads[id]?.state = .recording
            uploads[id]?.faults = ImportFaults()
            uploads[id]?.preview.forgetFaults()
            return uploads[id]
        }
    }

    /// Notes how far it came.
    func note(_ id: String, _ change: (inout ImportUpload) -> Void) {
        uploads.withLock { uploads in
            guard var upload = uploads[id] else { return }
            uploads[id] = nil
            change(&upload)
            uploads[id] = upload
        }
    }

    /// Ends it: its bytes are given up, and what is told of it stays for a while.
    func end(_ id: String, _ state: ImportUpload.State, now: Int64) {
        uploads.withLock { uploads in
            guard let upload = uploads[id] else { return }
            bytes.giveBack(upload.bytes.count, of: upload.person)
            uploads[id]?.bytes = []
            uploads[id]?.preview.forgetRows()
            uploads[id]?.state = state
            uploads[id]?.touchedAt = now
        }
    }

    /// No more are taken up.
    func stop() { continuation.finish() }

    private func remove(_ upload: ImportUpload, _ uploads: inout [String: ImportUpload]) {
        bytes.giveBack(upload.bytes.count, of: upload.person)
        uploads[upload.id] = nil
    }
}
