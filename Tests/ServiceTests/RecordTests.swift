import Access
import Cryptography
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import Service
import Survey
import Testing
import TransparencyLog

@Suite(.serialized) struct `Records over HTTP` {
    private func fill(_ service: RunningService, _ count: Int) throws {
        let commands = (0..<count).map { Sample.record("99010101-\($0)") }
        for outcome in try service.writer.run(commands) { _ = try outcome.get() }
    }

    @Test func `a record is its stored bytes, or a CloudEvent around them`() async throws {
        try await RunningService.run { service in
            for index in [0, 3] {
                let stored = try service.storedBytes(UInt64(index))
                let reply = try await service.ask(.GET, "/v1/records/\(index)")
                #expect(reply.bytes == stored)
                #expect(reply.headers.first(name: "Content-Type") == "application/json")
                let tag = "\"\(MerkleTree.leafHash(of: stored).hex)\""
                #expect(reply.headers.first(name: "ETag") == tag)
                let same = try await service.ask(
                    .GET,
                    "/v1/records/\(index)",
                    as: "auditor-1",
                    [("If-None-Match", tag)]
                )
                #expect(same.status == 304 && same.bytes.isEmpty)
                let event = try await service.ask(
                    .GET,
                    "/v1/records/\(index)",
                    as: "auditor-1",
                    [("Accept", "application/cloudevents+json, application/json;q=0.1")]
                )
                let object = try event.object()
                #expect(object["specversion"] as? String == "1.0")
                #expect(object["id"] as? String == "\(index)")
                #expect(object["source"] as? String == "urn:bmn:ledger:\(Sample.origin)")
                #expect(object.keys.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber } })
                #expect(
                    event.text.hasSuffix("\"data\":\(String(decoding: stored, as: UTF8.self))}")
                )
            }
            #expect(try await service.ask(.GET, "/v1/records/999999").status == 404)
            for index in ["-1", "x", "01", "1.0", "18446744073709551616"] {
                let reply = try await service.ask(.GET, "/v1/records/\(index)")
                #expect(try reply.code() == "parameterMalformed", "\(index)")
            }
            let picky = try await service.ask(
                .GET,
                "/v1/records/0",
                as: "auditor-1",
                [("Accept", "image/png")]
            )
            #expect(picky.status == 406)
        }
    }

    @Test func `pages lead through all records, of one stream or kind too`() async throws {
        try await RunningService.run { service in
            try fill(service, 30)
            let size = try service.treeSize()
            var lines: [String] = []
            var path: String? = "/v1/records?limit=7"
            while let here = path {
                let reply = try await service.ask(.GET, here)
                #expect(reply.status == 200)
                lines += reply.text.split(separator: "\n").map(String.init)
                path = reply.headers.first(name: "Link").flatMap { link in
                    link.split(separator: ">").first.map { String($0.dropFirst()) }
                }
            }
            let expected = try (0..<size).map {
                String(decoding: try service.storedBytes($0), as: UTF8.self)
            }
            #expect(lines == expected)
            let households = try await service.ask(
                .GET,
                "/v1/records?kind=householdRecorded&limit=1000"
            )
            #expect(try households.objects().count == 30)
            let users = try await service.ask(.GET, "/v1/records?kind=userRegistered")
            #expect(try users.objects().count == RunningService.people.count)
            let stream = "household/2561/99010101-5"
            let one = try await service.ask(.GET, "/v1/records?stream=\(stream)")
            #expect(try one.objects().map { $0["stream"] as? String } == [stream])
            let nothing = try await service.ask(.GET, "/v1/records?from=\(size)")
            #expect(nothing.status == 200 && nothing.bytes.isEmpty)
            for query in ["limit=0", "limit=1001", "kind=nonsense", "from=-1", "from=1&from=2"] {
                let reply = try await service.ask(.GET, "/v1/records?\(query)")
                #expect(try reply.code() == "parameterMalformed", "\(query)")
            }
            let unknown = try await service.ask(.GET, "/v1/records?form=1")
            #expect(try unknown.code() == "parameterUnknown")
        }
    }

    @Test func `a proof is of the checkpoint that is shown with it`() async throws {
        try await RunningService.run { service in
            #expect(try await service.ask(.GET, "/v1/records/0/proof").status == 404)
            #expect(try await service.ask(.GET, "/v1/checkpoint", as: nil).status == 404)
            let first = try await service.submit(Sample.record("99010101-0001"), "?wait=checkpoint")
            #expect(first.status == 201)
            let size = try service.treeSize()
            #expect(try await service.submit(Sample.record("99010101-0002")).status == 201)
            for index in [0, size - 1] {
                let object = try await service.ask(.GET, "/v1/records/\(index)/proof").object()
                #expect(object["treeSize"] as? UInt64 == size)
                let text = try #require(object["tlogProof"] as? String)
                let proof = try TLogProof(bytes: Array(text.utf8))
                let leafHash = MerkleTree.leafHash(of: try service.storedBytes(index))
                try proof.inclusion.check(leafHash: leafHash, in: proof.checkpoint.treeHead)
                #expect(object["rootHash"] as? String == proof.checkpoint.treeHead.rootHash.hex)
            }
            let later = try await service.ask(.GET, "/v1/records/\(size)/proof")
            #expect(try later.code() == "checkpointUnknown")
            let sized = try await service.ask(.GET, "/v1/records/\(size)/proof?size=\(size + 1)")
            #expect(try sized.object()["checkpoint"] == nil)
            let beyond = try await service.ask(.GET, "/v1/records/0/proof?size=\(size + 2)")
            #expect(try beyond.code() == "treeSizeBeyondLedger")
        }
    }

    @Test func `whole records are public where the operator says so only`() async throws {
        try await RunningService.run { service in
            let record = Sample.record("99010101-0001")
            #expect(try await service.submit(record, "?wait=checkpoint").status == 201)
            let width = Int(try service.treeSize() % 256)
            let tile = try Tile(level: 0, index: 0, width: width)
            let refused = try await service.ask(.GET, "/log/\(tile.entryBundlePath)", as: nil)
            #expect(try refused.code() == "tokenMissing")
            #expect(try await service.ask(.GET, "/log/\(tile.path)", as: nil).status == 200)
            let told = try await service.ask(.GET, "/log/\(tile.entryBundlePath)")
            #expect(try EntryBundle.decode(told.bytes, of: tile).count == width)
            #expect(told.headers.first(name: "Cache-Control")?.hasPrefix("private") == true)
        }
    }

    @Test func `a household's records are noted for auditors, whatever they are asked by`()
        async throws
    {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            _ = try await service.ask(.GET, "/v1/records?stream=area/99", as: "super-1")
            let path = "/v1/records?stream=household/2561/99010101-0001"
            #expect(try await service.ask(.GET, path, as: "recorder-1").status == 200)
            let rows = try service.access.entries().map(\.entry).filter { $0.outcome == .read }
            #expect(rows.map(\.person) == ["recorder-1"])
            #expect(rows.map(\.route) == ["/v1/records"])
        }
    }

    @Test func `a stream's last key tells how many events it has`() async throws {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("1")).status == 201)
            #expect(try await service.submit(Sample.record("11")).status == 201)
            #expect(try await service.submit(Sample.correct("1", failing: 1)).status == 201)
            for (stream, count) in [
                ("household/2561/1", 2), ("household/2561/11", 1), ("household/2561/0", 0),
                ("household/2561/2", 0), ("ledger", 1), ("a", 0), ("zzz", 0),
            ] {
                let (counted, found) = try service.eventCounts(stream)
                #expect(counted == found && found == count, "\(stream)")
            }
        }
    }

    @Test func `the public log verifies by itself`() async throws {
        try await RunningService.run(isLogPublic: true) { service in
            try fill(service, 300)
            _ = try await service.submit(
                Sample.record("99010102-0001", place: 1),
                "?wait=checkpoint"
            )
            #expect(try await service.submit(Sample.record("99010101-x")).status == 201)
            let note = try SignedNote(
                bytes: try await service.ask(.GET, "/log/checkpoint", as: nil).bytes
            )
            let head = try Checkpoint(text: note.text).treeHead
            #expect(head.treeSize == (try service.treeSize()) - 1)
            var range = CompactRange()
            for tile in Tile.tiles(ofTreeSize: head.treeSize) {
                let reply = try await service.ask(.GET, "/log/\(tile.path)", as: nil)
                #expect(reply.status == 200, "\(tile.path)")
                let cache = reply.headers.first(name: "Cache-Control") ?? ""
                #expect(cache.contains("immutable") == !tile.isPartial)
                let hashes = try tile.hashes(in: reply.bytes)
                guard tile.level == 0 else { continue }
                let bundle = try await service.ask(.GET, "/log/\(tile.entryBundlePath)", as: nil)
                let entries = try EntryBundle.decode(bundle.bytes, of: tile)
                #expect(entries.map { MerkleTree.leafHash(of: $0) } == hashes)
                for hash in hashes { range.append(hash) }
            }
            #expect(range.treeHead == head)
            for path in [
                "tile/0/000.p/256", "tile/0/00", "tile/9/000", "tile/0/x000/000", "tile/1/001",
            ] {
                let reply = try await service.ask(.GET, "/log/\(path)", as: nil)
                #expect(reply.status == 404, "\(path)")
            }
            // Beyond the checkpoint: nobody has signed that it is there.
            let width = Int((head.treeSize + 1) % 256)
            let unsigned = try Tile(level: 0, index: head.treeSize / 256, width: width)
            #expect(try await service.ask(.GET, "/log/\(unsigned.path)", as: nil).status == 404)
        }
    }
}

extension RunningService {
    /// By the last key, and by listing all.
    fileprivate func eventCounts(_ stream: String) throws -> (Int, Int) {
        let snapshot = try writer.reader.snapshot()
        let counted = try snapshot.store.eventCount(ofStream: stream, snapshot.transaction)
        return (Int(counted), try snapshot.indexes(ofStream: stream).count)
    }

    func storedBytes(_ index: UInt64) throws -> [UInt8] {
        let bytes = try writer.reader.snapshot().withRecord(index) { record in
            unsafe record.withUnsafeBytes { unsafe Array($0) }
        }
        return try #require(bytes)
    }
}
