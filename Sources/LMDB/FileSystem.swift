import CLMDB
import Glibc

/// What Swift's Glibc does not offer of a file system.
package enum FileSystem {
    /// Puts everything on disk that was written to the file system of an open file or folder, and
    /// waits for it; the error number where something could not be written, else 0.
    package static func sync(_ descriptor: Int32) -> Int32 {
        syncfs(descriptor) == 0 ? 0 : errno
    }
}
