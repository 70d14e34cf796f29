import Ledger
import LedgerTestSupport
import Survey
import SwiftProtobuf
import Testing

@testable import LedgerWriter

/// What a command's authentication code covers.
@Suite struct CommandContentTests {
    private static func bytes(_ command: Command) throws -> [UInt8] {
        try CommandContent.bytes(of: command, personal: nil)
    }

    /// One household command with one thing changed at a time.
    private static func variants() -> [Command] {
        func changed(_ change: (inout RecordHousehold) -> Void) -> Command {
            var command = Sample.record("h-1", id: id)
            var record = command.recordHousehold
            change(&record)
            command.kind = .recordHousehold(record)
            return command
        }
        var commands: [Command] = [
            changed { _ in },
            changed { $0.cycle = "2562" },
            changed { $0.household = "h-2" },
            changed { $0.village += "1" },
            changed { $0.lao += "1" },
            changed { $0.interviewedOn = "2018-01-14" },
            changed { $0.collector += "1" },
            changed { ($0.village, $0.lao) = ($0.village + $0.lao, "") },
            changed { $0.synthetic = false },
            changed { $0.questionnaire = "A-1" },
            changed {
                $0.questionnaire = "A-1"
                $0.clearPersonal()
            },
            changed { $0.clearPersonal() },
            changed { $0.personal = PersonalData() },
            changed { $0.personal.houseNumber = "9/9" },
            changed { $0.personal.members.removeLast() },
            changed { $0.personal.members[1].firstName = "สมหมาย" },
            changed { $0.indicators = [] },
            changed { $0.indicators.removeLast() },
            changed { $0.indicators.swapAt(0, 1) },
            changed { $0.indicators[3].failing = 1 },
            changed { $0.indicators[3].inScope += 1 },
            changed { $0.indicators.append(IndicatorCount()) },
        ]
        let texts: [WritableKeyPath<Command, String>] = [
            \.causationID, \.correlationID, \.occurredOn, \.actor.user, \.actor.capacity,
            \.actor.authentication,
        ]
        for change in texts {
            var command = commands[0]
            command[keyPath: change] += "1"
            commands.append(command)
        }
        var expecting = commands[0]
        expecting.expectedVersion = 0
        let correction = Sample.correct("h-1", failing: 1, id: id)
        return commands + [expecting, correction, Sample.correct("h-1", failing: 0, id: id)]
            + answered(commands[0], correction)
    }

    /// The same with answers, which are maps: equal in whatever order they were put there.
    private static func answered(_ command: Command, _ correction: Command) -> [Command] {
        var answers = Answers(members: [[:], [:]])
        for number in 1...20 {
            answers.household["q\(number)"] = .number(Int64(number))
            answers.members[1]["q\(number)"] = .yesNo(true)
        }
        var others = answers
        others.members[1]["q7"] = .yesNo(false)
        return [AnswersDocument(answers), AnswersDocument(others), AnswersDocument()].flatMap {
            var recording = command
            recording.recordHousehold.answers = $0
            var correcting = correction
            correcting.correctHousehold.answers = $0
            return [recording, correcting]
        }
    }

    @Test func `Answers beside a command have the content of a command with them in it`() throws {
        for questionnaire in ["", "A-1"] {
            for address in ["", "หมู่ 1"] {
                var command = Sample.record("h-1", answers: Answers(), id: Self.id)
                command.recordHousehold.clearAnswers()
                command.recordHousehold.questionnaire = questionnaire
                if !address.isEmpty { command.recordHousehold.personal.address = address }
                command.occurredOn = "2018-01-17"
                let given = GivenCommand(
                    command,
                    answers: AnswerSheet(Sample.answers(), .bmn2560)
                )
                #expect(given.whole.recordHousehold.answers == AnswersDocument(Sample.answers()))
                let beside = try CommandContent.bytes(
                    of: command,
                    answers: given.answers,
                    personal: nil
                )
                #expect(try beside == Self.bytes(given.whole))
            }
        }
    }

    private static let id = CommandID.fresh()

    @Test func `Content is equal exactly where commands are equal`() throws {
        let commands = Self.variants()
        for (left, first) in commands.enumerated() {
            for (right, second) in commands.enumerated() {
                let isEqual = try Self.bytes(first) == Self.bytes(second)
                #expect(isEqual == (left == right), "\(left) and \(right)")
            }
        }
    }

    @Test func `No field of the schema is left out`() throws {
        // The variants above change each; a later one must come in there and in `CommandContent`.
        // Every message has one property more, for fields it does not know.
        func fieldCount(_ message: some Message) -> Int {
            let mirror = Mirror(reflecting: message)
            let storage = mirror.children.first { $0.label == "_storage" }
            let fields = storage.map { Mirror(reflecting: $0.value).children.count + 1 }
            return (fields ?? mirror.children.count) - 1
        }
        #expect(fieldCount(RecordHousehold()) == 11)
        #expect(fieldCount(Command()) == 7)
        #expect(fieldCount(Actor()) == 3)
        #expect(fieldCount(IndicatorCount()) == 3)
    }

    @Test func `Whether personal data was encoded before makes no difference`() throws {
        for command in Self.variants() where command.recordHousehold.hasPersonal {
            let personal: [UInt8] = try command.recordHousehold.personal.serializedBytes()
            let content = try CommandContent.bytes(of: command, personal: personal)
            #expect(try content == Self.bytes(command))
        }
    }

    @Test func `A command read from JSON has the content of the same command built`() throws {
        for command in Self.variants() {
            let copy = try Command(jsonUTF8Bytes: command.jsonUTF8Bytes() as [UInt8])
            #expect(try Self.bytes(copy) == Self.bytes(command))
        }
    }

    @Test func `Every other content under the same id is refused`() throws {
        let ledger = try ScratchLedger()
        let writer = try ledger.writer()
        let commands = Self.variants()
        _ = try writer.run(commands[0]).get()
        for command in commands.dropFirst() {
            #expect(try writer.run(command).code != nil)
        }
        #expect(try writer.run(commands[0]).get().isRepeated)
        try checkWholeLedger(writer, ledger, size: staffedSize + 1)
    }
}
