import Cryptography
import Dispatch
import DurableFiles
import Foundation
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

import class LMDB.Locked

@Suite struct MasterKeyTests {
    let ledger: ScratchLedger
    var directory: LedgerDirectory { ledger.directory }

    init() throws {
        ledger = try ScratchLedger()
        for outcome in try ledger.writer().run([Sample.record("h-1"), Sample.record("h-2")]) {
            _ = try outcome.get()
        }
    }

    private func masterFiles() throws -> Set<String> {
        Set(
            try FileManager.default.contentsOfDirectory(atPath: directory.keysFolder)
                .filter { $0.hasPrefix("master.") && $0 != "master.lock" }
        )
    }

    /// The data keys of both households.
    private func keys(_ vault: Vault) throws -> [SymmetricKey] {
        let snapshot = try LedgerReader(directory).snapshot()
        return try ["h-1", "h-2"].map { household in
            let state = try snapshot.household(stream: "household/2561/\(household)")
            let keyID = try #require(state.keyID)
            return try #require(try vault.key(keyID))
        }
    }

    @Test func `Another master key opens the same keys and the former one opens nothing`() throws {
        let sent = Sample.correct("h-1", failing: 1)
        _ = try ledger.writer().run(sent).get()
        let before = try keys(try Vault.open(directory))
        let former = try Data(contentsOf: URL(filePath: directory.masterKeyFile))
        let formerVault = try Data(contentsOf: URL(filePath: directory.vaultFile))
        try Vault.changeMasterKey(directory, to: nil)
        #expect(try keys(try Vault.open(directory)) == before)
        #expect(try masterFiles() == ["master.key"])
        let now = try Data(contentsOf: URL(filePath: directory.masterKeyFile))
        #expect(now != former && now.count == 65)
        #expect(try Data(contentsOf: URL(filePath: directory.vaultFile)) != formerVault)
        try former.write(to: URL(filePath: directory.masterKeyFile))
        #expect(code { _ = try Vault.open(directory) } == .vaultWrongKey)
        try now.write(to: URL(filePath: directory.masterKeyFile))
        let writer = try ledger.writer()
        // What tells a repeated command is authenticated with the same key as before.
        #expect(try writer.run(sent).get().isRepeated)
        _ = try writer.run(Sample.erase("h-1")).get()
        #expect(try writer.run(Sample.record("h-3")).code == nil)
        try checkWholeLedger(writer, ledger, size: staffedSize + 5)
    }

