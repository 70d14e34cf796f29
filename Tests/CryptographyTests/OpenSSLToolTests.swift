import Cryptography
import Foundation
import Testing

/// Files and signatures made here are put before the stock `openssl` command, and the reverse.
@Suite(.enabled(if: OpenSSLTool.isInstalled, "the openssl command is not installed"))
struct OpenSSLToolTests {
    private let passphrase = "correct horse"

    @Test func `The stock tool reads our key files`() throws {
        let tool = try OpenSSLTool()
        defer { tool.cleanUp() }
        let key = try Ed25519PrivateKey.generate()
        try tool.write(key.pem(), to: "plain.pem")
        try tool.write(key.pem(passphrase: Array(passphrase.utf8)), to: "sealed.pem")
        let plain = try tool.run("pkey", "-in", "plain.pem", "-pubout")
        let sealed = try tool.run(
            "pkey",
            "-in",
            "sealed.pem",
            "-passin",
            "pass:\(passphrase)",
            "-pubout"
        )
        #expect(plain.output == key.publicKey.pem)
        #expect(sealed.output == key.publicKey.pem)
        let wrong = try tool.run("pkey", "-in", "sealed.pem", "-passin", "pass:wrong", "-pubout")
        #expect(wrong.status != 0)
        let structure = try tool.run("asn1parse", "-in", "sealed.pem")
        #expect(structure.output.contains("scrypt"))
        #expect(structure.output.contains("aes-256-cbc"))
    }

    @Test func `We read the stock tool's key files`() throws {
        let tool = try OpenSSLTool()
        defer { tool.cleanUp() }
        #expect(try tool.run("genpkey", "-algorithm", "ed25519", "-out", "plain.pem").status == 0)
        let publicPEM = try tool.run("pkey", "-in", "plain.pem", "-pubout").output
        #expect(try Ed25519PrivateKey(pem: tool.read("plain.pem")).publicKey.pem == publicPEM)
        for options in [["-v2", "aes-256-cbc"], ["-scrypt"], ["-v2", "aes-128-cbc"]] {
            let arguments =
                ["pkcs8", "-topk8", "-in", "plain.pem", "-out", "sealed.pem"]
                + ["-passout", "pass:\(passphrase)"] + options
            #expect(try tool.run(arguments).status == 0)
            let pem = try tool.read("sealed.pem")
            let key = try Ed25519PrivateKey(pem: pem, passphrase: Array(passphrase.utf8))
            #expect(key.publicKey.pem == publicPEM)
            #expect(throws: CryptographyError(.wrongPassphrase, "")) {
                try Ed25519PrivateKey(pem: pem, passphrase: Array("wrong".utf8))
            }
        }
    }

    @Test func `A stock key of another kind is refused by name`() throws {
        let tool = try OpenSSLTool()
        defer { tool.cleanUp() }
        for algorithm in [["EC", "-pkeyopt", "ec_paramgen_curve:P-256"], ["X25519"], ["ED448"]] {
            let made = try tool.run(["genpkey", "-out", "key.pem", "-algorithm"] + algorithm)
            #expect(made.status == 0)
            let pem = try tool.read("key.pem")
            #expect(throws: CryptographyError(.unsupportedKey, "")) {
                try Ed25519PrivateKey(pem: pem)
            }
        }
    }

    @Test func `Each accepts the other's signatures`() throws {
        let tool = try OpenSSLTool()
        defer { tool.cleanUp() }
        let key = try Ed25519PrivateKey.generate()
        let message = Array("bmn.example.th/ledger\n8\n".utf8)
        try tool.write(key.pem(), to: "key.pem")
        try tool.write(key.publicKey.spkiDER, to: "public.der")
        try tool.write(message, to: "message")
        try tool.write(key.sign(message), to: "ours.sig")
        let verification = try tool.run(
            "pkeyutl",
            "-verify",
            "-pubin",
            "-keyform",
            "DER",
            "-inkey",
            "public.der",
            "-rawin",
            "-sigfile",
            "ours.sig",
            "-in",
            "message"
        )
        #expect(verification.status == 0)
        #expect(verification.output.contains("Signature Verified Successfully"))
        let signing = try tool.run(
            "pkeyutl",
            "-sign",
            "-inkey",
            "key.pem",
            "-rawin",
            "-in",
            "message",
            "-out",
            "theirs.sig"
        )
        #expect(signing.status == 0)
        #expect(try key.publicKey.isValidSignature(tool.read("theirs.sig"), for: message))
        try tool.write(message + [0], to: "message")
        let refusal = try tool.run(
            "pkeyutl",
            "-verify",
            "-pubin",
            "-keyform",
            "DER",
            "-inkey",
            "public.der",
            "-rawin",
            "-sigfile",
            "ours.sig",
            "-in",
            "message"
        )
        #expect(refusal.status != 0)
    }
}
