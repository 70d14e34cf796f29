import Access
import Console
import HTTPTypes
import Hummingbird
import Ledger
import WebAuthn

/// Making the links by which people enrol their passkeys.
enum LinkRoute {
    static let route = Route(
        method: .post,
        template: "/v1/enrolment-links",
        id: "makeEnrolmentLink",
        summary: """
            Makes a link with which a person enrols one passkey, once, within a day; its address \
            is told here and nowhere else.
            """,
        entry: .allowed(.makeLink),
        body: Route.Body(
            contentTypes: ["application/json"],
            byteCountMax: \.passkeyByteCountMax,
            schema: .object([("person", .string)])
        ),
        answers: [
            Answer(
                201,
                "application/json",
                .object([("person", .string), ("url", .string), ("expiresAt", .string)])
            )
        ],
        problems: [.personUnknown],
        handler: make
    )

    @Sendable
    private static func make(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let person = try call.json(PasskeyAnswers.Person.self).person
        let made = try await core.makeLink(for: person, call)
        return .json(
            [
                "person": .string(person), "url": .string(made.url),
                "expiresAt": .string(RecordTime(unixMicroseconds: made.expiresAt)?.text ?? ""),
            ],
            status: 201
        )
    }
}

extension ServiceCore {
    /// A link for a person of the ledger, whose address is in nobody's hands but the caller's.
    ///
    /// Its row in the access log, which names it and its person, is on disk before the link is any
    /// good: where it cannot be written there is no link (`accessLogFailed`).
    func makeLink(
        for person: String,
        _ call: Call
    ) async throws -> (url: String, expiresAt: Int64) {
        let maker = call.principal?.person ?? ""
        guard try await threads.run({ [self] in try isPerson(person) }) else {
            throw Problem(.personUnknown)
        }
        let (access, now, link) = (parts.access, parts.clock(), try Secret.make())
        let end = now + AccessStore.enrolmentMicroseconds
        try await note([
            AccessEntry(
                at: now,
                person: maker,
                token: call.principal?.token ?? "",
                request: call.requestID,
                method: call.route.method.rawValue,
                route: call.route.template,
                outcome: .linkMade,
                code: "",
                subject: "\(link.linkName) \(person)"
            )
        ])
        try await threads.run {
            try access.addEnrolment(link, person: person, madeBy: maker, expiresAt: end, now: now)
        }
        return ("\(web.party.origins.first ?? "")/enrol/\(link.text)", end)
    }
}
