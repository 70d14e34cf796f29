import Foundation
import Survey
import SwiftProtobuf
import TestSupport
import Testing

@testable import Ledger

/// The decoder of the event that nearly all records hold, beside protobuf's.
@Suite struct HouseholdJSONTests {
    private static func household(_ random: inout SeededGenerator) -> HouseholdRecorded {
        func text() -> String {
            ["", "2561", "h-1", "A", "0", "a b/c", "~", "99010101-1"].randomElement(using: &random)
                ?? ""
        }
        func bytes() -> Data {
            Data(random.bytes(count: .random(in: 0...40, using: &random)))
        }
        var household = HouseholdRecorded()
        (household.cycle, household.household, household.village) = (text(), text(), text())
        (household.lao, household.interviewedOn, household.collector) = (text(), text(), text())
        household.ages = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            [0, 7, 37, 4_294_967_295].randomElement(using: &random) ?? 0
        }
        (household.inScope, household.failing) = (text(), text())
        household.checkedAtEntry = (0..<Int.random(in: 0...3, using: &random)).map { _ in text() }
        if random.next().isMultiple(of: 4) == false {
            household.sealed.keyID = [0, 1, 70_000, .max].randomElement(using: &random) ?? 0
            (household.sealed.nonce, household.sealed.ciphertext) = (bytes(), bytes())
        }
        household.synthetic = .random(using: &random)
        household.warningCount = [0, 1, 4_294_967_295].randomElement(using: &random) ?? 0
        household.questionnaire = text()
        return household
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `What is written is read back without protobuf`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<300 {
            let household = Self.household(&random)
            let json = try #require(HouseholdJSON.encode(household))
            #expect(HouseholdJSON.decode(json.span) == household, "seed \(seed), round \(round)")
        }
    }

    /// What it takes, protobuf's takes and reads alike, and the form of events allows.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `Of changed bytes it reads what protobuf reads, or nothing`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var takenCount = 0
        for round in 0..<2_000 {
            var json = try #require(HouseholdJSON.encode(Self.household(&random)))
            let offset = Int.random(in: 0..<json.count, using: &random)
            switch random.next() % 4 {
            case 0: json[offset] = .random(in: 0...255, using: &random)
            case 1: json[offset] = Array(#"0"{}[],:=A\"#.utf8).randomElement(using: &random) ?? 0
            case 2: json.remove(at: offset)
            default: json.insert(contentsOf: json[offset...].prefix(7), at: offset)
            }
            guard let household = HouseholdJSON.decode(json.span) else { continue }
            takenCount += 1
            #expect(JSONForm.problem(of: json.span, as: .event) == nil, "round \(round)")
            #expect(try Event(jsonUTF8Bytes: json).householdRecorded == household, "round \(round)")
        }
        #expect(takenCount > 100)
    }

    @Test(arguments: [
        #"{"householdRecorded":{"cycle":"2561","warningCount":05}}"#,
        #"{"householdRecorded":{"warningCount":"5"}}"#, #"{"householdRecorded":{"ages":[]}}"#,
        #"{"householdRecorded":{"synthetic":false}}"#, #"{"householdRecorded":{"lao":"\u0041"}}"#,
        #"{"householdRecorded":{"lao":"ก"}}"#, #"{"householdRecorded":{"lao":"1","village":"1"}}"#,
        #"{"householdRecorded":{"sealed":{"nonce":"QQ"}}}"#,
        #"{"householdRecorded":{"sealed":{"nonce":"QR=="}}}"#,
        #"{"householdRecorded":{"sealed":{"keyId":1}}}"#,
        #"{"householdRecorded":{"ages":[4294967296]}}"#,
        #"{"householdRecorded":{"sealed":{"keyId":"18446744073709551616"}}}"#,
        #"{"householdRecorded":{"cycle":"2561"},"areaDefined":{}}"#,
        #"{"householdRecorded":{"cycle":"2561"}} "#, #"{"householdRecorded":{"cycle":"2561",}}"#,
        #"{"householdRecorded":{,"cycle":"2561"}}"#, #"{"householdWithdrawn":{}}"#, "",
    ])
    func `Another spelling is left to protobuf`(_ json: String) {
        #expect(HouseholdJSON.decode(Array(json.utf8).span) == nil)
    }
}
