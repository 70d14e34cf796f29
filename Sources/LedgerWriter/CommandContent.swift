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
        var bytes: [UInt8] = try rest.serializedBytes()
        bytes.reserveCapacity(bytes.count + 6 + answers.count * 12 + (people?.count ?? 0))
        bytes.append(0)
        bytes.append(bigEndian: UInt32(answers.count))
        for answer in answers {
            bytes.append(bigEndian: answer.indicator)
            bytes.append(bigEndian: answer.inScope)
            bytes.append(bigEndian: answer.failing)
        }
        bytes.append(people == nil ? 0 : 1)
        bytes += people ?? []
        return bytes
    }
}
