import Cryptography
import Ledger
import LedgerReader
import Survey
import SwiftProtobuf

extension Vault {
    /// The command as it is drafted: a correction by answers keeps what the form does not ask, such
    /// as an address, unless it says itself what there is beside the answers.
    ///
    /// The rules see nothing that is sealed, so it is opened here. What cannot be opened any more
    /// cannot be kept, and must not stand in the way of the correction.
    @available(*, noasync)
    func keepingUnasked(
        _ given: GivenCommand,
        cycle: CycleState?,
        _ records: [RecordedEvent]
    ) throws -> GivenCommand {
        guard let cycle, case .correctHousehold(var correction) = given.command.kind,
            correction.hasAnswers, !correction.hasPersonal,
            let former = try personalData(records)
        else { return given }
        let kept = former.unasked(by: cycle.questionnaire)
        guard kept != PersonalData() else { return given }
        correction.personal = kept
        var command = given.command
        command.kind = .correctHousehold(correction)
        return GivenCommand(command, answers: given.answers)
    }

    /// Of the newest record that has some; nil where it was erased or does not open.
    private func personalData(_ records: [RecordedEvent]) throws -> PersonalData? {
        guard let record = records.last(where: { $0.event.sealed != nil }),
            let sealed = record.event.sealed
        else { return nil }
        let envelope = record.envelope
        do {
            let bytes = try open(
                sealed,
                stream: envelope.stream,
                commandID: envelope.commandID
            )
            return try bytes.map { try PersonalData(serializedBytes: $0) }
        } catch is CryptographyError {
            return nil
        } catch is BinaryDecodingError {
            return nil
        }
    }
}

extension Command {
    /// The cycle of a correction by answers, which may have to keep what is not asked.
    var cycleOfCorrectedAnswers: String? {
        guard case .correctHousehold(let correction) = kind, correction.hasAnswers,
            !correction.hasPersonal
        else { return nil }
        return correction.cycle
    }
}
