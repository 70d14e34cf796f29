import HTTPTypes

/// All that the service answers.
package enum RouteTable {
    package static let all: [Route] = api + PageRoutes.all

    /// What the document lists.
    package static let api: [Route] =
        HealthRoutes.all + CommandRoutes.all + RecordRoutes.all + LogRoutes.all
        + ModelRoutes.all + EvidenceRoutes.all + DocumentRoutes.all + ListRoutes.all
        + AccessRoutes.all + [LinkRoute.route, AuditRoutes.api, AdminRoutes.api, documentRoute]

    private static let documentRoute = Route(
        method: .get,
        template: "/openapi.json",
        id: "readDocument",
        summary: "This document.",
        entry: .anybody,
        answers: [Answer(200, "application/json", .row)],
        handler: { _, _ in .json(OpenAPI.document, cacheControl: "no-cache") }
    )

    enum Match {
        case route(Route, parameters: [String: String])
        /// The path is known, and these methods are.
        case otherMethods([HTTPRequest.Method])
        case nothing
    }

    /// `segments` are decoded; HEAD is answered as GET is.
    static func match(_ method: HTTPRequest.Method, _ segments: [String]) -> Match {
        let asked = method == .head ? HTTPRequest.Method.get : method
        // "/" has one segment, which is empty.
        let segments = segments == [""] ? [] : segments
        var methods: [HTTPRequest.Method] = []
        for route in all where route.id != PageRoutes.others.id {
            guard let parameters = parameters(of: route, segments) else { continue }
            if route.method == asked { return .route(route, parameters: parameters) }
            methods.append(route.method)
        }
        guard methods.isEmpty else { return .otherMethods(methods) }
        // Whatever a program may have misspelt is no page.
        guard let first = segments.first, !reserved.contains(first), !segments.contains("") else {
            return .nothing
        }
        return asked == .get ? .route(PageRoutes.others, parameters: [:]) : .otherMethods([.get])
    }

    private static let reserved = Set(api.compactMap { $0.segments.first.map(String.init) })

    private static func parameters(of route: Route, _ segments: [String]) -> [String: String]? {
        let pattern = route.segments
        var parameters: [String: String] = [:]
        for (offset, part) in pattern.enumerated() {
            guard offset < segments.count, !segments[offset].isEmpty else { return nil }
            guard part.hasPrefix("{") else {
                guard segments[offset] == part else { return nil }
                continue
            }
            let name = part.dropFirst().dropLast()
            if name.hasSuffix("...") {
                parameters[String(name.dropLast(3))] =
                    segments[offset...].joined(separator: "/")
                return parameters
            }
            parameters[String(name)] = segments[offset]
        }
        return pattern.count == segments.count ? parameters : nil
    }
}
