import Foundation
import Testing

@Suite struct `bmn key and bmn sign` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `a key file is readable by its owner alone and never overwritten`() throws {
        let key = scratch.path("k.pem")
        let made = try Tool.bmn("key", "generate", key, "--no-passphrase", "--json")
        #expect(made.status == 0)
        #expect(try scratch.permissions("k.pem") == 0o600)
        let publicKey = try made.object()["publicKey"] as? String
        #expect(publicKey?.count == 44)
        let content = try Data(contentsOf: scratch.url("k.pem"))
        #expect(content.starts(with: Data("-----BEGIN PRIVATE KEY-----".utf8)))
        let again = try Tool.bmn("key", "generate", key, "--no-passphrase", "--json")
        #expect(again.status == 5)
        #expect(try again.errorCode() == "alreadyExists")
        #expect(try Data(contentsOf: scratch.url("k.pem")) == content)
        #expect(try Tool.bmn("key", "public", key).text == (publicKey ?? "") + "\n")
    }

    @Test func `a name gives a verifier key too`() throws {
        let made = try Tool.bmn(
            "key",
            "generate",
            scratch.path("k.pem"),
            "--no-passphrase",
            "--name",
            "example.org/m"
        )
        #expect(made.lines.count == 2)
        #expect(made.lines[1].hasPrefix("example.org/m+"))
        let bad = try Tool.bmn(
            "key",
            "generate",
            scratch.path("b.pem"),
            "--no-passphrase",
            "--name",
            "a b"
        )
        #expect(bad.status == 1)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("b.pem")))
    }

    @Test func `a passphrase comes from a file and opens the key`() throws {
        let key = scratch.path("k.pem")
        let secret = try scratch.write("secret", "ความลับของฉัน\r\nsecond line\n")
        let made = try Tool.bmn("key", "generate", key, "--passphrase-file", secret)
        #expect(made.status == 0)
        #expect(try scratch.permissions("k.pem") == 0o600)
        let content = try String(contentsOf: scratch.url("k.pem"), encoding: .utf8)
        #expect(content.hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
        let opened = try Tool.bmn(
            "key",
            "public",
            key,
            environment: ["BMN_PASSPHRASE_FILE": secret]
        )
        #expect(opened.text == made.text)
        let wrong = try scratch.write("wrong", "something else\n")
        let refused = try Tool.bmn("key", "public", key, "--passphrase-file", wrong, "--json")
        #expect(refused.status == 4)
        #expect(try refused.errorCode() == "wrongPassphrase")
        #expect(!refused.error.contains("something"))
        let empty = try scratch.write("empty", "\n")
        let none = try Tool.bmn(
            "key",
            "generate",
            scratch.path("e.pem"),
            "--passphrase-file",
            empty,
            "--json"
        )
        #expect(try none.errorCode() == "emptyPassphrase")
    }

    @Test func `without a terminal a passphrase is asked of nobody`() throws {
        let run = try Tool.shell(
            #"setsid -w "$BMN" key generate '\#(scratch.path("k.pem"))' --json"#
        )
        #expect(run.status == 2)
        #expect(try run.errorCode() == "passphraseNeeded")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("k.pem")))
    }

    @Test func `a passphrase typed twice at a terminal is not shown`() throws {
        let script = """
            import os, pty, sys, time
            pid, fd = pty.fork()
            if pid == 0:
                os.execv(sys.argv[1], [sys.argv[1], "key", "generate", sys.argv[2], "--lang", "en"])
            seen = b""
            for word in sys.argv[3:]:
                while seen.count(b": ") < sys.argv[3:].index(word) + 1:
                    seen += os.read(fd, 1000)
                time.sleep(0.1)
                os.write(fd, word.encode() + b"\\n")
                sys.argv[sys.argv.index(word)] = None
            try:
                while True:
                    more = os.read(fd, 1000)
                    if not more: break
                    seen += more
            except OSError:
                pass
            sys.stdout.buffer.write(seen)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """
        try scratch.write("type.py", script)
        func type(_ words: String, into name: String) throws -> Run {
            try Tool.shell(
                "python3 '\(scratch.path("type.py"))' \"$BMN\" '\(scratch.path(name))' \(words)"
            )
        }
        guard try Tool.shell("command -v python3").status == 0 else {
            print("skipped: python3, which types at a terminal here, is not installed")
            return
        }
        let equal = try type("hunter2 hunter2", into: "k.pem")
        #expect(equal.status == 0, "\(equal.text)\(equal.error)")
        #expect(equal.text.contains("New passphrase: "))
        #expect(!equal.text.contains("hunter2"))
        #expect(try scratch.permissions("k.pem") == 0o600)
        let different = try type("hunter2 hunter3", into: "d.pem")
        #expect(different.status == 4)
        #expect(different.text.contains("passphraseMismatch"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("d.pem")))
        let interrupted = try type("$'hunter2\\x03'", into: "i.pem")
        #expect(interrupted.status == 4)
        #expect(interrupted.text.contains("cancelled: "))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("i.pem")))
    }

    @Test func `stock OpenSSL accepts a signature over the exact bytes`() throws {
        let key = scratch.path("k.pem")
        _ = try Tool.bmn("key", "generate", key, "--no-passphrase")
        let file = try scratch.write("statement.txt", "คำรับรอง\nline two \n")
        let signed = try Tool.bmn("sign", file, "--key", key, "-o", scratch.path("s"), "--raw")
        #expect(signed.status == 0)
        #expect(signed.output.isEmpty)
        #expect(try Data(contentsOf: scratch.url("s")).count == 64)
        let checked = try Tool.shell(
            """
            cd '\(scratch.folder.path)'
            openssl pkey -in k.pem -pubout -out k.pub &&
            openssl pkeyutl -verify -rawin -pubin -inkey k.pub -in statement.txt -sigfile s
            """
        )
        #expect(checked.status == 0, "\(checked.text)\(checked.error)")
        let text = try Tool.bmn("sign", file, "--key", key)
        #expect(try Data(base64Encoded: text.lines[0]) == Data(contentsOf: scratch.url("s")))
        let piped = try Tool.bmn(
            "sign",
            "-",
            "--key",
            key,
            input: Data(contentsOf: URL(filePath: file))
        )
        #expect(piped.text == text.text)
        let again = try Tool.bmn("sign", file, "--key", key, "-o", scratch.path("s"))
        #expect(again.status == 5)
    }

    @Test func `a command to sign can say the day and who acts`() throws {
        let key = scratch.path("k.pem")
        _ = try Tool.bmn("key", "generate", key, "--no-passphrase")
        let file = try scratch.write("statement.txt", "คำรับรอง\n")
        let arguments = [
            "sign", file, "--key", key, "--command", "--certification", "c", "--person", "p",
            "--role", "chair",
        ]
        let plain = try Tool.bmn(arguments).object()
        #expect(plain["occurredOn"] == nil && plain["actor"] == nil)
        let more = ["--on", "5/3/2561", "--user", "p", "--capacity", "chair"]
        let command = try Tool.bmn(arguments + more).object()
        #expect(command["occurredOn"] as? String == "2018-03-05")
        #expect(command["actor"] as? [String: String] == ["user": "p", "capacity": "chair"])
        #expect(try Tool.bmn(arguments + ["--on", "31/2/2561"]).status == 2)
        #expect(try Tool.bmn(arguments + ["--user", "p"]).status == 2)
    }

    @Test func `a file that is no key and options that do not fit are refused`() throws {
        let file = try scratch.write("x", "not a key\n")
        let noKey = try Tool.bmn("sign", file, "--key", file, "--json")
        #expect(noKey.status == 4)
        #expect(try noKey.errorCode() == "malformedKeyFile")
        #expect(try Tool.bmn("sign", file, "--key", file, "--command").status == 2)
        #expect(try Tool.bmn("sign", file, "--key", file, "--person", "p").status == 2)
        #expect(try Tool.bmn("sign", file, "--key", file, "--on", "2018-03-05").status == 2)
        #expect(try Tool.bmn("sign", file, "--key", file, "--user", "u").status == 2)
        #expect(try Tool.bmn("sign", "/nonexistent", "--key", file).status == 4)
        #expect(
            try Tool.bmn(
                "key",
                "generate",
                scratch.path("k"),
                "--no-passphrase",
                "--passphrase-file",
                file
            ).status == 2
        )
    }
}
