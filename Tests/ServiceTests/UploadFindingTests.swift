import Access
import Cryptography
import Foundation
import Ledger
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import PasskeyTestSupport
import Service
import Survey
import SurveyImport
import Synchronization
import Testing

/// What reviewers found in uploads, so that it is not found again.
@Suite(.serialized) struct `Findings in uploads` {
    private static let confirmed = "POST /imports/{id}/confirm refused"

    private static func people(_ count: Int) -> String {
        csv(
            ["person", "first_name", "last_name", "synthetic"],
            (1...count).map { ["new-\($0)", "ลับเฉพาะ", "คนที่ \($0)", "true"] }
        )
    }

    /// A range of forms for each of these areas, one after the other.
    private static func forms(_ areas: [String]) -> String {
        csv(
            ["cycle", "area", "collector", "first", "last", "issued_on"],
            areas.enumerated().map { offset, area in
                let first = offset * 10 + 1
                return ["2561", area, "collector-1", "\(first)", "\(first + 9)", "1/1/2561"]
            }
        )
    }

    /// A service that commits row by row, while the gate lets it.
    private func run(
        _ gate: CommitTurnstile,
        _ body: (RunningService) async throws -> Void
    ) async throws {
        var limits = ServiceLimits()
        limits.uploadBatchCount = 1
        let observer: CommitObserver = { step in
            if case .aboutToCommit = step { gate.pass() }
        }
        try await RunningService.run(limits: limits, observer: observer) { service in
            // Whatever fails, the writer must not wait for ever.
            defer { gate.open() }
            try await body(service)
        }
    }

    private func confirm(
        _ kind: ImportKind,
        _ file: String,
        _ visitor: Visitor
    ) async throws -> String {
        let uploaded = try await visitor.upload(kind, file)
        let place = try #require(uploaded.headers.first(name: "Location"), "\(uploaded.text)")
        #expect(try await visitor.send(place + "/confirm").status == 303)
        return place
    }

    private func untilSize(_ size: UInt64, _ service: RunningService) async throws {
        for _ in 0..<3000 where try service.treeSize() < size {
            try await Task.sleep(for: .milliseconds(10))
        }
        try #require(try service.treeSize() >= size)
    }

    /// Lets one commit after the other go on until `act` has done what takes a commit itself.
    private func meanwhile(
        _ gate: CommitTurnstile,
        _ act: @escaping @Sendable () async throws -> Int
    ) async throws -> Int {
        let isOver = Mutex(false)
        async let status: Int = {
            defer { isOver.withLock { $0 = true } }
            return try await act()
        }()
        while !isOver.withLock({ $0 }) {
            gate.allow(1)
            try await Task.sleep(for: .milliseconds(20))
        }
        return try await status
    }

