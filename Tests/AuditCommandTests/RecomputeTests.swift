import AuditTestSupport
import Foundation
import LMDB
import Ledger
import LedgerReader
import Survey
import Testing

/// Figures and digests at any tree size, from the records alone.
@Suite struct `bmn-audit recompute` {
    private let ledger: ScratchLedger
    private let prepared: [(index: UInt64, event: CertificationPrepared)]

    init() throws {
        ledger = try ScratchLedger(.certified)
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        prepared = try snapshot.indexes(ofKind: .certificationPrepared).map { index in
            let event = try #require(try snapshot.recordedEvent(index)).event
            return (index, event.certificationPrepared)
        }
    }

    private func recompute(_ arguments: String...) throws -> [String: Any] {
        let run = try AuditTool.run(["recompute", ledger.directory.path, "--json"] + arguments)
        #expect(run.exitCode == 0, "\(run.messages)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        return try #require(object as? [String: Any])
    }

    @Test func `gives the root and the figures digest that every certification names`() throws {
        #expect(prepared.count > 1)
        for (_, certification) in prepared {
            let result = try recompute(
                certification.area,
                "--cycle",
                certification.cycle,
                "--as-of",
                "\(certification.treeSize)"
            )
            #expect(result["root"] as? String == certification.rootHash)
            let figures = try #require(result["figures"] as? [String: Any])
            #expect(figures["digest"] as? String == certification.figuresDigest)
            let text = try #require(figures["text"] as? String)
            #expect(text.contains("collected \(certification.figures.collected)\n"))
        }
    }

    @Test func `says the size that it speaks of, and which areas and cycles there are not`() throws
    {
        let first = try recompute("--as-of", "1")
        #expect(first["size"] as? Int == 1)
        #expect(first["figures"] is NSNull && first["projections"] is NSNull)
        for arguments in [["99", "--as-of", "1"], ["none"], ["99", "--cycle", "1900"]] {
            let run = try AuditTool.run(["recompute", ledger.directory.path] + arguments)
            #expect(run.exitCode == 3 && run.output.isEmpty, "\(arguments)")
            #expect(run.messages.contains("Unknown:"), "\(run.messages)")
        }
        for arguments in [["--as-of", "x"], ["--cycle", "2561"]] {
            let run = try AuditTool.run(["recompute", ledger.directory.path] + arguments)
            #expect(run.exitCode == 2, "\(arguments)")
        }
        let beyond = try AuditTool.run(
            ["recompute", ledger.directory.path, "--as-of", "99999999"]
        )
        #expect(beyond.exitCode == 3 && beyond.output.isEmpty)
        #expect(beyond.messages.contains("treeSizeBeyondLedger"), "\(beyond.messages)")
        #expect(!beyond.messages.contains("damaged"), "\(beyond.messages)")
    }

    @Test func `tells what every read model comes to`() throws {
        let result = try recompute("--projections")
        let digests = try #require(result["projections"] as? [[String: String]])
        #expect(digests.count > 10)
        #expect(digests.allSatisfy { $0["digest"]?.utf8.count == 64 })
        #expect(Set(digests.compactMap { $0["name"] }).contains("indicators"))
        let earlier = try recompute("--projections", "--as-of", "3")
        #expect(earlier["projections"] as? [[String: String]] != digests)
    }

    /// No hash covers the index of streams; whoever can write the file can point it anywhere.
    @Test func `an index that shows one household as another is refused, not believed`() throws {
        let areas = Set(prepared.map(\.event.area))
        let area = try #require(areas.first)
        _ = try recompute(area)
        do {
            let store = try LedgerStore(ledger.directory, access: .write)
            try store.environment.write { transaction in
                var streams: [(key: [UInt8], value: [UInt8])] = []
                let prefix = Array("household/".utf8)
                try transaction.forEach(store.streams, from: prefix) { key, value in
                    guard key.byteArray.starts(with: prefix) else { return false }
                    streams.append((key.byteArray, value.byteArray))
                    return true
                }
                // The first entry of each household now names the record of the next one's.
                let firsts = streams.filter { $0.key.suffix(4) == [0, 0, 0, 0] }
                try #require(firsts.count > 1)
                for (entry, next) in zip(firsts, firsts.dropFirst() + firsts.prefix(1)) {
                    try transaction.put(store.streams, entry.key, next.value)
                }
            }
        }
        for arguments in [[area], [area, "--projections"]] {
            let run = try AuditTool.run(["recompute", ledger.directory.path] + arguments)
            #expect(run.exitCode == 3 && run.output.isEmpty, "\(arguments): \(run.output)")
            #expect(run.messages.contains("not number 0 of its stream"), "\(run.messages)")
        }
    }

    @Test func `a damaged ledger is an error and no crash`() throws {
        let file = ledger.directory.ledgerFile
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        for offset in stride(from: 8192, to: bytes.count, by: 512) { bytes[offset] ^= 0xFF }
        try bytes.write(to: URL(fileURLWithPath: file))
        let run = try AuditTool.run(["recompute", ledger.directory.path])
        #expect(run.exitCode == 3 && run.output.isEmpty)
    }
}
