import Cryptography
import DurableFiles
import Foundation
import LMDB
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// Vault and master key may lie elsewhere, belong to others and have more names than one.
@Suite struct VaultPlaceTests {
    let ledger: ScratchLedger
    private var directory: LedgerDirectory { ledger.directory }
    private var secure: String { ledger.folder + "/secure" }
    private let files = FileManager.default

    init() throws {
        ledger = try ScratchLedger()
        for outcome in try ledger.writer().run([Sample.record("h-1"), Sample.record("h-2")]) {
            _ = try outcome.get()
        }
    }

    private func keyID(_ household: String) throws -> UInt64 {
        let snapshot = try LedgerReader(directory).snapshot()
        return try #require(
            try snapshot.household(stream: "household/2561/\(household)").keyID
        )
    }

    private func key(_ id: UInt64) throws -> SymmetricKey? { try Vault.open(directory).key(id) }

    /// Puts vault and master key into another folder, and links in their places.
    private func moveAway() throws {
        try files.createDirectory(atPath: secure, withIntermediateDirectories: true)
        try files.removeItem(atPath: directory.vaultFile + "-lock")
        for (path, name, target) in [
            (directory.vaultFile, "keys.mdb", "../secure/keys.mdb"),
            (directory.masterKeyFile, "master", secure + "/master"),
        ] {
            try files.moveItem(atPath: path, toPath: secure + "/" + name)
            try files.createSymbolicLink(atPath: path, withDestinationPath: target)
        }
    }

    private func expectLinks() throws {
        let vault = try files.destinationOfSymbolicLink(atPath: directory.vaultFile)
        let master = try files.destinationOfSymbolicLink(atPath: directory.masterKeyFile)
        #expect(vault == "../secure/keys.mdb" && master == secure + "/master")
        let kept = try files.contentsOfDirectory(atPath: secure)
        #expect(Set(kept) == ["keys.mdb", "keys.mdb-lock", "master"])
        let names = try files.contentsOfDirectory(atPath: directory.path)
        #expect(Set(names.filter { $0.hasPrefix("vault.") }) == ["vault.mdb", "vault.lock"])
    }

    @Test func `Behind links vault and master key are replaced where they lie`() throws {
        let (erased, kept) = (try keyID("h-1"), try keyID("h-2"))
        let before = try key(kept)
        try moveAway()
        let wrapped = try Data(contentsOf: URL(filePath: secure + "/keys.mdb"))
        _ = try ledger.writer().run(Sample.erase("h-1")).get()
        #expect(try key(erased) == nil)
        #expect(try key(kept) == before)
        try expectLinks()
        #expect(try Data(contentsOf: URL(filePath: secure + "/keys.mdb")) != wrapped)
        let master = try Data(contentsOf: URL(filePath: secure + "/master"))
        for _ in 0..<2 {
            try Vault.changeMasterKey(directory, to: nil)
            #expect(try key(kept) == before)
            try expectLinks()
        }
        #expect(try Data(contentsOf: URL(filePath: secure + "/master")) != master)
        try checkWholeLedger(ledger, size: staffedSize + 3)
    }

    @Test(
        arguments: Vault.MasterKeyStep.allCases.map(\.rawValue)
            + VaultStep.allCases.map(\.rawValue)
    )
    func `Killed behind links at any step one master key opens the vault`(_ step: String) throws {
        let kept = try keyID("h-2")
        let before = try key(kept)
        try moveAway()
        #expect(try Helper("rekey", directory.path, step).lines() == [])
        #expect(try key(kept) == before)
        try Vault.changeMasterKey(directory, to: nil)
        #expect(try key(kept) == before)
        try expectLinks()
        try checkWholeLedger(ledger, size: staffedSize + 2)
    }

    @Test func `Where files have one name only the former vault is emptied all the same`() throws {
        let erased = try keyID("h-1")
        let former = try FileHandle(forReadingFrom: URL(filePath: directory.vaultFile))
        do {
            let writer = try ledger.writer(vaultObserver: { step in
                if step == .linking { throw FileError(.unsupported, "as FAT would say") }
            })
            _ = try writer.run(Sample.erase("h-1")).get()
            #expect(writer.unfinishedErasure == nil)
        }
        #expect(try key(erased) == nil)
        let bytes = try #require(try former.readToEnd())
        #expect(bytes.count > 8192 && bytes.allSatisfy { $0 == 0 })
        try checkWholeLedger(ledger, size: staffedSize + 3)
    }

    @Test func `A vault with another name is refused before an erasure is recorded`() throws {
        let erased = try keyID("h-1")
        let snapshot = ledger.folder + "/snapshot.mdb"
        #expect(unsafe link(directory.vaultFile, snapshot) == 0)
        let bytes = try Data(contentsOf: URL(filePath: snapshot))
        do {
            let writer = try ledger.writer()
            #expect(code { _ = try writer.run(Sample.erase("h-1")) } == .vaultLinked)
            #expect(try writer.reader.snapshot().treeSize == staffedSize + 2)
        }
        #expect(code { try Vault.changeMasterKey(directory, to: nil) } == .vaultLinked)
        #expect(try Data(contentsOf: URL(filePath: snapshot)) == bytes)
        let keys = try files.contentsOfDirectory(atPath: directory.keysFolder)
        #expect(keys.filter { $0.hasPrefix("master.next") } == [])
        try files.removeItem(atPath: snapshot)
        #expect(unsafe link(directory.masterKeyFile, snapshot) == 0)
        #expect(code { try Vault.changeMasterKey(directory, to: nil) } == .vaultLinked)
        _ = try ledger.writer().run(Sample.erase("h-1")).get()
        #expect(try key(erased) == nil)
        try checkWholeLedger(ledger, size: staffedSize + 3)
    }

    @Test func `Whoever replaces them they keep owner and mode`() throws {
        // Only root can give a file away.
        let owner = geteuid() == 0 ? 1234 : Int(geteuid())
        let all = [(directory.vaultFile, 0o640), (directory.masterKeyFile, 0o400)]
        for (path, mode) in all {
            try files.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            if geteuid() == 0 { #expect(unsafe chown(path, 1234, 1234) == 0) }
        }
        _ = try ledger.writer().run(Sample.erase("h-1")).get()
        for _ in 0..<2 { try Vault.changeMasterKey(directory, to: nil) }
        _ = try ledger.writer().run(Sample.record("h-3")).get()
        let locks = [directory.vaultFile + "-lock", directory.vaultLockFile]
        for path in all.map(\.0) + locks + [directory.masterKeyLockFile] {
            let attributes = try files.attributesOfItem(atPath: path)
            #expect(attributes[.ownerAccountID] as? Int == owner, "\(path)")
        }
        for (path, mode) in all {
            let attributes = try files.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
        }
        try checkWholeLedger(ledger, size: staffedSize + 4)
    }

    @Test func `A lock file that a draft left behind is removed like the draft`() throws {
        try Data().write(to: URL(filePath: directory.vaultFile + ".new-lock"))
        _ = try ledger.writer()
        let names = try files.contentsOfDirectory(atPath: directory.path)
        #expect(!names.contains("vault.mdb.new-lock"))
        try checkWholeLedger(ledger, size: staffedSize + 2)
    }
}
