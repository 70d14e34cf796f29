import Foundation
import Survey
import SurveyImport
import SwiftProtobuf
import Testing
import bmn_demo

/// A generated cycle in a folder of its own, removed with the value.
final class DemoFiles {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let areasPath = root.appending(path: "Tools/bmn-demo/Resources/thailand.csv").path

    let folder: URL
    let summary: Generation.Summary

    init(householdCount: Int, seed: UInt64 = 2561) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "bmn-demo-tests-\(UUID().uuidString)")
        let generation = try Generation(
            folder: folder.path,
            areasPath: Self.areasPath,
            householdCount: householdCount,
            seed: seed
        )
        summary = try generation.write()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    /// The files of households, by counts or by answers.
    var householdNames: [(kind: ImportKind, name: String)] {
        get throws {
            try names.compactMap { name in
                if name.hasPrefix("households-") { return (.households, name) }
                return name.hasPrefix("answers-") ? (.answers, name) : nil
            }
        }
    }

    func bytes(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

    func lines(_ name: String) throws -> [String] {
        String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The commands of a file of JSON lines.
    func commands(_ name: String) throws -> [Command] {
        try lines(name).map { try Command(jsonString: $0) }
    }

    /// The commands of a CSV file, and whatever was wrong with it.
    func imported(
        _ kind: ImportKind,
        _ name: String,
        user: String = "officer-38"
    ) throws -> (commands: [Command], problems: [RowProblem]) {
        var actor = Actor()
        actor.user = user
        actor.capacity = "test"
        var importer = CommandImporter(kind, actor: actor)
        importer.append(Array(try bytes(name)))
        importer.finish()
        var commands: [Command] = []
        var problems: [RowProblem] = []
        while let item = importer.next() {
            switch item {
            case .command(let given, _): commands.append(given.whole)
            case .problems(let found), .stopped(let found): problems += found
            }
        }
        return (commands, problems)
    }

    func households() throws -> [RecordHousehold] {
        try householdNames.flatMap { try imported($0.kind, $0.name).commands }
            .map(\.recordHousehold)
    }

    /// What the answers of those who gave them come to; the questionnaire derives it.
    func answeredHouseholds() throws -> [(answers: Answers, derivation: Derivation)] {
        let form = Questionnaire.bmn2560
        return try households().filter(\.hasAnswers).map { household in
            let answers = try Answers(json: household.answers.jsonUTF8Bytes(), form)
            let reference = try #require(Day(iso: "2018-01-01"))
            return (answers, form.derive(answers, referenceDate: reference))
        }
    }
}
