import Cryptography
import Ledger
import Survey
import TransparencyLog

/// What is what in a bundle, for programs; nothing is believed because it stands here.
struct BundleIndex {
    private let story: BundleStory

    init(_ story: BundleStory) { self.story = story }

    var text: String {
        let head = story.checkpoint.treeHead
        let members = [
            ("format", Self.quoted("bmn-ledger evidence bundle v1")),
            ("origin", Self.quoted(story.checkpoint.origin)),
            ("stream", Self.quoted(story.subject.stream)),
            ("treeSize", Self.quoted(String(head.treeSize))),
            ("rootHash", Self.quoted(head.rootHash.hex)),
            ("logKey", Self.quoted(story.logKey.vkey)),
            ("records", Self.list(records)),
            ("signatures", Self.list(signatures)),
        ]
        let lines = members.map { name, value in "  \(Self.quoted(name)): \(value)" }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    private var records: [String] {
        story.records.map { record in
            Self.object([
                ("index", String(record.index)),
                ("stream", record.envelope.stream),
                ("version", String(record.envelope.streamVersion)),
                ("event", record.event.eventKind?.rawValue ?? ""),
                ("file", BundleName.record(record.index)),
                ("proof", BundleName.proof(record.index)),
            ])
        }
    }

    private var signatures: [String] {
        story.signed.enumerated().map { offset, signed in
            let files = MemberSignature(number: offset + 1, signed)
            return Self.object([
                ("index", String(signed.index)),
                ("person", signed.signature.person),
                ("role", signed.signature.role),
                ("signature", files.signatureName),
                ("key", files.keyName),
                ("keyRegisteredBy", signed.keyIndex.map { String($0) } ?? ""),
            ])
        }
    }

    private static func list(_ items: [String]) -> String {
        guard !items.isEmpty else { return "[]" }
        return "[\n" + items.map { "    " + $0 }.joined(separator: ",\n") + "\n  ]"
    }

    private static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\(quoted($0)): \(quoted($1))" }.joined(separator: ", ") + "}"
    }

    /// With the escapes that RFC 8259 §7 demands, and no others.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..<" ":
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
