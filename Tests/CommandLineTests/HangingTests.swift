import Foundation
import NIOCore
import NIOPosix
import Testing

/// Takes every connection and whatever it is told, and never says a word.
private final class SilentServer {
    private let channel: any Channel
    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    init() throws {
        channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).wait()
    }

    deinit { channel.close(promise: nil) }
}

@Suite struct `Services that hang` {
    @Test func `whoever hangs is waited for a while, and the checkpoint is kept`() throws {
        let survey = try SmallSurvey()
        try survey.grow()
        let silent = try SilentServer()
        let key = "auditor.example.th/w1+3750f043+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"
        let run = try Tool.bmn(
            "checkpoint",
            survey.ledger,
            "--witness",
            silent.url,
            "--witness-key",
            key,
            "--tsa",
            silent.url,
            "--json"
        )
        #expect(run.status == 1)
        #expect(run.error.contains("timedOut"), "\(run.error)")
        let printed = try run.object()
        let status = try Tool.bmn("status", survey.ledger, "--json").object()
        // Signed all the same, over all there is, and not again.
        #expect(printed["treeSize"] as? Int == status["treeSize"] as? Int)
        let again = try Tool.bmn("checkpoint", survey.ledger, "--json")
        #expect(again.status == 0, "\(again.error)")
        #expect(try again.object()["treeSize"] as? Int == printed["treeSize"] as? Int)
        _ = try Tool.verify(survey.ledger)
    }
}
