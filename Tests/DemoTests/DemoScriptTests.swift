import Foundation
import Testing

/// `Tools/demo` with the programs of this build, at a small size.
@Suite(.serialized) struct `The demo script` {
    private static let script = DemoFiles.root.appending(path: "Tools/demo").path
    /// The folder of the programs that were built with these tests.
    private static let programs = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    private func play(_ folder: URL, _ arguments: String...) throws -> Finished {
        let all = ["--dir", folder.path, "--bin", Self.programs.path, "--lang", "en"] + arguments
        return try Finished(Self.script, all)
    }

    @Test func `a cycle played by the command lines ends with a verified ledger`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bmn-demo-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let played = try play(folder, "--households", "250", "--batch")
        #expect(played.status == 0, "\(played.errors.suffix(2000))")
        #expect(played.errors.contains("lowerCertificationMissing"))

        let verified = try Finished(
            Self.programs.appending(path: "bmn-audit").path,
            ["verify", folder.path, "--json"]
        )
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.contains(#""ok":true"#))
        try checkChain(folder)
        try checkRepetition(folder)
    }

    /// As the README tells everybody to: no program of ours recomputes the hashes.
    private func checkChain(_ folder: URL) throws {
        let recomputed = try Finished(
            "/bin/bash",
            [
                "-c",
                #"""
                previous=0000000000000000000000000000000000000000000000000000000000000000
                lines=0
                while IFS= read -r line; do
                    case "$line" in
                        "{\"index\":\"$lines\",\"previous\":\"$previous\","*) ;;
                        *) echo "line $lines is not linked" && exit 1 ;;
                    esac
                    previous="$({ printf '\0'; printf %s "$line"; } | sha256sum | cut -d' ' -f1)"
                    lines=$((lines + 1))
                done < <("$0" log "$1" | head -300)
                echo "$lines lines linked"
                """#,
                Self.programs.appending(path: "bmn").path, folder.path,
            ]
        )
        #expect(recomputed.status == 0)
        #expect(recomputed.output == "300 lines linked\n")
    }

    /// A demonstration never writes into what is there.
    private func checkRepetition(_ folder: URL) throws {
        let ledger = folder.appending(path: "ledger.mdb")
        let before = try Data(contentsOf: ledger)
        let again = try play(folder, "--households", "250", "--batch")
        #expect(again.status == 2)
        #expect(again.errors.contains("--dir"))
        #expect(try Data(contentsOf: ledger) == before)
    }

    @Test(arguments: [
        ["--househods", "3"], ["--households"], ["--households", "many"], ["--lang", "fr"],
    ])
    func `wrong arguments are told and nothing is made`(_ arguments: [String]) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bmn-demo-\(UUID().uuidString)")
        let refused = try Finished(Self.script, ["--dir", folder.path] + arguments)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("Tools/demo [--dir DIR]"))
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func `the example in the generator's help can be pasted`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bmn-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pasted = try Finished(
            "/bin/bash",
            [
                "-ec",
                #"""
                PATH="$0:$PATH"; ln -s "$1/Tools" "$2/Tools"; cd "$2"
                example="$(bmn-demo --help | grep '^  bmn-demo ')"
                # As many households as a debug build writes at once.
                eval "${example/ 4000/ 400}"
                ls input
                """#,
                Self.programs.path, DemoFiles.root.path, folder.path,
            ]
        )
        #expect(pasted.status == 0, "\(pasted.errors)")
        #expect(pasted.output.contains("households-3801.csv"))
    }

    @Test func `a step that fails stops it with that step's name`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bmn-demo-\(UUID().uuidString)")
        // Fewer households than villages: the generator refuses.
        let stopped = try play(folder, "--households", "50", "--batch")
        #expect(stopped.status == 1)
        #expect(stopped.errors.contains(#"Stopped at "The synthetic data""#))
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
}

/// A program that has ended.
struct Finished {
    let status: Int32
    let output: String
    let errors: String

    init(_ program: String, _ arguments: [String]) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bmn-demo-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files and not pipes: nobody has to read while it runs.
        let outputFile = folder.appending(path: "output")
        let errorFile = folder.appending(path: "errors")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        output = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    }
}
