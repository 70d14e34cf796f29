import FuzzTargets
import TestSupport
import Testing

/// The fuzzers' targets without a fuzzer: their seeds, and mutations of these.
@Suite struct FuzzTests {
    @Test(arguments: FuzzTarget.all.map(\.name))
    func `What is accepted has one spelling, and nothing makes a parser trap`(
        _ name: String
    ) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        var generator = SeededGenerator.announced(for: "fuzz \(name)")
        for seed in target.seeds {
            #expect(target.accepts(seed), "a seed is accepted")
            #expect(target.check(seed) == nil)
        }
        for _ in 0..<2_000 {
            let input = Self.mutated(target.seeds.randomElement(using: &generator), &generator)
            #expect(target.check(input) == nil, "\(Hexed(input))")
        }
    }

    @Test func `Each target has a name of its own and begins with something it accepts`() {
        #expect(Set(FuzzTarget.all.map(\.name)).count == FuzzTarget.all.count)
        for target in FuzzTarget.all {
            #expect(!target.seeds.isEmpty, "\(target.name)")
            #expect(target.seeds.allSatisfy(target.accepts), "\(target.name)")
        }
    }

    @Test func `What a checksum or a digest keeps mutations away from has a target of its own`() {
        // In a container none of these bytes can change without its being refused before.
        #expect(Set(FuzzTarget.all.map(\.name)).isSuperset(of: ["manifest", "deflate", "bundle"]))
    }

    private static func mutated(
        _ seed: [UInt8]?,
        _ generator: inout SeededGenerator
    ) -> [UInt8] {
        guard var bytes = seed, !bytes.isEmpty else {
            return generator.bytes(count: Int.random(in: 0..<300, using: &generator))
        }
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
            case 4: bytes.removeSubrange(place...)
            default:
                let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
                bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
        return bytes
    }
}

/// An input that can be pasted into a test.
private struct Hexed: CustomStringConvertible {
    let description: String

    init(_ bytes: [UInt8]) {
        description = bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count < 2 ? "0" + digits : digits
        }.joined()
    }
}
