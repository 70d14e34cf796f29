import Access
import Foundation
import GRDB
import Testing

@Suite struct `What access.sqlite keeps` {
    private let folder: URL
    private var path: String { folder.appending(path: "access.sqlite").path }
    private let now: Int64 = 1_517_450_400_000_000
    private let hour: Int64 = 3_600_000_000

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "access-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test func `a file of before passkeys keeps its tokens and gets the new tables`() throws {
        let old = try DatabaseQueue(path: path)
        try old.write { db in
            try db.execute(
                sql: """
                    CREATE TABLE token (id TEXT PRIMARY KEY, digest TEXT NOT NULL,
                        person TEXT NOT NULL, scopes TEXT NOT NULL, created_at INTEGER NOT NULL,
                        expires_at INTEGER NOT NULL, revoked_at INTEGER, last_used_at INTEGER
                    ) STRICT;
                    CREATE TABLE access (number INTEGER PRIMARY KEY AUTOINCREMENT,
                        at INTEGER NOT NULL, person TEXT NOT NULL, token TEXT NOT NULL,
                        request TEXT NOT NULL, method TEXT NOT NULL, route TEXT NOT NULL,
                        outcome TEXT NOT NULL, code TEXT NOT NULL) STRICT;
                    CREATE INDEX access_of_nobody ON access (number) WHERE person = '';
                    INSERT INTO token VALUES ('a', 'b', 'p', 'read', 1, 2, NULL, NULL);
                    PRAGMA application_id = \(0x424D_4E41);
                    """
            )
        }
        try old.close()
        for _ in 0..<2 {
            let store = try AccessStore(path: path)
            #expect(try store.tokens().map(\.id) == ["a"])
            let secret = try store.openSession(person: "p", credential: [1], now: now)
            #expect(try store.session(secret, now: now)?.person == "p")
        }
        let newer = try DatabaseQueue(path: path)
        try newer.write { db in try db.execute(sql: "PRAGMA user_version = 2") }
        try newer.close()
        #expect(throws: AccessError.self) { try AccessStore(path: path) }
    }

    @Test func `secrets have one spelling and are kept as hashes only`() throws {
        let store = try AccessStore(path: path)
        let link = try Secret.make()
        try store.addEnrolment(link, person: "p", expiresAt: now + hour, now: now)
        let session = try store.openSession(person: "p", credential: [1], now: now)
        for secret in [link, session] {
            #expect(Secret(secret.text)?.text == secret.text)
            #expect(Secret(secret.text.uppercased()) == nil)
            #expect(Secret(secret.text + "0") == nil)
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                let bytes = try Data(contentsOf: folder.appending(path: file))
                #expect(bytes.range(of: Data(secret.text.utf8)) == nil, "\(file)")
            }
        }
    }

    @Test func `a link is good once, and until its end`() throws {
        let store = try AccessStore(path: path)
        let link = try Secret.make()
        try store.addEnrolment(link, person: "p", expiresAt: now + hour, now: now)
        #expect(try store.enrolment(link, now: now + hour - 1)?.person == "p")
        #expect(try store.enrolment(link, now: now + hour) == nil)
        #expect(try store.enrolment(Secret.make(), now: now) == nil)
        #expect(try store.useEnrolment(link, now: now)?.person == "p")
        #expect(try store.useEnrolment(link, now: now) == nil)
        #expect(try store.enrolment(link, now: now) == nil)
        // Only what this very use took can be given back.
        try store.returnEnrolment(link, usedAt: now + 1)
        #expect(try store.enrolment(link, now: now) == nil)
        try store.returnEnrolment(link, usedAt: now)
        #expect(try store.enrolment(link, now: now)?.person == "p")
    }

    @Test func `a session ends idle, at its end, and with all others`() throws {
        let store = try AccessStore(path: path)
        let (idle, whole) = (
            AccessStore.sessionIdleMicroseconds, AccessStore.sessionMicroseconds
        )
        let secret = try store.openSession(person: "p", credential: [1, 2], now: now)
        let session = try #require(try store.session(secret, now: now))
        #expect(session.credential == [1, 2])
        #expect(session.accepts(csrf: session.csrf) && !session.accepts(csrf: secret.text))
        #expect(try store.session(secret, now: now + idle) == nil)
        var time = now
        while time + idle / 2 < now + whole {
            time += idle / 2
            #expect(try store.session(secret, now: time) == session)
        }
        #expect(try store.session(secret, now: now + whole) == nil)
        let others = try ["p", "p", "q"].map {
            try store.openSession(person: $0, credential: [1], now: time)
        }
        try store.endSession(others[0], now: time)
        #expect(try store.session(others[0], now: time) == nil)
        #expect(try store.session(others[1], now: time) != nil)
        try store.endSessions(of: "p", now: time)
        #expect(try others.map { try store.session($0, now: time)?.person } == [nil, nil, "q"])
    }

    @Test func `a counter is kept unless it was refused`() throws {
        struct Refused: Error {}
        let store = try AccessStore(path: path)
        func use(_ credential: [UInt8], _ next: UInt32?) throws -> UInt32? {
            var last: UInt32?
            _ = try store.countUse(of: credential, now: now) { known throws(Refused) in
                last = known
                guard let next else { throw Refused() }
                return next
            }
            return last
        }
        #expect(try use([1], 7) == 0)
        #expect(try use([1], nil) == 7)
        #expect(try use([1], 9) == 7)
        #expect(try use([2], 1) == 0)
        #expect(try use([1], .max) == 9)
        #expect(try use([1], nil) == .max)
    }

    @Test func `what is withdrawn from a person is all that this file gives`() throws {
        let store = try AccessStore(path: path)
        let link = try Secret.make()
        try store.addEnrolment(link, person: "p", expiresAt: now + hour, now: now)
        let session = try store.openSession(person: "p", credential: [1], now: now)
        try store.addOperator("p", now: now)
        try store.addOperator("p", now: now)
        #expect(try store.isOperator("p"))
        let ended = try store.withdraw("p", now: now)
        #expect(ended.sessionCount == 1 && ended.linkCount == 1 && ended.wasOperator)
        #expect(try store.enrolment(link, now: now) == nil)
        #expect(try store.session(session, now: now) == nil)
        #expect(try !store.isOperator("p"))
        let again = try store.withdraw("p", now: now)
        #expect(again.sessionCount == 0 && again.linkCount == 0 && !again.wasOperator)
    }

    @Test func `a challenge is answered once, in time, for its purpose`() throws {
        let challenges = Challenges()
        func make(_ purpose: Challenges.Purpose = .signIn) throws -> [UInt8] {
            try challenges.make(for: purpose, now: now)
        }
        let first = try make()
        #expect(first.count == 32)
        #expect(challenges.take(first, for: .signIn, now: now))
        #expect(!challenges.take(first, for: .signIn, now: now))
        let late = now + Challenges.microseconds
        #expect(!challenges.take(try make(), for: .signIn, now: late))
        #expect(challenges.take(try make(), for: .signIn, now: late - 1))
        // Tried for something else it is gone, too.
        let other = try make(.enrolment("a"))
        #expect(!challenges.take(other, for: .enrolment("b"), now: now))
        #expect(!challenges.take(other, for: .enrolment("a"), now: now))
    }

    @Test func `strangers push out the oldest challenges and no newer ones`() throws {
        let challenges = Challenges()
        let oldest = try challenges.make(for: .signIn, now: now)
        let second = try challenges.make(for: .signIn, now: now)
        for _ in 0..<(Challenges.countMax - 1) {
            _ = try challenges.make(for: .signIn, now: now)
        }
        #expect(!challenges.take(oldest, for: .signIn, now: now))
        #expect(challenges.take(second, for: .signIn, now: now))
    }
}
