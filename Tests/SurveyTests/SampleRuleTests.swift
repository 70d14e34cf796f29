import Cryptography
import Survey
import Testing

/// Samples: announced before anybody can know whom they find, and drawn by the next checkpoint.
@Suite struct SampleRuleTests {
    private static let name = "2561-9901-1"
    private var fixture: Fixture

    init() throws { fixture = try Fixture.collected() }

    /// The rules' answer to a draw that takes its seed from a checkpoint of that size.
    private func problem(
        _ draw: SampleDraw,
        checkpoint: SignedHead?,
        treeSize: UInt64? = nil
    ) -> Rejection? {
        let size = treeSize ?? fixture.treeSize
        let position = LogPosition(treeSize: size, checkpoint: checkpoint) { Fixture.root(size) }
        do throws(Rejection) {
            try fixture.state.admit(
                Event(.sampleDrawn(draw)),
                act: Fixture.act(),
                position: position
            )
            return nil
        } catch {
            return error
        }
    }

    private func announced() throws -> SampleState {
        try #require(fixture.state.samples[Self.name])
    }

    @Test mutating func `A sample follows from the log, and anybody can draw it again`() throws {
        let announced = try fixture.run(.announceSample(.sample(size: 2))).sampleAnnounced
        #expect(announced.sample == Self.name && announced.treeSize == fixture.treeSize - 1)
        // h-2 was not collected, and h-5 lies in the other district.
        #expect(announced.population == 3)
        // Who is recorded later is not in it.
        try fixture.run(.withdrawHousehold(.sample("h-4")))
        let draw = try fixture.run(.drawSample(.named(Self.name))).sampleDrawn
        #expect(draw.population == 3 && draw.treeSize == fixture.treeSize - 1)
        #expect(draw.rootHash == Fixture.root(draw.treeSize).hex)
        // By the words of RULES.md, not by the module under test.
        func sha256(_ lines: String...) -> String {
            SHA256.hash(Array(lines.map { $0 + "\n" }.joined().utf8)).hex
        }
        #expect(draw.seed == sha256("bmn-sample/v1", draw.rootHash, draw.sample))
        let ranked = ["h-1", "h-3", "h-4"].map { (sha256(draw.seed, $0), $0) }.sorted { $0 < $1 }
        #expect(draw.selection(from: ["h-4", "h-1", "h-3"]) == ranked.prefix(2).map { $0.1 })
        #expect(draw.selection(from: ["h-3"]) == ["h-3"])
    }

