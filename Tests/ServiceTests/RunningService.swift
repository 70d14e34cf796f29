import Access
import AsyncHTTPClient
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Logging
import NIOCore
import NIOHTTP1
import Pages
import ProjectionRuntime
import Service
import ServiceLifecycle
import Survey
import SwiftProtobuf
import Synchronization
import Testing

/// An answer, read to its end.
struct Reply {
    let status: Int
    let headers: HTTPHeaders
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func object() throws -> [String: Any] { try Self.object(text) }

    func objects() throws -> [[String: Any]] {
        try text.split(separator: "\n").map { try Self.object(String($0)) }
    }

    /// Of a problem.
    func code() throws -> String { try #require(try object()["code"] as? String) }

    static func object(_ text: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(value as? [String: Any])
    }
}

/// Lines that the service logged.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    var text: String { lines.withLock { $0.joined() } }
}

/// A service over the synthetic province, on a free port of this machine.
final class RunningService: Sendable {
    let ledger: ScratchLedger
    let writer: LedgerWriter
    let access: AccessStore
    let clock: TestClock
    let log: LogLines
    let parts: ServiceParts
    /// Texts by person, with all scopes.
    let tokens: [String: String]
    let url: String
    let stop: @Sendable () async -> Void

    static let people = [
        ("recorder-1", "recorder", "9901"), ("elsewhere-1", "recorder", "99010102"),
        ("super-1", "supervisor", "99"), ("auditor-1", "auditor", "99"), ("admin-1", "admin", "99"),
        ("district-1", "supervisor", "9901"), ("village-1", "supervisor", "99010102"),
    ]

    /// Serves while `body` runs; stops, and verifies the whole ledger.
    static func run(
        limits: ServiceLimits = ServiceLimits(),
        isLogPublic: Bool = false,
        trustedProxies: [AddressRange] = [],
        observer: CommitObserver? = nil,
        _ body: (RunningService) async throws -> Void
    ) async throws {
        try await runUnready(
            limits: limits,
            isLogPublic: isLogPublic,
            trustedProxies: trustedProxies,
            observer: observer
        ) { service in
            try await service.untilReady()
            try await body(service)
        }
    }

    /// The same without waiting for what may never be.
    static func runUnready(
        limits: ServiceLimits,
        isLogPublic: Bool = false,
        trustedProxies: [AddressRange] = [],
        observer: CommitObserver? = nil,
        _ body: (RunningService) async throws -> Void
    ) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var configured = try Made(limits, observer)
        configured.parts.isLogPublic = isLogPublic
        let made = configured
        let service = LedgerService(
            made.parts,
            at: ServiceAddress(host: "127.0.0.1", port: 0, trustedProxies: trustedProxies),
            onListening: { port.yield($0) }
        )
        let group = service.group()
        let running = Task { try await group.run() }
        do {
            for await number in ports {
                let running = RunningService(made, "http://127.0.0.1:\(number)") {
                    await group.triggerGracefulShutdown()
                }
                try await body(running)
                break
            }
        } catch {
            await group.triggerGracefulShutdown()
            try await running.value
            try await service.end()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await running.value
        try await service.end()
        try made.verify()
    }

    /// What is made before anything runs, since it blocks.
    private struct Made {
        let ledger: ScratchLedger
        let writer: LedgerWriter
        let access: AccessStore
        let clock = TestClock()
        let log = LogLines()
        var parts: ServiceParts
        let tokens: [String: String]

