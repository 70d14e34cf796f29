import Cryptography
import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// The event first, then the key; stopped anywhere, the next opening finishes.
@Suite struct ErasureTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    /// Everything of a destroyed key that could be found again.
    private struct Secret {
        let keyID: UInt64
        /// The data key itself, in the forms that somebody might have written it in.
        let forms: [Data]

        init(_ ledger: ScratchLedger, keyID: UInt64) throws {
            self.keyID = keyID
            let plain = try Self.plain(ledger, keyID)
            let wrapped = try Self.wrapped(ledger, keyID)
            forms = [
                plain, Data(Hex.encode(Array(plain)).utf8), plain.base64EncodedData(), wrapped,
                Data(wrapped.dropFirst(12)),
            ]
        }

        private static func plain(_ ledger: ScratchLedger, _ keyID: UInt64) throws -> Data {
            let key = try #require(try Vault.open(ledger.directory).key(keyID))
            return Data(key.withBytes { $0.byteArray })
        }

        private static func wrapped(_ ledger: ScratchLedger, _ keyID: UInt64) throws -> Data {
            var options = Environment.Options()
            options.isLockFree = true
            let environment = try Environment(
                path: ledger.directory.vaultFile,
                options: options
            )
            let keys = try environment.openDatabase("keys")
            let wrapped = try environment.read { transaction in
                try transaction.withValue(keys, BigEndianKey(keyID)) { $0.byteArray }
            }
            return Data(try #require(wrapped))
        }

        /// The files that still have some of it.
        func files(_ ledger: ScratchLedger) throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: ledger.folder).filter { name in
                guard let bytes = try? Data(contentsOf: URL(filePath: ledger.folder + "/" + name))
                else { return false }
                return forms.contains { bytes.range(of: $0) != nil }
            }
        }
    }

    private func keyID(_ household: String) throws -> UInt64 {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        return try #require(
            try snapshot.household(stream: "household/2561/\(household)").keyID
        )
    }

    private func record(_ households: String...) throws {
        for outcome in try ledger.writer().run(households.map { Sample.record($0) }) {
            _ = try outcome.get()
        }
    }

    private func opens(_ household: String) throws -> Bool {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        let index = try #require(
            try snapshot.indexes(ofStream: "household/2561/\(household)").first
        )
        let recorded = try #require(try snapshot.recordedEvent(index))
        let plain = try Vault.open(ledger.directory).open(
            recorded.event.sealed ?? Sealed(),
            stream: recorded.envelope.stream,
            commandID: recorded.envelope.commandID
        )
        return plain != nil
    }

    private func expectErased(_ secret: Secret) throws {
        #expect(try secret.files(ledger) == [])
        #expect(try Vault.open(ledger.directory).key(secret.keyID) == nil)
        #expect(try !opens("h-1"))
        #expect(try opens("h-2"))
        #expect(try vaultFiles() == ["vault.mdb", "vault.mdb-lock", "vault.lock"])
    }

    private func vaultFiles() throws -> Set<String> {
        Set(
            try FileManager.default.contentsOfDirectory(atPath: ledger.directory.path)
                .filter { $0.hasPrefix("vault.") }
        )
    }

    @Test func `An erased key is in no file any more and the other keys open`() throws {
        try record("h-1", "h-2")
        let secret = try Secret(ledger, keyID: keyID("h-1"))
        // The search does find what is there.
        #expect(try secret.files(ledger) == ["ledger/vault.mdb"])
        do {
            let writer = try ledger.writer()
            let receipt = try writer.run(Sample.erase("h-1")).get()
            #expect(receipt.stream == "household/2561/h-1" && receipt.streamVersion == 1)
            // The same writer goes on with the rewritten vault.
            _ = try writer.run(Sample.record("h-3")).get()
        }
        try expectErased(secret)
        #expect(try opens("h-3"))
        try checkWholeLedger(ledger, size: staffedSize + 4)
    }

    @Test func `Many are erased in one commit and a person, too`() throws {
        try record("h-1", "h-2", "h-3")
        let secrets = try [keyID("h-1"), keyID("h-3")].map { try Secret(ledger, keyID: $0) }
        do {
            let writer = try ledger.writer()
            let outcomes = try writer.run([
                Sample.erase("h-1"), Sample.erase("h-3"), Sample.erase(person: "collector-1"),
                Sample.erase("h-1"),
            ])
            #expect(outcomes.map(\.code) == [nil, nil, nil, .personalDataErased])
        }
        for secret in secrets { try expectErased(secret) }
        let state = try LedgerReader(ledger.directory).snapshot().state()
        let person = try #require(state.persons["collector-1"])
        #expect(person.isErased && !person.appointments.isEmpty)
        // The state does not grow with households, erased or not.
        #expect(state.cells.count == 2)
        try checkWholeLedger(ledger, size: staffedSize + 6)
    }

    @Test(arguments: ["aboutToCommit", "durable"] + VaultStep.allCases.map(\.rawValue))
    func `Killed at any step the next opening finishes the erasure`(_ step: String) throws {
        try record("h-1", "h-2")
        let secret = try Secret(ledger, keyID: keyID("h-1"))
        let helper = try Helper("erase", ledger.directory.path, "h-1", step)
        #expect(helper.lines() == [], "it was killed before it could answer")
        let isRecorded = step != "aboutToCommit"
        // Reading needs no finished erasure, and no opening for reading makes one.
        #expect(try opens("h-2"))
        do {
            let writer = try ledger.writer()
            let again = try writer.run(Sample.erase("h-1"))
            #expect(again.code == (isRecorded ? .personalDataErased : nil))
            _ = try writer.run(Sample.record("h-3")).get()
        }
        try expectErased(secret)
        try checkWholeLedger(ledger, size: staffedSize + 4)
    }

    @Test(arguments: [VaultStep.drafted, .linking, .linked, .lockRemoved, .renamed, .overwritten])
    func `Failing at any step the next opening makes up for it and no draft stays behind`(
        _ step: VaultStep
    ) throws {
        try record("h-1", "h-2")
        let secret = try Secret(ledger, keyID: keyID("h-1"))
        do {
            let writer = try ledger.writer(vaultObserver: { reached in
                guard reached == step else { return }
                throw LMDBError(.inputOutput, operation: "rewrite", path: nil, detail: "injected")
            })
            #expect(try writer.run(Sample.erase("h-1")).code == nil)
            #expect(writer.unfinishedErasure?.code == .erasureUnfinished)
            #expect(try writer.run(Sample.record("h-3")).code == nil)
        }
        let isReplaced = [VaultStep.renamed, .overwritten].contains(step)
        #expect(try secret.files(ledger) == (isReplaced ? [] : ["ledger/vault.mdb"]))
        #expect(try vaultFiles().isSubset(of: ["vault.mdb", "vault.mdb-lock", "vault.lock"]))
        _ = try ledger.writer()
        try expectErased(secret)
        try checkWholeLedger(ledger, size: staffedSize + 4)
    }

    @Test func `An older copy of the vault loses the erased key at its first opening`() throws {
        try record("h-1", "h-2")
        let secret = try Secret(ledger, keyID: keyID("h-1"))
        let vault = URL(filePath: ledger.directory.vaultFile)
        let copy = try Data(contentsOf: vault)
        _ = try ledger.writer().run(Sample.erase("h-1")).get()
        try FileManager.default.removeItem(at: vault)
        try copy.write(to: vault)
        #expect(try !secret.files(ledger).isEmpty)
        _ = try ledger.writer()
        try expectErased(secret)
        try checkWholeLedger(ledger, size: staffedSize + 3)
    }

    @Test func `While one process makes keys another erases and nothing is lost`() throws {
        let households = (0..<12).map { "h-\($0)" }
        do {
            let writer = try ledger.writer()
            for household in households { _ = try writer.run(Sample.record(household)).get() }
        }
        let maker = try Helper("keys", ledger.directory.path, "3000")
        let appender = try Helper("append", ledger.directory.path, "other", "60")
        do {
            let writer = try ledger.writer()
            for household in households.dropLast() {
                _ = try writer.run(Sample.erase(household)).get()
                _ = try writer.run(Sample.record(household + "-more")).get()
            }
        }
        let made = maker.lines().compactMap { UInt64($0) }
        #expect(appender.lines().count == 60)
        #expect(made.count == 3000 && Set(made).count == 3000)
        let vault = try Vault.open(ledger.directory)
        for id in made { #expect(try vault.key(id) != nil) }
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        var used = Set(made)
        for index in 0..<snapshot.treeSize {
            let record = try #require(try snapshot.recordedEvent(index))
            guard let sealed = record.event.sealed else { continue }
            #expect(used.insert(sealed.keyID).inserted, "key \(sealed.keyID) was given twice")
            let isErased =
                record.envelope.stream.hasPrefix("household/")
                && households.dropLast().contains {
                    record.envelope.stream == "household/2561/\($0)"
                }
            #expect(try (vault.key(sealed.keyID) == nil) == isErased)
        }
    }

    @Test func `A correction that was sealed before an erasure is refused after it`() throws {
        try record("h-1")
        let writer = try ledger.writer()
        let correction = try writer.prepared([
            Sample.correct("h-1", failing: 1, personal: Sample.personal(firstName: "สมศรี"))
        ])
        _ = try writer.run(Sample.erase("h-1")).get()
        #expect(try writer.append(correction).map(\.code) == [.personalDataErased])
        #expect(try writer.run(Sample.correct("h-1", failing: 1)).code == nil)
        _ = try writer.run(Sample.withdraw("h-1")).get()
        _ = try writer.run(Sample.record("h-1")).get()
        #expect(try writer.run(Sample.erase("h-1")).code == nil)
        try checkWholeLedger(writer, ledger, size: staffedSize + 6)
    }
}
