import Access
import Foundation
import LedgerTestSupport
import NIOHTTP1
import Service
import Survey
import Testing
import WebAuthn

@Suite(.serialized) struct `Sessions of browsers` {
    @Test func `who is not signed in is led to the sign-in page and back`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            let page = try await visitor.page("/areas/99?cycle=2561")
            #expect(page.status == 303)
            let place = try #require(page.headers.first(name: "Location"))
            #expect(place == "/sign-in?next=%2Fareas%2F99%3Fcycle%3D2561")
            let signIn = try await visitor.page(place)
            #expect(signIn.text.contains(#"data-next="/areas/99?cycle=2561""#))
            for elsewhere in [
                "//example.org", "https://example.org", "/\\example.org", "x",
                "//\u{FE0F}example.org",
            ] {
                let next = elsewhere.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
                let shown = try await visitor.page("/sign-in?next=\(next ?? "")")
                #expect(shown.status == 200)
                #expect(shown.text.contains(#"data-next="/""#), "\(elsewhere)")
            }
            // Nobody was refused by looking; programs are told.
            #expect(!(try service.told().contains { $0.contains("GET /{path...} refused") }))
            #expect(try await visitor.ask(.GET, "/areas/99").code() == "sessionMissing")
            #expect(try service.told().contains(" GET /{path...} refused sessionMissing"))
            let byAddress = try await visitor.ask(
                .GET,
                "/sign-in",
                [("Host", String(service.url.dropFirst("http://".count)))]
            )
            #expect(byAddress.headers.first(name: "Location") == visitor.origin + "/sign-in")
        }
    }

    @Test func `what another site's page could send changes nothing`() async throws {
        try await RunningService.run { service in
            let (visitor, other) = (
                try Visitor(service, "super-1"), try Visitor(service, "recorder-1")
            )
            try await visitor.arrive()
            try await other.arrive()
            var area = Area()
            (area.code, area.level, area.parentCode) = ("99010103", .village, "990101")
            area.nameTh = "หมู่สาม"
            let line = try RunningService.line(Sample.command(.defineArea(area)))
            let size = try service.treeSize()
            func send(_ headers: [(String, String)], _ token: String) async throws -> Reply {
                visitor.csrf = token
                return try await visitor.ask(.POST, "/v1/commands", headers, body: line)
            }
            let own = visitor.csrf
            for (headers, token) in [
                ([], ""), ([], other.csrf), ([], String(repeating: "0", count: 64)),
                ([("Origin", "https://example.org")], own),
                ([("Origin", "http://localhost:1")], own),
                ([("Origin", "null")], own),
                ([("Sec-Fetch-Site", "cross-site")], own),
                ([("Sec-Fetch-Site", "same-site")], own),
                ([("Origin", "null"), ("Sec-Fetch-Site", "cross-site")], own),
            ] as [([(String, String)], String)] {
                let reply = try await send(headers, token)
                #expect(reply.status == 403)
                #expect(try reply.code() == "requestForged", "\(headers) \(token)")
            }
            #expect(try await visitor.send("/sign-out", csrf: other.csrf).status == 403)
            let signIn = try await visitor.ask(
                .POST,
                "/sign-in/options",
                [("Origin", "https://example.org")],
                body: "{}"
            )
            #expect(try signIn.code() == "requestForged")
            #expect(try service.treeSize() == size)
            let appended = try await send([], own)
            #expect(appended.status == 201, "\(appended.text)")
        }
    }

    @Test func `an act of a session says so, and is bound by the person's roles`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            let line = try RunningService.line(Sample.record("99010101-0001"))
            let reply = try await visitor.ask(.POST, "/v1/commands", body: line)
            #expect(reply.status == 201, "\(reply.text)")
            let index = try #require(try reply.object()["index"] as? Int)
            let record = try await service.ask(.GET, "/v1/records/\(index)")
            #expect(record.text.contains(#""authentication":"passkey""#))
            var registration = Sample.command(.registerPasskey(Passkey()))
            registration.registerPasskey.person = "auditor-1"
            let other = try await visitor.ask(
                .POST,
                "/v1/commands",
                body: try RunningService.line(registration)
            )
            #expect(try other.code() == "commandNotForService")
        }
    }

    @Test func `signing in begins a new session, whatever cookie a browser brought`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            let planted = "bmn=" + (try Secret.make().text)
            visitor.cookie = planted
            try await visitor.arrive()
            let first = try #require(visitor.cookie)
            #expect(first != planted)
            #expect(try await visitor.signIn().status == 200)
            #expect(visitor.cookie != first)
            for old in [planted, first, "bmn=", "bmn=x", "\(visitor.cookie ?? ""); \(first)"] {
                let reply = try await visitor.ask(.GET, "/", [("Cookie", old)])
                #expect(reply.status == 401, "\(old)")
                #expect(try reply.code() == "sessionInvalid" || reply.code() == "sessionMissing")
            }
            #expect(try await visitor.page("/").status == 200)
        }
    }

    @Test func `a session ends by signing out here, everywhere, or by waiting`() async throws {
        try await RunningService.run { service in
            let (phone, desktop) = (
                try Visitor(service, "auditor-1"), try Visitor(service, "auditor-1")
            )
            try await phone.arrive()
            try await desktop.arrive()
            let out = try await phone.send("/sign-out")
            #expect(out.status == 303)
            #expect(out.headers.first(name: "Location") == "/sign-in")
            #expect(out.headers.first(name: "Set-Cookie")?.contains("Max-Age=0") == true)
            let ended = try await phone.ask(.GET, "/")
            #expect(try ended.code() == "sessionInvalid")
            #expect(try await desktop.page("/").status == 200)
            try await phone.signIn()
            #expect(try await phone.send("/sign-out-everywhere").status == 303)
            for visitor in [phone, desktop] {
                #expect(try await visitor.page("/").status == 303)
                #expect(try await visitor.ask(.GET, "/v1/status").code() == "sessionInvalid")
            }
            let told = try service.told()
            #expect(told.contains("auditor-1 POST /sign-out signedOut "))
            #expect(told.contains("auditor-1 POST /sign-out-everywhere signedOut "))
            #expect(told.contains(" GET / refused sessionInvalid"))
            try await phone.signIn()
            service.clock.step(microseconds: AccessStore.sessionIdleMicroseconds)
            #expect(try await phone.page("/").status == 303)
        }
    }

    @Test func `every page tells the browser what it may do`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            let link = try visitor.link()
            var replies: [(String, Reply)] = []
            for path in ["/sign-in", link, "/enrol/x", "/", "/nothing", "/assets/passkeys.js"] {
                replies.append((path, try await visitor.page(path)))
            }
            try await visitor.arrive()
            for path in ["/", "/areas/99", "/households", "/nothing", "/assets/style.css"] {
                replies.append((path, try await visitor.page(path)))
            }
            replies.append(("/sign-out", try await visitor.send("/sign-out", csrf: "0")))
            for (path, reply) in replies {
                func header(_ name: String) -> String { reply.headers.first(name: name) ?? "" }
                let policy = header("Content-Security-Policy")
                for part in [
                    "default-src 'none'", "script-src 'self'", "style-src 'self'",
                    "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
                ] { #expect(policy.contains(part), "\(path)") }
                #expect(!policy.contains("unsafe"))
                #expect(header("Referrer-Policy") == "no-referrer", "\(path)")
                #expect(header("X-Content-Type-Options") == "nosniff", "\(path)")
                let isAsset = path.hasPrefix("/assets/")
                #expect(header("Cache-Control") == (isAsset ? "no-cache" : "no-store"), "\(path)")
                #expect(header("Strict-Transport-Security").isEmpty, "there is no TLS")
                guard header("Content-Type").hasPrefix("text/html") else { continue }
                #expect(!reply.text.contains("<script>") && !reply.text.contains(" style=\""))
                #expect(!reply.text.contains(" onclick="))
            }
            let refused = try #require(replies.first { $0.0 == "/enrol/x" })
            #expect(refused.1.status == 403 && refused.1.text.contains("linkInvalid"))
            let missing = replies.filter { $0.0 == "/nothing" }.map(\.1.status)
            #expect(missing == [303, 404])
        }
    }

    @Test func `behind TLS the cookie is for this host alone`() {
        let settings = WebSettings(origins: ["https://bmn.example.th"])
        let site = settings.party(port: 8080, isTLS: false)
        #expect(site.id == "bmn.example.th" && site.origins == ["https://bmn.example.th"])
        let local = WebSettings().party(port: 8080, isTLS: false)
        #expect(local.id == "localhost" && local.origins == ["http://localhost:8080"])
        #expect(WebSettings().party(port: 443, isTLS: true).origins == ["https://localhost"])
        let parent = WebSettings(
            relyingPartyID: "example.th",
            origins: ["https://a.example.th:8443", "https://b.example.th"]
        )
        #expect(parent.party(port: 1, isTLS: true).id == "example.th")
    }

    @Test func `the language follows the switch, then the browser`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "auditor-1")
            #expect(try await visitor.page("/sign-in").text.contains(#"lang="th""#))
            let english = try await visitor.page("/sign-in?lang=en")
            #expect(english.text.contains("<h1>Sign in</h1>"))
            let cookie = english.headers[canonicalForm: "Set-Cookie"].map { String($0) }
            #expect(cookie.contains { $0.hasPrefix("bmn-lang=en;") })
            visitor.cookie = "bmn-lang=en"
            #expect(try await visitor.page("/sign-in").text.contains("<h1>Sign in</h1>"))
            visitor.cookie = "bmn-lang=<script>"
            #expect(try await visitor.page("/sign-in").text.contains("<h1>เข้าสู่ระบบ</h1>"))
        }
    }
}
