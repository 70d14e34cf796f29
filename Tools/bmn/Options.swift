import ArgumentParser
import Console
import LedgerReader
import Survey

extension Language: ExpressibleByArgument {}

/// How people and scripts want to be spoken to.
struct OutputOptions: ParsableArguments {
    @Option(help: "ภาษา · Language of sentences: th or en.")
    var lang: Language?

    @Flag(help: "ผลเป็น JSON · Results and errors as JSON.")
    var json = false

    var language: Language { lang ?? Invocation.current.language }
}

/// Which ledger, where no argument says it.
struct LedgerOptions: ParsableArguments {
    @Option(
        name: .customLong("ledger"),
        help: "ไดเรกทอรีบัญชี · The ledger's directory (or the first argument, or BMN_LEDGER).",
        completion: .directory
    )
    var path: String?

    /// Divides arguments into the ledger and `restCount` others.
    ///
    /// With --ledger all arguments are the others. Else a full count has the ledger first, and one
    /// fewer leaves it to BMN_LEDGER.
    func resolve(_ given: [String], restCount: Int) throws -> (LedgerDirectory, [String]) {
        if let path {
            guard given.count == restCount else { throw Self.wrongCount }
            return (LedgerDirectory(path), given)
        }
        if given.count == restCount + 1 {
            return (LedgerDirectory(given[0]), Array(given.dropFirst()))
        }
        guard given.count == restCount, let path = Self.environmentPath else {
            throw Self.wrongCount
        }
        return (LedgerDirectory(path), given)
    }

    /// The same where the others are files, one at least: with BMN_LEDGER a first argument that is a
    /// directory is the ledger.
    func resolveFiles(_ given: [String]) throws -> (LedgerDirectory, files: [String]) {
        let isNamed =
            path != nil
            || Self.environmentPath != nil && !(given.first.map(Files.isDirectory) ?? false)
        let count = isNamed ? given.count : given.count - 1
        guard count > 0 else { throw Self.wrongCount }
        return try resolve(given, restCount: count)
    }

    /// The same where the one other argument is a file that may be left out: an only argument is
    /// the ledger, unless --ledger or BMN_LEDGER names it and the argument is no directory.
    func resolveOptionalFile(_ given: [String]) throws -> (LedgerDirectory, file: String?) {
        if path != nil || given.count != 1 {
            let restCount = path == nil ? max(0, given.count - 1) : given.count
            guard restCount <= 1 else { throw Self.wrongCount }
            let (directory, rest) = try resolve(given, restCount: restCount)
            return (directory, rest.first)
        }
        if let path = Self.environmentPath, !Files.isDirectory(given[0]) {
            return (LedgerDirectory(path), given[0])
        }
        return (LedgerDirectory(given[0]), nil)
    }

    private static var environmentPath: String? {
        Invocation.current.environment["BMN_LEDGER"].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static var wrongCount: ValidationError {
        ValidationError(
            "Name the ledger as the first argument, with --ledger or in BMN_LEDGER, and then what the usage line asks for."
        )
    }
}

/// Who acts, where a command does not say it.
struct ActorOptions: ParsableArguments {
    @Option(
        help: "รหัสผู้ใช้ · Who acts where a command names no actor (default: this account's name)."
    )
    var user: String?

    @Option(help: "ตำแหน่งหน้าที่ · In which capacity (default: operator).")
    var capacity: String?

    var actor: Actor {
        var actor = Actor()
        actor.user = user ?? Composition.accountName()
        actor.capacity = capacity ?? "operator"
        actor.authentication = Self.authentication
        return actor
    }

    /// How everybody who uses this tool is authenticated: by the operating system alone.
    static let authentication = "cli"
}
