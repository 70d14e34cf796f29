import ArgumentParser
import Console
import Cryptography
import Foundation
import Survey

/// Where a key file's passphrase comes from.
struct PassphraseOptions: ParsableArguments {
    @Option(
        help: "แฟ้มรหัสผ่าน · A file whose first line is the passphrase (or BMN_PASSPHRASE_FILE).",
        completion: .file()
    )
    var passphraseFile: String?

    private var path: String? {
        passphraseFile
            ?? Invocation.current.environment["BMN_PASSPHRASE_FILE"].flatMap {
                $0.isEmpty ? nil : $0
            }
    }

    /// A passphrase for a new key: from the file, else asked for twice.
    func choose(_ language: Language) throws -> Passphrase {
        if let path { return try Passphrase(file: path) }
        return try Passphrase(choosing: language)
    }

    /// The private key of a file, with its passphrase if it has one.
    func key(_ file: String, _ language: Language) throws -> Ed25519PrivateKey {
        let pem = try Files.readAll(file, byteCountMaximum: 64 * 1024)
        do throws(CryptographyError) {
            return try Ed25519PrivateKey(pem: pem)
        } catch {
            guard error.code == .passphraseRequired else { throw error }
        }
        let secret = try known(file, language)
        return try secret.withBytes { try Ed25519PrivateKey(pem: pem, passphrase: $0) }
    }

    /// The private key of a file with its certificate in another one.
    func identity(
        certificate: String,
        key: String,
        _ language: Language
    ) throws -> SigningIdentity {
        let certificatePEM = try Files.readAll(certificate, byteCountMaximum: 64 * 1024)
        let keyPEM = try Files.readAll(key, byteCountMaximum: 64 * 1024)
        do throws(CryptographyError) {
            return try SigningIdentity(certificatePEM: certificatePEM, keyPEM: keyPEM)
        } catch {
            guard error.code == .passphraseRequired else { throw error }
        }
        let secret = try known(key, language)
        return try secret.withBytes {
            try SigningIdentity(certificatePEM: certificatePEM, keyPEM: keyPEM, passphrase: $0)
        }
    }

    /// Key and certificates of a PKCS#12 file, which always has a passphrase.
    func identity(pkcs12 file: String, _ language: Language) throws -> SigningIdentity {
        let pkcs12 = try Files.readAll(file, byteCountMaximum: 64 * 1024)
        let secret = try known(file, language)
        return try secret.withBytes { try SigningIdentity(pkcs12: pkcs12, passphrase: $0) }
    }

    /// The passphrase of a key that exists: from the file, else asked for.
    private func known(_ file: String, _ language: Language) throws -> Passphrase {
        if let path { return try Passphrase(file: path) }
        let prompt = Phrase(thai: "รหัสผ่านของ \(file): ", english: "Passphrase of \(file): ")
        return try Passphrase(asking: prompt.text(language))
    }
}

/// A passphrase, wiped when it is no longer needed.
final class Passphrase {
    private var bytes: [UInt8]
    private static let byteCountMaximum = 1024

    /// The first line of a file.
    init(file path: String) throws {
        var content = try Files.readAll(path, byteCountMaximum: 64 * 1024)
        defer { Self.wipe(&content) }
        var line = content.prefix { $0 != UInt8(ascii: "\n") }
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        bytes = Array(line)
    }

    /// Asks at the terminal without showing what is typed.
    ///
    /// `alternative` is what gives it where there is no terminal.
    init(asking prompt: String, otherwise alternative: String = "--passphrase-file") throws {
        bytes = try HiddenInput.line(
            prompt,
            otherwise: alternative,
            byteCountMaximum: Self.byteCountMaximum
        )
    }

    /// Asks twice for a new one.
    convenience init(choosing language: Language) throws {
        let first = Phrase(thai: "ตั้งรหัสผ่าน: ", english: "New passphrase: ")
        try self.init(asking: first.text(language))
        let second = Phrase(thai: "รหัสผ่านอีกครั้ง: ", english: "Once more: ")
        guard try isEqual(to: Passphrase(asking: second.text(language))) else {
            throw Failure(
                "passphraseMismatch",
                thai: "รหัสผ่านสองครั้งไม่ตรงกัน",
                english: "The two passphrases differ.",
                exit: .badInput
            )
        }
    }

    deinit { Self.wipe(&bytes) }

    func withBytes<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result {
        try body(bytes)
    }

    func isEqual(to other: Passphrase) -> Bool { bytes == other.bytes }

    /// Nobody should choose a passphrase for a file that cannot be made.
    static func refuseTaken(_ path: String) throws(Failure) {
        if unsafe access(path, F_OK) == 0 { throw Files.unwritable(path, EEXIST) }
    }

    private static func wipe(_ bytes: inout [UInt8]) {
        unsafe bytes.withUnsafeMutableBytes { bytes in
            if let start = bytes.baseAddress { unsafe explicit_bzero(start, bytes.count) }
        }
    }
}

/// Input at the terminal that is not shown.
private enum HiddenInput {
    static func line(
        _ prompt: String,
        otherwise alternative: String,
        byteCountMaximum: Int
    ) throws(Failure) -> [UInt8] {
        let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else {
            throw Failure(
                "passphraseNeeded",
                thai: "ต้องใช้รหัสผ่านแต่ไม่มีเทอร์มินัล: ใช้ \(alternative)",
                english: "A passphrase is needed and there is no terminal: use \(alternative).",
                exit: .wrongUsage
            )
        }
        var settings = termios()
        guard unsafe tcgetattr(terminal, &settings) == 0 else {
            let code = errno
            close(terminal)
            throw Files.unreadable("/dev/tty", code)
        }
        let shown = settings.c_lflag
        // Without signals, as getpass does it: one that ended the process here would leave a
        // terminal that shows nothing.
        settings.c_lflag &= ~tcflag_t(ECHO | ISIG)
        _ = unsafe tcsetattr(terminal, TCSAFLUSH, &settings)
        _ = unsafe write(terminal, prompt, prompt.utf8.count)
        let bytes = read(terminal, byteCountMaximum: byteCountMaximum)
        settings.c_lflag = shown
        _ = unsafe tcsetattr(terminal, TCSAFLUSH, &settings)
        _ = unsafe write(terminal, "\n", 1)
        close(terminal)
        guard let bytes else {
            throw Failure("cancelled", thai: "ยกเลิกแล้ว", english: "Cancelled.", exit: .badInput)
        }
        return bytes
    }

    private static let interrupt: UInt8 = 0x03

    /// The bytes up to the end of the line; nil when the line was given up.
    private static func read(_ terminal: Int32, byteCountMaximum: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        // No growth, so no copy is left behind that nobody wipes.
        bytes.reserveCapacity(byteCountMaximum)
        var byte: UInt8 = 0
        while bytes.count < byteCountMaximum, unsafe Foundation.read(terminal, &byte, 1) == 1 {
            if byte == interrupt { return nil }
            if byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
        }
        return bytes
    }
}
