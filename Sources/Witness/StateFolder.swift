import Cryptography
import DurableFiles
import Glibc
import TransparencyLog

/// What a witness must not forget: for each log the checkpoint that it cosigned last.
///
///     witness            the witness's verifier key: whose state this is
///     lock               locked while a state file is compared and replaced
///     <hex>.checkpoint   the last cosigned checkpoint of the log with this SHA-256 of its origin
///
/// Nothing is kept in memory: each request reads the file under the lock, so several processes over
/// one folder are one witness.
struct StateFolder: Sendable {
    /// How long a request waits for the others that are under way.
    private static let patience = Duration.seconds(10)

    private let path: String
    private let cosigner: VerifierKey
    private let replace: DurableFile.Replace

    private static func ownerFile(_ path: String) -> String { path + "/witness" }

    /// Opens the folder of this witness and no other's.
    init(
        _ path: String,
        of cosigner: VerifierKey,
        replace: @escaping DurableFile.Replace
    ) throws(WitnessError) {
        let owner = try Self.owner(of: path)
        guard owner == cosigner else {
            throw WitnessError(
                .stateOfAnother,
                "\(path) is the state of \(owner.vkey), not of \(cosigner.vkey): a key keeps its"
                    + " state for life"
            )
        }
        self.path = path
        self.cosigner = cosigner
        self.replace = replace
    }

    /// Makes the folder of a new witness.
    static func create(_ path: String, of cosigner: VerifierKey) throws(WitnessError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            let reason = unsafe String(cString: strerror(errno))
            throw WitnessError(.notAccessible, "\(path) cannot be made: \(reason)")
        }
        do throws(FileError) {
            try DurableFile.create(ownerFile(path), Array("\(cosigner.vkey)\n".utf8))
            try DurableFile.syncFolder(of: path)
        } catch {
            throw WitnessError(state: error)
        }
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
            throw WitnessError(
                .stateMissing,
                "\(file) is missing: is the disk mounted? A witness that forgot what it cosigned"
                    + " must not go on; make a new key"
            )
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

    /// Does something while nobody else, thread or process, reads or writes a state file.
    func withLock<Result>(
        _ body: () throws(WitnessError) -> Result
    ) throws(WitnessError) -> Result {
        let lock: FileLock
        do throws(FileError) {
            lock = try FileLock(path + "/lock", waitingAtMost: Self.patience)
        } catch {
            throw WitnessError(state: error)
        }
        let result = try body()
        _ = consume lock
        return result
    }

    /// The last cosigned checkpoint of a log; nil where there never was one.
    ///
    /// A file that this witness's own cosignature does not cover is damaged, and must not be taken
    /// for no file: whoever could damage it would make the witness begin anew.
    func lastCosigned(_ origin: String) throws(WitnessError) -> CosignedCheckpoint? {
        let file = path(of: origin)
        let bytes: [UInt8]?
        do throws(FileError) {
            bytes = try DurableFile.read(file, byteCountMaximum: SignedNote.byteCountMax)
        } catch {
            throw WitnessError(state: error)
        }
        guard let bytes else { return nil }
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
        do throws(FileError) {
            try replace(path(of: cosigned.checkpoint.origin), cosigned.note.encoded)
        } catch {
            throw WitnessError(state: error)
        }
    }

    /// Makes sure that what was read stays, also where an earlier write ended half-way.
    func sync() throws(WitnessError) {
        do throws(FileError) {
            try DurableFile.syncFolder(of: ownerFile)
        } catch {
            throw WitnessError(state: error)
        }
    }

    private var ownerFile: String { Self.ownerFile(path) }

    private func path(of origin: String) -> String {
        "\(path)/\(Witness.originHash(origin)).checkpoint"
    }
}
