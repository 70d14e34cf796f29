import DurableFiles
import Glibc
import LMDB
import LedgerReader

/// Where the vault and what becomes of it lie at this moment: in the folder of the file that the
/// vault's name leads to.
///
/// A link is followed before anything is put in a place, for a renaming would replace the link and
/// leave the vault it leads to, destroyed keys and all.
struct VaultPaths {
    let vault: String

    init(_ directory: LedgerDirectory) {
        vault = DurableFile.resolvingLinks(directory.vaultFile)
    }

    /// LMDB's own, which belongs to one data file.
    var lock: String { vault + "-lock" }
    /// A vault that is being rewritten, without the keys that are to be destroyed.
    var next: String { vault + ".new" }
    /// The vault before it was rewritten, until it has been overwritten with zeros.
    var former: String { vault + ".old" }

    /// What somebody left who was stopped while replacing the vault.
    var leftovers: [String] {
        [next, next + "-lock", former].filter { FileIdentity($0) != nil }
    }

    /// The vault's environment, for whoever may open it.
    ///
    /// `lockFile` is the ledger's own lock of the vault.
    func open(isReadOnly: Bool = false, lock lockFile: String) throws -> Environment {
        var options = Environment.Options()
        options.createsIfMissing = false
        options.isReadOnly = isReadOnly
        let environment = try Environment(path: vault, options: options)
        // Root may just have made them, and the vault's owner must be able to open them, too.
        if geteuid() == 0 {
            for file in [lock, lockFile] where FileIdentity(file) != nil {
                try DurableFile.keepOwner(of: vault, on: file)
            }
        }
        return environment
    }

    /// Refuses a vault that has further names: it is overwritten in the end, and a snapshot made of
    /// links would be overwritten with it.
    func requireReplaceable() throws(LedgerError) {
        // Of somebody who was stopped; it goes before anything else is done.
        let isLinkedByUs = FileIdentity(former) == FileIdentity(vault)
        try Self.requireNames(isLinkedByUs ? 2 : 1, vault)
    }

    static func requireNames(_ count: Int, _ path: String) throws(LedgerError) {
        let found = DurableFile.nameCount(path)
        guard found > count else { return }
        throw LedgerError(
            .vaultLinked,
            "\(path) has \(found - count) more names (hard links), which would be emptied with it:"
                + " put a copy in its place, and destroy what the others still hold"
        )
    }

    /// A draft holds keys, and the former vault holds the destroyed ones, too.
    func removeLeftovers() throws {
        for file in [former, next] {
            // Stopped before the renaming, the former one is a second name of the vault in force.
            if FileIdentity(file) != FileIdentity(vault) {
                try Self.requireNames(1, file)
                try DurableFile.overwriteWithZeros(file)
            }
            try DurableFile.remove(file)
        }
        try DurableFile.remove(next + "-lock")
    }
}

/// Where a rewriting of the vault can be stopped, for tests that do.
package enum VaultStep: String, Sendable, CaseIterable {
    /// The new file is on disk under its draft's name.
    case drafted
    /// The vault in force is about to get a second name.
    case linking
    /// It has it, where the file system has such.
    case linked
    /// The vault in force has no lock file of LMDB's.
    case lockRemoved
    /// The new file is the vault.
    case renamed
    /// The old one is zeros.
    case overwritten
}

/// Called at each step; what it throws stops the rewriting there.
package typealias VaultObserver = @Sendable (VaultStep) throws -> Void
