import ArgumentParser
import Console
import Glibc

/// The operator's command line.
@main
struct Bmn: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bmn",
        abstract: "บัญชีข้อมูล จปฐ. · The ledger of Basic Minimum Needs (BMN) surveys.",
        discussion: """
            A ledger is a directory. Name it as the first argument, with --ledger DIR, or in the \
            variable BMN_LEDGER.

            Results go to standard output, everything else to standard error. People are spoken to \
            in Thai or English: --lang th|en, else BMN_LANG, else the locale; Thai when nothing is \
            set. With --json, results and errors are JSON.

            A first cycle, which works with the templates as they are:
              for kind in areas persons appointments targets trainings users \\
                households answers; do
                bmn import $kind --template > $kind.csv
              done
              bmn init L --origin example.org/bueng-kan-2561
              bmn import areas L areas.csv --user admin-1 --capacity admin
              bmn cycle defaults --year 2561 --province 38 | bmn submit L --user admin-1
              bmn import persons L persons.csv --user admin-1
              bmn import appointments L appointments.csv --user admin-1
              bmn import targets L targets.csv --user admin-1
              bmn import trainings L trainings.csv --user admin-1
              bmn import users L users.csv --user admin-1
              bmn import households L households.csv \\
                --user rec-3801-1 --capacity recorder
              bmn import answers L answers.csv --user rec-3801-1 --capacity recorder
              bmn show L progress 38

            Exit status: 0 done; 1 a command or row was refused by a rule; 2 wrong usage; 3 the \
            ledger could not be read or written; 4 an input file could not be read or used; 5 \
            results or a new file could not be written; 6 a backup lacks documents.
            """,
        version: Program.version,
        groupedSubcommands: [
            CommandGroup(
                name: "บันทึก · Record",
                subcommands: [
                    Initialize.self, Submit.self, Import.self, Attach.self, CycleCommand.self,
                ]
            ),
            CommandGroup(
                name: "อ่าน · Read",
                subcommands: [
                    Log.self, Show.self, ListCommand.self, History.self, Diff.self, Activity.self,
                    Status.self, QuestionnaireCommand.self, PrintCommand.self,
                ]
            ),
            CommandGroup(
                name: "รับรอง · Certify",
                subcommands: [Key.self, StatementCommand.self, Sign.self]
            ),
            CommandGroup(
                name: "ดูแล · Keep",
                subcommands: [CheckpointCommand.self, Publish.self, Backup.self]
            ),
            CommandGroup(
                name: "ให้บริการ · Serve",
                subcommands: [
                    Serve.self, PasskeyCommand.self, TokenCommand.self, AccessLogCommand.self,
                ]
            ),
            CommandGroup(
                name: "ตารางสรุป · Read models",
                subcommands: [
                    ReplayCommand.self, ProjectionsCommand.self, FollowCommand.self,
                    FiguresCommand.self,
                ]
            ),
            CommandGroup(
                name: "ข้อมูลบุคคล · Personal data",
                subcommands: [Erase.self, Export.self, Retention.self, VaultCommand.self]
            ),
        ]
    )

    /// The words that may come first.
    static var commandNames: [String] {
        configuration.subcommands.map { $0._commandName } + ["help"]
    }

    static func main() {
        StandardStreams.open()
        MemoryFault.becomesAnError(status: ExitStatus.ledgerFailed.rawValue)
        Glibc.exit(Invocation.current.run())
    }
}
