import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// A program that runs beside the tests, killed with this value.
final class BackgroundProgram {
    private let process = Process()
    private let folder: URL

    init(_ program: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "browser-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "out")
        try Data().write(to: file)
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let output = try FileHandle(forWritingTo: file)
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    deinit {
        // Not asked first: the driver pays no heed, and the ledger needs no farewell.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    var output: String {
        (try? String(contentsOf: folder.appending(path: "out"), encoding: .utf8)) ?? ""
    }

    /// What stands after these words, up to the end of its line, once it is printed.
    func line(after words: String) async throws -> String {
        try await eventually("\(words): \(output)") {
            let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            return lines.lazy.compactMap { line in
                line.firstRange(of: words).map { String(line[$0.upperBound...]) }
            }
            .first
        }
    }

    /// One that ends by itself, and what it prints.
    static func run(_ program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: printed, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Waits until there is something, for 1,200 looks at most: a minute, or longer where all else is slow.
func eventually<Value>(
    _ what: @autoclosure () -> String,
    _ body: () async throws -> Value?
) async throws -> Value {
    for _ in 0..<1200 {
        if let value = try await body() { return value }
        try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("it never came: \(what())")
    throw CocoaError(.fileReadUnknown)
}

/// A browser behind its driver (W3C WebDriver), with a passkey of its own.
final class Browser {
    struct Screen: Sendable, CustomTestStringConvertible {
        let name: String
        let width: Int
        let height: Int
        let isPhone: Bool

        static let phone = Screen(name: "phone", width: 360, height: 800, isPhone: true)
        static let desktop = Screen(name: "desktop", width: 1280, height: 900, isPhone: false)

        var testDescription: String { name }
    }

    private let driver: BackgroundProgram
    private let address: String
    private var session = ""
    private var authenticator = ""
    private let screen: Screen

    static let driverFile = "/usr/bin/chromedriver"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: driverFile) }

    private init(_ screen: Screen) async throws {
        self.screen = screen
        driver = try BackgroundProgram(URL(filePath: Self.driverFile), ["--port=0"])
        let port = try await driver.line(after: "successfully on port ")
        address = "http://127.0.0.1:\(port.prefix { $0.isNumber })"
    }

    static func open(_ screen: Screen, language: String) async throws -> Browser {
        let browser = try await Browser(screen)
        var options: [String: Any] = [
            "args": [
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                // A page that scrolls slowly moves away from under a click.
                "--force-prefers-reduced-motion",
                "--window-size=\(screen.width),\(screen.height)", "--lang=\(language)",
            ],
            "prefs": ["intl.accept_languages": language],
        ]
        if screen.isPhone {
            options["mobileEmulation"] = [
                "deviceMetrics": [
                    "width": screen.width, "height": screen.height, "pixelRatio": 2, "touch": true,
                ] as [String: Any]
            ]
        }
        let made = try await browser.send(
            .POST,
            "",
            [
                "capabilities": [
                    "alwaysMatch": [
                        "browserName": "chrome", "goog:chromeOptions": options,
                        "webauthn:virtualAuthenticators": true,
                    ]
                ]
            ]
        )
        let value = try #require(made as? [String: Any], "\(browser.driver.output)")
        browser.session = "/" + (try #require(value["sessionId"] as? String, "\(value)"))
        let authenticator = try await browser.send(
            .POST,
            "/webauthn/authenticator",
            [
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
                "hasUserVerification": true, "isUserConsenting": true, "isUserVerified": true,
            ]
        )
        browser.authenticator = try #require(authenticator as? String)
        return browser
    }

    func close() async throws { _ = try await send(.DELETE, "") }

    @discardableResult
    private func send(
        _ method: HTTPMethod,
        _ path: String,
        _ content: [String: Any] = [:]
    ) async throws -> Any? {
        var request = HTTPClientRequest(url: address + "/session" + session + path)
        request.method = method
        if method == .POST {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(
                ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: content))
            )
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(120))
        let body = try await response.body.collect(upTo: 1 << 26)
        let bytes = Data(Array(body.readableBytesView))
        let answer = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
        let value = answer?["value"]
        guard response.status == .ok else {
            throw Refusal(text: "\(path): \(String(describing: value))")
        }
        return value
    }

    struct Refusal: Error {
        let text: String
    }
}

extension Browser {
    func go(_ url: String) async throws { try await send(.POST, "/url", ["url": url]) }

