import Cryptography
import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import SwiftProtobuf
import Testing

@Suite struct VaultTests {
    let ledger: ScratchLedger
    let stream = "household/2561/h-1"

    init() throws { ledger = try ScratchLedger() }

    private func vault() throws -> Vault {
        try Vault.open(ledger.directory)
    }

    /// Takes a key away, as erasure will.
    private func destroyKey(_ id: UInt64) throws {
        var options = Environment.Options()
        options.createsIfMissing = false
        let environment = try Environment(path: ledger.directory.vaultFile, options: options)
        let keys = try environment.openDatabase("keys")
        let wasThere = try environment.write { try $0.delete(keys, BigEndianKey(id)) }
        #expect(wasThere)
    }

    private func sealed(_ index: UInt64) throws -> (Envelope, Sealed) {
        let recorded = try LedgerReader(ledger.directory).snapshot().recordedEvent(index)
        return (try #require(recorded?.envelope), try #require(recorded?.event.sealed))
    }

    @Test func `An older copy of the vault is refused before it gives out a key again`() throws {
        let vault = URL(filePath: ledger.directory.vaultFile)
        let copy = vault.appendingPathExtension("older")
        do {
            let writer = try ledger.writer()
            _ = try writer.run(Sample.record("h-1")).get()
        }
        try FileManager.default.copyItem(at: vault, to: copy)
        do {
            let writer = try ledger.writer()
            // More than a writer reserves at a time.
            for number in 2..<40 { _ = try writer.run(Sample.record("h-\(number)")).get() }
        }
        let newest = try Data(contentsOf: vault)
        try Data(contentsOf: copy).write(to: vault)
        #expect(code { _ = try ledger.writer() } == .vaultOlder)
        try newest.write(to: vault)
        let writer = try ledger.writer()
        _ = try writer.run(Sample.record("h-40")).get()
        try checkWholeLedger(writer, ledger, size: staffedSize + 40)
    }

    @Test func `An older copy that is put back under a running writer is refused`() throws {
        let copy = ledger.directory.vaultFile + ".older"
        do {
            let writer = try ledger.writer()
            _ = try writer.run(Sample.record("h-1")).get()
        }
        try FileManager.default.copyItem(atPath: ledger.directory.vaultFile, toPath: copy)
        do {
            let writer = try ledger.writer()
            for number in 2..<40 { _ = try writer.run(Sample.record("h-\(number)")).get() }
            let kept = ledger.directory.vaultFile + ".kept"
            func put(_ source: String) throws {
                try FileManager.default.copyItem(atPath: source, toPath: kept + ".draft")
                #expect(unsafe rename(kept + ".draft", ledger.directory.vaultFile) == 0)
            }
            try FileManager.default.copyItem(atPath: ledger.directory.vaultFile, toPath: kept)
            try put(copy)
            // Nothing is given out, not once and not again.
            var codes: Set<LedgerError.Code> = []
            for number in 40..<200 {
                let failed = code { _ = try writer.run(Sample.record("h-\(number)")).get() }
                if let failed { codes.insert(failed) }
            }
            #expect(codes == [.vaultOlder])
            try put(kept)
            _ = try writer.run(Sample.record("h-200")).get()
            var ids: Set<UInt64> = []
            let snapshot = try writer.reader.snapshot()
            for index in 0..<snapshot.treeSize {
                guard let sealed = try snapshot.recordedEvent(index)?.event.sealed else { continue }
                #expect(ids.insert(sealed.keyID).inserted, "\(index)")
            }
            try checkWholeLedger(writer, ledger, size: snapshot.treeSize)
        }
    }

    @Test
    func `An older copy under two writers is refused by the one that gave out none of its ids`()
        throws
    {
        let copy = ledger.directory.vaultFile + ".older"
        let writer = try ledger.writer()
        _ = try writer.run(Sample.record("h-1")).get()
        try FileManager.default.copyItem(atPath: ledger.directory.vaultFile, toPath: copy)
        let appended = try Helper("append", ledger.directory.path, "other", "40").lines()
        #expect(appended.count == 40)
        #expect(unsafe rename(copy, ledger.directory.vaultFile) == 0)
        // What this one has in store is in the copy, too; then the ledger knows better.
        var codes: Set<LedgerError.Code> = []
        var recordedCount: UInt64 = 0
        for number in 2..<60 {
            let failed = code { _ = try writer.run(Sample.record("h-\(number)")).get() }
            if let failed { codes.insert(failed) } else { recordedCount += 1 }
        }
        #expect(codes == [.vaultOlder])
        #expect((1..<16).contains(recordedCount))
        var ids: Set<UInt64> = []
        let snapshot = try writer.reader.snapshot()
        for index in 0..<snapshot.treeSize {
            guard let sealed = try snapshot.recordedEvent(index)?.event.sealed else { continue }
            #expect(ids.insert(sealed.keyID).inserted, "\(index)")
        }
        try checkWholeLedger(writer, ledger, size: staffedSize + 41 + recordedCount)
    }

    @Test func `Nothing is sealed with keys that the vault in force does not have`() throws {
        let copy = ledger.directory.vaultFile + ".older"
        try FileManager.default.copyItem(atPath: ledger.directory.vaultFile, toPath: copy)
        let writer = try ledger.writer()
        _ = try writer.run(Sample.record("h-1")).get()
        #expect(unsafe rename(copy, ledger.directory.vaultFile) == 0)
        #expect(code { _ = try writer.run(Sample.record("h-2")) } == .vaultOlder)
        #expect(try writer.run(Sample.withdraw("h-1")).code == nil)
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }

    @Test func `Another ledger's vault is refused before anything in it is destroyed`() throws {
        let other = try ScratchLedger(empty: ())
        try other.create(origin: "example.org/other")
        // Its first writer notes whose it is. It has more keys than this ledger's.
        _ = try other.writer()
        do {
            let vault = try Vault.open(other.directory)
            for _ in 0..<100 { _ = try vault.makeKey() }
        }
        for file in [other.directory.vaultFile, other.directory.masterKeyFile] {
            let target = file.replacing(other.directory.path, with: ledger.directory.path)
            try FileManager.default.removeItem(atPath: target)
            try FileManager.default.copyItem(atPath: file, toPath: target)
        }
        #expect(code { _ = try ledger.writer() } == .vaultWrongKey)
    }

    @Test func `Sealed data opens with its own stream and command alone`() throws {
        let vault = try vault()
        let id = CommandID.fresh()
        let plain = Array("ความลับ".utf8)
        let sealed = try vault.seal(plain, keyID: nil, stream: stream, commandID: id)
        #expect(sealed.nonce.count == 12 && sealed.ciphertext.count == plain.count + 16)
        #expect(try vault.open(sealed, stream: stream, commandID: id) == plain)
        let wrongPlaces = [
            (stream + "1", id), ("household/2561/h", id), (stream, CommandID.fresh()),
        ]
        for (stream, id) in wrongPlaces {
            #expect(throws: CryptographyError.self) {
                try vault.open(sealed, stream: stream, commandID: id)
            }
        }
        for offset in 0..<sealed.ciphertext.count {
            var changed = sealed
            changed.ciphertext[offset] ^= 1
            #expect(throws: CryptographyError.self) {
                try vault.open(changed, stream: stream, commandID: id)
            }
        }
        for nonce in [Data(), Data(count: 11), Data(count: 13)] {
            var changed = sealed
            changed.nonce = nonce
            #expect(throws: CryptographyError.self) {
                try vault.open(changed, stream: stream, commandID: id)
            }
        }
        var moved = sealed
        moved.keyID = try vault.makeKey().id
        #expect(throws: CryptographyError.self) {
            try vault.open(moved, stream: stream, commandID: id)
        }
        moved.keyID = .max
        #expect(try vault.open(moved, stream: stream, commandID: id) == nil)
    }

    @Test func `What a record seals is what the command said`() throws {
        let personal = Sample.personal(firstName: "สมศรี", citizenID: Sample.citizenID(7))
        _ = try ledger.writer().run([
            Sample.record("h-1"), Sample.correct("h-1", failing: 0, personal: personal),
        ])
        let (envelope, sealed) = try sealed(staffedSize + 1)
        let plain = try vault().open(
            sealed,
            stream: envelope.stream,
            commandID: envelope.commandID
        )
        #expect(try PersonalData(serializedBytes: plain ?? []) == personal)
        try checkWholeLedger(ledger, size: staffedSize + 2)
    }

    @Test func `Personal data whose key is gone cannot be sealed again`() throws {
        let personal = Sample.personal(firstName: "สมศรี")
        let sent = Sample.correct("h-1", failing: 0, personal: personal)
        _ = try ledger.writer().run([Sample.record("h-1"), sent])
        let (envelope, sealed) = try sealed(staffedSize)
        try destroyKey(sealed.keyID)
        let erased = try vault().open(
            sealed,
            stream: envelope.stream,
            commandID: envelope.commandID
        )
        #expect(erased == nil)
        let writer = try ledger.writer()
        let again = Sample.correct("h-1", failing: 0, personal: personal)
        #expect(try writer.run(again) == .failure(Rejection(.personalDataErased, stream)))
        // A command that was sent before the erasure keeps its receipt.
        #expect(try writer.run(sent).get().isRepeated)
        // Answers can still be corrected: only the identity is gone.
        #expect(try writer.run(Sample.correct("h-1", failing: 1)).code == nil)
        try checkWholeLedger(writer, ledger, size: staffedSize + 3)
    }

    @Test func `A destroyed key is never given out again`() throws {
        var last: UInt64 = 0
        do {
            let vault = try vault()
            last = try (0..<16).map { _ in try vault.makeKey().id }.max() ?? 0
        }
        try destroyKey(last)
        #expect(try vault().makeKey().id > last)
    }

    @Test func `The wrong master key is refused`() throws {
        let digits = String(repeating: "5a", count: 32) + "\n"
        let file = URL(fileURLWithPath: ledger.directory.masterKeyFile)
        try Data(digits.utf8).write(to: file)
        #expect(code { _ = try ledger.writer() } == .vaultWrongKey)
        for text in [
            "", "5a", String(repeating: "5A", count: 32), String(repeating: "zz", count: 32),
        ] {
            try Data(text.utf8).write(to: file)
            #expect(code { _ = try ledger.writer() } == .vaultWrongKey)
        }
        try FileManager.default.removeItem(at: file)
        #expect(code { _ = try ledger.writer() } == .keyMissing)
        try checkWholeLedger(ledger, size: staffedSize)
    }

    @Test func `A master key that others can read is refused until that is mended`() throws {
        let file = ledger.directory.masterKeyFile
        for mode in [0o640, 0o604, 0o602, 0o644] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            #expect(code { _ = try ledger.writer() } == .keyExposed, "\(String(mode, radix: 8))")
        }
        for mode in [0o400, 0o600] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            _ = try ledger.writer()
        }
        try checkWholeLedger(ledger, size: staffedSize)
    }

    @Test func `Without the vault everything but names can still be read`() throws {
        _ = try ledger.writer().run([Sample.record("h-1"), Sample.record("h-2")])
        try FileManager.default.removeItem(atPath: ledger.directory.vaultFile)
        try FileManager.default.removeItem(atPath: ledger.directory.keysFolder)
        try checkWholeLedger(ledger, size: staffedSize + 2)
        do {
            let reader = try LedgerReader(ledger.directory)
            let snapshot = try reader.snapshot()
            #expect(try snapshot.household(stream: stream).ages == [37, 5])
            #expect(try snapshot.state().cells.count == 2)
        }
        #expect(code { _ = try ledger.writer() } == .keyMissing)
    }

    @Test func `A missing or broken vault is an error of the writer alone`() throws {
        let file = ledger.directory.vaultFile
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        try FileManager.default.removeItem(atPath: file)
        #expect(code { _ = try ledger.writer() } == .vaultMissing)
        for content in [Data(), Data("no vault".utf8), Data(count: 8192), whole.prefix(5000)] {
            try content.write(to: URL(fileURLWithPath: file))
            #expect(code { _ = try ledger.writer() } == .damaged, "\(content.count) bytes")
        }
        try whole.write(to: URL(fileURLWithPath: file))
        #expect(try ledger.writer().run(Sample.record("h-1")).code == nil)
        try checkWholeLedger(ledger, size: staffedSize + 1)
    }

    @Test func `Two wrapped keys cannot be exchanged`() throws {
        let (first, second): (UInt64, UInt64)
        do {
            let vault = try vault()
            (first, second) = (try vault.makeKey().id, try vault.makeKey().id)
        }
        do {
            let environment = try Environment(path: ledger.directory.vaultFile)
            let keys = try environment.openDatabase("keys")
            try environment.write { transaction in
                let wrapped = try transaction.withValue(keys, BigEndianKey(first)) { $0.byteArray }
                try transaction.put(keys, BigEndianKey(second), wrapped ?? [])
            }
        }
        let vault = try vault()
        #expect(try vault.key(first) != nil)
        #expect(throws: LedgerError.self) { try vault.key(second) }
    }

    @Test func `Names and citizen ids are in no file in the clear`() throws {
        let name = "Unmistakablename"
        let thaiName = "ชื่อที่ไม่ซ้ำใคร"
        let citizenID = Sample.citizenID(1_234_567)
        do {
            let writer = try ledger.writer()
            let outcomes = try writer.run([
                Sample.record("h-1", firstName: name, citizenID: citizenID),
                Sample.record("h-2", firstName: thaiName),
                Sample.correct("h-2", failing: 1, personal: Sample.personal(firstName: name)),
                // Refused ones leave nothing behind either.
                Sample.record("h-1", firstName: name + "2"),
                Sample.record("h-3", firstName: name, citizenID: "1234567890123"),
            ])
            #expect(
                outcomes.map(\.code) == [
                    nil, nil, nil, .householdAlreadyRecorded, .citizenIdInvalid,
                ]
            )
            for outcome in outcomes { #expect(!"\(outcome)".contains(name)) }
        }
        let secrets = [name, thaiName, citizenID, "1980-05-05", "99/9", "Secretname"]
        let files = try FileManager.default.subpathsOfDirectory(atPath: ledger.directory.path)
        #expect(files.contains("ledger.mdb") && files.contains("vault.mdb"))
        var byteCount = 0
        for file in files {
            let url = URL(fileURLWithPath: ledger.directory.path + "/" + file)
            guard let content = try? Data(contentsOf: url) else { continue }
            byteCount += content.count
            for secret in secrets {
                #expect(content.range(of: Data(secret.utf8)) == nil, "\(secret) in \(file)")
            }
        }
        // The search does find what is there.
        let records = try Data(contentsOf: URL(fileURLWithPath: ledger.directory.ledgerFile))
        #expect(records.range(of: Data("household/2561/h-1".utf8)) != nil && byteCount > 8192)
        try checkWholeLedger(ledger, size: staffedSize + 3)
    }
}
