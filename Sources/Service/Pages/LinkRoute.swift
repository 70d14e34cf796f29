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
        let (access, now, maker) = (
            core.parts.access, core.parts.clock(), call.principal?.person ?? ""
        )
        let end = now + AccessStore.enrolmentMicroseconds
        let link = try await core.threads.run {
            guard try core.isPerson(person) else { throw Problem(.personUnknown) }
            let link = try Secret.make()
            try access.addEnrolment(link, person: person, madeBy: maker, expiresAt: end, now: now)
            return link
        }
        await core.note(.linkMade, call, person: maker, token: call.principal?.token ?? "")
        return .json(
            [
                "person": .string(person),
                "url": .string("\(core.web.party.origins.first ?? "")/enrol/\(link.text)"),
                "expiresAt": .string(RecordTime(unixMicroseconds: end)?.text ?? ""),
            ],
            status: 201
        )
    }
}
