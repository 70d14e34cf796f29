import Access
import ArgumentParser
import Console
import Ledger
import LedgerReader
import Survey

/// Where the pages are, for commands that print addresses of them.
struct SiteOptions: ParsableArguments {
    @Option(
        help: """
            ที่อยู่เว็บ · Where the pages are (default: the first of BMN_WEB_ORIGINS, else \
            http://localhost:8080).
            """
    )
    var webOrigin: String?

    var origin: String {
        let variable = Invocation.current.environment["BMN_WEB_ORIGINS"] ?? ""
        return webOrigin ?? variable.split(separator: ",").first.map(String.init)
            ?? "http://localhost:8080"
    }
}

/// A link by which one person enrols one passkey; its text is shown once.
struct EnrolmentLink {
    let url: String
    let person: String
    private let expiresAt: Int64

    /// Makes one for a person of the ledger.
    static func make(
        for person: String,
        isOperator: Bool,
        lasting microseconds: Int64 = AccessStore.enrolmentMicroseconds,
        _ directory: LedgerDirectory,
        _ site: SiteOptions
    ) throws -> EnrolmentLink {
        // A link for nobody would hide that the id was misspelt.
        guard try Composition.reader(directory).snapshot().state().persons[person] != nil else {
            throw Rejection(.personUnknown, person)
        }
        let (secret, access, now) = (
            try Secret.make(), try Composition.access(directory), Composition.now()
        )
        if isOperator { try access.addOperator(person, now: now) }
        let end = now + microseconds
        try access.addEnrolment(secret, person: person, expiresAt: end, now: now)
        return EnrolmentLink(
            url: "\(site.origin)/enrol/\(secret.text)",
            person: person,
            expiresAt: end
        )
    }

    var members: [(String, JSON)] {
        [
            ("person", .string(person)), ("url", .string(url)),
            ("expiresAt", .string(RecordTime(unixMicroseconds: expiresAt)?.text ?? "")),
        ]
    }
}
