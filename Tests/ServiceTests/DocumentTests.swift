import AsyncHTTPClient
import Foundation
import HTTPTypes
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import Service
import Survey
import Testing

@Suite(.serialized) struct `The OpenAPI document` {
    private typealias Object = [String: Any]

    /// Good values for what routes take in their paths and queries.
    private static let values = [
        "index": "0", "path": "0/000.p/1", "id": "99010101-0001", "code": "99", "from": "0",
        "limit": "2", "stream": "area/99", "kind": "areaDefined", "size": "1", "before": "9",
        "cycle": "2561", "as-of": "2018-02-01", "area": "99", "by": "district",
        "wait": "checkpoint", "atomic": "false", "on": "2018-02-01",
        "after": "1-0123456789abcdef", "level": "village",
        "sha256": String(repeating: "0", count: 64),
    ]

    @Test func `it names each route with its parameters, entry and answers`() async throws {
        try await RunningService.run { service in
            let document = try await service.ask(.GET, "/openapi.json", as: nil).object()
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = try #require(document["paths"] as? Object)
            var count = 0
            for (path, operations) in paths {
                for (method, operation) in try #require(operations as? [String: Object]) {
                    count += 1
                    let route = try #require(
                        RouteTable.api.first {
                            $0.template.replacing("...}", with: "}") == path
                                && $0.method.rawValue.lowercased() == method
                        },
                        "\(method) \(path)"
                    )
                    #expect(operation["operationId"] as? String == route.id)
                    let named = (operation["parameters"] as? [Object] ?? []).compactMap {
                        $0["name"] as? String
                    }
                    #expect(named == route.parameters.map(\.name))
                    let braced = path.split(separator: "/").filter { $0.hasPrefix("{") }
                        .map { String($0.dropFirst().dropLast()) }
                    let inPath = route.parameters.filter { $0.location == .path }.map(\.name)
                    #expect(inPath == braced, "\(path)")
                    #expect((operation["security"] as? [Any])?.isEmpty == (route.entry == .anybody))
                    let responses = try #require(operation["responses"] as? [String: Object])
                    #expect(route.answers.allSatisfy { responses["\($0.status)"] != nil })
                }
            }
            #expect(count == RouteTable.api.count)
            #expect(Set(RouteTable.api.map(\.id)).count == count)
            // What a program may ask next, and what good values look like.
            let post = try #require((paths["/v1/commands"] as? [String: Object])?["post"])
            let created = (post["responses"] as? [String: Object])?["201"]
            let link = (created?["links"] as? [String: Object])?["record"]
            #expect(link?["operationId"] as? String == "readRecord")
            #expect((post["responses"] as? Object)?["408"] == nil)
            for route in RouteTable.api {
                for parameter in route.parameters where Self.values[parameter.name] != nil {
                    guard case .text = parameter.kind, parameter.location == .query else {
                        continue
                    }
                    let key = route.template.replacing("...}", with: "}")
                    let operation = (paths[key] as? [String: Object])?["get"]
                    let told = (operation?["parameters"] as? [Object])?.first {
                        $0["name"] as? String == parameter.name
                    }
                    let pattern = (told?["schema"] as? Object)?["pattern"] as? String
                    let value = try #require(Self.values[parameter.name])
                    let regex = try Regex(try #require(pattern))
                    #expect(value.wholeMatch(of: regex) != nil, "\(parameter.name)")
                }
            }
            // Every reference leads somewhere.
            let components = try #require(document["components"] as? Object)
            let schemas = try #require(components["schemas"] as? Object)
            let text = try await service.ask(.GET, "/openapi.json", as: nil).text
            for part in text.components(separatedBy: "#/components/schemas/").dropFirst() {
                let name = String(part.prefix { $0 != "\"" })
                #expect(schemas[name] != nil, "\(name)")
            }
        }
    }

    @Test func `every route answers as it is written there`() async throws {
        try await RunningService.run { service in
            _ = try await service.submit(Sample.record("99010101-0001"), "?wait=checkpoint")
            let document = try await service.ask(.GET, "/openapi.json", as: nil).object()
            let paths = try #require(document["paths"] as? [String: [String: Object]])
            for route in RouteTable.api {
                let key = route.template.replacing("...}", with: "}")
                let operation = paths[key]?[route.method.rawValue.lowercased()]
                let responses = try #require(operation?["responses"] as? [String: Object])
                for (path, person) in questions(route) {
                    let request = service.request(
                        HTTPMethod(rawValue: route.method.rawValue),
                        path,
                        as: person,
                        body: route.body == nil ? nil : "{}"
                    )
                    let response = try await HTTPClient.shared.execute(
                        request,
                        timeout: .seconds(30)
                    )
                    let answer = responses["\(response.status.code)"]
                    #expect(answer != nil, "\(path) as \(person ?? "-"): \(response.status)")
                    #expect(response.status.code < 500, "\(path)")
                    let type = response.headers.first(name: "Content-Type") ?? ""
                    let content = answer?["content"] as? Object ?? [:]
                    let isTyped = content.keys.contains { type.hasPrefix($0) } || content.isEmpty
                    #expect(isTyped, "\(path): \(type)")
                    let isRefused = person == nil && route.entry != .anybody
                    #expect(isRefused == (response.status.code == 401), "\(path)")
                }
            }
        }
    }

    /// As an auditor and as nobody; with each parameter good, each one bad, and one unknown.
    private func questions(_ route: Route) -> [(String, String?)] {
        var path = route.template.replacing("...}", with: "}")
        for parameter in route.parameters where parameter.location == .path {
            path = path.replacing("{\(parameter.name)}", with: Self.values[parameter.name] ?? "?")
        }
        let query = route.parameters.filter { $0.location == .query }
        var paths = [path, path + "?nonsense=1"]
        for parameter in query {
            paths.append("\(path)?\(parameter.name)=\(Self.values[parameter.name] ?? "?")")
            paths.append("\(path)?\(parameter.name)=")
        }
        return paths.map { ($0, "auditor-1") } + [(path, nil)]
    }
}
