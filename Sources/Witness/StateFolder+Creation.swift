import DurableFiles
import Glibc
import TransparencyLog

extension StateFolder {
    /// A folder on its way to be a new witness's; nobody else makes one of it until this value ends.
    ///
    /// `witness.new` names the key before that is written, and becomes `witness` after it. Killed in
    /// between, the folder is nobody's, and nothing was cosigned with the key that the note names:
    /// so the same call again goes on with that key. Any other key file may have a state elsewhere,
    /// and is never taken.
    struct Creation: ~Copyable {
        private let path: String
        private let lock: FileLock

        private var noteFile: String { StateFolder.noteFile(path) }

        /// Makes the folder, or takes one that is empty or that a creation left half-way.
        init(_ path: String) throws(WitnessError) {
            try StateFolder.requireVacant(path)
            guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
                let reason = unsafe String(cString: strerror(errno))
                throw WitnessError(.notAccessible, "\(path) cannot be made: \(reason)")
            }
            let lock: FileLock
            do throws(FileError) {
                let file = StateFolder.lockFile(path)
                lock = try FileLock(file, waitingAtMost: StateFolder.patience)
            } catch {
                throw WitnessError(state: error)
            }
            // Another one may have come to its end while this one waited.
            try StateFolder.requireVacant(path)
            self.path = path
            self.lock = lock
        }

        /// Whether a creation that was killed was about to write this witness's key, or had.
        func isBegun(of cosigner: VerifierKey) throws(WitnessError) -> Bool {
            do throws(FileError) {
                let note = try DurableFile.read(noteFile, byteCountMaximum: 4096)
                return note == Array("\(cosigner.vkey)\n".utf8)
            } catch {
                throw WitnessError(state: error)
            }
        }

        /// Notes whose folder it is going to be.
        func begin(of cosigner: VerifierKey) throws(WitnessError) {
            do throws(FileError) {
                unsafe unlink(noteFile)
                try DurableFile.create(noteFile, Array("\(cosigner.vkey)\n".utf8))
            } catch {
                throw WitnessError(state: error)
            }
        }

        /// From here on the folder is a witness's.
        func finish() throws(WitnessError) {
            do throws(FileError) {
                try DurableFile.rename(noteFile, to: StateFolder.ownerFile(path))
                try DurableFile.syncFolder(of: path)
            } catch {
                throw WitnessError(state: error)
            }
        }
    }

    private static func noteFile(_ path: String) -> String { path + "/witness.new" }

    /// Whether a creation was killed here; then there may be its key, too.
    static func isBegun(_ path: String) throws(WitnessError) -> Bool {
        do throws(FileError) {
            return try DurableFile.isPresent(noteFile(path))
        } catch {
            throw WitnessError(state: error)
        }
    }

    /// Throws unless a new witness may begin here: nothing is there, an empty folder, or what a
    /// creation leaves that was killed.
    static func requireVacant(_ path: String) throws(WitnessError) {
        guard let folder = unsafe opendir(path) else {
            let code = errno
            if code == ENOENT { return }
            let reason = unsafe String(cString: strerror(code))
            throw WitnessError(.notAccessible, "\(path) cannot be read: \(reason)")
        }
        defer { unsafe closedir(folder) }
        // A disk of its own has `lost+found` from the start.
        let harmless = [".", "..", "lock", "lost+found", "witness.new"]
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard harmless.contains(name) else {
                throw WitnessError(
                    .alreadyExists,
                    "\(path) holds \(name): a new witness takes a new folder"
                )
            }
        }
    }
}
