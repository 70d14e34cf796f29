import Cryptography
import DurableFiles
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// Papers beside the ledger, and commands that name them.
@Suite struct AttachmentTests {
    private let ledger: ScratchLedger
    private let folder: AttachmentFolder
    private let paper: String

    init() throws {
        ledger = try ScratchLedger()
        folder = AttachmentFolder(ledger.directory)
        paper = ledger.folder + "/letter.pdf"
        try Data("the letter".utf8).write(to: URL(fileURLWithPath: paper))
    }

    @discardableResult
    private func attach() throws -> AttachmentFolder.Content {
        let content = try #require(try AttachmentFolder.content(of: paper))
        try folder.store(paper, content)
        return content
    }

    private func training(_ content: AttachmentFolder.Content, byteCount: UInt64? = nil) -> Command
    {
        var document = Document()
        document.sha256 = content.sha256.hex
        document.byteCount = byteCount ?? content.byteCount
        document.mediaType = "application/pdf"
        var training = Training()
        (training.training, training.cycle, training.area) = ("training-1", "2561", "9901")
        (training.kind, training.heldOn, training.place) = (.collector, Sample.workday, "the hall")
        training.participants = ["collector-1"]
        training.documents = [document]
        return Sample.command(.recordTraining(training))
    }

    @Test func `A record names no document that was not attached`() throws {
        let content = try #require(try AttachmentFolder.content(of: paper))
        let writer = try ledger.writer()
        let refused = try writer.run(training(content))
        #expect(refused == .failure(Rejection(.documentNotAttached, "documents[1]")))
        try attach()
        #expect(try writer.run(training(content, byteCount: 3)).code == .documentNotAttached)
        let command = training(content)
        let receipt = try writer.run(command).get()
        #expect(receipt.index == staffedSize)
        // Sent again when the paper is gone it has its receipt: the act was recorded.
        try DurableFile.remove(folder.file(content.sha256))
        #expect(try writer.run(command).get().isRepeated)
        try checkWholeLedger(writer, ledger, size: staffedSize + 1)
    }

    @Test func `A document is stored under its digest, readable for its owner alone`() throws {
        let content = try attach()
        #expect(content.sha256 == SHA256.hash(Array("the letter".utf8)))
        #expect(try folder.content(content.sha256) == content)
        let file = folder.file(content.sha256)
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try folder.content(SHA256.hash([0])) == nil)
        try checkWholeLedger(ledger)
    }

    @Test func `What a killed attempt or a stranger left is replaced by the true document`() throws
    {
        let content = try attach()
        let file = folder.file(content.sha256)
        for leftover in [file, file + ".new"] {
            try Data("half".utf8).write(to: URL(fileURLWithPath: leftover))
            try attach()
            #expect(try folder.content(content.sha256) == content)
        }
        // The name was right already when the second draft lay there: nobody takes that for a paper.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(names) == [content.sha256.hex, content.sha256.hex + ".new"])
        try FileManager.default.removeItem(atPath: file)
        try attach()
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path)
                == [content.sha256.hex]
        )
        try checkWholeLedger(ledger)
    }

    @Test func `A file that changes while it is copied is refused and leaves no draft`() throws {
        let content = try #require(try AttachmentFolder.content(of: paper))
        try Data("another letter".utf8).write(to: URL(fileURLWithPath: paper))
        #expect(code { try folder.store(paper, content) } == .busy)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        try checkWholeLedger(ledger)
    }

    @Test func `A folder that is missing is made, and a FIFO in a document's place is an error`()
        throws
    {
        try FileManager.default.removeItem(atPath: folder.path)
        let content = try attach()
        let file = folder.file(content.sha256)
        try FileManager.default.removeItem(atPath: file)
        #expect(unsafe mkfifo(file, 0o600) == 0)
        #expect(throws: FileError(.notRegular, "")) { try folder.content(content.sha256) }
        #expect(code { try attach() } == .damaged)
        try checkWholeLedger(ledger)
    }
}
