import Cryptography
import DurableFiles
import Glibc
import TransparencyLog

/// What a witness must not forget: for each log the checkpoint that it cosigned last.
///
///     witness            the witness's verifier key: whose state this is
///     lock               locked while a state file is compared and replaced
///     <hex>.checkpoint   the last cosigned checkpoint of the log with this SHA-256 of its origin
///     <hex>.origin       the origin of a log that was cosigned: its checkpoint must be there, too
///     witness.new        the verifier key of a witness that is being made; see `Creation`
///
/// Nothing is kept in memory: each request reads the files under the lock, so several processes over
/// one folder are one witness, and a disk that goes away under a running one is noticed.
struct StateFolder: Sendable {
    /// How long a request waits for the others that are under way: less than whoever asks does.
    static let patience = Duration.seconds(2)

    private let path: String
    private let cosigner: VerifierKey
    private let replace: DurableFile.Replace

    static func ownerFile(_ path: String) -> String { path + "/witness" }

    static func lockFile(_ path: String) -> String { path + "/lock" }

    /// Opens the folder of this witness and no other's.
    init(
        _ path: String,
        of cosigner: VerifierKey,
        replace: @escaping DurableFile.Replace
    ) throws(WitnessError) {
        self.path = path
        self.cosigner = cosigner
        self.replace = replace
        try checkOwner()
    }

    /// Whose state a folder holds.
    static func owner(of path: String) throws(WitnessError) -> VerifierKey {
        let file = ownerFile(path)
        let bytes: [UInt8]?
        do throws(FileError) {
            bytes = try DurableFile.read(file, byteCountMaximum: 4096)
        } catch {
            throw WitnessError(state: error)
        }
        guard let bytes else {
            throw missing(file)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard
            text.utf8.last == UInt8(ascii: "\n"),
            let key = try? VerifierKey(vkey: String(text.dropLast())),
            key.signatureType == .cosignature
        else {
            throw WitnessError(.stateDamaged, "\(file) holds no verifier key of a witness")
        }
        return key
    }

    private static func missing(_ file: String) -> WitnessError {
        WitnessError(
            .stateMissing,
            "\(file) is missing: is the disk mounted? A witness that forgot what it cosigned must"
                + " not go on; make a new key"
        )
    }

    private func checkOwner() throws(WitnessError) {
        let owner = try Self.owner(of: path)
        guard owner == cosigner else {
            throw WitnessError(
                .stateOfAnother,
                "\(path) is the state of \(owner.vkey), not of \(cosigner.vkey): a key keeps its"
                    + " state for life"
            )
        }
    }

    /// Does something while nobody else, thread or process, reads or writes a state file.
    ///
    /// Each time the folder must still be this witness's: an empty one in its place, where a disk
    /// was mounted, would have it begin anew.
    func withLock<Result>(
        _ body: () throws(WitnessError) -> Result
    ) throws(WitnessError) -> Result {
        let file = Self.lockFile(path)
        let lock: FileLock
        do throws(FileError) {
            lock = try FileLock(file, mustExist: true, waitingAtMost: Self.patience)
        } catch {
            throw error.code == .missing ? Self.missing(file) : WitnessError(state: error)
        }
        try checkOwner()
        let result = try body()
        _ = consume lock
        return result
    }

    /// The last cosigned checkpoint of a log; nil where there never was one.
    ///
    /// A file that this witness's own cosignature does not cover is damaged, and must not be taken
    /// for no file: whoever could damage it would make the witness begin anew. The same goes for
    /// one that is gone.
    func lastCosigned(_ origin: String) throws(WitnessError) -> CosignedCheckpoint? {
        let file = path(of: origin)
        let bytes: [UInt8]?
        let wasCosigned: Bool
        do throws(FileError) {
            bytes = try DurableFile.read(file, byteCountMaximum: SignedNote.byteCountMax)
            // What cannot be read may still have a name: a link that leads nowhere.
            let hasName = try DurableFile.isPresent(file)
            let isNoted = try DurableFile.isPresent(originFile(origin))
            wasCosigned = hasName || isNoted
        } catch {
            throw WitnessError(state: error)
        }
        guard let bytes else {
            if wasCosigned { throw Self.missing(file) }
            return nil
        }
        do throws(TransparencyLogError) {
            let stored = try CosignedCheckpoint(bytes, by: cosigner)
            guard stored.checkpoint.origin.utf8.elementsEqual(origin.utf8) else {
                throw TransparencyLogError(.malformedCheckpoint, "It is of another log.")
            }
            return stored
        } catch {
            throw WitnessError(
                .stateDamaged,
                "\(file) is not as this witness wrote it (\(error.reason)): it signs nothing more"
                    + " for this log"
            )
        }
    }

    /// Remembers a checkpoint; when this returns, it is on disk.
    func remember(_ cosigned: CosignedCheckpoint) throws(WitnessError) {
        let origin = cosigned.checkpoint.origin
        do throws(FileError) {
            try replace(path(of: origin), cosigned.note.encoded)
            try noteOrigin(origin)
        } catch {
            throw WitnessError(state: error)
        }
    }

    /// Makes sure that what was read of a log stays, also where an earlier write ended half-way.
    func sync(_ origin: String) throws(WitnessError) {
        do throws(FileError) {
            try noteOrigin(origin)
            try DurableFile.syncFolder(of: Self.ownerFile(path))
        } catch {
            throw WitnessError(state: error)
        }
    }

    /// Notes that the log was cosigned, so that a checkpoint that is gone is missed.
    ///
    /// After the checkpoint is on disk and before anybody sees the cosignature: stopped in between,
    /// there is a checkpoint without the note, from which the next request goes on. The other way
    /// round there would be a note without a checkpoint, and the log would be given up for nothing.
    private func noteOrigin(_ origin: String) throws(FileError) {
        let file = originFile(origin)
        guard try !DurableFile.isPresent(file) else { return }
        try DurableFile.create(file, Array("\(origin)\n".utf8))
    }

    private func path(of origin: String) -> String {
        "\(path)/\(Witness.originHash(origin)).checkpoint"
    }

    private func originFile(_ origin: String) -> String {
        "\(path)/\(Witness.originHash(origin)).origin"
    }
}
