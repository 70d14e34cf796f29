import ArgumentParser
import Console

@main
struct BMNAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bmn-audit",
        abstract: "Verify a bmn-ledger without trusting who runs it. / ตรวจสอบบัญชี จปฐ.",
        discussion: """
            Verifying reads only and needs no keys and no vault.

              bmn-audit verify D                  every level, for people
              bmn-audit verify D --json           one JSON object, for scripts
              bmn-audit verify D --only chain     one level alone
              bmn-audit verify D --state F        compare with the checkpoint that F remembers
              bmn-audit verify D --report R.html  also a page for people, to print or to send
              bmn-audit recompute D 3801          an area's figures, at any tree size
              bmn-audit prove D 7                 that record 7 is in the log; bmn-audit check
              bmn-audit bundle D C -o C.asice     evidence of certification C; verify takes it, too
              bmn-audit witness --help            cosign checkpoints, so that nobody sets a log back

            Exit codes: 0 verified, 1 findings, 2 wrong usage, 3 could not be read.
            """,
        version: Program.version,
        subcommands: [
            Verify.self, Recompute.self, Prove.self, CheckProof.self, Bundle.self,
            WitnessCommand.self,
        ]
    )

    static func main() {
        StandardStreams.open()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            exit(withError: code)
        } catch {
            // ArgumentParser says 64 (EX_USAGE) for wrong usage; design.md 7 says 2.
            let status = exitCode(for: error)
            let message = fullMessage(for: error)
            status.isSuccess ? print(message) : Notice.line(message)
            exit(withError: status.isSuccess ? ExitCode.success : ExitCode.wrongUsage)
        }
    }
}
