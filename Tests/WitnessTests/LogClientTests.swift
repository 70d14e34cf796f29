import Console
import Cryptography
import Dispatch
import LogClient
import TestSupport
import Testing
import TransparencyLog
import Witness

@Suite(.serialized) struct `A client of a witness` {
    private let home: TestWitness
    private let log: TestLog
    private let witness: Witness

    init() throws {
        home = try TestWitness()
        log = try TestLog()
        witness = try home.witness(of: log)
    }

    private func client(_ url: String, timeout: Duration = .seconds(30)) throws -> WitnessClient {
        WitnessClient(url: try ServiceURL(url), key: witness.verifierKey, timeout: timeout)
    }

    private func cosign(
        _ client: WitnessClient,
        _ size: Int,
        hint: UInt64 = 0
    ) async throws -> [NoteSignature] {
        let log = log
        return try await client.cosignatures(of: try log.note(size), oldSizeHint: hint) {
            try log.proof(Int($0), Int($1))
        }
    }

    private func code(
        _ url: String,
        _ size: Int = 8,
        hint: UInt64 = 0,
        timeout: Duration = .seconds(30)
    ) async throws -> LogClientError.Code? {
        do {
            _ = try await cosign(client(url, timeout: timeout), size, hint: hint)
            return nil
        } catch let error as LogClientError {
            #expect(!error.english.isEmpty && !error.thai.isEmpty)
            return error.code
        }
    }

    @Test func `gets cosignatures, with a good hint, none, or a wrong one`() async throws {
        try await serving(witness) { url in
            var size = 0
            for (next, hint) in [(1, 0), (6, 1), (8, 0), (8, 8), (20, 7), (30, 25), (31, 900)] {
                let lines = try await cosign(client(url + "/"), next, hint: UInt64(hint))
                size = next
                let note = try log.note(size).adding(lines)
                #expect(try note.verified(by: [witness.verifierKey]).map(\.time) == [1000])
            }
            #expect(try home.storedSize(log) == 31)
        }
    }

    @Test func `is alarmed by a witness that is ahead`() async throws {
        try await serving(witness) { url in
            _ = try await cosign(client(url), 8)
            #expect(try await code(url, 6) == .witnessAhead)
            #expect(try await code(url, 6, hint: 6) == .witnessAhead)
        }
    }

    @Test func `is told why it is refused`() async throws {
        try await serving(witness) { url in
            let stranger = try TestLog("other.example.th")
            do {
                _ = try await client(url).cosignatures(of: try stranger.note(3), oldSizeHint: 0) {
                    _,
                    _ in
                    ConsistencyProof(path: [])
                }
                Issue.record("an unknown log was cosigned")
            } catch let error as LogClientError {
                #expect(error.code == .refused)
                #expect(error.status == 404)
                #expect(error.english.contains("This witness does not know the log."))
            }
            #expect(try await code(url + "/no/such/place") == .refused)
            #expect(try await code(url, hint: 0) == nil)
        }
    }

    @Test func `asks thrice at most, and never for what it does not understand`() async throws {
        func size(_ text: String, type: String = "text/x.tlog.size") -> HostileServer.Answer {
            HostileServer.answer("409 Conflict", type, text)
        }
        let restless = try await HostileServer(size("1\n"), size("2\n"), size("3\n"), size("4\n"))
        #expect(try await code(restless.url) == .conflicting)
        #expect(restless.requests.all.count == 3)
        for answer in [
            size("0\n"), size("01\n"), size("+1\n"), size("1"), size(""), size("\n"), size("x\n"),
            size("1\n1\n"), size("1\n", type: "text/plain"), size("99999999999999999999\n"),
        ] {
            let server = try await HostileServer(answer)
            #expect(try await code(server.url) == .answerMalformed)
            #expect(server.requests.all.count == 1)
        }
        let ahead = try await HostileServer(size("9\n"))
        #expect(try await code(ahead.url) == .witnessAhead)
    }

    @Test func `believes no answer but its witness's own`() async throws {
        let checkpoint = try log.checkpoint(8)
        let other = try Cosigner(
            name: TestWitness.name,
            privateKey: try Ed25519PrivateKey(seed: [UInt8](repeating: 7, count: 32))
        )
        let own = try Cosigner(name: TestWitness.name, privateKey: home.privateKey)
        let stranger = try other.cosign(checkpoint, time: 5).line + "\n"
        let elsewhere = try own.cosign(try log.checkpoint(7), time: 5).line + "\n"
        let good = try own.cosign(checkpoint, time: 5).line + "\n"
        func answer(_ body: String) async throws -> LogClientError.Code? {
            let server = try await HostileServer(HostileServer.answer("200 OK", "text/plain", body))
            return try await code(server.url)
        }
        #expect(try await answer(good) == nil)
        #expect(try await answer(stranger + good) == nil)
        #expect(try await answer(stranger) == .notCosigned)
        #expect(try await answer(elsewhere) == .notCosigned)
        #expect(try await answer(good + elsewhere) == .notCosigned)
        for body in ["", "\n", "x\n", String(good.dropLast()), "\n" + good, good + "\n"] {
            #expect(try await answer(body) == .answerMalformed, "\(body.debugDescription)")
        }
    }