        init(_ limits: ServiceLimits, _ observer: CommitObserver?) throws {
            ledger = try ScratchLedger()
            let (clock, log) = (clock, log)
            writer = try ledger.writer(clock: clock, observer: observer)
            for outcome in try writer.run(Self.users) { _ = try outcome.get() }
            access = try AccessStore(path: ledger.directory.path + "/access.sqlite")
            var tokens: [String: String] = [:]
            for (person, _, _) in RunningService.people {
                let text = try TokenText.make()
                _ = try access.add(
                    text,
                    person: person,
                    scopes: Set(Scope.allCases),
                    expiresAt: TestClock.start + 86_400_000_000,
                    now: TestClock.start
                )
                tokens[person] = text.text
            }
            self.tokens = tokens
            let survey = try SurveyDatabase(path: ledger.directory.surveyFile, use: .live)
            parts = ServiceParts(
                writer: writer,
                survey: survey,
                access: access,
                drafts: try DraftStore(
                    path: ledger.directory.path + "/drafts.sqlite",
                    secret: writer.vault.commandAuthenticator
                ),
                pages: try Pages(
                    survey: survey,
                    reader: writer.reader,
                    origin: Sample.origin,
                    address: "http://localhost"
                ),
                clock: { clock.read() },
                limits: limits,
                logger: Logger(label: "test") { _ in
                    JSONLogHandler(time: { "now" }, write: { log.add($0) })
                }
            )
        }

        /// Persons and users, in an order that the rules accept.
        private static var users: [Command] {
            var kinds: [Command.OneOf_Kind] = []
            for (person, _, _) in RunningService.people where person != "recorder-1" {
                var registration = RegisterPerson()
                registration.person = person
                registration.identity.firstName = "Secretname-\(person)"
                registration.synthetic = true
                kinds.append(.registerPerson(registration))
            }
            var order = Order()
            (order.order, order.number, order.date) = ("more", "2/1", "2017-11-01")
            (order.kind, order.cycle, order.area) = (.recorder, "2561", "9901")
            order.validFrom = "2017-12-01"
            var appointment = Appointment()
            (appointment.person, appointment.role) = ("elsewhere-1", "recorder")
            order.appointments = [appointment]
            kinds.append(.issueOrder(order))
            for (person, role, area) in RunningService.people {
                var user = UserRegistration()
                (user.cycle, user.person, user.role, user.area) = ("2561", person, role, area)
                kinds.append(.registerUser(user))
            }
            return kinds.map { Sample.command($0) }
        }

        func verify() throws {
            let store = writer.reader.store
            #expect(try WholeLedger.problems(store, ledger.directory) == [])
        }
    }

    private init(_ made: Made, _ url: String, stop: @escaping @Sendable () async -> Void) {
        (ledger, writer, access) = (made.ledger, made.writer, made.access)
        (clock, log, parts, tokens) = (made.clock, made.log, made.parts, made.tokens)
        self.url = url
        self.stop = stop
    }

    /// Until the read models know who is who.
    private func untilReady() async throws {
        for _ in 0..<1200 {
            // Where connections end soon, one that is taken from the pool may just have ended.
            let reply = try? await ask(.GET, "/readyz", as: nil)
            if reply?.status == 200 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("it does not become ready: \(try await ask(.GET, "/readyz", as: nil).text)")
    }

    func request(
        _ method: HTTPMethod,
        _ path: String,
        as person: String?,
        _ headers: [(String, String)] = [],
        body: String? = nil
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let person {
            request.headers.add(name: "Authorization", value: "Bearer \(tokens[person] ?? person)")
        }
        if let body {
            if !request.headers.contains(name: "Content-Type") {
                request.headers.add(name: "Content-Type", value: "application/json")
            }
            request.body = .bytes(ByteBuffer(string: body))
        }
        return request
    }

    func ask(
        _ method: HTTPMethod,
        _ path: String,
        as person: String? = "auditor-1",
        _ headers: [(String, String)] = [],
        body: String? = nil
    ) async throws -> Reply {
        let response = try await HTTPClient.shared.execute(
            request(method, path, as: person, headers, body: body),
            timeout: .seconds(60)
        )
        let buffer = try await response.body.collect(upTo: 1 << 26)
        return Reply(
            status: Int(response.status.code),
            headers: response.headers,
            bytes: Array(buffer.readableBytesView)
        )
    }

    /// Sends one command; the actor is left for the service to fill in.
    func submit(
        _ command: Command,
        _ query: String = "",
        as person: String = "recorder-1",
        _ headers: [(String, String)] = []
    ) async throws -> Reply {
        try await ask(
            .POST,
            "/v1/commands" + query,
            as: person,
            headers,
            body: try Self.line(command)
        )
    }

    static func line(_ command: Command) throws -> String {
        var command = command
        command.clearActor()
        return try command.jsonString()
    }
}