    @Test mutating func `Nobody chooses the number, population or seed of a sample`() throws {
        var named = SampleAnnouncement.sample(size: 2)
        named.sample = "2561-9901-3"
        #expect(throws: Rejection(.sampleMismatch, "2561-9901-3")) {
            try fixture.run(.announceSample(named))
        }
        let announced = try fixture.run(.announceSample(.sample(size: 2))).sampleAnnounced
        let before = try #require(fixture.history.last)
        func problem(_ change: (inout SampleAnnouncement) -> Void) -> RejectionCode? {
            var forged = announced
            change(&forged)
            let event = Event(.sampleAnnounced(forged))
            return rejection(before.before, event, treeSize: before.position.treeSize)?.code
        }
        #expect(problem { _ in } == nil)
        #expect(problem { $0.population = 4 } == .sampleMismatch)
        #expect(problem { $0.treeSize -= 1 } == .sampleMismatch)
        #expect(problem { $0.level = .unspecified } == .commandIncomplete)
        #expect(problem { $0.stage = .UNRECOGNIZED(7) } == .valueUnknown)
        #expect(problem { $0.checkers = [] } == .commandIncomplete)
        #expect(problem { $0.checkers = ["nobody"] } == .personUnknown)
        let checkpoint = Fixture.checkpoint(fixture.treeSize)
        var draw = announced.draw(checkpoint)
        #expect(self.problem(draw, checkpoint: checkpoint) == nil)
        draw.seed = announced.draw(Fixture.checkpoint(1)).seed
        let mismatch = Rejection(.sampleMismatch, Self.name)
        #expect(self.problem(draw, checkpoint: checkpoint) == mismatch)
    }

    @Test
    mutating func `A sample is drawn by the first checkpoint after its announcement and no other`()
        throws
    {
        try fixture.run(.announceSample(.sample(size: 2)))
        let sample = try announced()
        let index = sample.announcedAtIndex
        for _ in 0..<3 { try fixture.run(.raiseObjection(.sample("ob-\(fixture.treeSize)"))) }
        let unsealed = Rejection(.sampleNotSealed, Self.name)
        // None yet, one from before the announcement was in the log, and one that nobody can have.
        let unsigned = sample.announcement.draw(Fixture.checkpoint(1))
        #expect(problem(unsigned, checkpoint: nil) == unsealed)
        for size in [0, index, fixture.treeSize + 1] {
            let early = Fixture.checkpoint(size)
            #expect(problem(sample.announcement.draw(early), checkpoint: early) == unsealed)
        }
        let first = Fixture.checkpoint(index + 1)
        let later = Fixture.checkpoint(index + 2)
        #expect(problem(sample.announcement.draw(first), checkpoint: first) == nil)
        let mismatch = Rejection(.treeHeadMismatch, Self.name)
        #expect(problem(sample.announcement.draw(later), checkpoint: first) == mismatch)
        let otherRoot = SignedHead(treeSize: index + 1, rootHash: Fixture.root(9))
        #expect(problem(sample.announcement.draw(otherRoot), checkpoint: first) == mismatch)
    }

    @Test
    mutating func `An announced sample is drawn once, and says nothing but what was announced`()
        throws
    {
        #expect(throws: Rejection(.sampleUnknown, Self.name)) {
            try fixture.run(.drawSample(.named(Self.name)))
        }
        try fixture.run(.announceSample(.sample(size: 2)), on: "2018-02-02")
        #expect(throws: Rejection(.actBeforePrevious, "sampleAnnounced 2018-02-02")) {
            try fixture.run(.drawSample(.named(Self.name)), on: "2018-02-01")
        }
        var more = SampleDraw.named(Self.name)
        more.size = 1
        #expect(throws: Rejection(.sampleMismatch, Self.name)) {
            try fixture.run(.drawSample(more), on: "2018-02-02")
        }
        let checkpoint = Fixture.checkpoint(fixture.treeSize)
        let due = try announced().announcement.draw(checkpoint)
        for change in [{ $0.size = 1 }, { $0.area = "9902" }, { $0.population = 9 }]
            as [(inout SampleDraw) -> Void]
        {
            var forged = due
            change(&forged)
            #expect(problem(forged, checkpoint: checkpoint)?.code != nil)
        }
        try fixture.run(.drawSample(.named(Self.name)), on: "2018-02-02")
        #expect(throws: Rejection(.sampleAlreadyDrawn, Self.name)) {
            try fixture.run(.drawSample(.named(Self.name)), on: "2018-02-02")
        }
    }

    @Test
    mutating func `A check takes a sample that was drawn, and an area one draw at a time`() throws {
        try fixture.run(.announceSample(.sample(size: 1)))
        let undrawn = Rejection(.sampleNotDrawn, Self.name)
        #expect(throws: undrawn) {
            try fixture.run(.recordQualityCheck(.sample(sample: Self.name)))
        }
        #expect(throws: undrawn) { try fixture.run(.announceSample(.sample(size: 2))) }
        // Another area's is another matter.
        try fixture.run(.announceSample(.sample("9981", size: 1)))
        try fixture.run(.drawSample(.named(Self.name)))
        try fixture.run(.recordQualityCheck(.sample(sample: Self.name)))
        let next = try fixture.run(.announceSample(.sample(size: 2))).sampleAnnounced
        #expect(next.sample == "2561-9901-2")
    }

    @Test mutating func `A sample is checked by those who were announced and nobody else`() throws {
        try fixture.run(.announceSample(.sample(size: 2)))
        try fixture.run(.drawSample(.named(Self.name)))
        var check = QualityCheck.sample(sample: Self.name)
        check.checkers = ["chair-2", "secretary-2"]
        #expect(throws: Rejection(.checkerNotAnnounced, "secretary-2")) {
            try fixture.run(.recordQualityCheck(check))
        }
        // Not all of them need have come.
        check.checkers = ["chair-2"]
        try fixture.run(.recordQualityCheck(check))
        // A check without a sample is anybody's.
        (check.check, check.sample) = ("ch-2", "")
        check.checkers = ["secretary-2"]
        try fixture.run(.recordQualityCheck(check))
    }

    @Test(
        arguments: [
            (0, 0, nil), (3, 0, 3), (4, 0, nil), (0, 1, 1), (0, 333, 1), (0, 334, 2), (0, 1000, 3),
            (0, 1001, nil), (2, 500, 2), (1, 500, nil),
        ] as [(UInt32, UInt32, UInt32?)]
    )
    func `A sample takes at least one household and at most all of them`(
        size: UInt32,
        perMille: UInt32,
        drawn: UInt32?
    ) throws {
        var fixture = self.fixture
        let command = Command.OneOf_Kind.announceSample(.sample(size: size, perMille: perMille))
        do throws(Rejection) {
            try fixture.run(command)
            let draw = try fixture.run(.drawSample(.named(Self.name))).sampleDrawn
            #expect(draw.size == drawn)
        } catch {
            #expect(error.code == .sampleSizeInvalid)
            #expect(drawn == nil)
        }
    }

    @Test mutating func `An area has so many objections and no more`() throws {
        for number in 1...10_000 {
            fixture.apply(Event(.raisedObjection("of-\(number)")))
        }
        let full = Rejection(.areaFull, "9981")
        #expect(throws: full) { try fixture.run(.raiseObjection(.sample())) }
        // Of other kinds and of other areas there are none yet.
        try fixture.run(.raiseObjection(.sample("ob-2", "990151")))
        try fixture.run(.reportDefect(.sample()))
    }
}

extension Event.OneOf_Kind {
    fileprivate static func raisedObjection(_ name: String) -> Event.OneOf_Kind {
        .objectionRaised(.sample(name))
    }
}
