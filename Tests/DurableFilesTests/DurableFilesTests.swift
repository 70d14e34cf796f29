import DurableFiles
import Foundation
import Synchronization
import Testing

@Suite struct `Durable files` {
    private let folder: Folder

    /// A folder of one test's own, removed with this value.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "durable-\(UUID().uuidString)").path

        init() throws {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    init() throws { folder = try Folder() }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    private func read(_ name: String, max: Int = 100) throws -> [UInt8]? {
        try DurableFile.read(path(name), byteCountMaximum: max)
    }

    @Test func `what is overwritten has zeros in place of every byte, under each of its names`()
        throws
    {
        let bytes = [UInt8](repeating: 7, count: 150_000)
        try DurableFile.create(path("a"), bytes)
        try DurableFile.link(path("a"), as: path("b"))
        #expect(FileIdentity(path("a")) == FileIdentity(path("b")))
        try DurableFile.overwriteWithZeros(path("a"))
        #expect(try read("b", max: 200_000) == [UInt8](repeating: 0, count: bytes.count))
        try DurableFile.remove(path("a"))
        try DurableFile.remove(path("a"))
        try DurableFile.overwriteWithZeros(path("a"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["b"])
        #expect(FileIdentity(path("a")) == nil)
    }

    @Test func `many share a lock and exclude whoever wants it alone`() throws {
        let first = try FileLock(path("lock"), isShared: true, waitingAtMost: .zero)
        do {
            let second = try FileLock(path("lock"), isShared: true, waitingAtMost: .zero)
            withExtendedLifetime(second) {}
        }
        #expect(throws: FileError(.busy, "")) {
            _ = try FileLock(path("lock"), waitingAtMost: .zero)
        }
        withExtendedLifetime(first) {}
        _ = consume first
        let alone = try FileLock(path("lock"), waitingAtMost: .zero)
        #expect(throws: FileError(.busy, "")) {
            _ = try FileLock(path("lock"), isShared: true, waitingAtMost: .zero)
        }
        withExtendedLifetime(alone) {}
    }

