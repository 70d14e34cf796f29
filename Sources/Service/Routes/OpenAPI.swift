import Access
package import Console
import HTTPTypes

/// The OpenAPI 3.1 document, made of the table that also answers.
package enum OpenAPI {
    package static let document: JSON = [
        "openapi": "3.1.0",
        "info": [
            "title": "bmn-ledger",
            "version": .string(Program.version),
            "description": """
            The ledger of Basic Minimum Needs (BMN) surveys: commands in, records, proofs and read \
            models out. Errors are RFC 9457 with the codes of the command line.
            """,
        ],
        "paths": .object(paths),
        "components": [
            "schemas": .object(
                Schema.components.map { ($0.0, $0.1.json) } + CommandSchema.components
            ),
            "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
        ],
    ]

    private static var paths: [(String, JSON)] {
        var order: [String] = []
        var operations: [String: [(String, JSON)]] = [:]
        for route in RouteTable.api {
            let path = route.template.replacing("...}", with: "}")
            if operations[path] == nil { order.append(path) }
            operations[path, default: []].append(
                (route.method.rawValue.lowercased(), operation(route))
            )
        }
        return order.map { ($0, .object(operations[$0] ?? [])) }
    }

    private static func operation(_ route: Route) -> JSON {
        var members: [(String, JSON)] = [
            ("operationId", .string(route.id)), ("summary", .string(route.summary)),
        ]
        switch route.entry {
        case .anybody: members.append(("security", []))
        case .allowed(let action):
            members.append(("security", [["token": []]]))
            members.append(("x-action", .string(action.rawValue)))
            members.append(("x-scope", .string(action.scope.rawValue)))
        case .signedIn(let scope):
            members.append(("security", [["token": []]]))
            members.append(("x-scope", .string(scope.rawValue)))
        // Pages, which are not in this document.
        case .session: break
        }
        if !route.parameters.isEmpty {
            members.append(("parameters", .array(route.parameters.map(json))))
        }
        if let body = route.body {
            let content = body.contentTypes.map { type -> (String, JSON) in
                let schema: Schema = type == "application/json" ? body.schema : .opaque
                return (type, ["schema": schema.json])
            }
            members.append(
                ("requestBody", ["required": true, "content": .object(content)])
            )
        }
        members.append(("responses", .object(responses(route))))
        return .object(members)
    }

    private static func json(_ parameter: Parameter) -> JSON {
        let schema: JSON =
            switch parameter.kind {
            case .integer(let range):
                [
                    "type": "integer", "minimum": .unsigned(range.lowerBound),
                    "maximum": .unsigned(range.upperBound),
                ]
            case .text(let byteCountMax, let pattern):
                [
                    "type": "string", "minLength": 1, "maxLength": .number(byteCountMax),
                    "pattern": .string(pattern ?? Self.pattern(parameter.location)),
                ]
            case .choice(let choices):
                ["type": "string", "enum": .array(choices.map { .string($0) })]
            }
        return [
            "name": .string(parameter.name),
            "in": .string(parameter.location.rawValue),
            "required": .bool(parameter.isRequired),
            "description": .string(parameter.summary),
            "schema": schema,
        ]
    }

    /// ASCII without controls; in a path neither slashes nor dots that lead elsewhere.
    private static func pattern(_ location: Parameter.Location) -> String {
        location == .path ? "^[!-\\-0-~][!-.0-~]*$" : "^[!-~]+$"
    }

    /// What can be asked next, with what the answer told.
    private static func links(_ route: Route, _ status: Int) -> JSON? {
        guard route.id == "submitCommands", status == 201 else { return nil }
        let parameters: JSON = ["index": "$response.body#/index"]
        return [
            "record": ["operationId": "readRecord", "parameters": parameters],
            "proof": ["operationId": "readProof", "parameters": parameters],
        ]
    }

    private static func responses(_ route: Route) -> [(String, JSON)] {
        var contents: [Int: [(String, JSON)]] = [:]
        var descriptions: [Int: [String]] = [:]
        for answer in route.answers {
            descriptions[answer.status] = ["as asked for"]
            guard !answer.contentType.isEmpty else { continue }
            contents[answer.status, default: []].append(
                (answer.contentType, ["schema": answer.schema.json])
            )
        }
        for (status, codes) in problems(route) {
            descriptions[status, default: []] += codes
            contents[status, default: []].append(
                ("application/problem+json", ["schema": Schema.named("Problem").json])
            )
        }
        return descriptions.sorted { $0.key < $1.key }.map { status, words in
            var members: [(String, JSON)] = [
                ("description", .string(words.joined(separator: ", ")))
            ]
            if let content = contents[status] { members.append(("content", .object(content))) }
            if let links = links(route, status) { members.append(("links", links)) }
            return ("\(status)", .object(members))
        }
    }

    /// The codes by status; with the route's own, those that come before any handler.
    static func problems(_ route: Route) -> [(Int, [String])] {
        var codes: [ProblemCode] = [
            .internalError, .busy, .stopping, .pathMalformed, .parameterUnknown, .bodyMalformed,
            .bodyTooLarge, .peerNotTrusted,
        ]
        codes += route.problems
        if !route.parameters.isEmpty {
            codes += [.parameterMalformed, .parameterMissing, .headerMalformed]
        }
        if route.isPrivileged || route.id == "listRecords" { codes.append(.accessLogFailed) }
        if route.entry != .anybody {
            codes += [.tokenMissing, .tokenInvalid, .signInsTooMany, .scopeMissing, .roleMissing]
            codes += [.sessionInvalid, .readModelsBehind]
            if route.method != .get { codes.append(.requestForged) }
        }
        if route.body != nil {
            codes.append(.contentTypeUnsupported)
        }
        var byStatus: [Int: Set<String>] = [:]
        for code in codes { byStatus[code.status, default: []].insert(code.rawValue) }
        for (status, code) in route.ledgerProblems {
            byStatus[status, default: []].insert(code)
        }
        return byStatus.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }
}
