import Audit
import AuditTestSupport
import Evidence
import EvidenceContainer
import Survey
import Testing
import TransparencyLog

/// Evidence of one household's acts.
@Suite struct HouseholdBundleTests {
    private let log: BundleLog
    private let subject = BundleSubject.household(cycle: "2561", household: "h-1")

    init() throws { log = try BundleLog() }

    @Test func `A household's bundle has all versions of its stream and passes`() throws {
        let files = try log.files(subject)
        let verdict = BundleAuditor.verify(try files.sealed(), trust: try log.trust())
        #expect(verdict.verdict.findings == [])
        #expect(verdict.subject == subject)
        #expect(verdict.status == nil)
        // Recorded once, corrected twice; record 0, the certificates' roots and the key's rotation.
        #expect(verdict.recordCount == 6)
        #expect(!files.contains { $0.name == "statement.txt" })
        let readme = try #require(files.first { $0.name == "README.txt" })
        let text = String(decoding: readme.contents, as: UTF8.self)
        #expect(text.contains("have the versions 0, 1, 2 … without a gap"))
    }

    @Test func `The bundle of a household that was asked again passes`() throws {
        let asked = BundleSubject.household(cycle: "2561", household: "h-2")
        let files = try log.files(asked)
        let verdict = BundleAuditor.verify(try files.sealed(), trust: try log.trust())
        #expect(verdict.verdict.findings == [])
        // Recorded, withdrawn, recorded again, asked again; and the three of every household.
        #expect(verdict.recordCount == 7)
    }

    @Test func `An erased household's bundle passes, and no other key is erased in it`() throws {
        let erased = BundleSubject.household(cycle: "2561", household: "h-4")
        let verdict = BundleAuditor.verify(
            try log.files(erased).sealed(),
            trust: try log.trust()
        )
        #expect(verdict.verdict.findings == [])
        var forged = try ForgedLog(log.records)
        let index = try forged.index(of: .personalDataErased)
        try forged.entries[index].edit { $0.personalDataErased.keyID += 1 }
        var other = log
        other.records = forged.records
        let found = BundleAuditor.verify(
            try other.files(erased).sealed(),
            trust: try other.trust()
        )
        #expect(found.verdict.findings.map(\.code) == [.notAllowed])
    }

    @Test func `A version in between that is left out is found`() throws {
        let indexes = try log.indexes(of: subject)
        let household = try indexes.filter { try log.records[$0].isHousehold() }
        for index in household.dropLast() {
            let files = try BundleFiles.make(try log.contents(subject, without: [index]))
            let verdict = BundleAuditor.verify(try files.sealed(), trust: try log.trust())
            #expect(verdict.has(.recordsMissing), "record \(index)")
        }
    }

    @Test func `Without record 0 no key of the log is known`() throws {
        let contents = try log.contents(subject, without: [0])
        #expect(throws: BundleError.self) {
            try BundleFiles.make(
                BundleContents(
                    entries: contents.entries.filter { entry in
                        (try? entry.record.isHousehold()) == true
                    },
                    checkpoint: contents.checkpoint
                )
            )
        }
    }

    @Test func `A correction of a value that was not there is found`() throws {
        var forged = try ForgedLog(log.records)
        let index = try #require(
            try forged.entries.firstIndex { try $0.event.eventKind == .householdCorrected }
        )
        try forged.entries[index].edit { event in
            guard case .householdCorrected(var correction) = event.kind else { return }
            correction.changes[0].old = "3/3"
            event.kind = .householdCorrected(correction)
        }
        var other = log
        other.records = forged.records
        let verdict = BundleAuditor.verify(
            try other.files(subject).sealed(),
            trust: try other.trust()
        )
        #expect(verdict.has(.notAllowed))
    }

    @Test(arguments: [
        ("certification/C", true), ("household/2561/h", true), ("household/2561", false),
        ("certification/a/b", false), ("order/x", false), ("", false),
    ])
    func `A subject is one stream`(stream: String, isOne: Bool) {
        #expect((BundleSubject(stream: stream) != nil) == isOne)
        if let subject = BundleSubject(stream: stream) { #expect(subject.stream == stream) }
    }
}
