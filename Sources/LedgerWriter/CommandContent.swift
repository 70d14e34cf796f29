import Cryptography
import Survey
import SwiftProtobuf

/// What a command's authentication code covers: bytes that are equal exactly for equal commands.
enum CommandContent {
    /// The bytes (STORE.md); `personal` is the sealable form of a household's personal data, where
    /// sealing it has made that already, and `answers` are those that the command has beside it.
    static func bytes(
        of command: Command,
        answers: AnswerSheet? = nil,
        personal: [UInt8]?
    ) throws -> [UInt8] {
        if let answers { return try bytes(of: command, beside: answers) }
        guard case .recordHousehold(let record) = command.kind, !record.hasAnswers else {
            // Answers are a map, whose order must not matter.
            var options = BinaryEncodingOptions()
            options.useDeterministicOrdering = true
            return try command.serializedBytes(options: options)
        }
        // Protobuf's encoder takes longer over the many small messages in this one than hashing
        // them does, so this kind is written out.
        let people = record.hasPersonal ? personal ?? record.personal.sealableBytes : nil
        let actor = command.actor
        let texts = [
            command.id, actor.user, actor.capacity, actor.authentication, command.occurredOn,
            command.correlationID, command.causationID, record.cycle, record.household,
            record.village, record.lao, record.interviewedOn, record.collector,
        ]
        let answers = record.indicators
        let form = Array(record.questionnaire.utf8)
        var byteCount = 36 + answers.count * 12 + form.count + (people?.count ?? 0)
        for text in texts { byteCount += 4 + text.utf8.count }
        return [UInt8](capacity: byteCount) { output in
            output.append(0)
            for offset in texts.indices {
                let bytes = texts[offset].utf8.span
                output.append(bigEndian: UInt32(bytes.count))
                output.append(copying: bytes)
            }
            output.append(command.hasExpectedVersion ? 1 : 0)
            output.append(bigEndian: command.expectedVersion)
            output.append(record.synthetic ? 1 : 0)
            output.append(bigEndian: UInt32(answers.count))
            for offset in answers.indices {
                output.append(bigEndian: answers[offset].indicator)
                output.append(bigEndian: answers[offset].inScope)
                output.append(bigEndian: answers[offset].failing)
            }
            // The form came later: what has none is as it was before, or a command that was stored
            // then would be another one when it is sent again.
            output.append((people == nil ? 0 : 1) + (form.isEmpty ? 0 : 2))
            if !form.isEmpty {
                output.append(bigEndian: UInt32(form.count))
                output.append(copying: form.span)
            }
            if let people { output.append(copying: people.span) }
        }
    }

    /// The same bytes as with the answers in the command: the fields of the schema in its order, with
    /// theirs in its place.
    private static func bytes(of command: Command, beside answers: AnswerSheet) throws -> [UInt8] {
        var head = command
        head.kind = nil
        var record = command.recordHousehold
        let questionnaire = record.questionnaire
        record.questionnaire = ""
        var recordBytes: [UInt8] = try record.serializedBytes()
        Wire.append(10, answers.documentBytes, to: &recordBytes)
        if !questionnaire.isEmpty { Wire.append(20, questionnaire, to: &recordBytes) }
        var bytes: [UInt8] = try head.serializedBytes()
        Wire.append(22, recordBytes, to: &bytes)
        return bytes
    }
}

extension OutputSpan<UInt8> {
    fileprivate mutating func append(bigEndian number: UInt32) {
        append(UInt8(truncatingIfNeeded: number >> 24))
        append(UInt8(truncatingIfNeeded: number >> 16))
        append(UInt8(truncatingIfNeeded: number >> 8))
        append(UInt8(truncatingIfNeeded: number))
    }
}
