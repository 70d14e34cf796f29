import Cryptography
import TestSupport
import Testing
import TransparencyLog

struct LogPolicyTests {
    private let malformed = TransparencyLogError(.malformedPolicy, "")

    /// A witness's verifier key with a seed of its own.
    private static func witness(_ seed: Int) throws -> Cosigner {
        let bytes = (0..<32).map { UInt8(truncatingIfNeeded: $0 < 8 ? seed >> ($0 * 8) : 9) }
        return try Cosigner(name: "w\(seed)", privateKey: try Ed25519PrivateKey(seed: bytes))
    }

    private static func log(_ name: String, seed: UInt8) throws -> NoteSigner {
        let seed = [UInt8](repeating: seed, count: 32)
        return try NoteSigner(name: name, privateKey: try Ed25519PrivateKey(seed: seed))
    }

    private func policy(_ text: String) throws -> LogPolicy {
        try LogPolicy(bytes: Array(text.utf8))
    }

    /// Lines for six witnesses and the specification's two levels of groups.
    private func example() throws -> (text: String, witnesses: [Cosigner]) {
        let witnesses = try (1...6).map(Self.witness)
        let keys = witnesses.map(\.verifierKey.vkey)
        let text = """
            # The log of the province.
            log \(OwnLog.logKey)

            witness X1 \(keys[0])
            \twitness  X2\t\(keys[1])   https://x2.example.th
            witness X3 \(keys[2])
            group X-witnesses 2 X1 X2 X3

              # Another organisation's.
            witness Y1 \(keys[3])
            witness Y2 \(keys[4])
            witness Y3 \(keys[5])
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y

            """
        return (text, witnesses)
    }

    private func cosigned(by witnesses: [Cosigner], time: UInt64 = 7) throws -> SignedNote {
        let checkpoint = try Checkpoint(text: OwnLog.checkpoint)
        let note = try SignedNote(bytes: Array("\(OwnLog.checkpoint)\n\(OwnLog.logLine)".utf8))
        return try note.adding(witnesses.map { try $0.cosign(checkpoint, time: time) })
    }

