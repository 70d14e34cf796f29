import ArgumentParser
import Console
import Survey

/// The command `bmn cycle`.
struct CycleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cycle",
        abstract: "รอบปี · A BMN year.",
        subcommands: [Defaults.self]
    )

    /// The command `bmn cycle defaults`.
    struct Defaults: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "คำสั่งกำหนดรอบปี · Print the defineCycle command of a known year.",
            usage: "bmn cycle defaults --year 2561 --province 38",
            discussion: """
                The deadlines are those of the province's circular of October 2560; reference \
                date, roles and numbers of signatures are this program's defaults. Edit the line \
                where the province decided otherwise, and submit it.

                Example:
                  bmn cycle defaults --year 2561 --province 38 > cycle.json
                  bmn submit L cycle.json --user admin-1 --capacity admin
                """
        )

        @Option(help: "ปี พ.ศ. · The cycle's B.E. year.")
        var year: Int

        @Option(help: "รหัสจังหวัด · The province's two digits.")
        var province: String

        @OptionGroup var output: OutputOptions

        func run() throws {
            guard year == 2561 else {
                throw Failure(
                    "cycleUnknown",
                    thai: "มีค่าเริ่มต้นของปี 2561 เท่านั้น: แก้ไขจากค่าของปีนั้น",
                    english: "Only 2561 has defaults: start from those and edit them.",
                    exit: .wrongUsage
                )
            }
            guard province.utf8.count == 2, province.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else { throw ValidationError("A province has two digits, such as 38.") }
            var command = Command()
            command.kind = .defineCycle(.defaults2561(province: province))
            try CommandText.write(command)
        }
    }
}
