import Foundation
import Testing

/// A certificate authority in a folder, made with the stock `openssl` command as anybody would.
///
/// `roots.pem` holds its root; of each certificate there are `NAME.crt`, `NAME.key` and `NAME.p12`,
/// whose passphrase is "a passphrase".
struct ShellAuthority {
    let folder: String
    private let root: String

    init(_ folder: String, root: String = "roots") throws {
        self.folder = folder
        self.root = root
        try run(
            """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 36500 \
            -subj '/CN=\(root)' -keyout \(root).key -out \(root).pem
            """
        )
    }

    /// An authority whose certificate and key are in the folder already.
    init(existing folder: String, root: String) {
        self.folder = folder
        self.root = root
    }

    /// `extension` is a line of an openssl configuration, with the sections that it refers to.
    func issue(
        _ name: String,
        subject: String,
        days: Int = 3650,
        extension more: String = ""
    ) throws {
        let usage = "keyUsage=critical,digitalSignature,nonRepudiation"
        try Data("\(usage)\n\(more)".utf8).write(to: URL(filePath: "\(folder)/\(name).ext"))
        try run(
            """
            openssl req -new -utf8 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc \
              -subj '\(subject)' -keyout \(name).key -out \(name).csr &&
            openssl x509 -req -in \(name).csr -CA \(root).pem -CAkey \(root).key -days \(days) \
              -extfile \(name).ext -out \(name).crt &&
            openssl pkcs12 -export -in \(name).crt -inkey \(name).key -out \(name).p12 \
              -passout 'pass:a passphrase'
            """
        )
    }

    @discardableResult
    func run(_ script: String, _ location: SourceLocation = #_sourceLocation) throws -> Run {
        let run = try Tool.shell("set -o pipefail; cd '\(folder)' && \(script)")
        try #require(run.status == 0, "\(run.text)\(run.error)", sourceLocation: location)
        return run
    }
}
