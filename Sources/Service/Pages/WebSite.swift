import HTTPTypes
import Hummingbird
import Synchronization
package import WebAuthn

/// Where browsers find the pages; empty values follow from where the service listens.
package struct WebSettings: Sendable {
    /// What passkeys are bound to; "" takes the host of the first origin.
    package var relyingPartyID = ""
    /// Such as `https://bmn.example.th`; none takes `http://localhost:PORT`.
    package var origins: [String] = []

    package init(relyingPartyID: String = "", origins: [String] = []) {
        self.relyingPartyID = relyingPartyID
        self.origins = origins
    }

    /// The site of these settings for a service that listens there.
    package func party(port: Int, isTLS: Bool) -> RelyingParty {
        guard let first = origins.first else {
            let isUsual = port == (isTLS ? 443 : 80)
            let origin = "\(isTLS ? "https" : "http")://localhost\(isUsual ? "" : ":\(port)")"
            return RelyingParty(id: relyingPartyID.nonEmpty ?? "localhost", origins: [origin])
        }
        return RelyingParty(id: relyingPartyID.nonEmpty ?? Self.host(of: first), origins: origins)
    }

    private static func host(of origin: String) -> String {
        let authority = origin.split(separator: "/").last ?? ""
        return String(authority.split(separator: ":").first ?? "")
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

/// The site that browsers see, once it is known where the service listens.
final class WebSite: Sendable {
    private let settings: WebSettings
    private let known = Mutex<RelyingParty?>(nil)

    init(_ settings: WebSettings) { self.settings = settings }

    func listens(port: Int, isTLS: Bool) {
        let party = settings.party(port: port, isTLS: isTLS)
        known.withLock { $0 = party }
    }

    /// Without origins, which no request comes from, until the service listens.
    var party: RelyingParty { known.withLock { $0 } ?? RelyingParty(id: "localhost", origins: []) }

    /// Whether nobody reaches it without TLS.
    private var isSecure: Bool { party.origins.allSatisfy { $0.hasPrefix("https://") } }

    /// With its prefix browsers take the cookie from this host alone, and over TLS alone; on plain
    /// HTTP, which is for this machine, they would take none.
    var cookieName: String { isSecure ? "__Host-bmn" : "bmn" }

    /// The session's cookie; nil ends it.
    func sessionCookie(_ secret: String?) -> String {
        cookie(cookieName, secret ?? "", "SameSite=Strict" + (secret == nil ? "; Max-Age=0" : ""))
    }

    func languageCookie(_ language: String) -> String {
        cookie(Self.languageCookieName, language, "SameSite=Lax; Max-Age=31536000")
    }

    static let languageCookieName = "bmn-lang"

    private func cookie(_ name: String, _ value: String, _ more: String) -> String {
        "\(name)=\(value); Path=/; HttpOnly; \(more)" + (isSecure ? "; Secure" : "")
    }

    /// Refuses what another site's page could have sent.
    ///
    /// A form without a referrer has the origin `null`; then the browser's own word counts, which
    /// no page can write.
    func requireOwnPage(_ headers: HTTPFields) throws(Problem) {
        let site = headers[.known("Sec-Fetch-Site")]
        let origin = headers[.origin]
        let isListed =
            if let origin, origin != "null" {
                party.origins.contains(origin)
            } else {
                site == "same-origin"
            }
        guard isListed, site ?? "same-origin" == "same-origin" else {
            throw Problem(.requestForged)
        }
    }

    /// Where a browser on this machine should be instead: passkeys know names, and no addresses.
    func betterPlace(than authority: String?, path: String) -> String? {
        guard let authority, authority.hasPrefix("127.") || authority.hasPrefix("[::1]"),
            let origin = party.origins.first, party.id == "localhost"
        else { return nil }
        return origin + path
    }

    /// What browsers are told of every answer.
    func protect(_ headers: inout HTTPFields) {
        headers[.contentSecurityPolicy] = """
            default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
            connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'
            """
        headers[.known("Referrer-Policy")] = "no-referrer"
        headers[.known("Cross-Origin-Opener-Policy")] = "same-origin"
        if isSecure, !party.origins.isEmpty {
            headers[.strictTransportSecurity] = "max-age=31536000"
        }
    }
}

/// The cookies of a request; one that comes twice is none, since either may be a stranger's.
struct Cookies {
    private var values: [String: String] = [:]

    init(_ headers: HTTPFields) {
        var repeated: Set<String> = []
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let sides = pair.trimmingSpaces.split(
                    separator: "=",
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                guard sides.count == 2 else { continue }
                let name = String(sides[0])
                if values.updateValue(String(sides[1]), forKey: name) != nil {
                    repeated.insert(name)
                }
            }
        }
        for name in repeated { values[name] = nil }
    }

    subscript(name: String) -> String? { values[name] }
}