    @Test func `what replaces a file is all that is left of both`() throws {
        #expect(try read("a") == nil)
        for bytes: [UInt8] in [[1, 2, 3], [4], [], [5, 6]] {
            try DurableFile.replace(path("a"), bytes)
            #expect(try read("a") == bytes)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
    }

    @Test func `a file that cannot be replaced stays, with nothing beside it`() throws {
        try FileManager.default.createDirectory(
            atPath: path("full/of"),
            withIntermediateDirectories: true
        )
        #expect(throws: FileError(.notAccessible, "")) {
            try DurableFile.replace(path("full"), [1])
        }
        #expect(throws: FileError(.notAccessible, "")) {
            try DurableFile.replace(path("no/folder"), [1])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["full"])
    }

    @Test func `more bytes than a bound are not read, and neither is what is no file`() throws {
        try DurableFile.replace(path("a"), [UInt8](repeating: 7, count: 100))
        #expect(try read("a")?.count == 100)
        #expect(throws: FileError(.tooLarge, "")) { try read("a", max: 99) }
        #expect(unsafe mkfifo(path("fifo"), 0o600) == 0)
        #expect(throws: FileError(.notRegular, "")) { try read("fifo") }
        #expect(throws: FileError(.notRegular, "")) { try PrivateFile.read(path("fifo")) }
        #expect(throws: FileError(.notRegular, "")) { try read(".") }
        #expect(throws: FileError(.tooLarge, "")) {
            try DurableFile.read("/proc/self/maps", byteCountMaximum: 1_000_000)
        }
    }

    @Test func `a secret file is its owner's alone and never written over`() throws {
        try DurableFile.create(path("key"), [1, 2])
        let attributes = try FileManager.default.attributesOfItem(atPath: path("key"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try PrivateFile.read(path("key")) == [1, 2])
        #expect(throws: FileError(.alreadyExists, "")) { try DurableFile.create(path("key"), [3]) }
        #expect(try PrivateFile.read(path("key")) == [1, 2])
        #expect(throws: FileError(.missing, "")) { try PrivateFile.read(path("other")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["key"])
        for mode: mode_t in [0o640, 0o620, 0o604, 0o602, 0o644, 0o777] {
            #expect(unsafe chmod(path("key"), mode) == 0)
            #expect(throws: FileError(.exposed, ""), "\(mode)") {
                try PrivateFile.read(path("key"))
            }
        }
    }

    @Test func `killed between any two calls, there is no new file or the whole of it`() throws {
        // What lies in the folder at each call is what a kill would leave then.
        let seen = Mutex<[[String]]>([])
        let folder = folder.path
        @Sendable func look() {
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
            seen.withLock { $0.append(names ?? ["cannot be read"]) }
        }
        let whole = [UInt8](repeating: 7, count: 100_000)
        let path = path("key")
        let isWhole = Mutex(false)
        var calls = CreationCalls.system
        calls.openUnnamed = { folder, mode in
            defer { look() }
            return CreationCalls.system.openUnnamed(folder, mode)
        }
        calls.sync = { descriptor in
            look()
            return CreationCalls.system.sync(descriptor)
        }
        calls.link = { descriptor, name in
            look()
            let code = CreationCalls.system.link(descriptor, name)
            look()
            let bytes = try? DurableFile.read(path, byteCountMaximum: whole.count)
            isWhole.withLock { $0 = bytes == whole }
            return code
        }
        try DurableFile.create(path, whole, by: calls)
        #expect(seen.withLock { $0 } == [[], [], [], ["key"]])
        #expect(isWhole.withLock { $0 })
        #expect(try PrivateFile.read(path) == whole)
    }

    /// Calls that a file system refuses, each with what says so.
    private static let unsupported: [CreationCalls] = {
        let codes = [EOPNOTSUPP, EISDIR, EINVAL, EPERM, ENOENT]
        let unopened = codes.map { code in
            var calls = CreationCalls.system
            calls.openUnnamed = { _, _ in (-1, code) }
            calls.link = { _, _ in ENOSYS }
            return calls
        }
        let unlinked = [EOPNOTSUPP, EINVAL, EPERM, ENOENT].map { code in
            var calls = CreationCalls.system
            calls.link = { _, _ in code }
            return calls
        }
        return unopened + unlinked
    }()

    @Test func `where files cannot be without a name, one is made under its own`() throws {
        for (number, calls) in Self.unsupported.enumerated() {
            let name = "key-\(number)"
            try DurableFile.create(path(name), [1, 2], by: calls)
            #expect(try PrivateFile.read(path(name)) == [1, 2])
            #expect(throws: FileError(.alreadyExists, ""), "\(number)") {
                try DurableFile.create(path(name), [3], by: calls)
            }
            #expect(try read(name) == [1, 2])
            #expect(throws: FileError(.notAccessible, ""), "\(number)") {
                try DurableFile.create(path("no/key"), [3], by: calls)
            }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(names) == Set(Self.unsupported.indices.map { "key-\($0)" }))
    }

    @Test func `a new file that does not reach the disk is not left behind`() throws {
        for var calls in Self.unsupported + [.system] {
            calls.sync = { _ in EIO }
            #expect(throws: FileError(.notAccessible, "")) {
                try DurableFile.create(path("key"), [1], by: calls)
            }
            calls.sync = { _ in ENOSPC }
            #expect(throws: FileError(.diskFull, "")) {
                try DurableFile.create(path("key"), [1], by: calls)
            }
        }
        var calls = CreationCalls.system
        calls.link = { _, _ in EIO }
        #expect(throws: FileError(.notAccessible, "")) {
            try DurableFile.create(path("key"), [1], by: calls)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `a new file's name may be as long as names can be`() throws {
        let name = String(repeating: "k", count: 255)
        for calls in Self.unsupported + [.system] {
            try DurableFile.create(path(name), [1], by: calls)
            #expect(try PrivateFile.read(path(name)) == [1])
            try FileManager.default.removeItem(atPath: path(name))
        }
    }

    @Test func `a second name never takes the place of a file`() throws {
        try DurableFile.create(path("a"), [1])
        try DurableFile.create(path("b"), [2])
        #expect(throws: FileError(.alreadyExists, "")) {
            try DurableFile.link(path("a"), as: path("b"))
        }
        #expect(try read("b") == [2])
        #expect(throws: FileError(.missing, "")) {
            try DurableFile.link(path("no"), as: path("c"))
        }
        try DurableFile.link(path("a"), as: path("c"))
        try DurableFile.rename(path("b"), to: path("a"))
        #expect(try read("a") == [2])
        #expect(try read("c") == [1])
    }

    @Test func `a name is there also where it leads nowhere`() throws {
        #expect(try !DurableFile.isPresent(path("a")))
        #expect(try !DurableFile.isPresent(path("no/a")))
        try FileManager.default.createSymbolicLink(
            atPath: path("a"),
            withDestinationPath: path("no")
        )
        #expect(try DurableFile.isPresent(path("a")))
        #expect(try read("a") == nil)
    }

    @Test func `the folder of a folder is the one above it, however it is written`() throws {
        for spelling in ["inner", "inner/", "inner//"] {
            try DurableFile.syncFolder(of: path(spelling))
        }
        #expect(throws: FileError(.missing, "")) {
            try DurableFile.syncFolder(of: path("inner/most/"))
        }
        try DurableFile.syncFolder(of: "/")
        try DurableFile.syncFolder(of: "a/")
    }

    @Test func `a lock that must exist is not made`() throws {
        #expect(throws: FileError(.missing, "")) {
            _ = try FileLock(path("lock"), mustExist: true, waitingAtMost: .zero)
        }
        #expect(try !DurableFile.isPresent(path("lock")))
        try DurableFile.create(path("lock"), [])
        _ = try FileLock(path("lock"), mustExist: true, waitingAtMost: .zero)
    }

    @Test func `of many who want a lock one has it at a time`() throws {
        let counts = Mutex((inside: 0, most: 0, all: 0))
        let path = path("lock")
        DispatchQueue.concurrentPerform(iterations: 40) { _ in
            let lock = try? FileLock(path, waitingAtMost: .seconds(60))
            counts.withLock {
                $0.inside += 1
                $0.most = max($0.most, $0.inside)
                $0.all += 1
            }
            usleep(500)
            counts.withLock { $0.inside -= 1 }
            _ = consume lock
        }
        #expect(counts.withLock { $0.all } == 40)
        #expect(counts.withLock { $0.most } == 1)
    }

    @Test func `whoever waits too long for a lock is told`() throws {
        let lock = try FileLock(path("lock"), waitingAtMost: .zero)
        #expect(throws: FileError(.busy, "")) {
            _ = try FileLock(path("lock"), waitingAtMost: .milliseconds(20))
        }
        _ = consume lock
        _ = try FileLock(path("lock"), waitingAtMost: .zero)
    }
}
