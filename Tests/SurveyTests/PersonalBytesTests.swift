import Survey
import SwiftProtobuf
import TestSupport
import Testing

/// The hand-written encoder of what is sealed.
@Suite struct PersonalBytesTests {
    private static let textLengths = [0, 0, 1, 5, 41, 42, 43, 127, 128, 129, 5461, 5462]

    /// Texts of Thai letters, three bytes each, with lengths on both sides of where varints grow.
    private static func personal(_ random: inout SeededGenerator) -> PersonalData {
        func text() -> String {
            let length = textLengths[Int(random.next() % UInt64(textLengths.count))]
            return String(repeating: random.next().isMultiple(of: 2) ? "ก" : "k", count: length)
        }
        var personal = PersonalData()
        personal.houseNumber = text()
        personal.houseRegistrationCode = text()
        personal.address = text()
        personal.latitude = text()
        personal.longitude = text()
        for _ in 0..<(random.next() % 5) {
            var member = Member()
            member.title = text()
            member.firstName = text()
            member.lastName = text()
            member.citizenID = text()
            member.birthDate = text()
            member.sex = text()
            member.relation = text()
            member.religion = text()
            member.bodyCondition = text()
            personal.members.append(member)
        }
        switch random.next() % 3 {
        case 0: break
        case 1: personal.answers = SealedAnswers()
        default:
            for _ in 0..<(random.next() % 90) {
                var answer = SealedAnswer()
                answer.item = UInt32(random.next() % 200)
                answer.text = text()
                personal.answers.household.append(answer)
            }
        }
        return personal
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `The sealable bytes are protobuf's`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<100 {
            let personal = Self.personal(&random)
            let expected: [UInt8] = try personal.serializedBytes()
            #expect(personal.sealableBytes == expected, "seed \(seed), round \(round)")
        }
    }

    @Test func `No field of the schema is left out`() throws {
        // Each is checked above; a later one, forgotten there and in the encoder, would be lost
        // without a trace. Every message has one property more, for fields it does not know.
        #expect(Mirror(reflecting: PersonalData()).children.count == 7 + 1)
        #expect(Mirror(reflecting: Member()).children.count == 9 + 1)
    }
}
