import Console
import Foundation
import LedgerTestSupport
import Service
import Survey
import SwiftProtobuf
import Testing

/// The document's schemas of commands, against what the encoder writes and the decoder takes.
@Suite struct `Schemas of commands` {
    private typealias Object = [String: Any]

    private let schemas: [String: Object]

    init() throws {
        let document = try Reply.object(OpenAPI.document.text)
        let components = try #require(document["components"] as? Object)
        schemas = try #require(components["schemas"] as? [String: Object])
    }

    /// Where a value differs from its schema; as much of JSON Schema as the schemas use.
    private func problems(_ value: Any, _ schema: Object, _ path: String) -> [String] {
        if let reference = schema["$ref"] as? String {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            guard let found = schemas[name] else { return ["\(path): \(name) is nowhere"] }
            return problems(value, found, path)
        }
        if let choices = schema["oneOf"] as? [Object] {
            let fitting = choices.filter { problems(value, $0, path).isEmpty }
            return fitting.count == 1 ? [] : ["\(path): \(fitting.count) of the alternatives fit"]
        }
        switch schema["type"] as? String {
        case "object":
            guard let object = value as? Object else { return ["\(path) is no object"] }
            guard let properties = schema["properties"] as? [String: Object] else { return [] }
            let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
            return missing.map { "\(path).\($0) is missing" }
                + object.flatMap { name, value in
                    properties[name].map { problems(value, $0, "\(path).\(name)") }
                        ?? ["\(path).\(name) is unknown"]
                }
        case "array":
            guard let array = value as? [Any], let items = schema["items"] as? Object else {
                return ["\(path) is no array"]
            }
            return array.flatMap { problems($0, items, path + "[]") }
        case "string":
            guard let text = value as? String else { return ["\(path) is no string"] }
            guard let words = schema["enum"] as? [String] else { return [] }
            return words.contains(text) ? [] : ["\(path): \(text) is none of the words"]
        case "integer", "number", "boolean":
            return value is NSNumber ? [] : ["\(path) is no number"]
        default: return ["\(path): its schema says nothing"]
        }
    }

    private func problems(_ command: Command) throws -> [String] {
        let schema = try #require(schemas["Command"])
        return problems(try Reply.object(command.jsonString()), schema, "")
    }

    @Test func `every command that is sent fits them`() throws {
        let commands =
            Sample.setup + [
                Sample.record("99010101-0001"), Sample.notCollected("99010101-0002"),
                Sample.withdraw("99010101-0001"), Sample.erase("99010101-0001"),
                Sample.correct("99010101-0001", failing: 1),
                Sample.record("99010101-0003", answers: Sample.answers()),
                Sample.record("99010101-0004", expectedVersion: 0),
            ]
        for command in commands { #expect(try problems(command) == []) }
        // What no decoder takes fits none of them.
        for wrong in [
            #"{"defineArea":{},"recordHousehold":{}}"#, #"{"defineArea":{"nonsense":1}}"#, "{}",
            #"{"issueOrder":{"kind":"nonsense"}}"#, #"{"id":1,"defineArea":{}}"#,
        ] {
            let schema = try #require(schemas["Command"])
            #expect(!problems(try Reply.object(wrong), schema, "").isEmpty, "\(wrong)")
            // Nothing at all is decoded, and refused by the rules.
            guard wrong != "{}" else { continue }
            #expect(throws: (any Error).self) { try Command(jsonString: wrong) }
        }
    }

    @Test func `they name all that can be commanded, as the decoder spells it`() throws {
        let command = try #require(schemas["Command"])
        let choices = try #require(command["oneOf"] as? [Object])
        #expect(choices.count > 60)
        for choice in choices {
            let name = try #require((choice["required"] as? [String])?.first)
            let decoded = try Command(jsonString: #"{"\#(name)":{}}"#)
            #expect(decoded.kind != nil, "\(name)")
            #expect(try decoded.jsonString().contains("\"\(name)\""), "\(name)")
        }
        #expect(Set(choices.compactMap { $0["title"] as? String }).count == choices.count)
    }
}
