import Console
package import Logging

/// Log messages as JSON, one object a line.
package struct JSONLogHandler: LogHandler {
    package var logLevel = Logger.Level.info
    package var metadata: Logger.Metadata = [:]
    private let write: @Sendable (String) -> Void
    private let time: @Sendable () -> String

    /// `time` says the time of now, as it shall be written.
    package init(
        time: @escaping @Sendable () -> String,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.time = time
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var members: [(String, JSON)] = [
            ("time", .string(time())), ("level", .string(event.level.rawValue)),
            ("message", .string("\(event.message)")),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            members.append((key, .string("\(value)")))
        }
        write(JSON.object(members).text + "\n")
    }
}
