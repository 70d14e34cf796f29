import Audit
import AuditTestSupport
import Foundation
import LedgerAudit
import LedgerReader
import LedgerWriter
import Testing
import TransparencyLog

@Suite struct `Publishing where something is published` {
    private struct Killed: Error {}

    private let publication: Publication
    private var path: String { publication.log.path }

    init() throws {
        publication = try Publication(recordCount: 3)
        try publication.sign()
        try publication.publish()
    }

    /// Bytes that a ledger keeps as tokens, without being any.
    private static let tokens: [[UInt8]] = (1...6).map { [UInt8](repeating: $0, count: 40) }

    private func stamp(_ tokens: some Sequence<[UInt8]>) throws {
        let checkpoints = try CheckpointLog(publication.ledger)
        for token in tokens { try checkpoints.add(timestamp: token, treeSize: 3) }
    }

    private func published() throws -> [String: [UInt8]] {
        try Folder.files(path).filter { $0.key.hasSuffix(".tst") }
    }

    @Test func `a time-stamp keeps its name when others come`() throws {
        var before: [String: [UInt8]] = [:]
        for (number, token) in Self.tokens.enumerated() {
            try stamp([token])
            try publication.publish()
            let names = (0...number).map { "timestamp/3/\($0).tst" }
            let files = try published()
            #expect(files.keys.sorted() == names)
            #expect(before.allSatisfy { files[$0.key] == $0.value })
            #expect(files["timestamp/3/\(number).tst"] == token)
            before = files
        }
    }

    @Test func `no time-stamp is lost wherever publishing is killed`() throws {
        try stamp(Self.tokens.prefix(3))
        try publication.publish()
        let before = Set(try published().values)
        try stamp(Self.tokens.dropFirst(3))
        for killedAt in 0...2 {
            var step = 0
            #expect(throws: Killed.self) {
                try publication.publish { _ in
                    step += 1
                    if step > killedAt { throw Killed() }
                }
            }
            #expect(before.isSubset(of: try published().values), "killed at \(killedAt)")
        }
        try publication.publish()
        #expect(Set(try published().values) == Set(Self.tokens))
    }

    @Test func `a damaged time-stamp is replaced and a gap is closed`() throws {
        try stamp(Self.tokens)
        try publication.publish()
        try Folder.write([1, 2, 3], path + "/timestamp/3/1.tst")
        try publication.publish()
        #expect(Set(try published().values) == Set(Self.tokens))
        try FileManager.default.removeItem(atPath: path + "/timestamp/3/2.tst")
        try publication.publish()
        let names = (0..<6).map { "timestamp/3/\($0).tst" }
        #expect(try published().keys.sorted() == names)
        #expect(Set(try published().values) == Set(Self.tokens))
        // All are there, and one twice, as where a run was killed that closed a gap.
        let last = try #require(try published()["timestamp/3/5.tst"])
        try Folder.write(last, path + "/timestamp/3/0.tst")
        try publication.publish()
        #expect(try published().keys.sorted() == names)
        #expect(Set(try published().values) == Set(Self.tokens))
    }

    @Test func `cosignatures stay that a restored ledger has forgotten`() throws {
        let restored = try Publication(copying: publication)
        func line(_ name: String, _ byte: UInt8) -> String {
            let bytes = Data([1, 2, 3, 4] + [UInt8](repeating: byte, count: 72))
            return "\u{2014} witness.example.org/\(name) \(bytes.base64EncodedString())"
        }
        func add(_ lines: [String], to ledger: LedgerDirectory) throws {
            let signatures = try lines.map { try NoteSignature(line: $0) }
            try CheckpointLog(ledger).add(cosignatures: signatures, treeSize: 3)
        }
        try add([line("a", 1), line("b", 2)], to: publication.ledger)
        try publication.publish()
        try add([line("b", 3), line("c", 4)], to: restored.ledger)
        try restored.publish(to: publication.log)
        let bytes = try #require(try Folder.files(path)["checkpoint"])
        let lines = try SignedNote(bytes: bytes).signatures.dropFirst().map(\.line)
        #expect(Set(lines) == [line("a", 1), line("b", 3), line("c", 4)])
        #expect(try restored.publish(to: publication.log).fileCount == 0)
        // Of an earlier size they mean nothing any more.
        try publication.grow(to: 4)
        try publication.sign()
        try publication.publish()
        let grown = try #require(try Folder.files(path)["checkpoint"])
        #expect(try SignedNote(bytes: grown).signatures.count == 1)
    }

    @Test func `a link in the place of a file is replaced and not written through`() throws {
        let files = FileManager.default
        for name in ["tile/0/000.p/3", "tile/entries/000.p/3", "checkpoint"] {
            let foreign = publication.folder + "/foreign"
            try files.moveItem(atPath: path + "/" + name, toPath: foreign)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: foreign))
            try files.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: foreign)
            // So that all files are compared.
            if name != "checkpoint" { try files.removeItem(atPath: path + "/checkpoint") }
            try publication.publish()
            let attributes = try files.attributesOfItem(atPath: path + "/" + name)
            #expect(attributes[.type] as? FileAttributeType == .typeRegular, "\(name)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: foreign)) == bytes)
            try files.removeItem(atPath: foreign)
        }
        #expect(try publication.verify().isOK)
    }

    @Test(arguments: ["tile", "tile/0", "tile/entries", "tile/0/000.p"])
    func `a folder that is a link is refused`(name: String) throws {
        let files = FileManager.default
        let foreign = publication.folder + "/foreign"
        try files.moveItem(atPath: path + "/" + name, toPath: foreign)
        try files.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: foreign)
        let before = try Folder.files(foreign)
        try publication.grow(to: 9)
        try publication.sign()
        expect(.fileUnwritable, "is a link") { try publication.publish() }
        #expect(try Folder.files(foreign) == before)
    }

    @Test func `partial tiles are removed from no folder that is a link`() throws {
        let files = FileManager.default
        let foreign = publication.folder + "/foreign"
        try Folder.write([7], foreign + "/3")
        let name = path + "/tile/0/000.p"
        try publication.grow(to: 300)
        try publication.sign()
        // Only at the end: nothing is written into it by then.
        try publication.publish { step in
            guard step == .aboutToPublish else { return }
            try files.removeItem(atPath: name)
            try files.createSymbolicLink(atPath: name, withDestinationPath: foreign)
        }
        #expect(try Folder.files(foreign) == ["3": [7]])
    }
}
