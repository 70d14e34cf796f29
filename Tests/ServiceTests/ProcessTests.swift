import AsyncHTTPClient
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import NIOCore
import NIOHTTP1
import Survey
import Testing
import TransparencyLog

/// A running `bmn serve`, killed with this value.
final class ServeProcess {
    private let process = Process()
    private let folder: URL

    static let bmn = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "bmn")

    init(_ ledger: String, _ arguments: [String] = ["--listen", "127.0.0.1:0"]) throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "serve-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data().write(to: folder.appending(path: "err"))
        process.executableURL = Self.bmn
        process.arguments = ["serve", ledger, "--lang", "en"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err"))
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    var messages: String {
        (try? String(contentsOf: folder.appending(path: "err"), encoding: .utf8)) ?? ""
    }

    /// Where it listens, once it does.
    func address() async throws -> String {
        for _ in 0..<3000 where process.isRunning {
            let line = messages.split(separator: "\n", omittingEmptySubsequences: false)
                .dropLast().first { $0.hasPrefix("listening on ") }
            if let line { return String(line.dropFirst("listening on ".count)) }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it does not listen: \(messages)")
        throw CocoaError(.fileReadUnknown)
    }

    /// The same, once it is ready.
    func url() async throws -> String {
        let url = try await address()
        for _ in 0..<3000 where process.isRunning {
            let request = HTTPClientRequest(url: url + "/readyz")
            let ready = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            _ = try await ready.body.collect(upTo: 1 << 20)
            if ready.status == .ok { return url }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it does not become ready: \(messages)")
        throw CocoaError(.fileReadUnknown)
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// How it ends: the exit status, or minus the signal.
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit
            ? process.terminationStatus : -process.terminationStatus
    }

    /// One that ends by itself.
    static func run(
        _ arguments: [String],
        _ program: URL = bmn
    ) throws -> (status: Int32, output: String, error: String) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["BMN_LANG": "en", "BMN_STOP_SECONDS": "7"]
        ) { $1 }
        process.standardInput = FileHandle.nullDevice
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let told = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: printed, as: UTF8.self),
            String(decoding: told, as: UTF8.self)
        )
    }
}

@Suite(.serialized) struct `bmn serve` {
    private let scratch: ScratchLedger
    private var path: String { scratch.directory.path }

    init() throws {
        scratch = try ScratchLedger()
        try Self.register(scratch)
    }

    private static func register(_ scratch: ScratchLedger) throws {
        var user = UserRegistration()
        (user.cycle, user.person, user.role, user.area) = (
            "2561", "recorder-1", "recorder", "9901"
        )
        _ = try scratch.writer().run(Sample.command(.registerUser(user))).get()
    }

