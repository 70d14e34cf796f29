import Console
import Foundation

extension JSON {
    /// A row of a read model; members in alphabetical order, those without a value left out.
    static func row(_ value: some Encodable) throws -> JSON {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .raw(Array(try encoder.encode(value)))
    }

    static func rows(_ values: [some Encodable]) throws -> JSON {
        .array(try values.map { try .row($0) })
    }
}
