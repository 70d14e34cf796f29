import Audit
import AuditTestSupport
import Evidence
import EvidenceContainer
import Foundation
import Ledger
import Survey
import Testing

/// What the README's commands find in a bundle whose maker left out part of the story, and made all
/// that follows from the rest anew.
@Suite struct ReadmeStoryTests {
    private let shell: Shell
    private let log: BundleLog

    init() throws {
        shell = try Shell()
        log = try BundleLog()
    }

    private func commands(_ files: [ContainerFile]) throws -> String {
        let readme = try #require(files.first { $0.name == "README.txt" })
        return String(decoding: readme.contents, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { $0.hasPrefix("    ") }.joined(separator: "\n")
    }

    /// Runs the commands of the README as they came with the files.
    private func check(_ files: [ContainerFile]) throws -> (status: Int32, text: String) {
        let bytes = try BundleSeal.container(files, at: Int64(Date().timeIntervalSince1970))
        try shell.write(bytes, to: "x.asice")
        let unpacked = try shell.run("rm -rf story && unzip -q x.asice -d story")
        try #require(unpacked.status == 0, "\(unpacked.text)")
        return try shell.run(try commands(files), in: "story")
    }

    @Test func `A version of a household that is left out is missed`() throws {
        let subject = BundleSubject.household(cycle: "2561", household: "h-1")
        let own = try log.indexes(of: subject).filter { try log.records[$0].isHousehold() }
        #expect(own.count == 3)
        for (version, index) in own.dropLast().enumerated() {
            let files = try BundleFiles.make(try log.contents(subject, without: [index]))
            let run = try check(files)
            #expect(run.status != 0)
            #expect(run.text.contains("OK: inTheLog"), "all that is there is in the log")
            let said = "WRONG: version \(version) of household/2561/h-1 is missing"
            #expect(run.text.contains(said), "\(run.text)")
        }
    }

    @Test func `A signature of a certification that is left out is missed`() throws {
        let signed = try log.indexes(of: BundleLog.certification).filter { index in
            try log.records[index].decoded().event.eventKind == .certificationSigned
        }
        #expect(signed.count == 3)
        for (offset, index) in signed.enumerated() {
            let run = try check(try BundleFiles.make(try log.contents(without: [index])))
            #expect(run.status != 0)
            let said = "WRONG: version \(offset + 1) of certification/2561-9981-2 is missing"
            #expect(run.text.contains(said), "\(run.text)")
        }
    }

    @Test func `A certification whose issue is left out does not pass for an issued one`() throws {
        let own = try log.indexes(of: BundleLog.certification).filter { index in
            try log.records[index].decoded().event.stream == BundleLog.certification.stream
        }
        let contents = try log.contents(without: Set(own.suffix(2)))
        let run = try check(try BundleFiles.make(contents))
        #expect(run.status != 0)
        #expect(run.text.contains("WRONG: it was not issued"), "\(run.text)")
    }

    @Test func `A role that is required and has not signed is named`() throws {
        var forged = try ForgedLog(log.records)
        for index in forged.entries.indices {
            try forged.entries[index].edit { event in
                guard case .certificationSigned(var signature) = event.kind,
                    signature.role == "secretary"
                else { return }
                signature.role = "member"
                event.kind = .certificationSigned(signature)
            }
        }
        var other = log
        other.records = forged.records
        let run = try check(try other.files())
        #expect(run.status != 0)
        #expect(run.text.contains("WRONG: secretary has not signed"), "\(run.text)")
    }

    /// The log with a certification of an LAO that lacks one of the three signatures of its rule.
    private func twoSigned() throws -> ForgedLog {
        var forged = try ForgedLog(log.records)
        let member = try forged.entries.firstIndex { entry in
            guard case .certificationSigned(let signature) = try entry.event.kind else {
                return false
            }
            return signature.certification == "2561-9981-2" && signature.role == "member"
        }
        forged.entries.remove(at: try #require(member))
        forged.renumberStreams()
        return forged
    }

    /// A bundle of another choice of streams, each of them whole.
    private func files(
        _ forged: ForgedLog,
        without left: String,
        with other: String
    ) throws -> [ContainerFile] {
        var log = log
        log.records = forged.records
        let streams = try log.records.map { try $0.decoded().event.stream }
        let due = try log.indexes(of: BundleLog.certification)
        let chosen = streams.indices.filter { index in
            streams[index] == other || due.contains(index) && streams[index] != left
        }
        #expect(chosen.contains { streams[$0] == other })
        return try BundleFiles.make(
            BundleContents(
                entries: try chosen.map(log.entry),
                checkpoint: try log.checkpoint(),
                policy: try log.policyBytes()
            )
        )
    }

    @Test func `The level is that of the area in the statement, and of no other area`() throws {
        let forged = try twoSigned()
        var other = log
        other.records = forged.records
        let honest = try check(try other.files())
        #expect(honest.text.contains("WRONG: fewer than 3 have signed"), "\(honest.text)")
        // Two are enough for a district.
        let run = try check(try files(forged, without: "area/9981", with: "area/9901"))
        #expect(run.status != 0)
        #expect(run.text.contains("WRONG: no rule says who must sign"), "\(run.text)")
    }

    @Test func `The rule is that of the cycle in the statement, and of no other cycle`() throws {
        var forged = try twoSigned()
        var lax = Cycle.defaults2561(province: "99")
        lax.cycle = "2562"
        for index in lax.certificationRules.indices {
            lax.certificationRules[index].minimumSignatures = 1
        }
        forged.append(.cycleDefined(lax))
        let run = try check(try files(forged, without: "cycle/2561", with: "cycle/2562"))
        #expect(run.status != 0)
        #expect(run.text.contains("WRONG: no rule says who must sign"), "\(run.text)")
    }

    @Test(arguments: [
        ("2561-9981-2", "chair-1", EventKind.memberKeyRegistered),
        ("2561-9901-1", "secretary-2", EventKind.memberCertificateRegistered),
        ("2561-9901-1", "chair-2", EventKind.passkeyRegistered),
    ])
    func `What was registered after a signature is not what signed it`(
        _ certification: String,
        _ person: String,
        _ kind: EventKind
    ) throws {
        var forged = try ForgedLog(log.records)
        let index = try forged.entries.firstIndex { entry in
            try entry.event.eventKind == kind && entry.event.stream == "person/\(person)"
        }
        forged.entries.append(forged.entries.remove(at: try #require(index)))
        forged.renumberStreams()
        var other = log
        other.records = forged.records
        let files = try other.files(.certification(certification))
        let run = try check(files)
        #expect(run.status != 0)
        #expect(run.text.contains("WRONG: the key was not registered before"), "\(run.text)")
    }

    @Test func `BUNDLE.md publishes the commands, so that they can be compared`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "Sources/Evidence/BUNDLE.md")
        let parts = try String(contentsOf: file, encoding: .utf8)
            .components(separatedBy: "```bash\n").dropFirst()
            .map { $0.components(separatedBy: "\n```")[0] }
        #expect(parts == BundleCommands.all)
        var stamped = log
        stamped.timestamps = [[0x30, 0]]
        let all = try commands(try stamped.files())
        let bare = all.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0.dropFirst(4)) }.joined(separator: "\n")
        #expect(bare == BundleCommands.all.joined(separator: "\n"))
    }
}