    @Test func `signing out everywhere stops an upload, and signing out of one session does not`()
        async throws
    {
        let gate = CommitTurnstile()
        let count = 60
        try await run(gate) { service in
            let (visitor, other) = (
                try Visitor(service, "super-1"), try Visitor(service, "super-1")
            )
            try await visitor.arrive()
            other.device = visitor.device
            #expect(try await other.signIn().status == 200)
            let size = try service.treeSize()
            gate.allow(3)
            let place = try await confirm(.persons, Self.people(count), visitor)
            try await untilSize(size + 3, service)
            #expect(try await visitor.send("/sign-out").status == 303)
            gate.allow(3)
            try await untilSize(size + 6, service)
            #expect(try await other.send("/sign-out-everywhere").status == 303)
            gate.open()
            #expect(try await other.signIn().status == 200)
            let ended = try await other.ended(place)
            try ended.requirePage()
            #expect(ended.text.contains("หยุดก่อนจบ") && ended.text.contains("sessionInvalid"))
            // The one that was on its way to the disk then is recorded, and none after it.
            let recorded = try ended.fact("บันทึกแล้ว")
            #expect((6...7).contains(recorded))
            #expect(try service.treeSize() == size + UInt64(recorded))
            #expect(try ended.fact("เหลือ") == count - recorded)
            #expect(
                try service.told().count { $0 == "super-1 \(Self.confirmed) sessionInvalid" } == 1
            )
            // The same file goes on in a session that is.
            let again = try await other.record(.persons, Self.people(count))
            #expect(try again.fact("มีอยู่ก่อนแล้ว") == recorded)
            #expect(try service.treeSize() == size + UInt64(count))
        }
    }

    @Test func `what the operator ends stops an upload, too`() async throws {
        let gate = CommitTurnstile()
        try await run(gate) { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let size = try service.treeSize()
            gate.allow(2)
            let place = try await confirm(.persons, Self.people(30), visitor)
            try await untilSize(size + 2, service)
            _ = try service.access.withdraw("super-1", now: service.clock.read())
            gate.open()
            #expect(try await visitor.signIn().status == 200)
            let ended = try await visitor.ended(place)
            #expect(ended.text.contains("sessionInvalid"))
            #expect(try service.treeSize() <= size + 3)
        }
    }

    @Test func `a revoked passkey stops the upload that was confirmed with it`() async throws {
        let gate = CommitTurnstile()
        let count = 300
        try await run(gate) { service in
            let (visitor, other) = (
                try Visitor(service, "super-1"), try Visitor(service, "super-1")
            )
            try await visitor.arrive()
            try await other.arrive()
            let size = try service.treeSize()
            gate.allow(2)
            let place = try await confirm(.persons, Self.people(count), visitor)
            try await untilSize(size + 2, service)
            let id = Base64URL.encode(visitor.device.credentialID)
            let fields = ["credential": id, "reason-\(id.prefix(12))": "the phone is lost"]
            let tab = OtherTab(other)
            let status = try await meanwhile(gate) {
                try await tab.visitor.post("/account/passkeys/revoke", fields).status
            }
            #expect(status == 303)
            gate.open()
            let ended = try await other.ended(place)
            #expect(ended.text.contains("sessionInvalid"))
            let recorded = try ended.fact("บันทึกแล้ว")
            #expect((2..<count).contains(recorded))
            #expect(try service.treeSize() == size + UInt64(recorded) + 1)
        }
    }

    @Test func `whoever is disabled while his file is recorded is stopped`()
        async throws
    {
        let gate = CommitTurnstile()
        let count = 300
        try await run(gate) { service in
            let visitor = try Visitor(service, "district-1")
            try await visitor.arrive()
            let size = try service.treeSize()
            gate.allow(2)
            let areas = Array(repeating: "9901", count: count)
            let place = try await confirm(.questionnaires, Self.forms(areas), visitor)
            try await untilSize(size + 2, service)
            let status = try await meanwhile(gate) {
                var disabling = UserDisabling()
                (disabling.cycle, disabling.person) = ("2561", "district-1")
                disabling.reason = "left"
                let disable = Sample.command(.disableUser(disabling))
                return try await service.submit(disable, as: "super-1").status
            }
            #expect(status == 201)
            gate.open()
            for _ in 0..<3000 where !service.log.text.contains("upload ended") {
                try await Task.sleep(for: .milliseconds(10))
            }
            let line = try #require(
                service.log.text.split(separator: "\n").first { $0.contains("upload ended") }
            )
            let text = String(line)
            #expect(text.contains("roleMissing") && !text.contains("\"left\":\"0\""), "\(text)")
            let told = "district-1 \(Self.confirmed) roleMissing"
            #expect(try service.told().count { $0 == told } == 1)
            // The batch that was on its way to the writer then may come after it, and no other.
            let grown = try service.treeSize()
            let lastTwo = try [grown - 1, grown - 2].map { try service.recordedEvent($0) }
            #expect(lastTwo.contains { $0?.event.userDisabled.person == "district-1" })
            // His own pages are closed to him with the role; registered again he sees why it stopped.
            var user = UserRegistration()
            (user.cycle, user.person) = ("2561", "district-1")
            (user.role, user.area) = ("supervisor", "9901")
            let register = Sample.command(.registerUser(user))
            #expect(try await service.submit(register, as: "super-1").status == 201)
            var page = try await visitor.page(place)
            for _ in 0..<3000 where page.status == 403 {
                try await Task.sleep(for: .milliseconds(10))
                page = try await visitor.page(place)
            }
            #expect(page.text.contains("roleMissing") && page.text.contains("หยุดก่อนจบ"))
        }
    }

    /// A supervisor's file that was good when he sent it, after which he got another village.
    private func uploadedBeforeMove(
        _ service: RunningService
    ) async throws -> (visitor: Visitor, place: String) {
        let visitor = try Visitor(service, "district-1")
        try await visitor.arrive()
        let areas = ["99010101", "99010102", "99010101", "9901"]
        let uploaded = try await visitor.upload(.questionnaires, Self.forms(areas))
        let place = try #require(uploaded.headers.first(name: "Location"))
        #expect(try await visitor.page(place).fact("ไม่รับ") == 0)
        var update = UserRegistrationUpdate()
        (update.cycle, update.person, update.role) = ("2561", "district-1", "supervisor")
        (update.area, update.reason) = ("99010102", "another village")
        let moved = try await service.submit(
            Sample.command(.updateUserRegistration(update)),
            as: "super-1"
        )
        #expect(moved.status == 201, "\(moved.text)")
        return (visitor, place)
    }

    @Test func `rows that are refused while they are recorded are told to auditors, once a code`()
        async throws
    {
        var limits = ServiceLimits()
        limits.uploadBatchCount = 1
        try await RunningService.run(limits: limits) { service in
            let (visitor, place) = try await uploadedBeforeMove(service)
            #expect(try await visitor.send(place + "/confirm").status == 303)
            let done = try await visitor.ended(place)
            #expect(try done.fact("บันทึกแล้ว") == 1 && done.fact("ไม่รับ") == 3)
            let rows = try service.access.entries().map(\.entry).filter {
                $0.route == "/imports/{id}/confirm" && $0.outcome == .refused
            }
            let row = try #require(rows.first)
            #expect(rows.count == 1 && row.code == "outsideOwnAreas")
            #expect(row.person == "district-1" && row.token.hasPrefix("session-"))
            #expect(!row.request.isEmpty && row.subject.isEmpty)
        }
    }

    @Test func `where the access log cannot be written no batch with a refusal is recorded`()
        async throws
    {
        try await RunningService.run { service in
            let (visitor, place) = try await uploadedBeforeMove(service)
            let size = try service.treeSize()
            try service.breakAccessLog()
            #expect(try await visitor.send(place + "/confirm").status == 303)
            let ended = try await visitor.ended(place)
            #expect(ended.text.contains("accessLogFailed") && ended.text.contains("หยุดก่อนจบ"))
            #expect(try service.treeSize() == size)
        }
    }

    @Test func `what was begun in a session goes on for half a day, until all are ended`() throws {
        let ledger = try ScratchLedger()
        let store = try AccessStore(path: ledger.folder + "/access.sqlite")
        let (now, whole) = (TestClock.start, AccessStore.sessionMicroseconds)
        func begin(_ person: String) throws -> String {
            let secret = try store.openSession(person: person, credential: [1], now: now)
            let session = try #require(try store.session(secret, now: now))
            if person == "p" { try store.endSession(secret, now: now) }
            return session.name
        }
        let (name, other) = (try begin("p"), try begin("q"))
        #expect(try store.maySessionGoOn(name, of: "p", now: now + whole - 1))
        #expect(try !store.maySessionGoOn(name, of: "p", now: now + whole))
        #expect(try !store.maySessionGoOn(name, of: "q", now: now))
        #expect(try store.endSessions(of: "p", now: now) == 0)
        #expect(try !store.maySessionGoOn(name, of: "p", now: now))
        #expect(try store.maySessionGoOn(other, of: "q", now: now))
        #expect(try store.endSessions(of: "q", now: now) == 1)
    }

    @Test func `a file of more rows than are taken is refused whole`() async throws {
        var limits = ServiceLimits()
        limits.uploadRowCountMax = 5
        try await RunningService.run(limits: limits) { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let size = try service.treeSize()
            let long = try await visitor.upload(.persons, Self.people(6))
            try long.requirePage(status: 413)
            #expect(long.text.contains("uploadTooLong") && long.text.contains("5"))
            // Rows that cannot be read are rows.
            let broken = try await visitor.upload(
                .persons,
                Self.people(3) + String(repeating: "x\r\n", count: 3)
            )
            #expect(broken.status == 413)
            let done = try await visitor.record(.persons, Self.people(5))
            #expect(try done.fact("บันทึกแล้ว") == 5)
            #expect(try service.treeSize() == size + 5)
        }
    }

    @Test func `of faults without end the first are kept, and how many more there were`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let file = csv(
                ["person", "first_name", "last_name", "synthetic"],
                (1...5003).map { ["new-\($0)", "", "ก", "true"] }
            )
            let uploaded = try await visitor.upload(.persons, file)
            let place = try #require(uploaded.headers.first(name: "Location"), "\(uploaded.text)")
            let page = try await visitor.page(place + "?lang=en")
            try page.requirePage()
            #expect(try page.fact("Refused") == 5003)
            #expect(page.text.contains("3 more are not listed"))
            let faults = try await visitor.page(place + "/faults?lang=en")
            let lines = faults.text.split(separator: "\r\n").map(String.init)
            #expect(lines.count == 1 + 5000 + 1)
            #expect(lines[5000].hasPrefix("5001,first_name,refused,"))
            #expect(lines[5001].hasPrefix(",,omitted,,") && lines[5001].contains("3 more"))
        }
    }

    @Test func `a body that is no form is said to be none, to who may send one`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "super-1")
            try await visitor.arrive()
            let type = ("Content-Type", "multipart/form-data; boundary=xyz")
            for path in ["/import/persons", "/enter/meetings"] {
                let own = try await visitor.ask(.POST, path, [type], body: "--xyz\r\nno form")
                #expect(own.status == 400)
                #expect(try own.code() == "bodyMalformed")
                let forged = try await visitor.ask(
                    .POST,
                    path,
                    [type],
                    body: "--xyz\r\nno form",
                    hasCSRFHeader: false
                )
                #expect(try forged.code() == "requestForged")
            }
        }
    }
}

/// A visitor who is handed to a task, and used in it alone while that goes on.
private struct OtherTab: @unchecked Sendable {
    let visitor: Visitor

    init(_ visitor: Visitor) { self.visitor = visitor }
}

/// Lets all commits pass until a number is allowed; from then on so many.
private final class CommitTurnstile: Sendable {
    private let left = Mutex<Int?>(nil)

    func allow(_ count: Int) { left.withLock { $0 = ($0 ?? 0) + count } }

    func open() { left.withLock { $0 = nil } }

    func pass() {
        while !takeTurn() { Thread.sleep(forTimeInterval: 0.005) }
    }

    private func takeTurn() -> Bool {
        left.withLock { left in
            guard let count = left else { return true }
            guard count > 0 else { return false }
            left = count - 1
            return true
        }
    }
}