    private func token() throws -> String {
        let made = try ServeProcess.run([
            "token", "create", path, "--person", "recorder-1", "--scope", "submit", "--scope",
            "read", "--expires", "2099-12-31",
        ])
        #expect(made.status == 0, "\(made.error)")
        return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func problems() throws -> [String] { try WholeLedger.problems(scratch.directory) }

    /// The record's index; nil where the service refuses or is gone.
    private static func send(
        _ command: Command,
        _ url: String,
        _ token: String
    ) async throws -> Int? {
        var request = HTTPClientRequest(url: url + "/v1/commands")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: try RunningService.line(command)))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 1 << 20)
        return try Reply.object(String(buffer: body))["index"] as? Int
    }

    @Test func `killed at any moment it has what it acknowledged`() async throws {
        let token = try token()
        var acknowledged: [Int: String] = [:]
        for round in 0..<3 {
            let process = try ServeProcess(path)
            let url = try await process.url()
            await withTaskGroup(of: [Int: String].self) { group in
                for client in 0..<8 {
                    group.addTask {
                        var mine: [Int: String] = [:]
                        for number in 0..<500 {
                            let command = Sample.record("99010101-\(round)-\(client)-\(number)")
                            let index = try? await Self.send(command, url, token)
                            guard let index = index ?? nil else { return mine }
                            mine[index] = command.id
                        }
                        return mine
                    }
                }
                try? await Task.sleep(for: .milliseconds(1000 + round * 333))
                process.signal(SIGKILL)
                for await mine in group { acknowledged.merge(mine) { $1 } }
            }
            #expect(process.wait() == -SIGKILL)
            #expect(try problems() == [])
        }
        #expect(!acknowledged.isEmpty)
        try check(acknowledged)
    }

    private func check(_ acknowledged: [Int: String]) throws {
        let snapshot = try LedgerReader(scratch.directory).snapshot()
        for (index, id) in acknowledged {
            let recorded = try snapshot.recordedEvent(UInt64(index))
            #expect(recorded?.envelope.commandID.text == id)
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal ends it in order, with a checkpoint over all`(signal: Int32) async throws {
        let token = try token()
        let process = try ServeProcess(path)
        let url = try await process.url()
        let index = try await Self.send(Sample.record("99010101-0001"), url, token)
        #expect(index != nil)
        process.signal(signal)
        #expect(process.wait() == 0, "\(process.messages)")
        #expect(try problems() == [])
        #expect(try signedSize() == index.map { UInt64($0) + 1 })
        #expect(!process.messages.contains(token))
    }

    private func signedSize() throws -> UInt64? {
        try LedgerReader(scratch.directory).snapshot().latestCheckpoint()?.treeSize
    }

    @Test func `the settings in force are shown with their sources`() throws {
        let file = scratch.folder + "/settings.json"
        try Data(#"{"readThreadCount": 3, "listen": "127.0.0.1:1"}"#.utf8)
            .write(to: URL(filePath: file))
        let run = try ServeProcess.run([
            "serve", path, "--config", file, "--listen", "127.0.0.1:2", "--check-config", "--json",
        ])
        #expect(run.status == 0, "\(run.error)")
        let settings = try #require(try Reply.object(run.output) as? [String: [String: String]])
        #expect(settings["listen"] == ["value": "127.0.0.1:2", "source": "flag"])
        #expect(settings["stopSeconds"] == ["value": "7", "source": "environment"])
        #expect(settings["readThreadCount"] == ["value": "3", "source": "file"])
        #expect(settings["connectionCountMax"] == ["value": "2048", "source": "default"])
        for (text, why) in [
            (#"{"listn": "x"}"#, "listn"), (#"{"listen": 5}"#, "kind"), ("[]", "object"),
            ("{", "object"),
            (#"{"readThreadCount": 0}"#, "readThreadCount"),
        ] {
            try Data(text.utf8).write(to: URL(filePath: file))
            let bad = try ServeProcess.run(["serve", path, "--config", file, "--check-config"])
            #expect(bad.status == 2, "\(text)")
            #expect(
                bad.error.hasPrefix("configurationMalformed") && bad.error.contains(why),
                "\(bad.error)"
            )
        }
    }

    @Test func `other machines are not answered without encryption`() throws {
        for listen in ["0.0.0.0:0", "[::]:0", "127.example.org:0"] {
            let run = try ServeProcess.run(["serve", path, "--listen", listen, "--check-config"])
            #expect(run.status == 2)
            #expect(run.error.hasPrefix("listenUnprotected"), "\(run.error)")
            let proxied = try ServeProcess.run([
                "serve", path, "--listen", listen, "--trusted-proxy", "10.0.0.1", "--check-config",
            ])
            #expect(proxied.status == 0, "\(proxied.error)")
        }
        for proxy in ["nonsense", "10.0.0.7/24", "proxy.example.org"] {
            let bad = try ServeProcess.run([
                "serve", path, "--listen", "0.0.0.0:0", "--trusted-proxy", proxy, "--check-config",
            ])
            #expect(bad.status == 2)
            #expect(bad.error.hasPrefix("configurationMalformed"), "\(bad.error)")
        }
        let half = try ServeProcess.run([
            "serve", path, "--tls-certificate", "x.pem", "--check-config",
        ])
        #expect(half.status == 2)
        #expect(half.error.hasPrefix("configurationMalformed"))
    }

    @Test func `with a certificate it speaks TLS, to stock tools too`() async throws {
        let folder = scratch.folder
        let bash = URL(filePath: "/bin/bash")
        let made = try ServeProcess.run(
            [
                "-c",
                """
                cd "$0" && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
                    -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
                    -keyout tls.key -out tls.pem
                """, folder,
            ],
            bash
        )
        try #require(made.status == 0, "\(made.error)")
        let process = try ServeProcess(
            path,
            [
                "--listen", "127.0.0.1:0", "--tls-certificate", folder + "/tls.pem", "--tls-key",
                folder + "/tls.key",
            ]
        )
        let url = try await process.address()
        #expect(url.hasPrefix("https://127.0.0.1:"))
        let asked = try ServeProcess.run(
            [
                "-c",
                """
                printf 'GET /livez HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n' |
                    openssl s_client -quiet -verify_return_error -CAfile "$0/tls.pem" \
                    -connect "$1"
                """, folder, String(url.dropFirst("https://".count)),
            ],
            bash
        )
        #expect(asked.output.hasPrefix("HTTP/1.1 200 "), "\(asked.error)")
        let old = try ServeProcess.run(
            [
                "-c",
                """
                openssl s_client -tls1_1 -cipher DEFAULT@SECLEVEL=0 -connect "$0" < /dev/null 2>&1
                """, String(url.dropFirst("https://".count)),
            ],
            bash
        )
        #expect(old.status != 0)
        #expect(old.output.contains("protocol version"), "\(old.output)")
        process.signal(SIGTERM)
        #expect(process.wait() == 0)
        #expect(try problems() == [])
    }

    @Test func `tokens are made for persons of the ledger, listed and revoked`() throws {
        let text = try token()
        let list = try ServeProcess.run(["token", "list", path, "--json"])
        let tokens = try #require(try Reply.object(list.output)["tokens"] as? [[String: Any]])
        #expect(tokens.map { $0["person"] as? String } == ["recorder-1"])
        #expect(tokens.map { $0["state"] as? String } == ["valid"])
        #expect(!list.output.contains(text.suffix(64)))
        let stored = try Data(contentsOf: URL(filePath: path + "/access.sqlite"))
        #expect(stored.range(of: Data(text.suffix(64).utf8)) == nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "/access.sqlite")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let id = try #require(tokens[0]["id"] as? String)
        #expect(try ServeProcess.run(["token", "revoke", path, id]).status == 0)
        let after = try ServeProcess.run(["token", "list", path, "--json"])
        #expect(after.output.contains("\"state\":\"revoked\""))
        let unknown = try ServeProcess.run(["token", "revoke", path, "000000000000"])
        #expect(unknown.status == 1 && unknown.error.hasPrefix("tokenUnknown"))
        let nobody = try ServeProcess.run([
            "token", "create", path, "--person", "nobody", "--scope", "read", "--expires",
            "2099-12-31",
        ])
        #expect(nobody.status == 1 && nobody.error.hasPrefix("personUnknown"))
        #expect(
            try ServeProcess.run(["access-log", path, "--json"]).output == "{\"entries\":[]}\n"
        )
    }
}
