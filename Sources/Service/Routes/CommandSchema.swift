import Console
import Cryptography
import SwiftProtobuf

/// What JSON a command is, made of the descriptor of survey.proto: what the decoder understands and
/// what the document tells come from one file.
enum CommandSchema {
    private typealias File = Google_Protobuf_FileDescriptorProto
    private typealias Message = Google_Protobuf_DescriptorProto
    private typealias Field = Google_Protobuf_FieldDescriptorProto

    /// A command, and by their names the messages that it may hold.
    static let components: [(String, JSON)] = make()

    private static let root = ".bmn.survey.Command"
    private static let anyObject = ".google.protobuf.Struct"

    private static func make() -> [(String, JSON)] {
        guard let bytes = Base64.decode(SurveyDescriptor.base64),
            let set = try? Google_Protobuf_FileDescriptorSet(serializedBytes: bytes)
        else { preconditionFailure("Tools/generate makes a descriptor") }
        var types = Types()
        for file in set.file {
            for message in file.messageType { types.add(message, in: ".\(file.package)") }
            for kind in file.enumType { types.enums[".\(file.package).\(kind.name)"] = kind }
        }
        guard let command = types.messages[root] else {
            preconditionFailure("the schema has commands")
        }
        var found: [(String, JSON)] = [("Command", alternatives(command, types))]
        var known: Set<String> = [root, anyObject]
        var open = names(in: command)
        while let name = open.popLast() {
            guard known.insert(name).inserted, let message = types.messages[name] else { continue }
            found.append((component(name), object(message.field, types)))
            open += names(in: message)
        }
        return [found[0]] + found.dropFirst().sorted { $0.0 < $1.0 }
    }

    private struct Types {
        var messages: [String: Message] = [:]
        var enums: [String: Google_Protobuf_EnumDescriptorProto] = [:]

        mutating func add(_ message: Message, in scope: String) {
            let name = "\(scope).\(message.name)"
            messages[name] = message
            for nested in message.nestedType { add(nested, in: name) }
            for kind in message.enumType { enums["\(name).\(kind.name)"] = kind }
        }
    }

    private static func names(in message: Message) -> [String] {
        message.field.filter { $0.type == .message }.map(\.typeName)
    }

    private static func component(_ name: String) -> String {
        "Command.\(name.split(separator: ".").last ?? "")"
    }

    /// One object for each thing that can be commanded, since exactly one has to be.
    private static func alternatives(_ command: Message, _ types: Types) -> JSON {
        func isKind(_ field: Field) -> Bool { field.hasOneofIndex && !field.proto3Optional }
        let common = command.field.filter { !isKind($0) }
        let kinds = command.field.filter(isKind)
        return [
            "oneOf": .array(
                kinds.map { kind in
                    object(common + [kind], types, requiring: [kind.jsonName], title: kind.jsonName)
                }
            )
        ]
    }

    private static func object(
        _ fields: [Field],
        _ types: Types,
        requiring required: [String] = [],
        title: String = ""
    ) -> JSON {
        var members: [(String, JSON)] = [("type", "object")]
        if !title.isEmpty { members.append(("title", .string(title))) }
        if !required.isEmpty { members.append(("required", .array(required.map { .string($0) }))) }
        members.append(("properties", .object(fields.map { ($0.jsonName, schema($0, types)) })))
        // What is not understood is refused and not dropped.
        members.append(("additionalProperties", .bool(false)))
        return .object(members)
    }

    private static func schema(_ field: Field, _ types: Types) -> JSON {
        let one = value(field, types)
        return field.label == .repeated ? ["type": "array", "items": one] : one
    }

    /// The JSON mapping of protobuf (protobuf.dev, ProtoJSON).
    private static func value(_ field: Field, _ types: Types) -> JSON {
        switch field.type {
        case .bool: ["type": "boolean"]
        case .double, .float: ["type": "number"]
        case .int32, .sint32, .sfixed32:
            [
                "type": "integer", "minimum": .number(Int(Int32.min)),
                "maximum": .number(Int(Int32.max)),
            ]
        case .uint32, .fixed32:
            ["type": "integer", "minimum": 0, "maximum": .number(Int(UInt32.max))]
        case .uint64, .fixed64:
            ["type": "string", "pattern": "^(0|[1-9][0-9]{0,18})$"]
        case .int64, .sint64, .sfixed64:
            ["type": "string", "pattern": "^(0|-?[1-9][0-9]{0,17})$"]
        case .bytes: ["type": "string", "contentEncoding": "base64"]
        case .enum:
            [
                "type": "string",
                // The first says nothing, and is refused where something has to be said.
                "enum": .array(
                    types.enums[field.typeName]?.value.dropFirst().map { .string($0.name) } ?? []
                ),
            ]
        case .message:
            field.typeName == anyObject
                ? ["type": "object"]
                : ["$ref": .string("#/components/schemas/\(component(field.typeName))")]
        case .string, .group: ["type": "string"]
        }
    }
}
