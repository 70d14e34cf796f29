import Foundation

/// This program once more, or the one that verifies, as a child that reads while the parent watches.
///
/// Foundation's `Process` would do for starting it; the pipes need more care: nothing here waits
/// for anything without a bound, and the child cannot outlive the parent.
package struct ChildProcess {
    let processID: pid_t
    let output: Int32
    let messages: Int32
    /// The child's standard input: it ends itself when this end is closed, whatever closed it.
    let lifeline: Int32

    struct StartError: Error {
        let reason: String

        init(_ operation: String, _ code: Int32) {
            reason = "\(operation): \(unsafe String(cString: strerror(code)))"
        }
    }

    /// What the child is started from, where it is the same program as this one.
    ///
    /// Seen from the child this is the child's program, which is this one, even after the file was
    /// replaced.
    static let sameProgram = "/proc/self/exe"

    init(
        _ program: String = sameProgram,
        arguments: [String],
        environment: [String: String]
    ) throws(StartError) {
        let input = try Pipe()
        let output = try Pipe()
        let messages = try Pipe()
        defer {
            for end in [input.reading, output.writing, messages.writing] { close(end) }
        }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input.reading, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, messages.writing, STDERR_FILENO)
        // Nothing else of this process is for the child: a socket or pipe that it kept open would
        // tell others that this process still lives.
        let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        for descriptor in (open ?? []).compactMap({ Int32($0) }) where descriptor > STDERR_FILENO {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        var processID: pid_t = 0
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let status = unsafe withStrings(arguments) { argv in
            unsafe withStrings(variables) { envp in
                unsafe posix_spawn(&processID, program, &actions, nil, argv, envp)
            }
        }
        guard status == 0 else {
            for end in [input.writing, output.reading, messages.reading] { close(end) }
            throw StartError("start \(program)", status)
        }
        self.processID = processID
        self.output = output.reading
        self.messages = messages.reading
        lifeline = input.writing
    }

    func closeAll() {
        for end in [output, messages, lifeline] { close(end) }
    }

    /// What became of it, if it has ended.
    func ending() -> Supervisor.Ending? {
        var status: Int32 = 0
        let result = unsafe waitpid(processID, &status, WNOHANG)
        guard result != 0 else { return nil }
        guard result == processID else { return .couldNotStart("its status was lost") }
        // The macros WIFEXITED and so on are not imported.
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .killedBySignal(signal)
    }

    /// Lets everybody else go first, for what may take its time.
    func yieldToOthers() {
        // Where the system does not let it, it is only less polite.
        let which = __priority_which_t(PRIO_PROCESS.rawValue)
        _ = setpriority(which, id_t(processID), Self.lowPriority)
    }

    private static let lowPriority: Int32 = 10

    func kill() { _ = Foundation.kill(processID, SIGKILL) }

    private struct Pipe {
        let reading: Int32
        let writing: Int32

        init() throws(StartError) {
            var ends: [Int32] = [-1, -1]
            guard unsafe pipe(&ends) == 0 else { throw StartError("make a pipe", errno) }
            (reading, writing) = (ends[0], ends[1])
            // Only the copies that become the child's standard streams are for the child.
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }
    }
}

extension ChildProcess {
    /// In the child: ends it as soon as the parent has ended, however that came about.
    package static func dieWithParent() {
        Thread.detachNewThread {
            var byte: UInt8 = 0
            while true {
                let count = unsafe read(STDIN_FILENO, &byte, 1)
                if count > 0 || count < 0 && errno == EINTR { continue }
                _exit(Supervisor.orphanStatus)
            }
        }
    }

    /// In the child: a crash on a damaged page leaves no core file behind, nor a helper that prints
    /// a backtrace of liblmdb for seconds.
    package static func crashQuietly() {
        // The watching process wants to see the signal, whatever is done about it elsewhere.
        for number in [SIGSEGV, SIGBUS] { _ = signal(number, SIG_DFL) }
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }
}

/// Calls `body` with a null-terminated array of C strings.
@unsafe
private func withStrings<Result>(
    _ strings: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let copies = unsafe strings.map { unsafe strdup($0) }
    // By index: swift-format would join `for unsafe copy` into one word.
    defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
    return unsafe body(copies + [nil])
}
