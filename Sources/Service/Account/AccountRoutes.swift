import Access
import Console
import Cryptography
import HTTPTypes
import Hummingbird
import Ledger
import LedgerWriter
import Pages
import Survey

/// What everybody sees and ends of his own: passkeys, sessions, tokens.
enum AccountRoutes {
    static let all: [Route] = [
        .ofPages(.get, "/account", "showAccount", "One's own passkeys and sessions.", nil, show),
        .ofPages(
            .post,
            "/account/passkeys/revoke",
            "revokeOwnPasskey",
            "Ends one of one's own passkeys, in the ledger.",
            .registerOwnKey,
            revokePasskey
        ),
        .ofPages(
            .post,
            "/account/tokens/revoke",
            "revokeOwnToken",
            "Ends one of one's own tokens.",
            nil,
            revokeToken
        ),
    ]

    @Sendable
    private static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        guard let session = call.session, let principal = call.principal else {
            throw Problem(.sessionMissing)
        }
        let (access, now) = (core.parts.access, core.parts.clock())
        let own = try await core.threads.run {
            (
                passkeys: try core.passkeys(of: session.person),
                sessionCount: try access.sessionCount(of: session.person, now: now),
                tokens: try access.tokens().filter { $0.person == session.person }
            )
        }
        let parts = PageParts(core.parts.pages, call.pageRequest(core))
        let choose = parts.choose
        var mayRevoke = false
        if case .granted = principal.mayEver(.registerOwnKey) { mayRevoke = true }
        let sections: [Markup] = [
            parts.facts([
                (choose("บุคคล", "Person"), "\(session.person)"),
                (
                    choose("บทบาท", "Roles"),
                    "\(principal.roles.map { parts.word($0.rawValue) }.joined(separator: ", "))"
                ),
                (choose("การเข้าใช้ที่เปิดอยู่", "Open sessions"), parts.number(own.sessionCount)),
            ]),
            parts.form(
                ["sign-out-everywhere"],
                button: choose("ออกจากระบบทุกเครื่อง", "Sign out everywhere")
            ),
            parts.section(
                "passkeys",
                choose("พาสคีย์", "Passkeys"),
                [passkeys(own.passkeys, session, mayRevoke, parts)]
                    + (mayRevoke ? [] : [byHand(parts)])
            ),
            parts.section(
                "tokens",
                choose("โทเคนของโปรแกรม", "Tokens of programs"),
                [TokenTable.markup(own.tokens, now, ["account", "tokens", "revoke"], parts)]
            ),
        ]
        return .page(parts.page(choose("บัญชีผู้ใช้", "Your account"), sections).body)
    }

    private static func passkeys(
        _ passkeys: [EnrolledPasskey],
        _ session: Session,
        _ mayRevoke: Bool,
        _ parts: PageParts
    ) -> Markup {
        let choose = parts.choose
        return parts.table(
            "passkey-table",
            choose("พาสคีย์ที่ใช้ได้", "Passkeys that can be used"),
            [
                (choose("ชื่ออุปกรณ์", "Device"), false), (choose("ลงทะเบียนเมื่อ", "Enrolled"), false),
                (choose("เพิกถอน", "Revoke"), false),
            ],
            passkeys.map { passkey in
                let id = Base64URL.encode(passkey.credentialID)
                let isThis = passkey.credentialID == session.credential
                let name = passkey.label.isEmpty ? String(id.prefix(12)) : passkey.label
                let this = isThis ? choose(" (ที่ใช้อยู่)", " (in use now)") : ""
                let form = parts.form(
                    ["account", "passkeys", "revoke"],
                    button: choose("เพิกถอน \(name)", "Revoke \(name)"),
                    hidden: [("credential", id)],
                    parts.field("reason-\(id.prefix(12))", choose("เหตุผล", "Reason"))
                )
                return [
                    "\(name)\(this)",
                    parts.time(
                        unixMicroseconds: passkey.registeredAt.unixMicroseconds,
                        iso: passkey.registeredAt.text
                    ),
                    mayRevoke ? form : "–",
                ]
            }
        )
    }

    /// Whoever audits or runs the service writes nothing here, not even this.
    private static func byHand(_ parts: PageParts) -> Markup {
        parts.sentence(
            parts.choose(
                "ผู้ตรวจสอบและผู้ดูแลระบบไม่บันทึกสิ่งใดที่นี่: ให้ผู้ดูแลเครื่องเพิกถอนด้วยคำสั่ง revokePasskey"
                    + " (bmn submit)",
                "Auditors and admins write nothing here: the machine's operator revokes a passkey"
                    + " with the command revokePasskey (bmn submit)."
            )
        )
    }

    @Sendable
    private static func revokePasskey(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let id = call.field("credential") ?? ""
        guard let credential = Base64URL.decode(id), !credential.isEmpty,
            let reason = call.field("reason-\(id.prefix(12))")
        else { throw Problem(.bodyMalformed) }
        var revocation = PasskeyRevocation()
        revocation.person = call.principal?.person ?? ""
        revocation.reason = reason
        revocation.credentialID = .init(credential)
        var command = Command()
        command.revokePasskey = revocation
        let given = command
        let ready = try await core.threads.run { try Submission(core, call).prepare(given) }
        _ = try await core.append(ready)
        return .seeOther("/account")
    }

    @Sendable
    private static func revokeToken(_ call: Call, _ core: ServiceCore) async throws -> Response {
        guard let id = call.field("token") else { throw Problem(.bodyMalformed) }
        let (access, person, now) = (
            core.parts.access, call.principal?.person ?? "", core.parts.clock()
        )
        try await core.threads.run {
            guard try access.tokens().contains(where: { $0.id == id && $0.person == person }) else {
                throw Problem(.tokenUnknown)
            }
            try access.revoke(id, now: now)
        }
        return .seeOther("/account")
    }
}

/// Tokens, with a button that ends each that is still good.
enum TokenTable {
    static func markup(
        _ tokens: [Token],
        _ now: Int64,
        _ path: [String],
        _ parts: PageParts
    ) -> Markup {
        let choose = parts.choose
        func time(_ microseconds: Int64) -> Markup {
            parts.time(unixMicroseconds: microseconds, iso: microseconds.iso)
        }
        return parts.table(
            "token-table",
            choose("โทเคน", "Tokens"),
            [
                (choose("โทเคน", "Token"), false), (choose("บุคคล", "Person"), false),
                (choose("ขอบเขต", "Scopes"), false), (choose("หมดอายุ", "Expires"), false),
                (choose("ใช้ล่าสุด", "Last used"), false), (choose("สถานะ", "State"), false),
            ],
            tokens.map { token in
                let button = parts.form(
                    path,
                    button: choose("ยุติ \(token.id)", "End \(token.id)"),
                    hidden: [("token", token.id)]
                )
                let state: Markup =
                    token.revokedAt != nil
                    ? "\(choose("ยุติแล้ว", "ended"))"
                    : token.isValid(at: now) ? button : "\(choose("หมดอายุแล้ว", "expired"))"
                return [
                    parts.code(token.id), "\(token.person)",
                    "\(token.scopes.map(\.rawValue).sorted().joined(separator: ", "))",
                    time(token.expiresAt), token.lastUsedAt.map { time($0) } ?? "–", state,
                ]
            }
        )
    }
}
