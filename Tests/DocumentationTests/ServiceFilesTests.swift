import Foundation
import Testing

/// `Tools/service`: nothing here runs a container engine or a system's first process, so what the
/// two files rely on is looked at one by one.
@Suite struct `Files for running the service` {
    private let container: [[String]]
    private let unit: [String: [String]]

    init() throws {
        // A backslash at its end continues a line.
        container = try Document.text("Tools/service/Containerfile")
            .replacingOccurrences(of: "\\\n", with: " ")
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { line in line.split(separator: " ").map(String.init) }
        var settings: [String: [String]] = [:]
        for line in try Document.text("Tools/service/bmn@.service").split(separator: "\n")
        where !line.hasPrefix("#") {
            let sides = line.split(separator: "=", maxSplits: 1).map(String.init)
            if sides.count == 2 { settings[sides[0], default: []].append(sides[1]) }
        }
        unit = settings
    }

    private func arguments(_ instruction: String) -> [[String]] {
        container.filter { $0.first == instruction }.map { Array($0.dropFirst()) }
    }

    @Test func `the image is made of what is in the repository`() throws {
        for arguments in arguments("COPY") where arguments.first?.hasPrefix("--from=") == false {
            let place = Document.packageFolder.appendingPathComponent(arguments[0])
            #expect(FileManager.default.fileExists(atPath: place.path), "\(arguments[0])")
        }
        // All that the manifest reads, or no package could be made of it.
        let copied = arguments("COPY").map { $0[0] }
        for folder in ["Package.swift", "Sources", "Projections", "Tools", "Tests"] {
            #expect(copied.contains(folder), "\(folder) is not copied")
        }
        let manifest = try Document.text("Package.swift")
        let version = manifest.split(separator: "\n")[0].split(separator: " ").last ?? ""
        let tools = try #require(version.split(separator: ":").last)
        let image = try #require(arguments("FROM").first?.first)
        let compiler = try #require(image.split(separator: ":").last?.prefix { $0 != "-" })
        #expect(compiler.compare(tools, options: .numeric) != .orderedAscending)
        let product = try #require(container.first { $0.contains("--product") })
        #expect(product.contains("bmn"))
    }

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "/usr/bin/apt-cache"),
            "packages are looked up with apt-cache"
        )
    )
    func `its packages are in the distribution`() throws {
        var packages: [String] = []
        for arguments in arguments("RUN") where arguments.contains("install") {
            let start = try #require(arguments.firstIndex(of: "install"))
            packages += arguments[(start + 1)...].prefix { $0 != "&&" }.filter {
                !$0.hasPrefix("-")
            }
        }
        #expect(packages.count >= 11)
        for package in packages {
            let known = try Document.run(
                "apt-cache show --no-all-versions '\(package)' | sed -n 1p"
            )
            #expect(known.hasPrefix("Package: \(package)"), "\(package): \(known)")
        }
        // What is linked against there is there when it runs, in the same release.
        let releases = arguments("FROM").map { $0[0] }
        #expect(releases.allSatisfy { $0.contains("bookworm") }, "\(releases)")
    }

    @Test func `image and unit run the same program, as nobody in particular, and end it alike`()
        throws
    {
        let entry = arguments("ENTRYPOINT").flatMap(\.self).joined()
        let started = try #require(unit["ExecStart"]?.first).split(separator: " ")
        #expect(entry == "[\"\(started[0])\",\"\(started[1])\"]")
        let built = try #require(arguments("COPY").first { $0[0].hasPrefix("--from=") })
        #expect(built.last == String(started[0]))
        #expect(arguments("STOPSIGNAL") == [unit["KillSignal"] ?? []])
        let user = try #require(arguments("USER").first?.first)
        let isMade = arguments("RUN").contains { words in
            zip(words, words.dropFirst()).contains { $0 == "--uid" && $1 == user }
        }
        #expect(isMade && user != "0")
        #expect(!["root", "0", nil].contains(unit["User"]?.first))
        let variables = arguments("ENV").flatMap(\.self)
        let port = try #require(arguments("EXPOSE").first?.first)
        #expect(variables.contains("BMN_LISTEN=0.0.0.0:\(port)"))
        let volume = try #require(arguments("VOLUME").first?.first)
        #expect(variables.contains("BMN_LEDGER=\(volume)"))
        // Other machines are answered with TLS only, and the program agrees that these are settings.
        let settings = try Document.run(
            """
            "$BMN_BIN/bmn" init ledger --origin example.org/service-files >&2
            \(variables.map { "export \($0)" }.joined(separator: "\n"))
            export BMN_LEDGER=ledger BMN_LANG=en
            if "$BMN_BIN/bmn" serve --check-config; then exit 1; fi
            "$BMN_BIN/bmn" serve --check-config --trusted-proxy 10.0.0.1
            """
        )
        #expect(settings.contains("listenUnprotected"))
    }

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze"),
            "there is no systemd-analyze: Tools/install systemd"
        )
    )
    func `the unit is one, and shuts the program in`() throws {
        _ = try Document.run(
            """
            sed "s|/usr/bin/bmn|$BMN_BIN/bmn|" "$REPOSITORY/Tools/service/bmn@.service" >bmn@.service
            systemd-analyze verify --man=no ./bmn@.service
            # From 0, shut in, to 10, without any bound: threshold in tenths.
            systemd-analyze security --offline=true --threshold=20 ./bmn@.service
            """
        )
        let stop = try #require(unit["TimeoutStopSec"]?.first.flatMap { Int($0) })
        let bound = try #require(
            try Document.run(
                """
                "$BMN_BIN/bmn" init ledger --origin example.org/service-files >&2
                "$BMN_BIN/bmn" serve ledger --check-config --json | jq -r .stopSeconds.value
                """
            )
            .split(separator: "\n").last.flatMap { Int($0) }
        )
        // systemd kills nobody who is still answering.
        #expect(stop > bound)
    }
}
