import Audit
import AuditTestSupport
import Cryptography
import Evidence
import EvidenceContainer
import Ledger
import Survey
import Testing
import TransparencyLog

/// What passes as evidence of a certification, and what does not.
@Suite struct BundleTests {
    private let log: BundleLog
    private let files: [ContainerFile]

    init() throws {
        log = try BundleLog()
        files = try log.files()
    }

    private func verdict(
        _ files: [ContainerFile],
        _ trust: Trust? = nil
    ) throws -> BundleVerdict {
        BundleAuditor.verify(try files.sealed(), trust: try trust ?? log.trust())
    }

    @Test func `A bundle of a certification passes, and says of what and on whose word`() throws {
        let verdict = try verdict(files)
        #expect(verdict.verdict.findings == [])
        #expect(verdict.verdict.isOK)
        #expect(verdict.subject == BundleLog.certification)
        #expect(verdict.status == .submitted)
        #expect(verdict.policySource == .auditor)
        #expect(verdict.namedSigners == [])
        #expect(verdict.logKey == log.signer.verifierKey)
        #expect(verdict.verdict.origin == Sample.origin)
        #expect(verdict.verdict.treeSize == UInt64(log.records.count))
        #expect(verdict.verdict.seal?.witnesses.map(\.name) == ["w1"])
        #expect(
            verdict.verdict.checks.map(\.check)
                == [.structure, .tree, .signatures, .rules, .figures]
        )
        let names = Set(files.map(\.name))
        for name in [
            "README.txt", "bundle.json", "checkpoint.txt", "checkpoint-cosigned.txt",
            "figures.txt", "log-key.pem", "policy.txt", "records/0.json", "proofs/0.tlog-proof",
            "signatures/1-chair.pem", "signatures/1-chair.sig", "signatures/2-member.sig",
            "signatures/3-secretary.sig", "statement.txt",
        ] { #expect(names.contains(name), "\(name)") }
    }

    @Test func `Every certification of a ledger can be bundled`() throws {
        for id in ["2561-9981-1", "2561-990151-1", "2561-9901-1"] {
            let verdict = try verdict(try log.files(.certification(id)))
            #expect(verdict.verdict.findings == [], "\(id)")
            #expect(verdict.status == (id == "2561-9981-1" ? .withdrawn : .submitted))
        }
    }

    @Test func `Without the auditor's policy the bundle's own counts, and that is said`() throws {
        let own = try verdict(files, Trust())
        #expect(own.policySource == .bundle)
        #expect(own.verdict.isOK)
        let none = try verdict(
            try BundleFiles.make(try log.contents(withPolicy: false)),
            Trust()
        )
        #expect(none.policySource == .none)
        #expect(none.verdict.isOK)
    }

    @Test func `A file that is removed and sealed anew is found`() throws {
        // A policy is the maker's to give: without it the bundle is another, which passes.
        for file in files where file.name != "policy.txt" {
            let rest = files.filter { $0.name != file.name }
            let verdict = try verdict(rest)
            #expect(!verdict.verdict.isOK, "\(file.name)")
        }
    }

    @Test func `A file that is altered and sealed anew is found`() throws {
        for file in files {
            let altered = files.replacing(file.name) { $0[$0.count / 2] ^= 1 }
            let verdict = try verdict(altered, Trust())
            #expect(!verdict.verdict.isOK, "\(file.name)")
        }
    }

