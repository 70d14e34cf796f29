import Foundation
import Survey
import SurveyImport

/// All that an import of a file gave.
struct Imported {
    var commands: [Command] = []
    var lines: [Int] = []
    var problems: [RowProblem] = []
    var isStopped = false

    var codes: [RowProblem.Code] { problems.map(\.code) }

    init(
        _ kind: ImportKind,
        _ text: String,
        questionnaires: [String: Questionnaire] = [:],
        chunkByteCount: Int = 7
    ) {
        self.init(
            kind,
            bytes: Array(text.utf8),
            questionnaires: questionnaires,
            chunkByteCount: chunkByteCount
        )
    }

    init(
        _ kind: ImportKind,
        bytes: [UInt8],
        questionnaires: [String: Questionnaire] = [:],
        chunkByteCount: Int = 7
    ) {
        var actor = Actor()
        actor.user = "admin-1"
        var importer = CommandImporter(kind, actor: actor, questionnaires: questionnaires)
        var start = 0
        while start < bytes.count {
            let end = min(start + chunkByteCount, bytes.count)
            importer.append(Array(bytes[start..<end]))
            take(from: &importer)
            start = end
        }
        importer.finish()
        take(from: &importer)
    }

    private mutating func take(from importer: inout CommandImporter) {
        while let item = importer.next() {
            switch item {
            case .command(let given, let line):
                commands.append(given.whole)
                lines.append(line)
            case .problems(let found): problems += found
            case .stopped(let found):
                problems += found
                isStopped = true
            }
        }
    }
}

/// One row of a kind's template as a file, with some values replaced.
func file(_ kind: ImportKind, _ values: [String: String] = [:], dropping: [String] = []) -> String {
    file(kind, rows: [values], dropping: dropping)
}

func file(_ kind: ImportKind, rows: [[String: String]], dropping: [String] = []) -> String {
    let columns = kind.columns.filter { !dropping.contains($0.name) }
    var text = columns.map(\.name).joined(separator: ",") + "\r\n"
    for values in rows {
        text += columns.map { CSVWriter.field(values[$0.name] ?? $0.example) }
            .joined(separator: ",")
        text += "\r\n"
    }
    return text
}

/// Files beside the repository and in it.
enum Files {
    // Resolving first lets a package that links to these tests find the repository's own root.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let areas = root.deletingLastPathComponent().appending(path: "shared/data/areas")

    static let areasArePresent = FileManager.default.isReadableFile(
        atPath: areas.appending(path: "bueng-kan.csv").path
    )

    static func bytes(_ url: URL) throws -> [UInt8] { Array(try Data(contentsOf: url)) }
}

/// A repeatable generator; the seed is printed by the test that fails.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        // SplitMix64.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
