import Access
import Console
import Cryptography
import HTTPTypes
import Hummingbird
import Pages
import WebAuthn

/// Signing in and out with a passkey.
enum SignInRoutes {
    static let json = Route.Body(
        contentTypes: ["application/json"],
        byteCountMax: \.passkeyByteCountMax
    )
    private static let form = Route.Body(
        contentTypes: ["application/x-www-form-urlencoded"],
        byteCountMax: \.passkeyByteCountMax
    )

    static let all = [
        Route(
            method: .get,
            template: "/sign-in",
            id: "showSignIn",
            summary: "Where a passkey signs in.",
            entry: .anybody,
            parameters: [
                .query("next", .text(byteCountMax: 3000, pattern: "^/.*$"), "Where to go then.")
            ],
            answers: [],
            isPage: true,
            handler: show
        ),
        Route(
            method: .post,
            template: "/sign-in/options",
            id: "beginSignIn",
            summary: "A challenge for any passkey.",
            entry: .anybody,
            body: json,
            answers: [],
            isPage: true,
            handler: options
        ),
        Route(
            method: .post,
            template: "/sign-in/verify",
            id: "signIn",
            summary: "A session for whose passkey answered.",
            entry: .anybody,
            body: json,
            answers: [],
            isPage: true,
            handler: verify
        ),
        Route(
            method: .post,
            template: "/sign-out",
            id: "signOut",
            summary: "Ends this session.",
            entry: .session(nil),
            body: form,
            answers: [],
            isPage: true,
            handler: { call, core in try await signOut(call, core, everywhere: false) }
        ),
        Route(
            method: .post,
            template: "/sign-out-everywhere",
            id: "signOutEverywhere",
            summary: "Ends all sessions of the person.",
            entry: .session(nil),
            body: form,
            answers: [],
            isPage: true,
            handler: { call, core in try await signOut(call, core, everywhere: true) }
        ),
    ]

    @Sendable
    private static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        if let place = core.web.betterPlace(than: call.authority, path: "/sign-in") {
            return .seeOther(place)
        }
        let next = call.query["next"].flatMap(localPath) ?? "/"
        return .page(core.parts.pages.signIn(call.pageRequest(core), next: next))
    }

    /// A path of this service; nil for what would lead elsewhere.
    private static func localPath(_ text: String) -> String? {
        // ASCII alone, as browsers write paths: they drop some other characters, after which `//`
        // could stand where none did.
        guard text.utf8.count <= 1000, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"),
            (try? RequestTarget(text)) != nil
        else { return nil }
        return text
    }

    @Sendable
    private static func options(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let challenge = try core.challenges.make(for: .signIn, now: core.parts.clock())
        return .json(core.requestOptions(challenge, allowing: []))
    }

    @Sendable
    private static func verify(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let answer = try call.json(PasskeyAnswers.Use.self)
        let now = core.parts.clock()
        let passkey = try await core.countingFailures(of: call.address) {
            let challenge = try Call.bytes(answer.challenge ?? "")
            guard core.challenges.take(challenge, for: .signIn, now: now) else {
                throw Problem(.challengeUnknown)
            }
            return try await core.verify(answer, challenge: challenge).passkey
        }
        let (access, before) = (core.parts.access, call.secret)
        let (secret, session) = try await core.threads.run {
            if let before { try access.endSession(before, now: now) }
            let secret = try access.openSession(
                person: passkey.person,
                credential: passkey.credentialID,
                now: now
            )
            return (secret, try access.session(secret, now: now))
        }
        await core.note(.signedIn, call, person: passkey.person, token: session?.name ?? "")
        core.metrics.count("sign_ins_total")
        return .json(
            ["person": .string(passkey.person)],
            headers: [.setCookie: core.web.sessionCookie(secret.text)]
        )
    }

    private static func signOut(
        _ call: Call,
        _ core: ServiceCore,
        everywhere: Bool
    ) async throws -> Response {
        guard let secret = call.secret, let session = call.session else {
            throw Problem(.sessionMissing)
        }
        let (access, now) = (core.parts.access, core.parts.clock())
        try await core.threads.run {
            if everywhere {
                try access.endSessions(of: session.person, now: now)
            } else {
                try access.endSession(secret, now: now)
            }
        }
        await core.note(.signedOut, call, person: session.person, token: session.name)
        return .seeOther("/sign-in", [.setCookie: core.web.sessionCookie(nil)])
    }
}

extension ServiceCore {
    /// What a browser's `navigator.credentials.get` takes; bytes are base64url.
    func requestOptions(_ challenge: [UInt8], allowing passkeys: [EnrolledPasskey]) -> JSON {
        [
            "publicKey": [
                "challenge": .string(Base64URL.encode(challenge)),
                "rpId": .string(web.party.id),
                "timeout": .number(Int(Challenges.microseconds / 1000)),
                "userVerification": "required",
                "allowCredentials": .array(passkeys.map { $0.json }),
            ]
        ]
    }

    /// Runs what somebody unknown tries; counts him by his address when it is refused.
    ///
    /// Whoever has a good passkey is let in from any address: others behind it may have failed.
    func countingFailures<Result: Sendable>(
        of address: String,
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let problem as Problem where problem.status == 403 {
            let (key, now) = ("address \(address)", parts.clock())
            if let seconds = limiter.secondsToWait([key], now: now) {
                throw Self.tooMany(seconds)
            }
            limiter.noteFailure([key], now: now)
            metrics.count("sign_in_failures_total")
            throw problem
        }
    }

    /// A row of the access log about what somebody did; a lost one is said in the log.
    func note(
        _ outcome: AccessEntry.Outcome,
        _ call: Call,
        person: String,
        token: String
    ) async {
        await log(
            AccessEntry(
                at: parts.clock(),
                person: person,
                token: token,
                request: call.requestID,
                method: call.route.method.rawValue,
                route: call.route.template,
                outcome: outcome,
                code: ""
            )
        )
    }
}

extension EnrolledPasskey {
    /// As browsers are told of one.
    var json: JSON {
        ["type": "public-key", "id": .string(Base64URL.encode(credentialID))]
    }
}

extension Response {
    /// Go there, with GET.
    static func seeOther(_ location: String, _ headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.location] = location
        return Response(status: .seeOther, headers: headers)
    }

    static func page(_ bytes: [UInt8], status: Int = 200) -> Response {
        .bytes(bytes, PageAnswer.html, status: status)
    }
}
