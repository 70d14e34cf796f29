import Foundation

/// A PostgreSQL server of this test run's own, on a socket in a folder that nobody else may enter.
///
/// A shell keeps it: it waits for the end of its input, which comes when this process ends in whatever
/// way, then stops the server and removes the folder.
package final class PostgreSQLCluster: Sendable {
    package struct Failure: Error {
        let said: String
    }

    /// Nil where the server's programs are not installed; tests then say so and end.
    package static let shared: Result<PostgreSQLCluster, any Error>? = {
        guard let programs else {
            print("skipped: there is no PostgreSQL server (apt-get install postgresql)")
            return nil
        }
        return Result { try PostgreSQLCluster(programs, settings: "-c fsync=off") }
    }()

    /// One whose commits are on disk, for measuring; nil where the server's programs are not installed.
    package static func durable() throws -> PostgreSQLCluster? {
        try programs.map { try PostgreSQLCluster($0, settings: "") }
    }

    /// Debian keeps them out of the path, by version.
    private static var programs: String? {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.sorted { $0.compare($1, options: .numeric) == .orderedDescending }
            .map { "\(root)/\($0)/bin" }
            .first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
    }

    private let programs: String
    private let folder: String
    // Its end closes with the process, which is what the shell waits for.
    private let keeper: FileHandle

    private init(_ programs: String, settings: String) throws {
        self.programs = programs
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "pg-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [
            "-c", Self.script, "postgresql", programs, folder, settings,
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.currentDirectoryURL = URL(filePath: "/")
        try process.run()
        keeper = input.fileHandleForWriting
        // One line when it is ready, or the end when it cannot be.
        let said = output.fileHandleForReading.availableData
        guard String(decoding: said, as: UTF8.self).hasPrefix("ready") else {
            throw Failure(said: "the PostgreSQL server did not start: see \(folder)/log")
        }
    }

    /// The server refuses to run as root, so for root it is the account that Debian made for it.
    private static let script = """
        set -euo pipefail
        programs=$1 folder=$2 settings=$3
        as() { "$@"; }
        if [ "$(id -u)" -eq 0 ]; then
            chown postgres: "$folder"
            as() { runuser -u postgres -- "$@"; }
        fi
        exec 3>&1 >"$folder/log" 2>&1
        as "$programs/initdb" -D "$folder/data" -U bmn -A trust -E UTF8 --locale=C.UTF-8 --no-sync
        as "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" \\
            -o "-k $folder -c listen_addresses= -c max_connections=60 $settings" \\
            start 3>&- </dev/null
        echo ready >&3
        exec 3>&-
        trap '' INT TERM
        cat >/dev/null || true
        as "$programs/pg_ctl" -D "$folder/data" -w -m immediate stop || true
        rm -rf "$folder"
        """

    /// The address of a new, empty database.
    package func makeDatabase(encoding: String = "UTF8") throws -> String {
        let name = "t" + UUID().uuidString.replacing("-", with: "").lowercased()
        try run(
            "createdb",
            ["-T", "template0", "-E", encoding, "--lc-collate=C", "--lc-ctype=C", name]
        )
        return url(name)
    }

    /// The address of a database by its name, with a password that nothing asks for.
    package func url(_ name: String, password: String = "") -> String {
        let login = password.isEmpty ? "bmn" : "bmn:\(password)"
        return "postgresql://\(login)@/\(name)?host=\(folder)"
    }

    /// Runs SQL as anybody could with the stock client; returns what it prints.
    @discardableResult
    package func sql(_ statements: String, _ url: String) throws -> String {
        try run("psql", ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", statements, url])
    }

    @discardableResult
    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: programs + "/" + program)
        process.arguments = arguments
        process.environment = ["PGHOST": folder, "PGUSER": "bmn", "LC_ALL": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(said: said) }
        return said
    }
}
