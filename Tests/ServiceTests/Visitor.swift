import Access
import AsyncHTTPClient
import Cryptography
import Foundation
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import PasskeyTestSupport
import Testing
import WebAuthn

/// A person with a browser and a passkey, as far as the service can tell.
final class Visitor {
    let service: RunningService
    let person: String
    /// What the browser calls the site.
    let origin: String
    var device: VirtualAuthenticator
    /// Name and value, as they are sent back.
    var cookie: String?
    var csrf = ""

    /// Follows no redirect, so that each can be looked at; made once, and never shut down.
    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: .init(redirectConfiguration: .disallow)
    )

    init(_ service: RunningService, _ person: String) throws {
        (self.service, self.person) = (service, person)
        let port = try #require(service.url.split(separator: ":").last)
        origin = "http://localhost:\(port)"
        device = try VirtualAuthenticator(relyingPartyID: "localhost", origin: origin)
        device.isCounting = true
    }

    func ask(
        _ method: HTTPMethod,
        _ path: String,
        _ headers: [(String, String)] = [],
        body: String? = nil,
        hasCSRFHeader: Bool = true
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: service.url + path)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        func add(_ name: String, _ value: String) {
            if !request.headers.contains(name: name) {
                request.headers.add(name: name, value: value)
            }
        }
        add("Host", String(origin.dropFirst("http://".count)))
        if let cookie { add("Cookie", cookie) }
        if let body {
            add("Origin", origin)
            add("Content-Type", "application/json")
            if !csrf.isEmpty, hasCSRFHeader { add("X-CSRF-Token", csrf) }
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await Self.client.execute(request, timeout: .seconds(30))
        let buffer = try await response.body.collect(upTo: 1 << 24)
        return Reply(
            status: Int(response.status.code),
            headers: response.headers,
            bytes: Array(buffer.readableBytesView)
        )
    }

    func page(_ path: String) async throws -> Reply {
        try await ask(.GET, path, [("Accept", "text/html")])
    }

    /// The path of a new link for this person.
    func link(lasting microseconds: Int64 = 3_600_000_000) throws -> String {
        let (secret, now) = (try Secret.make(), service.clock.read())
        try service.access.addEnrolment(
            secret,
            person: person,
            expiresAt: now + microseconds,
            now: now
        )
        return "/enrol/\(secret.text)"
    }

    /// What the page's script would be told.
    func options(_ path: String) async throws -> [String: Any] {
        let reply = try await ask(.POST, path + "/options", body: "{}")
        try #require(reply.status == 200, "\(reply.text)")
        return try #require(try reply.object()["publicKey"] as? [String: Any])
    }

    /// What the page's script sends of a new passkey.
    func creation(_ options: [String: Any], label: String = "phone") throws -> String {
        let challenge = try #require(options["challenge"] as? String)
        let made = device.register(challenge: try #require(Base64URL.decode(challenge)))
        return try Self.json([
            "challenge": challenge, "label": label,
            "clientDataJSON": Base64URL.encode(made.clientDataJSON),
            "attestationObject": Base64URL.encode(made.attestationObject),
        ])
    }

    /// What it sends of a passkey that was used.
    func use(_ options: [String: Any], handle: String? = nil) throws -> String {
        let challenge = try #require(options["challenge"] as? String)
        let made = try device.answer(try #require(Base64URL.decode(challenge)))
        return try Self.json([
            "challenge": challenge,
            "id": Base64URL.encode(made.credentialID),
            "clientDataJSON": Base64URL.encode(made.clientDataJSON),
            "authenticatorData": Base64URL.encode(made.authenticatorData),
            "signature": Base64URL.encode(made.signature),
            "userHandle": Base64URL.encode(Array((handle ?? person).utf8)),
        ])
    }

    private static func json(_ members: [String: String]) throws -> String {
        String(decoding: try JSONEncoder().encode(members), as: UTF8.self)
    }

    @discardableResult
    func enrol(_ link: String) async throws -> Reply {
        let options = try await options(link)
        return try await ask(.POST, link + "/verify", body: try creation(options))
    }

    /// Enrols and signs in.
    func arrive() async throws {
        let enrolled = try await enrol(link())
        try #require(enrolled.status == 200, "\(enrolled.text)")
        let reply = try await signIn()
        try #require(reply.status == 200, "\(reply.text)")
    }

    @discardableResult
    func signIn() async throws -> Reply {
        let options = try await options("/sign-in")
        let reply = try await ask(.POST, "/sign-in/verify", body: try use(options))
        try await keepCookie(of: reply)
        return reply
    }

    /// Takes the session's cookie, and the token that its pages have.
    private func keepCookie(of reply: Reply) async throws {
        guard let set = reply.headers.first(name: "Set-Cookie") else { return }
        cookie = String(set.prefix { $0 != ";" })
        let front = try await page("/")
        let token = front.text.firstMatch(of: /name="csrf" value="([0-9a-f]+)"/)
        csrf = token.map { String($0.1) } ?? ""
    }

    /// A form of a page, as browsers send it where no script helps.
    func send(_ path: String, csrf: String? = nil) async throws -> Reply {
        try await ask(
            .POST,
            path,
            [
                ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/html"),
                ("Origin", "null"), ("Sec-Fetch-Site", "same-origin"),
            ],
            body: "csrf=\(csrf ?? self.csrf)",
            hasCSRFHeader: false
        )
    }
}
