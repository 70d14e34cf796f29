/// Addresses inside the service.
enum Link {
    /// Parts are what somebody named things; whatever they hold stays inside its part.
    static func to(_ path: [String], _ query: [String: String] = [:]) -> String {
        "/" + path.map(encoded).joined(separator: "/") + written(query)
    }

    /// Where one is, with some of the query otherwise; an empty value leaves it out.
    static func same(_ request: PageRequest, _ changes: [String: String]) -> String {
        to(
            request.path,
            request.query.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        )
    }

    private static func written(_ query: [String: String]) -> String {
        guard !query.isEmpty else { return "" }
        // In one order, so that equal pages are equal bytes.
        let parts = query.sorted { $0.key < $1.key }
            .map { encoded($0.key) + "=" + encoded($0.value) }
        return "?" + parts.joined(separator: "&")
    }

    /// RFC 3986 section 2.3: everything but the unreserved characters as %XX.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
