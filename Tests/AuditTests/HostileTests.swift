import Audit
import AuditTestSupport
import Foundation
import Ledger
import Survey
import Synchronization
import TestSupport
import Testing

/// Logs that were made to hurt: no trap, no hang, no flood of findings.
@Suite struct HostileTests {
    /// Changes one value, key or byte in a piece of JSON, without breaking its form too often.
    private static func mutate(
        _ json: [UInt8],
        using generator: inout SeededGenerator
    ) -> [UInt8] {
        var json = json
        let values = [
            "\"\"", "0", "4294967295", "18446744073709551615", "-1", "\"2561-01-01\"",
            "\"0001-01-01\"", "\"9999-12-31\"", "\"2399-12-31\"", "\"1800-01-01\"", "[]", "{}",
            "null", "true", "\"\\u0000\"", "\"\\ud83d\"", "\"99\"", "[4294967295,0,61]",
            "\"AAAA\"", "\"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\"", "\"2561\"", "\"chair-1\"",
            "\"lao\"", "\"district\"", "99", "1e400", "\"ก้\"",
        ]
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                // Another value for one of the members.
                let colons = json.indices.filter { json[$0] == UInt8(ascii: ":") }
                guard let colon = colons.randomElement(using: &generator) else { continue }
                let rest = json[(colon + 1)...]
                let end = rest.firstIndex { ",}]".utf8.contains($0) } ?? json.endIndex
                let value = values.randomElement(using: &generator) ?? "0"
                json.replaceSubrange((colon + 1)..<end, with: Array(value.utf8))
            case 1:
                guard let place = json.indices.randomElement(using: &generator) else { continue }
                json[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
            case 2:
                guard let place = json.indices.randomElement(using: &generator) else { continue }
                let length = min(Int.random(in: 1...40, using: &generator), json.count - place)
                json.removeSubrange(place..<(place + length))
            default:
                // A digit more or less.
                let digits = json.indices.filter { (0x30...0x39).contains(json[$0]) }
                guard let digit = digits.randomElement(using: &generator) else { continue }
                json[digit] = UInt8.random(in: 0x30...0x39, using: &generator)
            }
        }
        return json
    }

    @Test func `Two thousand mutated logs with consistent hashes give findings or are harmless`()
        throws
    {
        let honest = try ForgedLog(HonestLog(.certified).records)
        let events = try honest.entries.map { try $0.event }
        let prepared = events.indices.filter { events[$0].eventKind == .certificationPrepared }
        var generator = SeededGenerator.announced(for: "mutated events")
        var harmlessCount = 0
        for round in 0..<2000 {
            let index = Int.random(in: 0..<events.count, using: &generator)
            let json = Self.mutate(honest.entries[index].json, using: &generator)
            // Up to the certification that commits to the record, which is as far as it matters.
            let certification = prepared.first { $0 > index }
            var forged = honest
            forged.entries[index].json = json
            forged.entries.removeLast(events.count - 1 - (certification ?? events.count - 1))
            var known = events.map { Optional($0) }
            known[index] = try? EventCodec.decode(json)
            let source = MemorySource(forged.records, events: known)
            let verdict = try verify(source, threadCount: 1)
            guard verdict.isOK else { continue }
            harmlessCount += 1
            // A free text may be another one where nothing that is signed lies above.
            let isHarmless = json == honest.entries[index].json || certification == nil
            let text = String(decoding: json, as: UTF8.self)
            #expect(isHarmless, "round \(round): record \(index) passes as \(text)")
        }
        #expect(harmlessCount < 400)
    }

    @Test func `A log that is broken throughout gives a bounded number of findings`() throws {
        let records = try longLog(recordCount: 3000)
        let garbage = records.map { $0.reversed() as [UInt8] }
        var source = MemorySource(records)
        for (index, bytes) in garbage.enumerated() { source.records[UInt64(index)] = bytes }
        let verdict = try verify(source)
        let structure = try #require(verdict.checks.first)
        #expect(structure.findingCount >= 3000)
        for check in Check.allCases {
            #expect(verdict.findings.count { $0.check == check } <= 1000)
        }
        var shuffled = records
        var generator = SeededGenerator.announced(for: "shuffled log")
        shuffled.shuffle(using: &generator)
        let mixed = try verify(shuffled)
        #expect(mixed.findings.count <= 6000)
        #expect(mixed.checks.prefix(2).allSatisfy { $0.findingCount > 2000 })
    }

    @Test func `A reason is one short printable line, whatever the record says`() throws {
        var forged = try ForgedLog(HonestLog(.collected).records)
        let long = String(repeating: "longField", count: 3000)
        forged.entries[9].json = Array("{\"areaDefined\":{\"\(long)\":1}}".utf8)
        try forged.entries[10].edit { event in
            event.kind = .areaRevised(AreaRevision())
            event.areaRevised.code = "\u{1B}[2Jred\u{202E}\n"
        }
        let verdict = try verify(forged.records)
        expect(verdict, .structure, 9, "longField")
        expect(verdict, .rules, 10, "areaUnknown")
        for finding in verdict.findings {
            #expect(finding.reason.utf8.count <= 520)
            let isPlain = finding.reason.unicodeScalars.allSatisfy {
                ![.control, .format].contains($0.properties.generalCategory)
            }
            #expect(isPlain)
        }
    }

    @Test func `A household with many corrections takes no square of time`() throws {
        var script = Script.collected
        for round in 0..<1500 {
            let failing = UInt32((round + 1) % 2)
            script.add(.correctHousehold(Sample.correction("h-4", indicator: 4, failing: failing)))
        }
        let counting = CountingSource(base: MemorySource(try HonestLog(script).records))
        let verdict = try Auditor(counting, checks: [.rules]).verify()
        #expect(verdict.isOK, "\(verdict.findings.prefix(3))")
        #expect(counting.lookUpCount.withLock { $0 } < 200)
    }

    @Test func `Deeply nested and repetitive JSON is refused before it is parsed`() throws {
        let honest = try ForgedLog(HonestLog(.collected).records)
        let bodies = [
            String(repeating: "[", count: 60_000),
            String(repeating: "{\"a\":", count: 10_000),
            "{\"areaDefined\":{" + String(repeating: "\"aa\":1,", count: 8000) + "\"b\":1}}",
            "{\"areaDefined\":{\"nameTh\":\"" + String(repeating: "\\u0041", count: 10_000)
                + "\"}}",
        ]
        for body in bodies {
            var forged = honest
            forged.entries[9].json = Array(body.utf8)
            #expect(!(try verify(forged.records)).isOK)
        }
    }

    @Test func `A source that cannot be read ends verification with its error, on any thread`() {
        for failingCall in 0..<6 {
            let source = FailingSource(failingCall: failingCall)
            #expect(throws: FailingSource.Failure.self) { try Auditor(source).verify() }
        }
    }
}
