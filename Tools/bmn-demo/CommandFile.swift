import Cryptography
import Foundation
import Survey
import SwiftProtobuf

/// Commands as `bmn submit` reads them, one JSON object a line.
struct CommandFile {
    private let file: OutputFile
    private let seed: UInt64
    private let name: String

    init(folder: String, name: String, seed: UInt64) throws {
        file = try OutputFile(folder: folder, name: name)
        self.seed = seed
        self.name = name
    }

    /// Appends one command; `key` makes it different from all others of this file.
    func append(
        _ kind: Command.OneOf_Kind,
        key: String,
        by actor: (user: String, capacity: String),
        on day: Day
    ) throws {
        var command = Command()
        command.id = Self.identifier("\(seed) \(name) \(key)")
        command.actor.user = actor.user
        command.actor.capacity = actor.capacity
        command.occurredOn = day.iso
        command.kind = kind
        // Answers are a map, which has no order of its own.
        let object = try JSONSerialization.jsonObject(with: command.jsonUTF8Bytes() as Data)
        let line = try JSONSerialization.data(
            withJSONObject: object,
            options: [.sortedKeys, .withoutEscapingSlashes]
        )
        try file.append(line: Array(line))
    }

    func close() throws { try file.close() }

    /// A UUID of version 8 (RFC 9562 section 5.8), so that playing a file twice changes nothing.
    static func identifier(_ text: String) -> String {
        var bytes = Array(SHA256.hash(Array("bmn-demo \(text)".utf8)).bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Hex.encode(bytes)
        var parts: [Substring] = []
        var rest = hex[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }
}
