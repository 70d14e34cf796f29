/// The site that passkeys are made for: its id, which each of them is bound to, and the origins of
/// its pages.
package struct RelyingParty: Sendable, Hashable {
    /// `localhost`, or a domain: `bmn.example.th`.
    package let id: String

    /// As browsers write them: `https://bmn.example.th`, `https://bmn.example.th:8443`.
    package let origins: [String]

    /// Names a relying party.
    package init(id: String, origins: [String]) {
        self.id = id
        self.origins = origins
    }

    /// Whether its pages may be there: listed, and of its id.
    package func allows(origin: String) -> Bool {
        origins.contains(origin) && Self.isOrigin(origin, of: id)
    }
}

extension RelyingParty {
    /// Whether a browser would let a page of this origin ask for passkeys of this id: HTTPS (HTTP
    /// for `localhost` alone), and a host that is the id or lies below it.
    package static func isOrigin(_ origin: String, of id: String) -> Bool {
        guard isID(id) else { return false }
        var rest = Substring(origin)
        if rest.hasPrefix("https://") {
            rest = rest.dropFirst("https://".count)
        } else if id == localhost, rest.hasPrefix("http://") {
            rest = rest.dropFirst("http://".count)
        } else {
            return false
        }
        var host = rest
        if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")) {
            host = rest[..<colon]
            let port = rest[rest.utf8.index(after: colon)...]
            guard isPort(port) else { return false }
        }
        return isHost(host) && (host == id || host.hasSuffix(".\(id)"))
    }

    /// Whether it can be the id of a relying party: `localhost`, or a domain of two labels or more
    /// in lower-case ASCII (others as `xn--…`), and no address in numbers.
    package static func isID(_ id: String) -> Bool {
        id == localhost || isHost(Substring(id)) && id.utf8.contains(UInt8(ascii: "."))
    }

    private static let localhost = "localhost"

    // RFC 1035 §2.3.4.
    private static let hostByteCounts = 1...253
    private static let labelByteCounts = 1...63

    private static func isHost(_ host: Substring) -> Bool {
        guard hostByteCounts.contains(host.utf8.count) else { return false }
        let labels = host.utf8.split(
            separator: UInt8(ascii: "."),
            omittingEmptySubsequences: false
        )
        let hyphen = UInt8(ascii: "-")
        let areLabels = labels.allSatisfy { label in
            labelByteCounts.contains(label.count) && label.first != hyphen && label.last != hyphen
                && label.allSatisfy { isLowerCaseLetter($0) || isDigit($0) || $0 == hyphen }
        }
        // A last label of digits alone is an IPv4 address (WHATWG URL, "ends in a number").
        return areLabels && labels.last.map { !$0.allSatisfy(isDigit) } == true
    }

    /// As browsers write it: 1 to 65535, without zeros before it.
    private static func isPort(_ port: Substring) -> Bool {
        port.utf8.allSatisfy(isDigit) && port.utf8.first != UInt8(ascii: "0")
            && UInt16(port) != nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLowerCaseLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}
