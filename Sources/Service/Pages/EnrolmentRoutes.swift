import Access
import Console
import Cryptography
import HTTPTypes
import Hummingbird
import LedgerWriter
import Pages
import Survey
import WebAuthn

/// Enrolling a passkey by a one-time link.
enum EnrolmentRoutes {
    /// How many characters name a passkey at most, so that its person knows it again.
    static let labelCountMax = 60

    static let all = [
        route(.get, "/enrol/{link}", "showEnrolment", "Where a link is used.", nil, show),
        route(
            .post,
            "/enrol/{link}/options",
            "beginEnrolment",
            "A challenge for a new passkey.",
            SignInRoutes.json,
            options
        ),
        route(
            .post,
            "/enrol/{link}/verify",
            "enrol",
            "Appends the new passkey to the ledger, and ends the link.",
            SignInRoutes.json,
            verify
        ),
    ]

    private static func route(
        _ method: HTTPRequest.Method,
        _ template: String,
        _ id: String,
        _ summary: String,
        _ body: Route.Body?,
        _ handler: @escaping @Sendable (Call, ServiceCore) async throws -> Response
    ) -> Route {
        Route(
            method: method,
            template: template,
            id: id,
            summary: summary,
            entry: .anybody,
            parameters: [.path("link", .text(byteCountMax: 128), "The link's secret.")],
            body: body,
            answers: [],
            isPage: true,
            handler: handler
        )
    }

    /// The link of the path, if it can be used.
    private static func link(
        _ call: Call,
        _ core: ServiceCore
    ) async throws -> (secret: Secret, enrolment: Enrolment) {
        let (access, now) = (core.parts.access, core.parts.clock())
        return try await core.countingFailures(of: call.address) {
            guard let secret = Secret(call.parameters["link"] ?? "") else {
                throw Problem(.linkInvalid)
            }
            let found = try await core.threads.run { try access.enrolment(secret, now: now) }
            guard let found else { throw Problem(.linkInvalid) }
            return (secret, found)
        }
    }

    @Sendable
    private static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let path = "/enrol/" + (call.parameters["link"] ?? "")
        if let place = core.web.betterPlace(than: call.authority, path: path) {
            return .seeOther(place)
        }
        let person = try await link(call, core).enrolment.person
        return .page(core.parts.pages.enrolment(call.pageRequest(core), person: person, path: path))
    }

    @Sendable
    private static func options(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (secret, enrolment) = try await link(call, core)
        let person = enrolment.person
        let challenge = try core.challenges.make(
            for: .enrolment(secret.digest),
            now: core.parts.clock()
        )
        let known = try await core.threads.run { try core.passkeys(of: person) }
        let kinds: [JSON] = [-7, -8, -257].map { ["type": "public-key", "alg": .number($0)] }
        return .json([
            "publicKey": [
                "challenge": .string(Base64URL.encode(challenge)),
                "rp": ["id": .string(core.web.party.id), "name": "bmn-ledger"],
                "user": [
                    // What the passkey says whose it is; an identifier that the ledger shows anyway.
                    "id": .string(Base64URL.encode(Array(person.utf8))),
                    "name": .string(person),
                    "displayName": .string(person),
                ],
                "pubKeyCredParams": .array(kinds),
                "timeout": .number(Int(Challenges.microseconds / 1000)),
                "attestation": "none",
                "authenticatorSelection": [
                    "residentKey": "required", "requireResidentKey": true,
                    "userVerification": "required",
                ],
                "excludeCredentials": .array(known.map(\.json)),
            ]
        ])
    }

    @Sendable
    private static func verify(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let answer = try call.json(PasskeyAnswers.Creation.self)
        let (secret, _) = try await link(call, core)
        let now = core.parts.clock()
        let made = try await core.countingFailures(of: call.address) {
            let challenge = try Call.bytes(answer.challenge)
            guard core.challenges.take(challenge, for: .enrolment(secret.digest), now: now) else {
                throw Problem(.challengeUnknown)
            }
            return try register(answer, challenge, for: core.web.party)
        }
        let access = core.parts.access
        // Before the record, so that two answers to one link cannot both be appended.
        let used = try await core.threads.run { try access.useEnrolment(secret, now: now) }
        guard let used else { throw Problem(.linkInvalid) }
        do {
            try await core.append(made, label: answer.label, of: used.person)
        } catch let problem as Problem {
            // Refused before anything was written. Of any other failure nobody knows whether the
            // passkey is in the ledger after all, and then the link was used.
            try await core.threads.run { try access.returnEnrolment(secret, usedAt: now) }
            throw problem
        }
        let id = made.credentialID
        _ = try await core.threads.run {
            try access.countUse(of: id, now: now) { (_: UInt32) throws(WebAuthnError) in
                made.signCount
            }
        }
        await core.note(.enrolled, call, person: used.person, token: used.name)
        return .json(["person": .string(used.person)])
    }

    private static func register(
        _ answer: PasskeyAnswers.Creation,
        _ challenge: [UInt8],
        for party: RelyingParty
    ) throws -> PasskeyRegistration {
        do throws(WebAuthnError) {
            return try WebAuthn.register(
                clientDataJSON: Base64URL.decode(answer.clientDataJSON) ?? [],
                attestationObject: Base64URL.decode(answer.attestationObject) ?? [],
                challenge: challenge,
                for: party
            )
        } catch {
            throw Problem(.passkeyRefused, error.code.rawValue)
        }
    }
}
