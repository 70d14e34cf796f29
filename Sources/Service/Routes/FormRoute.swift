import Access
import HTTPTypes
import Hummingbird

extension Route {
    /// A page, or what a form of one sends.
    static func ofPages(
        _ method: HTTPRequest.Method,
        _ template: String,
        _ id: String,
        _ summary: String,
        _ action: Action?,
        _ handler: @escaping @Sendable (Call, ServiceCore) async throws -> Response
    ) -> Route {
        Route(
            method: method,
            template: template,
            id: id,
            summary: summary,
            entry: .session(action),
            body: method == .post
                ? Body(
                    contentTypes: ["application/x-www-form-urlencoded"],
                    byteCountMax: \.passkeyByteCountMax
                ) : nil,
            answers: [],
            isPage: true,
            takesAnyQuery: method == .get,
            handler: handler
        )
    }
}

extension Call {
    /// A field of the form that was sent; nil where it has none, or nothing in it.
    func field(_ name: String) -> String? {
        // Forms write a space as a plus sign, addresses do not.
        guard let text = String(validating: body, as: UTF8.self),
            let form = try? RequestTarget("/?" + text.replacing("+", with: "%20")),
            let value = form.query.first(where: { $0.name == name })?.value, !value.isEmpty
        else { return nil }
        return value
    }
}
