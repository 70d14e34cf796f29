import Audit
import AuditTestSupport
import Evidence
import EvidenceContainer
import Ledger
import Survey
import Testing

/// A certification that rests on figures which the people confirmed brings the proof of that along.
@Suite struct BundlePresentationTests {
    private static let subject = BundleSubject.certification("2561-9981-1")
    private static let stream = "presentation/presentation-1"
    private let log: BundleLog

    init() throws { log = try Self.log { $0.requiresConfirmedPresentation = true } }

    /// Presented, objected to, confirmed on another day, and certified.
    private static func log(_ change: (inout Cycle) -> Void) throws -> BundleLog {
        var script = Script.collected(inCycle: change)
        script.add(.presentResults(Sample.presentation), on: "2018-01-30")
        script.add(.holdPublicReview(Sample.publicReview), on: "2018-01-30")
        var review = Sample.publicReview
        review.outcome = .confirmed
        script.add(.holdPublicReview(review), on: "2018-01-31")
        script.certify("2561-9981-1", "9981", ["chair-1", "member-1", "secretary-1"])
        var log = try BundleLog(script)
        log.signer = Sample.logSigner()
        return log
    }

    private func verify(_ log: BundleLog, without left: Set<Int> = []) throws -> BundleVerdict {
        let files = try BundleFiles.make(try log.contents(Self.subject, without: left))
        return BundleAuditor.verify(try files.sealed(), trust: try log.trust())
    }

    /// Where the records of the presentation are.
    private func places() throws -> [Int] {
        try log.indexes(of: Self.subject).filter {
            try log.records[$0].decoded().event.stream == Self.stream
        }
    }

    @Test func `Presentation and reviews are in the bundle of a certification that needs them`()
        throws
    {
        #expect(try places().count == 3)
        let verdict = try verify(log)
        #expect(verdict.verdict.isOK, "\(verdict.verdict.findings)")
    }

    @Test func `Without its review, or without all of it, the bundle proves too little`() throws {
        let places = try places()
        for left in [[places[2]], [places[1], places[2]], places] {
            let verdict = try verify(log, without: Set(left))
            #expect(verdict.has(.notAllowed), "\(verdict.verdict.findings)")
        }
        // The first of a stream that is there shows by its version.
        #expect(try verify(log, without: [places[0]]).has(.recordsMissing))
    }

    @Test func `A presentation that names another tree is found from its own proof`() throws {
        var forged = try ForgedLog(log.records)
        let index = try forged.index(of: .resultsPresented)
        try forged.entries[index].edit { event in event.resultsPresented.treeSize -= 1 }
        var other = log
        other.records = forged.records
        let findings = try verify(other).verdict.findings
        let found = findings.filter { $0.code == .certifiedTreeHeadWrong }.map(\.index)
        #expect(found.contains(UInt64(index)), "\(findings)")
    }

    @Test func `A cycle that does not ask for it leaves presentations out`() throws {
        let plain = try Self.log { _ in }
        let events = try plain.indexes(of: Self.subject).map {
            try plain.records[$0].decoded().event
        }
        #expect(!events.contains { $0.stream == Self.stream })
        #expect(try verify(plain).verdict.isOK)
    }
}