    @Test func `A passphrase opens the vault and is in no file`() throws {
        let before = try keys(try Vault.open(directory))
        let passphrase = Array("ประโยคลับ ๙๙".utf8)
        try Vault.changeMasterKey(directory, to: passphrase)
        #expect(try masterFiles() == ["master.scrypt"])
        #expect(try keys(try Vault.open(directory, passphrase: { passphrase })) == before)
        #expect(code { _ = try Vault.open(directory) } == .passphraseNeeded)
        #expect(
            code { _ = try Vault.open(directory, passphrase: { Array("x".utf8) }) }
                == .wrongPassphrase
        )
        #expect(code { _ = try Vault.open(directory, passphrase: { [] }) } == .wrongPassphrase)
        // Whoever was asked explains himself.
        #expect(throws: FileError(.missing, "")) {
            try Vault.open(directory, passphrase: { throw FileError(.missing, "no file") })
        }
        for file in try FileManager.default.subpathsOfDirectory(atPath: directory.path) {
            let url = URL(filePath: directory.path + "/" + file)
            guard let bytes = try? Data(contentsOf: url) else { continue }
            #expect(bytes.range(of: Data(passphrase)) == nil, "\(file)")
        }
        try Vault.changeMasterKey(directory, passphrase: { passphrase }, to: nil)
        #expect(try masterFiles() == ["master.key"])
        #expect(try keys(try Vault.open(directory)) == before)
        #expect(code { try Vault.changeMasterKey(directory, to: []) } == .damaged)
        #expect(try keys(try Vault.open(directory)) == before)
    }

    @Test(arguments: [
        "", "{}", #"{"kdf":"scrypt","salt":"00","n":2,"r":8,"p":1}"#,
        #"{"kdf":"scrypt","salt":"000102030405060708090a0b0c0d0e0f","n":1099511627776,"r":8,"p":1}"#,
    ])
    func `Parameters that are none, or ask too much, are a wrong key`(_ text: String) throws {
        try FileManager.default.removeItem(atPath: directory.masterKeyFile)
        let file = directory.masterScryptFile
        try Data(text.utf8).write(to: URL(filePath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        #expect(code { _ = try Vault.open(directory, passphrase: { [1] }) } == .vaultWrongKey)
    }

    @Test(
        arguments: Vault.MasterKeyStep.allCases.map(\.rawValue)
            + VaultStep.allCases.map(\.rawValue)
    )
    func `Killed at any step one master key or the other opens the vault`(_ step: String) throws {
        let before = try keys(try Vault.open(directory))
        #expect(try Helper("rekey", directory.path, step).lines() == [])
        #expect(try keys(try Vault.open(directory)) == before)
        // Whoever comes next can change it again, and nothing is left behind.
        try Vault.changeMasterKey(directory, to: nil)
        #expect(try keys(try Vault.open(directory)) == before)
        #expect(try masterFiles() == ["master.key"])
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            .filter { $0.hasPrefix("vault.") }
        #expect(Set(names) == ["vault.mdb", "vault.mdb-lock", "vault.lock"])
        #expect(try ledger.writer().run(Sample.record("h-3")).code == nil)
        try checkWholeLedger(ledger, size: staffedSize + 3)
    }

    @Test(arguments: [VaultStep.drafted, .renamed])
    func `A change that fails leaves one master key and no draft of another`(
        _ step: VaultStep
    ) throws {
        let before = try keys(try Vault.open(directory))
        #expect(
            code {
                try Vault.changeMasterKey(
                    directory,
                    to: nil,
                    vaultObserver: { reached in
                        if reached == step { throw LedgerError(.diskFull, "injected") }
                    }
                )
            } == .diskFull
        )
        // Past the renaming the next one is the one, until somebody opens the vault.
        #expect(try masterFiles().contains("master.next.key") == (step == .renamed))
        #expect(try keys(try Vault.open(directory)) == before)
        #expect(try masterFiles() == ["master.key"])
        try checkWholeLedger(ledger, size: staffedSize + 2)
    }

    /// Between the removal of the former key's file and the renaming of the next one.
    @Test func `Who opens the vault while another key comes into force waits and gets it open`()
        throws
    {
        let before = try keys(try Vault.open(directory))
        let opened = Locked<Result<[SymmetricKey], any Error>?>(nil)
        let isOpening = DispatchGroup()
        try Vault.changeMasterKey(
            directory,
            to: nil,
            observer: { step in
                guard step == .formerRemoved else { return }
                DispatchQueue.global().async(group: isOpening) {
                    let result = Result { try keys(try Vault.open(directory)) }
                    opened.withLock { $0 = result }
                }
                // It cannot be done before this is. Gives it the time to see the files as they are.
                usleep(300_000)
                #expect(opened.withLock { $0 == nil })
            }
        )
        #expect(isOpening.wait(timeout: .now() + 60) == .success)
        #expect(try opened.withLock { try $0?.get() } == before)
        try checkWholeLedger(ledger, size: staffedSize + 2)
    }

    @Test func `Who has the vault open under the former key is told, and seals nothing`() throws {
        let writer = try ledger.writer()
        #expect(try Helper("rekey", directory.path, "never").lines() == ["done"])
        let commands = (0..<40).map { Sample.record("more-\($0)") }
        let error = #expect(throws: LedgerError.self) { _ = try writer.run(commands) }
        #expect(error?.code == .vaultWrongKey)
        #expect(error?.reason.contains("the master key was changed meanwhile") == true)
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }
}
