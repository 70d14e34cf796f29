import Foundation
import LedgerReader
import TestSupport
import Testing
import TransparencyLog

/// With an authority on this machine whose answers the stock `openssl ts` makes.
@Suite struct `bmn checkpoint with time-stamps` {
    private let survey: SmallSurvey
    private let authority: StampingAuthority
    private var ledger: String { survey.ledger }

    init() throws {
        survey = try SmallSurvey()
        authority = try StampingAuthority()
    }

    private func server(_ answer: @escaping PostServer.Answer) throws -> PostServer {
        try PostServer("application/timestamp-reply", answer)
    }

    private func latest() throws -> StoredCheckpoint? {
        try LedgerReader(LedgerDirectory(ledger)).snapshot().latestCheckpoint()
    }

    @Test func `the token is one that stock tools verify, and the auditor too`() throws {
        let authority = authority
        let server = try server { try authority.reply(to: $0) }
        let run = try Tool.bmn(
            "checkpoint",
            ledger,
            "--tsa",
            server.url,
            "--tsa-roots",
            authority.rootFile,
            "--json"
        )
        #expect(run.status == 0, "\(run.error)")
        #expect(!run.error.contains("--tsa-roots"), "\(run.error)")
        #expect(try run.object()["timestamps"] as? Int == 1)
        let stored = try #require(try latest())
        let token = try #require(stored.timestamps.first)
        #expect(try authority.stockAccepts(token, over: stored.noteBytes))
        #expect(!(try authority.stockAccepts(token, over: stored.noteBytes + [0x0A])))

        let trusted = try Tool.verify(ledger, "--tsa-roots", authority.rootFile)
        let stamp = try #require(trusted.seal?.timestamp)
        #expect(stamp.trusted)
        #expect(stamp.size == trusted.size)
        #expect(stamp.authority.contains("tsa"))
        #expect(try Tool.verify(ledger).seal?.timestamp?.trusted == false)
        let stranger = try StampingAuthority()
        let wrong = try Tool.verify(ledger, "--tsa-roots", stranger.rootFile, expecting: 1)
        #expect(wrong.codes == ["timestampMissing"])
        #expect(wrong.seal?.timestamp == nil)

        let status = try Tool.bmn("status", ledger, "--json").object()
        let checkpoint = try #require(status["checkpoint"] as? [String: Any])
        let summary = try #require(checkpoint["timestamp"] as? [String: Any])
        #expect(summary["time"] as? String == stamp.time)
        #expect(try Tool.bmn("status", ledger).text.contains("; time-stamped "))
    }

    @Test func `the name of an authority steers no terminal`() throws {
        let authority = try StampingAuthority(name: "a\u{9B}31m\u{202E}b")
        let server = try server { try authority.reply(to: $0) }
        let run = try Tool.bmn(
            "checkpoint",
            ledger,
            "--tsa",
            server.url,
            "--tsa-roots",
            authority.rootFile
        )
        #expect(run.status == 0, "\(run.error)")
        for options in [["--json"], []] {
            let status = try Tool.bmn(["status", ledger] + options)
            #expect(status.text.contains("a\u{FFFD}31m\u{FFFD}b"), "\(status.text)")
            let scalars = status.text.unicodeScalars
            #expect(!scalars.contains { ["\u{9B}", "\u{202E}"].contains($0) })
        }
    }

    @Test func `an authority that leads to none of the roots is not believed`() throws {
        let authority = authority
        let server = try server { try authority.reply(to: $0) }
        let stranger = try StampingAuthority()
        let run = try Tool.bmn(
            "checkpoint",
            ledger,
            "--tsa",
            server.url,
            "--tsa-roots",
            stranger.rootFile
        )
        #expect(run.status == 1)
        #expect(!run.error.isEmpty)
        #expect(try latest()?.timestamps == [])
    }

    @Test func `an answer to another question, of another time or of none is refused`() throws {
        let authority = authority
        let answers: [(String, PostServer.Answer)] = [
            ("nonceMismatch", { try authority.replyWithAnotherNonce(to: $0) }),
            ("timestampClock", { try authority.reply(to: $0, at: .now - 600) }),
            ("timestampClock", { try authority.reply(to: $0, at: .now + 600) }),
            ("malformedTimestamp", { _ in Array("hello".utf8) }),
            ("refused", { _ in [] }),
        ]
        for (code, answer) in answers {
            let server = try server(answer)
            let run = try Tool.bmn("checkpoint", ledger, "--tsa", server.url)
            #expect(run.status == 1, "\(code)")
            #expect(run.error.contains(code), "\(run.error)")
            // The checkpoint stands, signed by the log alone.
            #expect(run.lines.count == 4, "\(run.text)")
        }
        #expect(try latest()?.timestamps == [])
        let right = try server { try authority.reply(to: $0, at: .now) }
        for (language, warning) in [
            ("en", "whose time-stamp it is was not checked"), ("th", "ไม่ได้ตรวจว่าผู้ประทับเวลาเป็นใคร"),
        ] {
            let run = try Tool.bmn("checkpoint", ledger, "--tsa", right.url, language: language)
            #expect(run.status == 0, "\(run.error)")
            #expect(run.error.contains(warning), "\(run.error)")
            #expect(run.error.contains("--tsa-roots"), "\(run.error)")
        }
        #expect(try latest()?.timestamps.count == 2)
    }
}
