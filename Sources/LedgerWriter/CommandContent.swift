import Survey
import SwiftProtobuf

/// What a command's authentication code covers: bytes that are equal exactly for equal commands.
enum CommandContent {
    /// The bytes; `personal` is the binary form of a household's personal data, where sealing it has
    /// made that already.
    static func bytes(of command: Command, personal: [UInt8]?) throws -> [UInt8] {
        guard case .recordHousehold(var record) = command.kind else {
            return try command.serializedBytes()
        }
        // Answers and people are most of the command, and protobuf takes long over many small
        // messages in messages; so they follow behind the rest. A zero byte, which would be the tag
        // of a field 0, ends it: protobuf has no such field, so nothing else reads like this.
        let answers = record.indicators
        let people = record.hasPersonal ? try personal ?? record.personal.serializedBytes() : nil
        record.indicators = []
        record.clearPersonal()
        var rest = command
        rest.kind = .recordHousehold(record)
        let restBytes: [UInt8] = try rest.serializedBytes()
        let byteCount = restBytes.count + 6 + answers.count * 12 + (people?.count ?? 0)
        return [UInt8](capacity: byteCount) { output in
            output.append(all: restBytes)
            output.append(0)
            output.append(bigEndian: UInt32(answers.count))
            for answer in answers {
                output.append(bigEndian: answer.indicator)
                output.append(bigEndian: answer.inScope)
                output.append(bigEndian: answer.failing)
            }
            output.append(people == nil ? 0 : 1)
            if let people { output.append(all: people) }
        }
    }
}

extension OutputSpan<UInt8> {
    fileprivate mutating func append(all bytes: [UInt8]) {
        for index in bytes.indices { append(bytes[index]) }
    }

    fileprivate mutating func append(bigEndian number: UInt32) {
        append(UInt8(truncatingIfNeeded: number >> 24))
        append(UInt8(truncatingIfNeeded: number >> 16))
        append(UInt8(truncatingIfNeeded: number >> 8))
        append(UInt8(truncatingIfNeeded: number))
    }
}
