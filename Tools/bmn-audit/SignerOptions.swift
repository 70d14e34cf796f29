import ArgumentParser
import Console
import Cryptography
import Foundation
import LedgerAudit
import LedgerReader

/// Whose certificate signs a bundle's container.
struct SignerOptions: ParsableArguments {
    @Option(
        help: "ใบรับรองผู้ลงนาม · The signer's certificate and its chain (PEM).",
        completion: .file()
    )
    var signer: String?

    @Option(help: "กุญแจผู้ลงนาม · The signer's private key (PEM).", completion: .file())
    var signerKey: String?

    @Option(help: "แฟ้ม PKCS#12 · Key and certificates in one file.", completion: .file())
    var signerPkcs12: String?

    private static let byteCountMax = 1 << 20

    func validate() throws {
        guard (signer == nil) == (signerKey == nil) else {
            throw ValidationError("--signer and --signer-key go together.")
        }
        guard signer == nil || signerPkcs12 == nil else {
            throw ValidationError("--signer and --signer-pkcs12 exclude each other.")
        }
    }

    /// Nil where nobody is to sign.
    func identity() throws -> SigningIdentity? {
        do {
            if let signer, let signerKey {
                return try SigningIdentity(
                    certificatePEM: try InputFile.bytes(
                        signer,
                        byteCountMaximum: Self.byteCountMax
                    ),
                    keyPEM: try InputFile.bytes(signerKey, byteCountMaximum: Self.byteCountMax),
                    passphrase: try passphrase()
                )
            }
            guard let signerPkcs12 else { return nil }
            return try SigningIdentity(
                pkcs12: try InputFile.bytes(signerPkcs12, byteCountMaximum: Self.byteCountMax),
                passphrase: try passphrase() ?? []
            )
        } catch let error as CryptographyError {
            throw Failure(
                error.code.rawValue,
                thai: "ใช้ใบรับรองหรือกุญแจของผู้ลงนามไม่ได้: \(error.reason)",
                english: "The signer's certificate or key cannot be used: \(error.reason)",
                exitStatus: ExitStatus.unreadable
            )
        }
    }

    private func passphrase() throws -> [UInt8]? {
        guard let path = ProcessInfo.processInfo.environment["BMN_PASSPHRASE_FILE"], !path.isEmpty
        else { return nil }
        let line = try InputFile.bytes(path, byteCountMaximum: Self.byteCountMax)
            .prefix { $0 != UInt8(ascii: "\n") }
        return Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
}
