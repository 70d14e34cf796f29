import Access
import ArgumentParser
import Console
import Ledger
import LedgerReader
import Survey

extension Scope: ExpressibleByArgument {}

/// The command `bmn token`.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "โทเคน · Tokens by which programs use the service.",
        discussion: """
            A token speaks for one person of the ledger: the roles are those that the ledger gives \
            that person at each request, and the scopes bound what this token may do of it. Its \
            text is shown once; access.sqlite keeps a hash.

            Example:
              bmn token list L
            """,
        subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self]
    )
}

struct TokenCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "สร้างโทเคน · Make a token and print it, this once.",
        usage: "bmn token create LEDGER --person ID --scope SCOPE... --expires DATE",
        discussion: """
            Scopes: read (records, figures, households), submit (commands), audit (the access \
            log), metrics, users (links for passkeys). The token ends at the end of the day of --expires, in Thailand.

            Example:
              bmn token create L --person rec-3801-1 --scope read --scope submit \\
                --expires 31/12/2599
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "รหัสบุคคล · The person of the ledger who acts by it.")
    var person: String

    @Option(help: "ขอบเขต · What it may be used for; may be given several times.")
    var scope: [Scope]

    @Option(help: "วันหมดอายุ · The last day on which it is taken.")
    var expires: CalendarDay

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        // A token for nobody would open nothing, and hide that the id was misspelt.
        guard try Composition.reader(directory).snapshot().state().persons[person] != nil else {
            throw Rejection(.personUnknown, person)
        }
        let now = Composition.now()
        // Midnight in Thailand (UTC+7) after that day.
        let end = (Int64(expires.day.daysSinceEpoch) + 1) * 86_400_000_000 - 25_200_000_000
        guard end > now else {
            throw ValidationError("--expires takes a day that is not over.")
        }
        let text = try TokenText.make()
        let token = try Composition.access(directory).add(
            text,
            person: person,
            scopes: Set(scope),
            expiresAt: end,
            now: now
        )
        let results = Output()
        if output.json {
            try results.write(token.json(now: now, text: text.text))
        } else {
            try results.write(text.text + "\n")
        }
        try results.flush()
    }
}

struct TokenList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "รายการโทเคน · All tokens, with their persons, scopes and last use.",
        usage: "bmn token list LEDGER",
        discussion: """
            Example:
              bmn token list L --json
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let tokens = try Composition.access(directory).tokens()
        let page = Page(output.language, asJSON: output.json)
        let now = Composition.now()
        if output.json {
            try page.write(["tokens": .array(tokens.map { $0.json(now: now) })])
        } else {
            var table = Table([
                .init(page.choose("โทเคน", "token")), .init(page.choose("บุคคล", "person")),
                .init(page.choose("ขอบเขต", "scopes")), .init(page.choose("สถานะ", "state")),
                .init(page.choose("หมดอายุ", "expires")), .init(page.choose("ใช้ล่าสุด", "last used")),
            ])
            for token in tokens {
                table.append([
                    token.id, token.person, token.scopeNames.joined(separator: " "),
                    token.state(now: now), Token.time(token.expiresAt),
                    token.lastUsedAt.map(Token.time) ?? "-",
                ])
            }
            try page.write(table)
        }
        try page.flush()
    }
}

struct TokenRevoke: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "เพิกถอนโทเคน · End a token at once and for good.",
        usage: "bmn token revoke LEDGER TOKEN",
        discussion: """
            TOKEN is the id that bmn token list shows. A service that runs refuses it from the \
            next request on.

            Example:
              bmn token revoke L "$(bmn token create L --person rec-3801-1 \\
                --scope read --expires 31/12/2599 --json | jq -r .id)"
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(help: "โทเคน · The token's id.")
    var token: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, token].compactMap(\.self),
            restCount: 1
        )
        try Composition.access(directory).revoke(rest[0], now: Composition.now())
    }
}

extension Token {
    fileprivate var scopeNames: [String] { scopes.map(\.rawValue).sorted() }

    fileprivate func state(now: Int64) -> String {
        revokedAt != nil ? "revoked" : isValid(at: now) ? "valid" : "expired"
    }

    fileprivate static func time(_ microseconds: Int64) -> String {
        RecordTime(unixMicroseconds: microseconds)?.text ?? ""
    }

    fileprivate func json(now: Int64, text: String? = nil) -> JSON {
        let shown = text.map { [("text", JSON.string($0))] } ?? []
        let members: [(String, JSON)] = [
            ("id", .string(id)), ("person", .string(person)),
            ("scopes", .array(scopeNames.map { .string($0) })),
            ("state", .string(state(now: now))),
            ("createdAt", .string(Self.time(createdAt))),
            ("expiresAt", .string(Self.time(expiresAt))),
            ("revokedAt", revokedAt.map { .string(Self.time($0)) } ?? .null),
            ("lastUsedAt", lastUsedAt.map { .string(Self.time($0)) } ?? .null),
        ]
        return .object(shown + members)
    }
}