    @Test func `A file too many is found`() throws {
        let stray = ContainerFile(name: "records/note.txt", mediaType: "text/plain", contents: [1])
        #expect(try verdict(files + [stray]).has(.fileWrong))
        // A record of the same log that has nothing to do with it.
        let extra = try log.contents(BundleLog.certification)
        let index = try log.records.firstIndex { try $0.isHousehold() }
        let contents = BundleContents(
            entries: extra.entries + [try log.entry(try #require(index))],
            checkpoint: extra.checkpoint
        )
        #expect(throws: BundleError.self) { try BundleFiles.make(contents) }
        // Put in by hand.
        let household = try log.files(.household(cycle: "2561", household: "h-1"))
        let names = Set(files.map(\.name))
        let strays = household.filter { file in
            !names.contains(file.name)
                && (file.name.hasPrefix("records/") || file.name.hasPrefix("proofs/"))
        }
        #expect(strays.count >= 2)
        #expect(try verdict(files + strays).has(.recordsMissing), "two subjects")
    }

    @Test func `A whole stream that has nothing to do with it is found`() throws {
        let contents = try log.contents(BundleLog.certification)
        let foreign = try log.records.indices.filter { index in
            try log.records[index].decoded().event.stream == "person/collector-1"
        }
        #expect(!foreign.isEmpty)
        // All follows from the records, these among them.
        let files = try BundleFiles.make(
            BundleContents(
                entries: contents.entries + (try foreign.map(log.entry)),
                checkpoint: contents.checkpoint,
                policy: contents.policy
            )
        )
        let verdict = try verdict(files)
        let found = verdict.verdict.findings
        #expect(found.map(\.code) == foreign.map { _ in .fileWrong }, "\(found)")
        #expect(found.map(\.index) == foreign.map { UInt64($0) })
    }

    @Test func `Files of another bundle do not pass in this one`() throws {
        let other = try log.files(.certification("2561-990151-1"))
        var swappedCount = 0
        for file in files {
            guard let foreign = other.first(where: { $0.name == file.name }),
                foreign.contents != file.contents
            else { continue }
            swappedCount += 1
            let swapped = files.replacing(file.name) { $0 = foreign.contents }
            #expect(try !verdict(swapped).verdict.isOK, "\(file.name)")
        }
        #expect(swappedCount >= 5)
    }

    @Test func `A record of the story that is left out is found`() throws {
        let indexes = try log.indexes(of: BundleLog.certification)
        // What ends a stream cannot be missed: only the log knows of later records.
        let events = try indexes.map { try log.records[$0].decoded().event }
        var caseCount = 0
        for (offset, index) in indexes.enumerated() {
            let stream = events[offset].stream
            let isLast = !events[(offset + 1)...].contains { $0.stream == stream }
            guard !isLast || stream.hasPrefix("area/") || stream.hasPrefix("order/") else {
                continue
            }
            let contents = try log.contents(without: [index])
            guard let files = try? BundleFiles.make(contents) else { continue }
            #expect(try !verdict(files).verdict.isOK, "record \(index), \(stream)")
            caseCount += 1
        }
        #expect(caseCount > 10)
    }

    @Test func `A certification that was not issued is no evidence`() throws {
        var script = Script.collected
        script.prepare("2561-9981-9", "9981")
        script.sign("2561-9981-9", "chair-1")
        var log = try BundleLog(script)
        log.signer = Sample.logSigner()
        let files = try log.files(.certification("2561-9981-9"))
        let verdict = BundleAuditor.verify(try files.sealed(), trust: try log.trust())
        #expect(verdict.has(.signatureMissing))
        #expect(verdict.status == .prepared)
    }

    @Test func `Any bit of a proof that is flipped is found`() throws {
        let name = "proofs/\(try log.indexes(of: BundleLog.certification)[3]).tlog-proof"
        let size = try #require(files.first { $0.name == name }).contents.count
        for offset in stride(from: 0, to: size, by: 11) {
            let bit = UInt8(1 << (offset % 8))
            let flipped = files.replacing(name) { $0[offset] ^= bit }
            #expect(try !verdict(flipped, Trust()).verdict.isOK, "byte \(offset)")
        }
    }

    @Test func `Every bit of a proof file counts`() throws {
        let entry = try log.entry(5)
        let leafHash = MerkleTree.leafHash(of: entry.record)
        let note = try log.checkpoint().cosigned()
        let bytes = try TLogProof(inclusion: entry.proof, note: note).encoded
        let policy = try LogPolicy(bytes: try log.policyBytes())
        let proved = try TLogProof(bytes: bytes).verify(leafHash: leafHash, policy: policy)
        #expect(proved.cosignatures.count == 1)
        for bit in 0..<bytes.count * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            let passes =
                (try? TLogProof(bytes: flipped))
                .flatMap { try? $0.verify(leafHash: leafHash, policy: policy) }
            #expect(passes == nil, "bit \(bit)")
        }
    }

    @Test func `Another ledger's bundle of the same certification does not pass`() throws {
        var other = log
        other.signer = Sample.logSigner(number: 7)
        // Its first record and its rotation name its own keys: all is consistent but the key.
        var forged = try ForgedLog(log.records)
        let created = try forged.index(of: .ledgerCreated)
        try forged.entries[created].edit { event in
            var first = Sample.created()
            first.logKey = other.signer.verifierKey.vkey
            event.kind = .ledgerCreated(first)
        }
        let rotated = try forged.index(of: .logKeyRotated)
        forged.entries.removeSubrange(rotated...)
        other.records = forged.records
        let files = try other.files()
        let asked = try verdict(files)
        #expect(asked.has(.policyNotMet))
        // And without a policy it is told from the log only by its key, which is shown.
        #expect(try verdict(files, Trust()).logKey == other.signer.verifierKey)
    }

    @Test func `Nobody forges a bundle without the log's key`() throws {
        var forged = try ForgedLog(log.records)
        let index = try forged.entries.firstIndex { entry in
            try entry.event.stream == BundleLog.certification.stream
        }
        try forged.entries[try #require(index)].edit { event in
            guard case .certificationPrepared(var prepared) = event.kind else { return }
            prepared.figures.collected += 1
            event.kind = .certificationPrepared(prepared)
        }
        var other = log
        other.records = forged.records
        other.signer = Sample.logSigner(number: 7)
        let verdict = try verdict(try other.files(), Trust())
        #expect(verdict.has(.checkpointUnsigned))
        #expect(verdict.has(.figuresWrong))
        #expect(verdict.has(.notAllowed), "the statement")
    }

    @Test func `A certification that names another tree is found from its own proof`() throws {
        var forged = try ForgedLog(log.records)
        let index = try #require(
            try forged.entries.firstIndex { try $0.event.stream == BundleLog.certification.stream }
        )
        forged.entries[index - 1].envelope.actor.user = "somebody-else"
        var other = log
        other.records = forged.records
        let verdict = try verdict(try other.files())
        #expect(verdict.has(.certifiedTreeHeadWrong))
    }
}

extension [UInt8] {
    func isHousehold() throws -> Bool { try decoded().event.isOfHousehold }
}
