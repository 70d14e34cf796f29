import Access
import Cryptography
import Foundation
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import PasskeyTestSupport
import Survey
import Testing

@Suite(.serialized) struct `One's own account` {
    @Test func `everybody sees his own passkeys and sessions, and signs out everywhere`()
        async throws
    {
        try await RunningService.run { service in
            for (person, _, _) in RunningService.people.prefix(5) {
                let visitor = try Visitor(service, person)
                try await visitor.arrive()
                let page = try await visitor.page("/account?lang=en")
                #expect(page.status == 200 && page.text.contains("Sign out everywhere"))
                #expect(page.text.contains("phone (in use now)"), "\(person)")
                let other = try Visitor(service, person)
                other.device = visitor.device
                #expect(try await other.signIn().status == 200)
                #expect(try await other.post("/sign-out-everywhere").status == 303)
                #expect(try await visitor.page("/account").status == 303, "\(person)")
            }
        }
    }

    @Test func `a passkey is revoked by its person alone, and opens nothing from then on`()
        async throws
    {
        try await RunningService.run { service in
            let (visitor, other) = (
                try Visitor(service, "recorder-1"), try Visitor(service, "super-1")
            )
            try await visitor.arrive()
            try await other.arrive()
            func fields(_ visitor: Visitor) -> [String: String] {
                let id = Base64URL.encode(visitor.device.credentialID)
                return ["credential": id, "reason-\(id.prefix(12))": "the phone is lost"]
            }
            let foreign = try await visitor.post("/account/passkeys/revoke", fields(other))
            #expect(foreign.status == 422, "\(foreign.text)")
            #expect(try await other.page("/account").status == 200)
            #expect(try await visitor.post("/account/passkeys/revoke").status == 400)
            let revoked = try await visitor.post("/account/passkeys/revoke", fields(visitor))
            #expect(revoked.status == 303, "\(revoked.text)")
            #expect(try await visitor.page("/account").headers.first(name: "Location") != nil)
            #expect(try await visitor.signIn().status == 403)
            // Who audits writes nothing, not even this.
            let auditor = try Visitor(service, "auditor-1")
            try await auditor.arrive()
            #expect(try await auditor.page("/account?lang=en").text.contains("bmn submit"))
            let refused = try await auditor.post("/account/passkeys/revoke", fields(auditor))
            #expect(refused.status == 403)
        }
    }

    @Test func `a token is ended by its person, and no other's is`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            let tokens = try service.access.tokens()
            let own = try #require(tokens.first { $0.person == "recorder-1" }?.id)
            let other = try #require(tokens.first { $0.person == "super-1" }?.id)
            let path = "/account/tokens/revoke"
            #expect(try await visitor.post(path, ["token": other]).status == 404)
            #expect(try await visitor.post(path, ["token": own]).status == 303)
            #expect(try await service.ask(.GET, "/v1/status", as: "recorder-1").status == 401)
            #expect(try await service.ask(.GET, "/v1/status", as: "super-1").status == 200)
            let page = try await visitor.page("/account")
            #expect(page.text.contains(own) && !page.text.contains(other))
        }
    }

    @Test func `a link in use when its person was withdrawn is not given back`() throws {
        let ledger = try ScratchLedger()
        let store = try AccessStore(path: ledger.folder + "/access.sqlite")
        let (link, now) = (try Secret.make(), TestClock.start)
        try store.addEnrolment(link, person: "p", expiresAt: now + 1000, now: now)
        #expect(try store.useEnrolment(link, now: now)?.person == "p")
        _ = try store.withdraw("p", now: now)
        try store.returnEnrolment(link, usedAt: now)
        #expect(try store.enrolment(link, now: now) == nil)
    }

    @Test func `a link whose passkey may be in the ledger is used`() async throws {
        let faults = FaultSwitch()
        let observer: CommitObserver = { step in
            if case .aboutToCommit = step, faults.isOn { throw Fault() }
        }
        try await RunningService.run(observer: observer) { service in
            let visitor = try Visitor(service, "auditor-1")
            let link = try visitor.link()
            faults.isOn = true
            #expect(try await visitor.enrol(link).status >= 500)
            faults.isOn = false
            #expect(try await visitor.ask(.GET, link).status == 403)
        }
    }

    private struct Fault: Error {}
}
