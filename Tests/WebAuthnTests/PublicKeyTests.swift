import Cryptography
import Foundation
import Testing
import WebAuthn

/// Keys and signatures that the stock `openssl` makes, and what is no key.
@Suite struct PublicKeyTests {
    private let stock: StockOpenSSL

    init() throws { stock = try StockOpenSSL() }

    private static let message = Array("what an authenticator signs".utf8)

    private func expectStockSignature(
        _ key: PasskeyPublicKey,
        _ signature: [UInt8],
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(key.isValidSignature(signature, for: Self.message), sourceLocation: location)
        for place in stride(from: 0, to: signature.count, by: 7) {
            var forged = signature
            forged[place] ^= 1
            let isHeld = key.isValidSignature(forged, for: Self.message)
            #expect(!isHeld, "\(place)", sourceLocation: location)
        }
        #expect(!key.isValidSignature([], for: Self.message), sourceLocation: location)
        let spki = try stock.run(["pkey", "-in", "key.pem", "-pubout", "-outform", "DER"])
        #expect(key.subjectPublicKeyInfo() == spki, sourceLocation: location)
        let pem = try stock.run(["pkey", "-in", "key.pem", "-pubout"])
        #expect(Array(key.pem.utf8) == pem, sourceLocation: location)
        #expect(try PasskeyPublicKey(coseKey: key.coseKey) == key, sourceLocation: location)
    }

    @Test func `A key of ES256 checks what openssl signs with it`() throws {
        try stock.make(["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"])
        let spki = try stock.run(["pkey", "-in", "key.pem", "-pubout", "-outform", "DER"])
        let key = PasskeyPublicKey(try P256PublicKey(rawBytes: Array(spki.suffix(64))))
        #expect(key.algorithm == -7)
        try expectStockSignature(key, try stock.sign(Self.message, ["dgst", "-sha256", "-sign"]))
    }

    @Test func `A key of RS256 checks what openssl signs with it`() throws {
        try stock.make(["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        let text = String(
            decoding: try stock.run(["rsa", "-in", "key.pem", "-noout", "-modulus"]),
            as: UTF8.self
        )
        let hex = text.dropFirst("Modulus=".count).dropLast().lowercased()
        let cose: [UInt8] =
            try bytes("a401030339010020590100") + bytes(hex) + bytes("2143010001")
        let key = try PasskeyPublicKey(coseKey: cose)
        #expect(key.algorithm == -257)
        try expectStockSignature(key, try stock.sign(Self.message, ["dgst", "-sha256", "-sign"]))
        let sha1 = try stock.sign(Self.message, ["dgst", "-sha1", "-sign"])
        #expect(!key.isValidSignature(sha1, for: Self.message), "of another digest")
        let pss = try stock.sign(
            Self.message,
            ["dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sign"]
        )
        #expect(!key.isValidSignature(pss, for: Self.message), "of another padding")
    }

    @Test func `A key of EdDSA checks what it signed, and has openssl's form`() throws {
        try stock.make(["-algorithm", "ED25519"])
        let pem = Array(try Data(contentsOf: stock.folder.appending(path: "key.pem")))
        let privateKey = try Ed25519PrivateKey(pem: pem)
        let key = PasskeyPublicKey(privateKey.publicKey)
        #expect(key.algorithm == -8)
        try expectStockSignature(key, try privateKey.sign(Self.message))
    }

    /// An ES256 key in pieces that can be put together otherwise.
    private func pieces() throws -> (x: String, y: String) {
        let raw = try P256PrivateKey().publicKey.rawBytes
        return (Hex.encode(Array(raw.prefix(32))), Hex.encode(Array(raw.suffix(32))))
    }

    @Test func `A key in another spelling, with more members or less is refused`() throws {
        let (x, y) = try pieces()
        let good = "a5010203262001215820\(x)225820\(y)"
        #expect(try PasskeyPublicKey(coseKey: bytes(good)).algorithm == -7)
        let forged = [
            "", "a0", "80", "00",
            // Another order, a longer number, one member more, one less.
            "a5032601022001215820\(x)225820\(y)", "a501180203262001215820\(x)225820\(y)",
            "a6010203262001215820\(x)225820\(y)0401", "a4010203262001215820\(x)",
            // Another curve, algorithm and type.
            "a5010203262002215820\(x)225820\(y)", "a501020338222001215820\(x)225820\(y)",
            "a5010103262001215820\(x)225820\(y)",
            // y as its sign alone, and a name for a number.
            "a5010203262001215820\(x)22f5", "a561010203262001215820\(x)225820\(y)",
            good + "00", String(good.dropLast(2)),
        ]
        for hex in forged {
            let cose = try bytes(hex)
            let code = error { _ = try PasskeyPublicKey(coseKey: cose) }
            #expect(code == .keyMalformed, "\(hex.prefix(24))")
        }
    }

    @Test func `A point beside the curve is no key, nor one of small order`() throws {
        let (x, y) = try pieces()
        let beside = [
            "a5010203262001215820\(y)225820\(x)",
            "a5010203262001215820\(String(repeating: "00", count: 32))"
                + "225820\(String(repeating: "00", count: 32))",
            "a5010203262001215820\(String(repeating: "ff", count: 32))225820\(y)",
            // The neutral element of Ed25519.
            "a401010327200621582001" + String(repeating: "00", count: 31),
        ]
        for hex in beside {
            let cose = try bytes(hex)
            let code = error { _ = try PasskeyPublicKey(coseKey: cose) }
            #expect(code == .keyMalformed, "\(hex.prefix(24))")
        }
    }

    @Test func `A weak RSA key is refused, and so is one of another exponent`() throws {
        func cose(_ modulus: [UInt8], _ exponent: String = "2143010001") throws -> [UInt8] {
            try bytes("a4010303390100" + "20") + CBOR.head(major: 2, UInt64(modulus.count))
                + modulus + bytes(exponent)
        }
        let strong = [0x80] + [UInt8](repeating: 0xFF, count: 255)
        #expect(throws: Never.self) { try PasskeyPublicKey(coseKey: cose(strong)) }
        let forged = [
            try cose([0x7F] + strong.dropFirst()), try cose([0] + strong),
            try cose(Array(strong.dropLast())), try cose(strong.dropLast() + [0xFE]),
            try cose([0x80] + [UInt8](repeating: 0xFF, count: 1024)),
            try cose(strong, "2103"), try cose(strong, "214103"),
            try cose(strong, "214400010001"),
        ]
        for (number, cose) in forged.enumerated() {
            let code = error { _ = try PasskeyPublicKey(coseKey: cose) }
            #expect(code == .keyMalformed, "\(number)")
        }
    }

    @Test func `Printing a private key shows nothing of it`() throws {
        let key = try P256PrivateKey()
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "P256PrivateKey(redacted)")
        #expect(!dumped.contains("0x"))
    }
}

/// A folder with the stock `openssl` and a key of its own making.
final class StockOpenSSL {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "webauthn-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func make(_ arguments: [String]) throws {
        _ = try run(["genpkey"] + arguments + ["-out", "key.pem"])
    }

    /// The signature of a command whose next argument is the key.
    func sign(_ message: [UInt8], _ command: [String]) throws -> [UInt8] {
        try Data(message).write(to: folder.appending(path: "message"))
        return try run(command + ["key.pem", "message"])
    }

    func run(_ arguments: [String]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments)")
        return Array(printed)
    }
}
