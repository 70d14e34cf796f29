import Access
import AppointmentsProjection
import Console
import Cryptography
import HTTPTypes
import Hummingbird
import Ledger
import LedgerReader
import LedgerWriter
import ProjectionRuntime
import Survey
import WebAuthn

/// Signing a certification with a passkey: it answers SHA-256 of the statement's exact bytes.
enum SignatureRoutes {
    static let all = [
        route(
            .get,
            "/certifications/{id}/sign",
            "showSigning",
            "The statement as it will be signed, and where to sign it.",
            nil,
            show
        ),
        route(
            .post,
            "/certifications/{id}/sign/options",
            "beginSignature",
            "What a passkey is asked, to sign a certification.",
            SignInRoutes.json,
            options
        ),
        route(
            .post,
            "/certifications/{id}/sign/verify",
            "signCertification",
            "Appends the signature that a passkey made.",
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
            entry: .session(.signCertification),
            parameters: [.path("id", .text(byteCountMax: 64), "The certification.")],
            body: body,
            answers: [],
            isPage: true,
            handler: handler
        )
    }

    @Sendable
    private static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let id = call.parameters["id"] ?? ""
        let statement = try await core.threads.run { try core.prepared(id).statement }
        let request = call.pageRequest(core)
        return .page(core.parts.pages.signature(request, of: id, statement: statement))
    }

    @Sendable
    private static func options(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (id, person) = (call.parameters["id"] ?? "", call.principal?.person ?? "")
        let (prepared, passkeys) = try await core.threads.run {
            (try core.prepared(id), try core.passkeys(of: person))
        }
        let challenge = CertificationSignature.passkeyChallenge(of: prepared.statement)
        return .json(core.requestOptions(challenge, allowing: passkeys))
    }

    @Sendable
    private static func verify(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let answer = try call.json(PasskeyAnswers.Use.self)
        let (id, person) = (call.parameters["id"] ?? "", call.principal?.person ?? "")
        let (survey, today) = (core.parts.survey, core.today)
        let (prepared, role) = try await core.threads.run {
            let prepared = try core.prepared(id)
            let seat = try survey.read { db in
                try AppointmentReadModel.inForce(person: person, on: today, db).first {
                    $0.kind == "committee" && $0.cycle == prepared.cycle
                        && $0.area == prepared.area
                }
            }
            guard let seat else { throw Problem(.committeeNotSatOn) }
            return (prepared, seat.role)
        }
        let made = try await core.verify(
            answer,
            challenge: CertificationSignature.passkeyChallenge(of: prepared.statement),
            of: person
        )
        var signature = CertificationSignature()
        (signature.certification, signature.person, signature.role) = (id, person, role)
        signature.passkey = PasskeySignature(made.assertion)
        var command = Command()
        command.signCertification = signature
        let given = command
        let ready = try await core.threads.run { try Submission(core, call).prepare(given) }
        let receipt = try await core.append(ready)
        await core.untilReadModelsKnow(receipt.index)
        return .json(receipt.json, status: 201)
    }
}

extension PasskeySignature {
    /// As the browser gave it.
    init(_ assertion: PasskeyAssertion) {
        self.init()
        credentialID = .init(assertion.credentialID)
        authenticatorData = .init(assertion.authenticatorData)
        clientDataJson = .init(assertion.clientDataJSON)
        signature = .init(assertion.signature)
    }
}

extension ServiceCore {
    /// The certification with its statement, as it was prepared.
    @available(*, noasync)
    func prepared(_ id: String) throws -> CertificationPrepared {
        let stream = "certification/\(id)"
        let snapshot = try reader.snapshot()
        guard stream.utf8.count <= RecordLimit.streamByteCount,
            stream.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let first = try snapshot.indexes(ofStream: stream).first,
            case .certificationPrepared(let prepared) = try snapshot.recordedEvent(first)?.event
                .kind
        else { throw Problem(.certificationUnknown) }
        return prepared
    }

    /// Appends the passkey that somebody enrolled with his link, in his own name.
    func append(_ made: PasskeyRegistration, label: String, of person: String) async throws {
        var passkey = Passkey()
        passkey.person = person
        passkey.credentialID = .init(made.credentialID)
        passkey.publicKey = .init(made.publicKey.coseKey)
        passkey.rpID = web.party.id
        passkey.label = String(label.prefix(EnrolmentRoutes.labelCountMax))
        var command = Command()
        command.id = newCommandID().text
        command.registerPasskey = passkey
        (command.actor.user, command.actor.capacity) = (person, "self")
        command.actor.authentication = "enrolmentLink"
        let (writer, given) = (parts.writer, command)
        let prepared = try await threads.run { try writer.prepare(given) }
        switch prepared {
        case .success(let ready): _ = try await append(ready)
        case .failure(let rejection): throw Problem(rejection)
        }
    }

    /// Waits a moment, so that the next page shows what its reader has just done.
    func untilReadModelsKnow(_ index: UInt64) async {
        for _ in 0..<100 where follower.current.failure == nil {
            if follower.current.position ?? 0 > index { return }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
