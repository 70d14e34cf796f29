/// Where the parts of a ledger lie (design.md 6).
package struct LedgerDirectory: Sendable, Hashable {
    package let path: String

    package init(_ path: String) {
        var path = path.isEmpty ? "." : path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    package var ledgerFile: String { path + "/ledger.mdb" }
    /// The size and root that the ledger is known to have reached; see `HeadFile`.
    package var headFile: String { path + "/ledger.head" }
    /// Keys of personal data, wrapped by the master key; never copied with the ledger.
    package var vaultFile: String { path + "/vault.mdb" }
    /// Locked shared by whoever is at the vault, exclusively by whoever puts another in its place.
    package var vaultLockFile: String { path + "/vault.lock" }
    package var keysFolder: String { path + "/keys" }
    package var logKeyFile: String { path + "/keys/log.pem" }
    /// The key that `bmn key rotate-log` made and that is not in force yet.
    package var nextLogKeyFile: String { path + "/keys/log.next.pem" }
    /// Locked while the log's key is read and renamed.
    package var logKeyLockFile: String { path + "/keys/log.lock" }
    /// The last checkpoint that the log's key signed; see `SignedHeadFile`.
    package var signedHeadFile: String { path + "/keys/log.checkpoint" }
    package var masterKeyFile: String { path + "/keys/master.key" }
    /// How the master key follows from a passphrase; instead of `masterKeyFile`.
    package var masterScryptFile: String { path + "/keys/master.scrypt" }
    /// The master key that the vault is being rewritten for, in either form.
    package var nextMasterKeyFile: String { path + "/keys/master.next.key" }
    package var nextMasterScryptFile: String { path + "/keys/master.next.scrypt" }
    /// Locked while the master key is replaced.
    package var masterKeyLockFile: String { path + "/keys/master.lock" }
    package var attachmentsFolder: String { path + "/attachments" }
    /// The default projection database; may be deleted at any time.
    package var surveyFile: String { path + "/survey.sqlite" }
    /// The read models that are carried on into another database; may be deleted at any time.
    package var followFile: String { path + "/survey.follow.sqlite" }
}