    @Test func `The specification's example asks for two of X and one of Y`() throws {
        let (text, witnesses) = try example()
        let policy = try policy(text)
        #expect(policy.logs.map(\.key.vkey) == [OwnLog.logKey])
        #expect(policy.witnesses.map(\.name) == ["X1", "X2", "X3", "Y1", "Y2", "Y3"])
        #expect(policy.witnesses[1].url == "https://x2.example.th")
        #expect(policy.witnesses[0].url == nil)
        var reachedCount = 0
        for set in 0..<64 {
            let places = (0..<6).filter { set >> $0 & 1 == 1 }
            let note = try cosigned(by: places.map { witnesses[$0] })
            if places.count(where: { $0 < 3 }) >= 2, places.contains(where: { $0 >= 3 }) {
                reachedCount += 1
                let endorsement = try policy.evaluate(note)
                #expect(
                    endorsement.cosignatures.map(\.witness.key)
                        == places.map { witnesses[$0].verifierKey }
                )
                #expect(endorsement.cosignatures.allSatisfy { $0.time == 7 })
                #expect(endorsement.logKey.vkey == OwnLog.logKey)
            } else {
                #expect(throws: TransparencyLogError(.quorumNotReached, ""), "\(places)") {
                    try policy.evaluate(note)
                }
            }
        }
        #expect(reachedCount == 4 * 7)
    }

    @Test func `A witness that cosigned twice counts once, with its later time`() throws {
        let (text, witnesses) = try example()
        let checkpoint = try Checkpoint(text: OwnLog.checkpoint)
        let twice = try cosigned(by: [witnesses[0], witnesses[3]], time: 9)
            .adding([try witnesses[0].cosign(checkpoint, time: 8)])
        #expect(throws: TransparencyLogError(.quorumNotReached, "")) {
            try policy(text).evaluate(twice)
        }
        let one = try policy(text.replacing("quorum X-and-Y", with: "quorum X1"))
        #expect(try one.evaluate(twice).cosignatures.map(\.time) == [9, 9])
    }

    @Test func `A log must be known, and named as its checkpoints are`() throws {
        let text = OwnLog.checkpoint
        let other = try Self.log("other.example.th", seed: 3)
        let policy = try policy(
            "log \(OwnLog.logKey)\nlog \(other.verifierKey.vkey)\nquorum none\n"
        )
        let known = TransparencyLogError(.noKnownSignature, "")
        _ = try policy.evaluate(noteBytes: Array(OwnLog.note.utf8))
        // Known, but another log's.
        let crossed = try SignedNote(text: text, signatures: [try other.sign(text)])
        #expect(throws: known) { try policy.evaluate(crossed) }
        let unknown = try Self.log("bmn.example.th/ledger", seed: 9)
        let forged = try SignedNote(text: text, signatures: [try unknown.sign(text)])
        #expect(throws: known) { try policy.evaluate(forged) }
        // A witness's cosignature is no log's signature.
        let witnessed = try SignedNote(bytes: Array("\(text)\n\(OwnLog.witnessLine)".utf8))
        #expect(throws: known) { try OwnLog.policy(quorum: "w1").evaluate(witnessed) }
        let none = try self.policy("quorum none\n")
        #expect(throws: known) { try none.evaluate(noteBytes: Array(OwnLog.note.utf8)) }
        #expect(throws: TransparencyLogError(.malformedCheckpoint, "")) {
            try policy.evaluate(SignedNote(text: "x\n", signatures: [try other.sign("x\n")]))
        }
    }

    @Test func `A known key's signature that is not its own refuses the note`() throws {
        let (text, witnesses) = try example()
        let policy = try policy(text)
        let good = try cosigned(by: witnesses)
        _ = try policy.evaluate(good)
        let later = try Checkpoint(text: OwnLog.checkpoint.replacing("\n8\n", with: "\n9\n"))
        for witness in witnesses {
            let bad = try good.adding([try witness.cosign(later, time: 7)])
            #expect(throws: TransparencyLogError(.invalidSignature, "")) {
                try policy.evaluate(bad)
            }
        }
        let stranger = try good.adding([try Self.witness(99).cosign(later, time: 7)])
        #expect(try policy.evaluate(stranger).cosignatures.count == 6)
    }

    @Test(arguments: [
        ("", 0), ("log LOG\n", 0), ("log LOG\nquorum none", 2), ("quorum none\nquorum none\n", 2),
        ("log\nquorum none\n", 1), ("log LOG a b\nquorum none\n", 1),
        ("log LOG\nlog LOG\nquorum none\n", 2), ("log W1\nquorum none\n", 1),
        ("log x\nquorum none\n", 1), ("\nwitness a\nquorum a\n", 2),
        ("witness a LOG\nquorum a\n", 1), ("witness a W1 b c\nquorum a\n", 1),
        ("witness a W1\nwitness b W1\nquorum a\n", 2),
        ("witness a W1\nwitness a W2\nquorum a\n", 2), ("witness none W1\nquorum none\n", 1),
        ("witness a W1\nquorum b\n", 2), ("quorum a\nwitness a W1\n", 1), ("quorum\n", 1),
        ("witness a W1\nquorum a a\n", 2), ("witness a W1\ngroup g\nquorum a\n", 2),
        ("witness a W1\ngroup g all\nquorum a\n", 2),
        ("witness a W1\ngroup g 0 a\nquorum g\n", 2), ("witness a W1\ngroup g 2 a\nquorum g\n", 2),
        ("witness a W1\ngroup g 01 a\nquorum g\n", 2),
        ("witness a W1\ngroup g +1 a\nquorum g\n", 2),
        ("witness a W1\ngroup g -1 a\nquorum g\n", 2),
        ("witness a W1\ngroup g some a\nquorum g\n", 2),
        ("witness a W1\ngroup g any a a\nquorum g\n", 2),
        ("witness a W1\ngroup g any g\nquorum g\n", 2),
        ("witness a W1\ngroup g any none\nquorum g\n", 2),
        ("witness a W1\ngroup g any a\ngroup h any a\nquorum g\n", 3),
        ("witness a W1\ngroup a any a\nquorum a\n", 2),
        ("group g any a\nwitness a W1\nquorum g\n", 1), ("Quorum none\n", 1),
        ("quorum none # why\n", 1), ("quorum none\r\n", 1), ("# \u{7F}\nquorum none\n", 1),
        ("#\0\nquorum none\n", 1), ("quorum\u{A0}none\n", 1), ("\u{FEFF}quorum none\n", 1),
    ])
    func `Anything else is no policy, and the line is named`(form: String, line: Int) throws {
        let text = form.replacing("LOG", with: OwnLog.logKey)
            .replacing("W1", with: OwnLog.witnessKey)
            .replacing("W2", with: try Self.witness(2).verifierKey.vkey)
        let error = try #require(throws: TransparencyLogError.self) { try policy(text) }
        #expect(error.code == .malformedPolicy)
        #expect(error.reason.hasPrefix("Line \(line): ") == (line > 0), "\(error)")
    }

    @Test func `The same key under another name or for another use is told apart`() throws {
        let seed = [UInt8](repeating: 1, count: 32)
        let key = try Ed25519PrivateKey(seed: seed)
        let renamed = try NoteSigner(name: "other", privateKey: key).verifierKey.vkey
        #expect(throws: malformed) {
            try policy("log \(OwnLog.logKey)\nlog \(renamed)\nquorum none\n")
        }
        let cosigner = try Cosigner(name: "other", privateKey: key).verifierKey.vkey
        _ = try policy("log \(OwnLog.logKey)\nwitness a \(cosigner)\nquorum a\n")
    }

    @Test func `Names are bytes: what looks the same is another name`() throws {
        let (one, two) = ("é", "e\u{301}")
        #expect(one == two)
        let text = """
            log \(OwnLog.logKey)
            witness \(one) \(OwnLog.witnessKey)
            witness \(two) \(try Self.witness(1).verifierKey.vkey)
            quorum \(one)

            """
        _ = try policy(text).evaluate(noteBytes: Array(OwnLog.note.utf8))
        #expect(throws: TransparencyLogError(.quorumNotReached, "")) {
            try policy(text.replacing("quorum \(one)", with: "quorum \(two)"))
                .evaluate(noteBytes: Array(OwnLog.note.utf8))
        }
        var bytes = Array("witness ".utf8) + [0xFF] + Array(" \(OwnLog.witnessKey)\nquorum ".utf8)
        bytes += [0xFF, 0x0A]
        #expect(try LogPolicy(bytes: bytes).witnesses.count == 1)
    }

    @Test func `Many lines are read, and not without end`() throws {
        let keys = try (0...LogPolicy.lineCountMax).map { try Self.witness($0).verifierKey.vkey }
        func text(_ count: Int) -> String {
            let lines = keys.prefix(count).enumerated().map { "witness w\($0) \($1)\n" }
            // Each group in the next one: as deep as it gets.
            let groups = (0..<count).map { number in
                "group g\(number) any w\(number) \(number == 0 ? "" : "g\(number - 1)")\n"
            }
            return (lines + groups).joined() + "log \(OwnLog.logKey)\nquorum g\(count - 1)\n"
        }
        let large = try policy(text(LogPolicy.lineCountMax))
        let note = try cosigned(by: [try Self.witness(0)])
        #expect(try large.evaluate(note).cosignatures.map(\.witness.name) == ["w0"])
        #expect(throws: malformed) { try policy(text(LogPolicy.lineCountMax + 1)) }
        #expect(throws: malformed) {
            try LogPolicy(bytes: [UInt8](repeating: 0x0A, count: LogPolicy.byteCountMax + 1))
        }
    }
}
