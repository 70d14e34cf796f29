import Access
import Console
import HTTPTypes
import Hummingbird
import NIOCore
import Survey

/// A request that was read and let in.
package struct Call: Sendable {
    let requestID: String
    let headers: HTTPFields
    let isHead: Bool
    let parameters: [String: String]
    let body: [UInt8]
    /// What the body says where it is a form with files; nil where it is none.
    let form: MultipartForm?
    let language: Language
    /// Nil where anybody may ask.
    let principal: Principal?
    let route: Route
    let segments: [String]
    let query: [String: String]
    /// The name that the client called the service by.
    let authority: String?
    /// Where the client is.
    let address: String
    /// The browser's session, where it is that what let it in.
    let session: Session?
    /// What its cookie says, whether or not that opens anything.
    let secret: Secret?
    /// What it came by, for an answer that goes on for long.
    var connection: (any Channel)?

    func number(_ name: String) -> UInt64? { parameters[name].flatMap { UInt64($0) } }

    func header(_ name: String) -> String? {
        headers.first { $0.name.canonicalName == name }?.value
    }

    /// Whether the caller has this already: one of a list of tags, weak or not, or any.
    func has(_ tag: String) -> Bool {
        guard let match = header("if-none-match") else { return false }
        return match.split(separator: ",").map(\.trimmingSpaces).contains { known in
            known == "*" || known == tag || (known.hasPrefix("W/") && known.dropFirst(2) == tag)
        }
    }

    /// Which of these types the caller likes best; the first where all are alike.
    func accepted(of types: [String]) throws(Problem) -> String {
        guard let accept = header("accept") else { return types[0] }
        var best: (type: String, quality: Double)?
        for type in types {
            let quality = Self.quality(of: type, in: accept)
            if quality > best?.quality ?? 0 { best = (type, quality) }
        }
        guard let best else { throw Problem(.notAcceptable) }
        return best.type
    }

    /// Whether the caller says that he takes this type, and not only any.
    func names(_ type: String) -> Bool {
        (header("accept") ?? "").split(separator: ",").contains { range in
            let parts = range.split(separator: ";").map { $0.trimmingSpaces.lowercased() }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            return parts.first == type && weight.flatMap { Double($0.dropFirst(2)) } != 0
        }
    }

    private static func quality(of type: String, in accept: String) -> Double {
        let family = type.prefix { $0 != "/" } + "/*"
        var found: (specificity: Int, quality: Double) = (0, 0)
        for range in accept.split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.trimmingSpaces.lowercased() }
            guard let name = parts.first else { continue }
            let specificity = name == type ? 3 : name == family ? 2 : name == "*/*" ? 1 : 0
            guard specificity > found.specificity else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            found = (specificity, weight.flatMap { Double($0.dropFirst(2)) } ?? 1)
        }
        return found.quality
    }

    /// Thai unless English is liked better.
    static func language(_ header: String?) -> Language {
        var best: (language: Language, quality: Double) = (.thai, 0)
        for range in (header ?? "").split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.trimmingSpaces.lowercased() }
            guard let tag = parts.first?.prefix(2),
                let language = Language(rawValue: String(tag))
            else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            let quality = weight.flatMap { Double($0.dropFirst(2)) } ?? 1
            if quality > best.quality { best = (language, quality) }
        }
        return best.language
    }
}

extension Substring {
    var trimmingSpaces: Substring {
        var text = self
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}

extension HTTPField.Name {
    /// A name that is one, as those written in this code are.
    static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("\(name) is the name of a header")
        }
        return name
    }
}

extension Response {
    static func json(
        _ json: JSON,
        status: Int = 200,
        headers: HTTPFields = [:],
        cacheControl: String = "no-store"
    ) -> Response {
        var bytes: [UInt8] = []
        json.append(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return .bytes(
            bytes,
            "application/json",
            status: status,
            headers: headers,
            cacheControl: cacheControl
        )
    }

    static func bytes(
        _ bytes: [UInt8],
        _ contentType: String,
        status: Int = 200,
        headers: HTTPFields = [:],
        cacheControl: String = "no-store"
    ) -> Response {
        var headers = headers
        headers[.contentType] = contentType
        headers[.cacheControl] = cacheControl
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