    func url() async throws -> String { try await send(.GET, "/url") as? String ?? "" }

    /// What a script in the page returns.
    func value(_ script: String) async throws -> Any? {
        try await send(.POST, "/execute/sync", ["script": "return \(script)", "args": [Any]()])
    }

    /// Runs a script in the page, whatever the page's own policy allows.
    func run(_ script: String) async throws {
        try await send(.POST, "/execute/sync", ["script": script, "args": [Any]()])
    }

    /// What a script hands to `done`, when it does.
    func awaited(_ script: String) async throws -> Any? {
        try await send(.POST, "/timeouts", ["script": 120_000])
        return try await send(
            .POST,
            "/execute/async",
            ["script": "const done = arguments[0]; \(script)", "args": [Any]()]
        )
    }

    /// The page as PDF; its style says on what paper.
    func printed() async throws -> Data {
        let text = try await send(.POST, "/print", ["shrinkToFit": false]) as? String
        return try #require(Data(base64Encoded: text ?? ""))
    }

    func text(_ selector: String) async throws -> String {
        let found = try await value("document.querySelector('\(selector)')?.innerText ?? ''")
        return found as? String ?? ""
    }

    private func element(_ selector: String) async throws -> String {
        let found = try await eventually("\(selector) at \(screen.name)") {
            try? await send(
                .POST,
                "/element",
                ["using": "css selector", "value": selector]
            ) as? [String: Any]
        }
        return try #require(found.values.first as? String)
    }

    /// As a finger or a mouse does it: what is covered or out of reach cannot be clicked.
    func click(_ selector: String) async throws {
        try await send(.POST, "/element/\(element(selector))/click")
    }

    func type(_ text: String, into selector: String) async throws {
        try await send(.POST, "/element/\(element(selector))/value", ["text": text])
    }

    /// Keys one after the other, wherever the focus is.
    func press(_ keys: String) async throws {
        // A vowel above its consonant is a key of its own.
        let actions = keys.unicodeScalars.flatMap { key in
            ["keyDown", "keyUp"].map { ["type": $0, "value": String(key)] }
        }
        let keyboard: [String: Any] = ["type": "key", "id": "keyboard", "actions": actions]
        try await send(.POST, "/actions", ["actions": [keyboard]])
    }

    func untilAt(_ url: String) async throws {
        _ = try await eventually("\(url), but \(driver.output.suffix(500))") {
            try await self.url() == url ? true : nil
        }
    }

    func untilShown(_ selector: String, contains words: String) async throws {
        _ = try await eventually("\(words) in \(selector)") {
            try await text(selector).contains(words) ? true : nil
        }
    }

    /// Whether the finger, the face or the PIN is the owner's.
    func verifiesUser(_ isVerified: Bool) async throws {
        try await send(
            .POST,
            "/webauthn/authenticator/\(authenticator)/uv",
            ["isUserVerified": isVerified]
        )
    }

    /// Whether nothing of the page is beyond its right edge.
    func fits() async throws -> Bool {
        let fits = try await value("document.documentElement.scrollWidth <= window.innerWidth")
        return fits as? Bool ?? false
    }

    /// Where all screenshots are: BMN_SCREENSHOTS, which Tools/test sets, else with the temporary files.
    static let screenshotFolder =
        ProcessInfo.processInfo.environment["BMN_SCREENSHOTS"].map { URL(filePath: $0) }
        ?? FileManager.default.temporaryDirectory.appending(path: "bmn-screenshots")

    func screenshot(_ name: String) async throws {
        let text = try #require(try await send(.GET, "/screenshot") as? String)
        let picture = try #require(Data(base64Encoded: text))
        #expect(picture.count > 1000)
        let folder = Self.screenshotFolder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "\(name)-\(screen.name).png")
        try picture.write(to: file)
    }
}
