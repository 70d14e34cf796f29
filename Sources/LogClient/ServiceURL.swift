import NIOCore

/// The address of a service: http or https, nothing else.
///
///     http[s]://HOST[:PORT][/PATH]
///
/// HOST is of letters, digits, `.` and `-`, or an IPv6 address in brackets. What passes here can be
/// asked: an address with a slip in it is told before anything was signed for its sake.
package struct ServiceURL: Sendable, Hashable, CustomStringConvertible {
    /// As it was given, without slashes at its end.
    package let text: String

    /// Scheme, host and port: all of it that is shown to people.
    package let service: String

    /// Whether others on the way can read and hinder what is sent: plain http to another machine.
    package let isExposed: Bool

    package init(_ text: String) throws(LogClientError) {
        let invalid = LogClientError(.urlInvalid, "", text.debugDescription)
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, ["http", "https"].contains(parts[0]) else { throw invalid }
        // A name and password would end up in messages; a query has no place before a path.
        let authority = parts[1].prefix { $0 != "/" }
        let path = parts[1].dropFirst(authority.count)
        guard let host = Self.host(of: authority), Self.isPath(path) else { throw invalid }
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

    /// The host of a well-formed HOST[:PORT]; nil where it is none.
    private static func host(of authority: Substring) -> Substring? {
        let host: Substring
        let rest: Substring
        if authority.first == "[" {
            host = authority.dropFirst().prefix { $0 != "]" }
            rest = authority.dropFirst(host.count + 2)
            let address = try? SocketAddress(ipAddress: String(host), port: 0)
            guard authority.dropFirst(host.count + 1).first == "]", address?.protocol == .inet6
            else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority.dropFirst(host.count)
            let isName = host.utf8.allSatisfy { isAlphanumeric($0) || ".-".utf8.contains($0) }
            guard isName, !host.isEmpty else { return nil }
        }
        guard let colon = rest.first else { return host }
        let digits = rest.dropFirst()
        guard
            colon == ":",
            digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let port = UInt16(digits), port > 0
        else { return nil }
        return host
    }

    /// Whether a text is of the characters of a path (RFC 3986 §3.3).
    private static func isPath(_ text: Substring) -> Bool {
        var bytes = text.utf8[...]
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard bytes.count >= 2, bytes.prefix(2).allSatisfy(isHexDigit) else { return false }
                bytes = bytes.dropFirst(2)
            } else {
                guard isAlphanumeric(byte) || "/-._~!$&'()*+,;=:@".utf8.contains(byte) else {
                    return false
                }
            }
        }
        return true
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || isHexDigit(byte))
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        byte < 0x80 && Character(Unicode.Scalar(byte)).isHexDigit
    }
}
