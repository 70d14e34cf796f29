// Plays the second process in the tests of LMDB: writers, readers that get killed, a full disk.
import Glibc
import LMDB

func value(_ index: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(truncatingIfNeeded: index &* 31), count: 1000)
}

func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// Appends records in small transactions, behind those that are there.
func append(_ path: String, _ count: Int) throws {
    let environment = try Environment(path: path)
    let records = try environment.openDatabase("records", create: true)
    for _ in 0..<count {
        try environment.write { transaction in
            let index = try transaction.statistics(records).entryCount
            let key = BigEndianKey(UInt64(index))
            try transaction.put(records, key, value(index), mode: .append)
        }
    }
    say("done")
}

/// Holds a snapshot until it is killed.
func hold(_ path: String) throws {
    let environment = try Environment(path: path)
    let reader = try environment.beginRead()
    say("holding \(reader.id)")
    pause()
    // Used after the wait, for a value that nobody uses any more may end before it.
    say("released \(reader.id)")
}

/// Appends one record a commit until the file may not grow any more, then goes on reading.
func fill(_ path: String, _ byteCountMaximum: Int) throws {
    // With the signal ignored, writing beyond the limit fails like a full disk does.
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: UInt(byteCountMaximum), rlim_max: UInt(byteCountMaximum))
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    let environment = try Environment(path: path)
    let records = try environment.openDatabase("records", create: true)
    var acknowledged = 0
    do {
        while true {
            try environment.write { transaction in
                let key = BigEndianKey(UInt64(acknowledged))
                try transaction.put(records, key, value(acknowledged), mode: .append)
            }
            acknowledged += 1
        }
    } catch let error as LMDBError {
        let readable = try environment.read { try $0.statistics(records).entryCount }
        say("\(acknowledged) \(readable) \(error.code.rawValue)")
    }
}

/// Appends until there is no address space for a larger map, then goes on reading.
func starve(_ path: String) throws {
    var options = Environment.Options()
    options.mapByteCount = 8 << 20
    let environment = try Environment(path: path, options: options)
    let records = try environment.openDatabase("records", create: true)
    var pages = [CChar](repeating: 0, count: 64)
    guard let file = unsafe fopen("/proc/self/statm", "re") else { exit(3) }
    unsafe fgets(&pages, 64, file)
    unsafe fclose(file)
    // Less than the eight mebibytes of the next step, but room for the heap.
    let byteCount = UInt(unsafe atol(pages)) * UInt(sysconf(Int32(_SC_PAGESIZE))) + (6 << 20)
    var limit = rlimit(rlim_cur: byteCount, rlim_max: byteCount)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    var acknowledged = 0
    do {
        while true {
            try environment.write { transaction in
                let key = BigEndianKey(UInt64(acknowledged))
                try transaction.put(records, key, value(acknowledged), mode: .append)
            }
            acknowledged += 1
        }
    } catch let error as LMDBError {
        let readable = try environment.read { try $0.statistics(records).entryCount }
        say("\(acknowledged) \(readable) \(error.code.rawValue)")
    }
}

/// Opens as a user without rights, which the super-user of a test run is not.
func openAsNobody(_ path: String) throws {
    if getuid() == 0 {
        guard setgid(65534) == 0, setuid(65534) == 0 else {
            throw LMDBError(.noPermission, operation: "become nobody")
        }
    }
    do throws(LMDBError) {
        _ = try Environment(path: path)
        say("opened")
    } catch {
        say("\(error.code.rawValue)")
    }
}

let arguments = CommandLine.arguments
let number = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
switch arguments.dropFirst().first {
case "append": try append(arguments[2], number)
case "hold": try hold(arguments[2])
case "fill": try fill(arguments[2], number)
case "starve": try starve(arguments[2])
case "open-as-nobody": try openAsNobody(arguments[2])
default: exit(2)
}