    @Test func `follows nobody elsewhere`() async throws {
        let target = try await HostileServer(HostileServer.answer("200 OK", "text/plain", "x"))
        for status in [
            "301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect",
        ] {
            let server = try await HostileServer(
                .text("HTTP/1.1 \(status)\r\nLocation: \(target.url)/\r\nContent-Length: 0\r\n\r\n")
            )
            #expect(try await code(server.url) == .refused)
        }
        #expect(target.requests.all.isEmpty)
    }

    @Test func `reads no more and waits no longer than it should`() async throws {
        let large = String(repeating: "x", count: 300 * 1024)
        let told = try await HostileServer(HostileServer.answer("200 OK", "text/plain", large))
        #expect(try await code(told.url) == .answerTooLarge)
        let untold = try await HostileServer(.text("HTTP/1.1 200 OK\r\n\r\n" + large))
        #expect(try await code(untold.url) == .answerTooLarge)
        for answer: HostileServer.Answer in [
            .silence, .trickle("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
            .trickle("HTTP/1.1 200 OK\r\nX-Header: "),
        ] {
            let server = try await HostileServer(answer)
            #expect(try await code(server.url, timeout: .milliseconds(300)) == .timedOut)
        }
        for answer: HostileServer.Answer in [.hangUp, .text("no HTTP at all\r\n\r\n")] {
            let server = try await HostileServer(answer)
            #expect(try await code(server.url) == .unreachable)
        }
        // Nobody listens there any more.
        let gone = try await HostileServer(.hangUp).url
        #expect(try await code(gone, timeout: .seconds(5)) != nil)
    }

    @Test func `gets a timestamp, or says what it got instead`() async throws {
        let type = "application/timestamp-reply"
        func reply(_ answer: HostileServer.Answer) async throws -> [UInt8] {
            let server = try await HostileServer(answer)
            let client = TimestampClient(url: try ServiceURL(server.url + "/tsa"))
            defer {
                let request = server.requests.all.first ?? ""
                #expect(request.hasPrefix("POST /tsa HTTP/1.1\r\n"))
                #expect(
                    request.lowercased().contains("content-type: application/timestamp-query\r\n")
                )
            }
            return try await client.reply(to: [0x30, 0x00])
        }
        #expect(try await reply(HostileServer.answer("200 OK", type, "0\u{1}")) == [0x30, 1])
        #expect(
            try await reply(HostileServer.answer("200 OK", type.uppercased() + "; a=b", "0")) == [
                0x30
            ]
        )
        for (answer, expected) in [
            (HostileServer.answer("200 OK", "text/html", "0"), LogClientError.Code.answerMalformed),
            (HostileServer.answer("200 OK", type, ""), .answerMalformed),
            (HostileServer.answer("500 Down", type, "a\u{1B}[31m\nb"), .refused),
        ] {
            let error = await #expect(throws: LogClientError.self) { try await reply(answer) }
            #expect(error?.code == expected)
            #expect(error?.english.contains("\u{1B}") == false)
        }
    }

    @Test(arguments: [
        ("https://w.example.th", "https://w.example.th", false),
        ("http://127.0.0.1:8123/", "http://127.0.0.1:8123", false),
        ("http://[::1]:1/a/b//", "http://[::1]:1", false),
        ("http://localhost", "http://localhost", false),
        ("http://w.example.th/x", "http://w.example.th", true),
        ("http://w.example.th:65535/a%20b", "http://w.example.th:65535", true),
        ("https://[2001:db8::1]", "https://[2001:db8::1]", false),
        ("http://127.example.th", "http://127.example.th", true),
    ])
    func `knows which addresses others can listen in on`(
        text: String,
        service: String,
        isExposed: Bool
    ) throws {
        let url = try ServiceURL(text)
        #expect(url.service == service)
        #expect(url.isExposed == isExposed)
        #expect(!url.text.hasSuffix("/"))
    }

    @Test(arguments: [
        "", "w.example.th", "ftp://w", "http+unix://w", "http://", "https:///x", "http://a:b@w",
        "http://w?x", "http://w/#x", "http://w /x", "http://w\n", "HTTP://w", "http://บ",
        "http://w:65536", "http://w:99999999999999999999", "http://w:0", "http://w:", "http://w:+1",
        "http://w:1:2", "http://w:8o", "http://w:-1", "http://[::1", "http://[::1]x",
        "http://[::1]:", "http://[::1]:65536", "http://[]", "http://[w]", "http://[127.0.0.1]",
        "http://::1",
        "http://[::1%25lo]", "http://:1", "http://w_x", "http://w]", "http://w/%", "http://w/%4",
        "http://w/%4x", "http://w/a\\b", "http://w/<x>", "http://w/[x]",
    ])
    func `takes nothing else for an address`(text: String) {
        #expect(throws: LogClientError.self) { try ServiceURL(text) }
    }

    @Test func `can be waited for by a thread that runs no task`() async {
        let log = log
        let witness = witness
        let code: LogClientError.Code? = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                do {
                    let url = try ServiceURL("http://127.0.0.1:1")
                    let client = WitnessClient(url: url, key: witness.verifierKey)
                    _ = try Waiting.run {
                        try await client.cosignatures(of: try log.note(3), oldSizeHint: 0) { _, _ in
                            ConsistencyProof(path: [])
                        }
                    }
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: (error as? LogClientError)?.code)
                }
            }
        }
        #expect(code == .unreachable)
    }
}
