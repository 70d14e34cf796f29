import Foundation
import LedgerTestSupport
import Survey
import Testing

/// Goes to every page that links lead to, and of those that differ in an id alone to one.
struct SiteWalk {
    private let browser: Browser
    private let site: String

    init(_ browser: Browser, site: String) {
        self.browser = browser
        self.site = site
    }

    /// From the front page on; shapes that are seen already are left out, but for the front page.
    func eachPage(
        seen: inout Set<String>,
        _ body: (_ shape: String) async throws -> Void
    ) async throws {
        var open = ["/"]
        seen.remove("/")
        while let path = open.popLast() {
            let shape = Self.shape(path)
            guard seen.insert(shape).inserted else { continue }
            try await browser.go(site + path)
            let isThere = try await browser.url() == site + path
            #expect(isThere, "\(path) leads elsewhere")
            guard isThere else { continue }
            try await body(shape)
            open += try await links().filter { !seen.contains(Self.shape($0)) }
        }
    }

    /// Those of pages, without what is to be saved and without the choice of language.
    private func links() async throws -> [String] {
        let script = "[...document.querySelectorAll('a[href]')].map(link => link.href)"
        let found = try await browser.value(script) as? [String] ?? []
        return found.compactMap { link in
            guard link.hasPrefix(site + "/"), !link.contains("lang=") else { return nil }
            let path = String(link.dropFirst(site.count).prefix { $0 != "#" })
            let plain = path.prefix { $0 != "?" }
            let isFile = ["/statement", "/bytes", "/template", ".csv", ".jsonl"].contains {
                plain.hasSuffix($0)
            }
            let isForPrograms = ["/v1/", "/log/", "/assets/"].contains { plain.hasPrefix($0) }
            return isFile || isForPrograms || plain.last == "." ? nil : path
        }
    }

    /// `/households/*?id` for a path with ids and a query with values; the cycle tells pages apart
    /// no more than an id does.
    private static func shape(_ path: String) -> String {
        let sides = path.split(separator: "?", maxSplits: 1)
        let parts = (sides.first ?? "").split(separator: "/").map { part in
            part.contains { $0.isNumber } ? "*" : String(part)
        }
        let names = (sides.count > 1 ? sides[1] : "").split(separator: "&").map { pair in
            String(pair.prefix { $0 != "=" })
        }
        let query = Set(names).subtracting(["cycle"]).sorted().joined(separator: "&")
        return "/" + parts.joined(separator: "/") + (query.isEmpty ? "" : "?" + query)
    }
}

extension ServedProvince {
    /// With something on every page: households in each state, an objection, people in each role.
    static func startWithAll() async throws -> ServedProvince {
        var kinds: [Command.OneOf_Kind] = []
        var registration = RegisterPerson()
        registration.person = "super-1"
        registration.identity.firstName = "Secretname-super-1"
        registration.synthetic = true
        kinds.append(.registerPerson(registration))
        for (person, role, area) in [
            ("super-1", "supervisor", "99"), ("recorder-1", "recorder", "9901"),
        ] {
            var user = UserRegistration()
            (user.cycle, user.person, user.role, user.area) = ("2561", person, role, area)
            kinds.append(.registerUser(user))
        }
        var objection = Objection()
        (objection.objection, objection.cycle, objection.area) = ("o-1", "2561", "99010102")
        (objection.raisedBy, objection.text) = (.communityLeader, "counted twice")
        objection.indicator = 8
        kinds.append(.raiseObjection(objection))
        return try await start(
            kinds.map { Sample.command($0) } + [
                Sample.record("99010102-0001", place: 1), Sample.record("99010102-0002", place: 1),
                Sample.correct("99010102-0001", failing: 1),
                Sample.notCollected("99010102-0003", place: 1), Sample.withdraw("99010102-0002"),
            ]
        )
    }

    /// A browser in which this person has just signed in.
    func signedIn(
        _ person: String,
        _ screen: Browser.Screen,
        language: String
    ) async throws -> Browser {
        let browser = try await Browser.open(screen, language: language)
        try await `Passkeys in a browser`.enrol(browser, try link(person), site: site)
        try await `Passkeys in a browser`.signIn(browser, site: site)
        return browser
    }
}
