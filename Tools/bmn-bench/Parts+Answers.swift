import ArgumentParser
import Foundation
import IndicatorsProjection
import ProjectionRuntime
import Survey

/// `answers`: a file for `bmn import answers`.
struct AnswerFile: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers",
        abstract: "Write a CSV file of households by their answers; prints its number of rows."
    )

    @Argument var path: String
    @Argument var count: Int

    func run() throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw BenchFailure("\(path) cannot be made") }
        let households = AnswerRows()
        try file.write(contentsOf: Data(households.header.utf8))
        var rowCount = 0
        for serial in 0..<count {
            let rows = Data(households.rows(serial: serial).utf8)
            rowCount += rows.count { $0 == UInt8(ascii: "\n") }
            try file.write(contentsOf: rows)
        }
        try file.close()
        print(rowCount)
    }
}

/// `figures`: the indicators of areas, asked of survey.sqlite.
struct AreaFigures: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures",
        abstract: "Ask for the figures of every area; prints the milliseconds of the slowest."
    )

    @Argument var database: String
    @Argument var roundCount: Int

    func run() throws {
        let database = try SurveyDatabase(path: database, use: .read)
        var slowest = 0.0
        for scope in Province.scopes {
            let rounds = try (0..<roundCount).map { _ in
                try seconds {
                    let rows = try database.read { db in
                        try IndicatorReadModel.results(cycle: Province.cycle, area: scope, db)
                    }
                    guard rows.contains(where: { $0.surveyed > 0 }) else {
                        throw BenchFailure("there are no figures of \(scope.code)")
                    }
                }
            }
            slowest = max(slowest, rounds.median * 1000)
        }
        print(slowest)
    }
}
