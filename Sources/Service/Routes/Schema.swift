package import Console

/// The form of a JSON value, as far as OpenAPI is told.
package indirect enum Schema: Sendable {
    case string
    case integer
    case boolean
    case array(Schema)
    /// Members that are always there, and those that may be.
    case object([(String, Schema)], optional: [(String, Schema)] = [])
    /// An object whose members the read models' own documents list.
    case row
    /// Bytes or text that is no JSON.
    case opaque
    case nullable(Schema)
    /// Server-sent events, of which no schema of JSON can say more than what each one's data is.
    case events
    /// As it stands.
    case json(JSON)
    /// One of those that the document names once.
    case named(String)

    var json: JSON {
        switch self {
        case .string: ["type": "string"]
        case .integer: ["type": "integer"]
        case .boolean: ["type": "boolean"]
        case .array(let element): ["type": "array", "items": element.json]
        case .object(let required, let optional):
            [
                "type": "object",
                "required": .array(required.map { .string($0.0) }),
                "properties": .object((required + optional).map { ($0.0, $0.1.json) }),
            ]
        case .row: ["type": "object", "additionalProperties": true]
        case .opaque: ["type": "string"]
        case .nullable(let schema): ["oneOf": [schema.json, ["type": "null"]]]
        case .events:
            [
                "type": "string",
                "description": """
                Events of three lines each: id (the record's index), event (its kind) and data, one \
                line of JSON; lines that begin with a colon are heartbeats.
                """,
                "x-data": [
                    "oneOf": [
                        ["$ref": "#/components/schemas/Record"],
                        ["$ref": "#/components/schemas/CloudEvent"],
                    ]
                ],
            ]
        case .json(let schema): schema
        case .named(let name): ["$ref": .string("#/components/schemas/\(name)")]
        }
    }
}

extension Schema {
    /// Those that more than one route speaks of.
    static let components: [(String, Schema)] = [
        (
            "Problem",
            .object(
                [
                    ("type", .string), ("title", .string), ("status", .integer),
                    ("detail", .string), ("code", .string),
                ],
                optional: [("instance", .string)]
            )
        ),
        (
            "Receipt",
            .object(
                [
                    ("commandId", .string), ("index", .integer), ("leafHash", .string),
                    ("stream", .string), ("streamVersion", .integer), ("recordedAt", .string),
                    ("repeated", .boolean), ("clockBehindMicroseconds", .integer),
                ],
                optional: [
                    ("proof", .named("Proof")), ("proofProblem", .string),
                    (
                        "warnings",
                        .array(.object([("code", .string), ("message", .string)]))
                    ),
                ]
            )
        ),
        (
            "Proof",
            .object(
                [
                    ("index", .integer), ("treeSize", .integer), ("leafHash", .string),
                    ("rootHash", .string), ("path", .array(.string)),
                ],
                optional: [("checkpoint", .string), ("tlogProof", .string)]
            )
        ),
        ("Record", .row),
        (
            "CloudEvent",
            .object([
                ("specversion", .string), ("id", .string), ("source", .string),
                ("type", .string), ("subject", .string), ("time", .string),
                ("datacontenttype", .string), ("dataschema", .string),
                ("streamversion", .integer), ("data", .named("Record")),
            ])
        ),
        (
            "Health",
            .object([
                ("ok", .boolean),
                (
                    "checks",
                    .array(
                        .object(
                            [("code", .string), ("ok", .boolean)],
                            optional: [("reason", .string), ("value", .integer)]
                        )
                    )
                ),
            ])
        ),
    ]
}
