internal import Cryptography

/// Deterministic ids of imported commands, so that importing a file twice changes nothing.
///
/// UUIDs of version 8 (RFC 9562 section 5.8): the first 6 bytes are from SHA-256 of the kind, the
/// cycle and the village (or parent), the other 10 from SHA-256 of the natural key. Commands of one
/// village so lie together in the store's index of command ids, and a village's inserts touch a few
/// pages instead of as many as there are households.
///
/// Only identifiers that the ledger shows anyway are hashed, NEVER personal data: an unsalted hash
/// of 13 digits is found by trying them all.
enum CommandID {
    /// The id for a natural key; `group` says which commands lie together.
    static func make(kind: ImportKind, cycle: String, group: String, key: String...) -> String {
        let prefix = digest(kind, cycle, [group])
        let suffix = digest(kind, cycle, key)
        var bytes = InlineArray<16, UInt8>(repeating: 0)
        for index in 0..<6 { bytes[index] = prefix[index] }
        for index in 6..<16 { bytes[index] = suffix[index - 6] }
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return text(bytes)
    }

    // A zero byte ends each part. No text of a CSV file has one, so different parts never join to
    // the same message.
    private static func digest(_ kind: ImportKind, _ cycle: String, _ parts: [String]) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(128)
        for part in ["bmn-import", kind.rawValue, cycle] {
            message.append(contentsOf: part.utf8)
            message.append(0)
        }
        for part in parts {
            message.append(contentsOf: part.utf8)
            message.append(0)
        }
        return SHA256.hash(message).bytes
    }

    private static func text(_ bytes: InlineArray<16, UInt8>) -> String {
        var characters: [UInt8] = []
        characters.reserveCapacity(36)
        for index in 0..<16 {
            if index == 4 || index == 6 || index == 8 || index == 10 {
                characters.append(UInt8(ascii: "-"))
            }
            characters.append(hexDigit(bytes[index] >> 4))
            characters.append(hexDigit(bytes[index] & 0x0F))
        }
        return String(decoding: characters, as: UTF8.self)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
