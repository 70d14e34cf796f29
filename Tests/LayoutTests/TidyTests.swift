import Foundation
import Testing

/// Style as a test: what the formatter cannot see.
@Suite struct `The tidiness of the sources` {
    private let folders = ["Sources", "Projections", "Tools", "Tests"]

    private var written: [SourceFile] {
        folders.flatMap(SourceFile.all(in:)).filter { file in
            // What Tools/generate makes.
            !file.path.hasSuffix(".pb.swift")
        }
    }

    @Test func `no file is longer than 400 lines`() {
        #expect(written.count > 100)
        for file in written {
            let lineCount = file.text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lineCount <= 401, "\(file.path)")
        }
    }

    @Test func `nothing is left to do later and nothing traps by name`() {
        // Spelled in pieces, so that this file does not find itself.
        let words = ["TO" + "DO", "FIX" + "ME", "fatal" + "Error(", "try" + "!", "as" + "! "]
        for file in written {
            for word in words {
                #expect(!file.text.contains(word), "\(file.path) has \(word)")
            }
        }
    }

    @Test func `the top level holds what the layout names and nothing else`() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Manifest.packageFolder.path
        )
        let allowed: Set = [
            "Package.swift", "Sources", "Tests", "Projections", "Tools", "README.md",
            // Git ignores it.
            "Package.resolved",
        ]
        #expect(Set(names.filter { !$0.hasPrefix(".") }).subtracting(allowed).isEmpty)
    }

    @Test func `generated code is committed beside its schema`() {
        for path in [
            "Sources/Survey/Schema/survey", "Sources/Survey/Schema/questionnaire",
            "Sources/Ledger/Schema/record",
        ] {
            let root = Manifest.packageFolder.path + "/" + path
            #expect(FileManager.default.fileExists(atPath: root + ".proto"))
            #expect(FileManager.default.fileExists(atPath: root + ".pb.swift"))
        }
    }
}
