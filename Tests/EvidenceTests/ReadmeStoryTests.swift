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
