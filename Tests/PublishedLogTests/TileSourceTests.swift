import Audit
import AuditTestSupport
import Foundation
import Ledger
import LedgerAudit
import LedgerReader
import Testing
import TransparencyLog

@Suite struct `Verifying a published log` {
    private static let levels = Set(Check.allCases).subtracting([.projections])

    /// A survey from areas to signed certifications, but for the last step, a rotation of the log's
    /// key to one that is nowhere to sign with.
    private static func certified() throws -> Publication {
        let publication = try Publication()
        try publication.append(Script.certified.steps.dropLast())
        try publication.sign()
        try publication.publish()
        return publication
    }

    private func verify(_ log: PublishedLog) throws -> Verdict {
        try RecordVerification(checks: Self.levels).run(log) { _, _ in }
    }

    @Test func `comes to the verdict of the ledger that it was made of`() throws {
        let publication = try Self.certified()
        let ledger = try Auditor(LedgerSource(LedgerReader(publication.ledger))).verify()
        let published = try publication.verify()
        #expect(published.isOK, "\(published.findings)")
        // The ledger keeps every checkpoint, the publication the latest.
        func others(_ verdict: Verdict) -> [CheckResult] {
            verdict.checks.filter { $0.check != .signatures }
        }
        #expect(others(published) == others(ledger) && published.findings == ledger.findings)
        #expect(published.rootHash == ledger.rootHash && published.seal == ledger.seal)
        #expect(published.headHash == ledger.headHash && published.origin == ledger.origin)
        #expect(published.checkpoint == ledger.checkpoint)
        #expect(published.checks.contains { $0.check == .figures && $0.checkedCount > 0 })
        let reader = try TileSource(publication.log).makeReader()
        #expect(try published.checkpoint == reader.checkpoint(from: 0))
    }

    @Test func `finds every file that is damaged, missing or exchanged`() throws {
        let publication = try Publication(recordCount: 257)
        try publication.sign()
        try publication.publish()
        let path = publication.log.path
        let files = try Folder.files(path)
        #expect(files.count == 6)
        func expectFound(_ what: String) {
            let verdict = try? publication.verify()
            #expect(verdict?.isOK != true, "\(what)")
        }
        for (name, bytes) in files {
            let file = path + "/" + name
            var damages: [(String, [UInt8])] = [
                ("short", Array(bytes.dropLast())), ("empty", []), ("long", bytes + [0]),
                ("huge", bytes + [UInt8](repeating: 1, count: 20 << 20)),
            ]
            for place in [0, 1, bytes.count / 2, bytes.count - 1] {
                var flipped = bytes
                flipped[place] ^= 1
                damages.append(("flipped at \(place)", flipped))
            }
            for (what, damaged) in damages {
                try Folder.write(damaged, file)
                expectFound("\(name) \(what)")
            }
            try FileManager.default.removeItem(atPath: file)
            expectFound("\(name) gone")
            #expect(unsafe mkdir(file, 0o755) == 0)
            expectFound("\(name) a folder")
            try FileManager.default.removeItem(atPath: file)
            #expect(unsafe mkfifo(file, 0o644) == 0)
            expectFound("\(name) a FIFO")
            try FileManager.default.removeItem(atPath: file)
            #expect(unsafe symlink(file, file) == 0)
            expectFound("\(name) a loop")
            try FileManager.default.removeItem(atPath: file)
            for (other, otherBytes) in files where other > name {
                try Folder.write(otherBytes, file)
                try Folder.write(bytes, path + "/" + other)
                expectFound("\(name) and \(other) exchanged")
                try Folder.write(otherBytes, path + "/" + other)
            }
            try Folder.write(bytes, file)
        }
        #expect(try publication.verify().isOK)
    }

    @Test func `names the files that are not what they should be`() throws {
        let publication = try Publication(recordCount: 600)
        try publication.sign()
        try publication.publish()
        let path = publication.log.path
        try FileManager.default.removeItem(atPath: path + "/tile/entries/001")
        try Folder.write([1, 2, 3], path + "/tile/0/000")
        let verdict = try publication.verify()
        let reasons = verdict.findings.map(\.reason)
        #expect(reasons.contains("records 256 to 511 are missing"))
        #expect(reasons.contains("\(path)/tile/entries/001 is missing"))
        #expect(reasons.contains("tile 0 of level 0 has not the hashes of the records"))
        #expect(verdict.treeSize == 344)
    }

    @Test func `finds what was recorded twice, without any index of the store`() throws {
        let honest = try HonestLog(.collected)
        var twice = try ForgedLog(honest.records)
        twice.entries[9].envelope.commandID = twice.entries[4].envelope.commandID
        let forged = try ForgedPublication(twice.records)
        defer { forged.remove() }
        let verdict = try verify(forged.log)
        #expect(
            verdict.findings.map { "\($0.code) \($0.index ?? 0)" } == ["storeIndexWrong 9"],
            "\(verdict.findings)"
        )
        #expect(verdict.findings.first?.reason.contains("command index") == true)
        var again = try ForgedLog(honest.records)
        again.entries[5].envelope.stream = again.entries[4].envelope.stream
        again.entries[5].envelope.streamVersion = again.entries[4].envelope.streamVersion
        let other = try ForgedPublication(again.records)
        defer { other.remove() }
        let found = try verify(other.log).findings
        #expect(found.contains { $0.code == .storeIndexWrong && $0.index == 5 }, "\(found)")
        let clean = try ForgedPublication(honest.records)
        defer { clean.remove() }
        #expect(try verify(clean.log).isOK)
    }

    @Test(arguments: [64, 1 << 20, 1 << 62])
    func `ends soon, however many records a forged checkpoint claims`(treeSize: UInt64) throws {
        let forged = try ForgedPublication(HonestLog(.staffed).records, claiming: treeSize)
        defer { forged.remove() }
        let verdict = try verify(forged.log)
        #expect(!verdict.isOK)
        #expect(verdict.findings.contains { $0.code == .recordsMissing })
    }

    @Test func `takes full tiles where partial ones are gone`() throws {
        let publication = try Publication(recordCount: 100)
        try publication.sign()
        try publication.publish()
        let old = try Folder.files(publication.log.path)["checkpoint"] ?? []
        try publication.grow(to: 300)
        try publication.sign()
        try publication.publish()
        #expect(try Folder.files(publication.log.path)["tile/0/000.p/100"] == nil)
        try Folder.write(old, publication.log.path + "/checkpoint")
        let verdict = try publication.verify()
        #expect(verdict.isOK && verdict.treeSize == 100, "\(verdict.findings)")
    }

    @Test func `needs a checkpoint that the log's key signed`() throws {
        let honest = try HonestLog(.staffed)
        let forged = try ForgedPublication(honest.records)
        defer { forged.remove() }
        var range = CompactRange()
        for record in honest.records { range.append(MerkleTree.leafHash(of: record)) }
        try forged.sign(range.treeHead, number: 2)
        let findings = try verify(forged.log).findings
        #expect(findings.map(\.code) == [.checkpointUnsigned])
    }
}
