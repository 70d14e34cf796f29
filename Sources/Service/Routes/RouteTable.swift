import HTTPTypes

/// All that the service answers.
package enum RouteTable {
    package static let all: [Route] =
        HealthRoutes.all + CommandRoutes.all + RecordRoutes.all + LogRoutes.all
        + ModelRoutes.all + AccessRoutes.all + [documentRoute]

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
        var methods: [HTTPRequest.Method] = []
        for route in all {
            guard let parameters = parameters(of: route, segments) else { continue }
            if route.method == asked { return .route(route, parameters: parameters) }
            methods.append(route.method)
        }
        return methods.isEmpty ? .nothing : .otherMethods(methods)
    }

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
