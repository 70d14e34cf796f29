import AsyncHTTPClient
import Foundation
import LedgerReader
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import Testing

@Suite(
    .serialized,
    .enabled(if: MemoryDisk.isAllowed, "disks are mounted by root, outside of some containers")
)
struct `When the disk fails` {
    private static func ask(_ url: String, _ token: String = "") async throws -> Reply {
        var request = HTTPClientRequest(url: url)
        if !token.isEmpty { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 1 << 24)
        return Reply(
            status: Int(response.status.code),
            headers: response.headers,
            bytes: Array(body.readableBytesView)
        )
    }

    @Test func `a full disk refuses commands, shows what is there, and loses nothing`() async throws
    {
        let disk = try MemoryDisk(megabytes: 160)
        var served = try ServedLedger()
        try served.move(into: disk.folder)
        let token = try served.token()
        let process = try ServeProcess(served.path)
        let url = try await process.url()
        let acknowledged = try await Load.run(url, token: token) { load in
            try await load.untilAcknowledged(50)
            let filling = try disk.fill()
            // The read models' disk is the same one, and whichever fails first is told.
            try await load.untilRefused(["diskFull", "readModelsBehind"])
            let ready = try await Self.ask(url + "/readyz")
            #expect(ready.status == 503)
            #expect(ready.text.contains(#"{"code":"disk","ok":false,"reason":"diskFull""#))
            for path in ["/v1/records/0", "/v1/records?from=1&limit=5", "/v1/status"] {
                #expect(try await Self.ask(url + path, token).status == 200, "\(path)")
            }
            try FileManager.default.removeItem(atPath: filling)
            #expect(try await process.url() == url)
            try await load.untilAcknowledged(50)
        }
        process.signal(SIGTERM)
        #expect(process.wait() == 0, "\(process.messages)")
        try served.check(acknowledged)
    }

    @Test func `a disk that can only be read is told, and read`() async throws {
        let disk = try MemoryDisk(megabytes: 160)
        var served = try ServedLedger()
        try served.move(into: disk.folder)
        let token = try served.token()
        let first = try ServeProcess(served.path)
        var acknowledged = try await Load.run(try await first.url(), token: token) { load in
            try await load.untilAcknowledged(20)
        }
        first.signal(SIGTERM)
        #expect(first.wait() == 0, "\(first.messages)")

        try disk.remount(isWritable: false)
        let refused = try ServeProcess.run(["serve", served.path, "--listen", "127.0.0.1:0"])
        #expect(refused.status == 3, "\(refused.error)")
        #expect(refused.error.contains("noPermission"), "\(refused.error)")
        let log = try ServeProcess.run(["log", served.path, "--from", "0"])
        #expect(log.status == 0, "\(log.error)")
        #expect(log.output.split(separator: "\n").count > acknowledged.count)

        try disk.remount(isWritable: true)
        let second = try ServeProcess(served.path)
        let more = try await Load.run(
            try await second.url(),
            token: token,
            prefix: "99010101-2"
        ) { load in try await load.untilAcknowledged(20) }
        acknowledged.merge(more) { $1 }
        second.signal(SIGTERM)
        #expect(second.wait() == 0, "\(second.messages)")
        try served.check(acknowledged)
    }
}
