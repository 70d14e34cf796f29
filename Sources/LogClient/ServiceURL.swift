/// The address of a service: http or https, nothing else.
package struct ServiceURL: Sendable, Hashable, CustomStringConvertible {
    /// As it was given, without slashes at its end.
    package let text: String

    /// Scheme, host and port: all of it that is shown to people.
    package let service: String

    /// Whether others on the way can read and hinder what is sent: plain http to another machine.
    package let isExposed: Bool

    package init(_ text: String) throws(LogClientError) {
        let invalid = LogClientError(.urlInvalid, "", text.debugDescription)
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { throw invalid }
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, ["http", "https"].contains(parts[0]) else { throw invalid }
        let authority = parts[1].prefix { !"/?#".contains($0) }
        // A name and password would end up in messages; a query has no place before a path.
        guard !authority.contains("@"), !text.contains("?"), !text.contains("#") else {
            throw invalid
        }
        let host = Self.host(of: authority)
        guard !host.isEmpty else { throw invalid }
        service = "\(parts[0])://\(authority)"
        isExposed = parts[0] == "http" && !Self.isLoopback(host)
        var address = text[...]
        while address.last == "/" { address.removeLast() }
        self.text = String(address)
    }

    package var description: String { text }

    /// Whether a host is this machine, by its spelling.
    package static func isLoopback(_ host: some StringProtocol) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }

    private static func host(of authority: Substring) -> Substring {
        guard authority.first == "[" else { return authority.prefix { $0 != ":" } }
        return authority.dropFirst().prefix { $0 != "]" }
    }
}
