import Foundation

/// Runs the reading of an untrusted file in a child process.
///
/// liblmdb follows page numbers that it finds in the file, so a damaged page can kill whoever reads
/// it, or keep it busy for ever. The child may die of it; this process lives to say so.
package struct Supervisor {
    /// Set in the child's environment: it reads, this process watches.
    static let childVariable = "BMN_AUDIT_CHILD"
    /// What a child ends with when nobody watches it any more: in both tools, "could not be read".
    static let orphanStatus: Int32 = 3
    /// Seconds without any progress after which the child is taken to hang.
    static let stallVariable = "BMN_AUDIT_STALL_SECONDS"
    static let defaultStallSeconds = 30

    /// How the child ended.
    package enum Ending: Equatable {
        case exited(Int32)
        case killedBySignal(Int32)
        case stalled
        case couldNotStart(String)
    }

    package static var isChild: Bool { environment[childVariable] == "1" }

    /// Signals that whoever started this program has blocked would be blocked here, and in the
    /// child, for ever: a worker thread of Dispatch blocks nearly all.
    package static func unblockSignals() {
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigprocmask(SIG_SETMASK, &none, nil)
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    private static var stallSeconds: Int {
        environment[stallVariable].flatMap { Int($0) }.map { max(1, $0) } ?? defaultStallSeconds
    }

    private let child: ChildProcess
    private let onMessage: (String) -> Void
    private let isStopped: () -> Bool
    private var output: [UInt8] = []
    private var message: [UInt8] = []
    private var quietSeconds = 0
    private var isStalled = false

    /// A verdict with all findings that are kept is far below this.
    private static let outputByteCountMaximum = 64 << 20
    private static let messageByteCountMaximum = 1 << 16

    /// Runs this program again with the same arguments.
    ///
    /// - Parameter onMessage: gets each line of its standard error, progress lines included.
    /// - Returns: how it ended, and what it wrote to its standard output until then.
    package static func run(
        onMessage: @escaping (String) -> Void
    ) -> (ending: Ending, output: [UInt8]) {
        run(
            ChildProcess.sameProgram,
            CommandLine.arguments,
            isPolite: false,
            isStopped: { false },
            onMessage: onMessage
        )
    }

    /// Runs the program that verifies, at a low priority, as its own child would be run.
    ///
    /// - Parameters:
    ///   - program: where it lies.
    ///   - arguments: without its name.
    ///   - isStopped: asked once a second at least; when it says so the child is ended, as if it hung.
    ///   - onMessage: gets each line of its standard error, progress lines included.
    /// - Returns: how it ended, and what it wrote to its standard output until then.
    package static func run(
        _ program: String,
        arguments: [String],
        isStopped: @escaping () -> Bool,
        onMessage: @escaping (String) -> Void
    ) -> (ending: Ending, output: [UInt8]) {
        run(
            program,
            [program] + arguments,
            isPolite: true,
            isStopped: isStopped,
            onMessage: onMessage
        )
    }

    private static func run(
        _ program: String,
        _ arguments: [String],
        isPolite: Bool,
        isStopped: @escaping () -> Bool,
        onMessage: @escaping (String) -> Void
    ) -> (ending: Ending, output: [UInt8]) {
        var variables = environment
        variables[childVariable] = "1"
        variables["SWIFT_BACKTRACE"] = "enable=no"
        // Inherited as ignored, it would make the system forget how the child ended.
        _ = signal(SIGCHLD, SIG_DFL)
        do throws(ChildProcess.StartError) {
            let child = try ChildProcess(program, arguments: arguments, environment: variables)
            defer { child.closeAll() }
            if isPolite { child.yieldToOthers() }
            var supervisor = Supervisor(
                child: child,
                onMessage: onMessage,
                isStopped: isStopped
            )
            let ending = supervisor.watch()
            return (ending, supervisor.output)
        } catch {
            return (.couldNotStart(error.reason), [])
        }
    }

    private init(
        child: ChildProcess,
        onMessage: @escaping (String) -> Void,
        isStopped: @escaping () -> Bool
    ) {
        self.child = child
        self.onMessage = onMessage
        self.isStopped = isStopped
    }

    private mutating func watch() -> Ending {
        drain()
        flushMessage()
        // Both pipes are closed, so it is about to end; if not, it is ended.
        var waitedMicroseconds = 0
        while true {
            if let ending = child.ending() { return isStalled ? .stalled : ending }
            if waitedMicroseconds > Self.stallSeconds * 1_000_000, !isStalled { stall() }
            let pause = min(10_000, 200 + waitedMicroseconds / 4)
            usleep(useconds_t(pause))
            waitedMicroseconds += pause
        }
    }

    private mutating func stall() {
        isStalled = true
        child.kill()
    }

    /// Reads both pipes until the child has closed them.
    private mutating func drain() {
        var open = [child.output, child.messages]
        while !open.isEmpty {
            var requests = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            // By ticks and not by the clock: time in which this process was stopped, too, does not
            // count.
            let readyCount = unsafe poll(&requests, nfds_t(requests.count), 1000)
            if isStopped() { return stall() }
            if readyCount == 0 {
                quietSeconds += 1
                if quietSeconds >= Self.stallSeconds { return stall() }
            }
            guard readyCount > 0 else { continue }
            for request in requests where request.revents != 0 {
                quietSeconds = 0
                if !readSome(request.fd) { open.removeAll { $0 == request.fd } }
            }
        }
    }

    /// Takes what is there, and says whether more may come.
    private mutating func readSome(_ descriptor: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return count < 0 && errno == EINTR }
        if descriptor == child.output {
            output += buffer.prefix(count)
            if output.count > Self.outputByteCountMaximum { stall() }
            return !isStalled
        }
        for byte in buffer.prefix(count) {
            if byte == UInt8(ascii: "\n") {
                onMessage(String(decoding: message, as: UTF8.self))
                message.removeAll(keepingCapacity: true)
            } else if message.count < Self.messageByteCountMaximum {
                message.append(byte)
            }
        }
        return true
    }

    private mutating func flushMessage() {
        if !message.isEmpty { onMessage(String(decoding: message, as: UTF8.self)) }
    }
}
