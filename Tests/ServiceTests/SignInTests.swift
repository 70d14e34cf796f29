import Access
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import PasskeyTestSupport
import Survey
import Testing

@Suite(.serialized) struct `Enrolling and signing in` {
    @Test func `a link enrols one passkey, which signs in, in the ledger and the access log`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            let link = try visitor.link()
            let shown = try await visitor.page(link)
            #expect(shown.status == 200 && shown.text.contains("auditor-1"))
            #expect(try await visitor.enrol(link).status == 200)
            let reply = try await visitor.signIn()
            #expect(reply.status == 200, "\(reply.text)")
            let cookie = try #require(reply.headers.first(name: "Set-Cookie"))
            #expect(cookie.hasPrefix("bmn="))
            for part in ["; Path=/", "; HttpOnly", "; SameSite=Strict"] {
                #expect(cookie.contains(part))
            }
            #expect(!cookie.contains("Secure"), "plain HTTP is for this machine")
            let front = try await visitor.page("/")
            #expect(front.status == 200 && front.text.contains("auditor-1"))
            let events = try service.events(of: "auditor-1")
            guard case .passkeyRegistered(let passkey)? = events.last?.event.kind else {
                Issue.record("no passkey was recorded")
                return
            }
            #expect(Array(passkey.credentialID) == visitor.device.credentialID)
            #expect(passkey.rpID == "localhost" && passkey.label == "phone")
            let actor = events.last?.envelope.actor
            #expect(actor?.user == "auditor-1" && actor?.authentication == "enrolmentLink")
            let told = try service.told()
            #expect(told.contains("auditor-1 POST /enrol/{link}/verify enrolled "))
            #expect(told.contains("auditor-1 POST /sign-in/verify signedIn "))
            #expect(!service.log.text.contains(String(link.suffix(64))))
        }
    }

    @Test func `a link is good once, until it is over, and for nobody who guesses`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            let link = try visitor.link()
            let options = try await visitor.options(link)
            #expect(try await visitor.enrol(link).status == 200)
            for path in [link, "/enrol/" + String(repeating: "0", count: 64), "/enrol/x"] {
                let page = try await visitor.ask(.GET, path)
                #expect(page.status == 403)
                #expect(try page.code() == "linkInvalid")
            }
            let again = try await visitor.ask(
                .POST,
                link + "/verify",
                body: visitor.creation(options)
            )
            #expect(try again.code() == "linkInvalid")
            let late = try visitor.link(lasting: 60_000_000)
            #expect(try await visitor.page(late).status == 200)
            service.clock.step(microseconds: 61_000_000)
            #expect(try await visitor.ask(.GET, late).status == 403)
            #expect(try service.passkeyCount(of: "auditor-1") == 1)
            #expect(try service.told().contains(" GET /enrol/{link} refused linkInvalid"))
        }
    }

    @Test func `an answer to a link holds for that link alone, and what is refused leaves it open`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            let (link, other) = (try visitor.link(), try visitor.link())
            let options = try await visitor.options(link)
            let elsewhere = try await visitor.ask(
                .POST,
                other + "/verify",
                body: visitor.creation(options)
            )
            #expect(try elsewhere.code() == "challengeUnknown")
            // Nobody verified who touched it.
            visitor.device.flags = 0x01
            let careless = try await visitor.enrol(link)
            #expect(careless.status == 403)
            #expect(try careless.code() == "passkeyRefused")
            #expect(careless.text.contains("userNotVerified"))
            visitor.device.flags = VirtualAuthenticator.touchedAndVerified
            #expect(try await visitor.enrol(link).status == 200)
            // The rules of the ledger refuse the same passkey a second time.
            let twice = try await visitor.enrol(other)
            #expect(twice.status == 422, "\(twice.text)")
            #expect(try await visitor.ask(.GET, other).status == 200)
            #expect(try service.passkeyCount(of: "auditor-1") == 1)
        }
    }

    @Test func `what a passkey answered elsewhere, before or carelessly lets nobody in`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            try await visitor.arrive()
            func tried(_ change: (Visitor) throws -> Void) async throws -> Reply {
                let other = try Visitor(service, "auditor-1")
                other.device = visitor.device
                try change(other)
                let options = try await other.options("/sign-in")
                let reply = try await other.ask(
                    .POST,
                    "/sign-in/verify",
                    body: other.use(options)
                )
                visitor.device.signCount = max(
                    visitor.device.signCount,
                    other.device.signCount
                )
                #expect(reply.headers.first(name: "Set-Cookie") == nil)
                #expect(reply.status == 403)
                #expect(try reply.code() == "passkeyRefused")
                return reply
            }
            for (code, change) in [
                ("originMismatch", { $0.device.origin = "http://localhost:1" }),
                ("originMismatch", { $0.device.origin = "https://example.org" }),
                ("relyingPartyMismatch", { $0.device.relyingPartyID = "example.org" }),
                ("userNotVerified", { $0.device.flags = 0x01 }),
                ("crossOrigin", { $0.device.isCrossOrigin = true }),
                ("signCountNotIncreased", { $0.device.signCount = 0 }),
            ] as [(String, (Visitor) throws -> Void)] {
                let reply = try await tried(change)
                #expect(reply.text.contains(code), "\(reply.text)")
            }
            #expect(try await visitor.signIn().status == 200)
        }
    }

    @Test func `an answer is taken once and in time, of a passkey that is known and not revoked`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            try await visitor.arrive()
            func send(_ body: String) async throws -> Reply {
                try await visitor.ask(.POST, "/sign-in/verify", body: body)
            }
            let body = try visitor.use(try await visitor.options("/sign-in"))
            #expect(try await send(body).status == 200)
            #expect(try await send(body).code() == "challengeUnknown")
            let late = try visitor.use(try await visitor.options("/sign-in"))
            service.clock.step(microseconds: Challenges.microseconds)
            #expect(try await send(late).code() == "challengeUnknown")
            for handle in ["recorder-1", "nobody", "", "\" or 1=1"] {
                let options = try await visitor.options("/sign-in")
                let stranger = try await send(visitor.use(options, handle: handle))
                #expect(try stranger.code() == "passkeyUnknown", "\(handle)")
            }
            for junk in ["", "[]", "{}", #"{"challenge":1}"#, "\u{0}"] {
                let reply = try await send(junk)
                #expect(reply.status == 400, "\(junk)")
            }
            try service.revoke(visitor.device.credentialID, of: "auditor-1")
            #expect(try await visitor.page("/").status == 303, "its session ended with it")
            let revoked = try visitor.use(try await visitor.options("/sign-in"))
            #expect(try await send(revoked).code() == "passkeyUnknown")
        }
    }

    @Test func `whoever fails often has to wait, and whoever has a good passkey does not`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            try await visitor.arrive()
            for _ in 0..<SignInLimiter.failureCountMax {
                #expect(try await visitor.ask(.GET, "/enrol/x").status == 403)
            }
            let reply = try await visitor.ask(.GET, "/enrol/x")
            #expect(reply.status == 429)
            #expect(reply.headers.first(name: "Retry-After") != nil)
            #expect(try await visitor.signIn().status == 200)
        }
    }
}

extension RunningService {
    func events(of person: String) throws -> [RecordedEvent] {
        try writer.reader.snapshot().records(ofStream: "person/\(person)")
    }

    func passkeyCount(of person: String) throws -> Int {
        try events(of: person).count {
            if case .passkeyRegistered? = $0.event.kind { true } else { false }
        }
    }

    func revoke(_ credential: [UInt8], of person: String) throws {
        var revocation = PasskeyRevocation()
        (revocation.person, revocation.reason) = (person, "the phone is lost")
        revocation.credentialID = .init(credential)
        _ = try writer.run(Sample.command(.revokePasskey(revocation))).get()
    }

    /// The rows of the access log in a line each.
    func told() throws -> [String] {
        try access.entries().map { _, entry in
            [entry.person, entry.method, entry.route, entry.outcome.rawValue, entry.code]
                .joined(separator: " ")
        }
    }
}
