import Hummingbird
import HummingbirdCore
package import Logging
import ServiceLifecycle
import UnixSignals
package import Witness

/// A witness on a TCP port.
package struct WitnessService: Service {
    private let witness: Witness
    private let host: String
    private let port: Int
    private let limits: WitnessLimits
    private let clock: @Sendable () -> UInt64
    private let logger: Logger
    private let onListening: @Sendable (Int) -> Void

    /// Nothing is listened to yet.
    ///
    /// - Parameters:
    ///   - witness: who answers.
    ///   - host: a name or an address of this machine.
    ///   - port: 0 takes any that is free.
    ///   - limits: how much one client can take.
    ///   - clock: the time, in seconds since 1970-01-01T00:00:00Z.
    ///   - logger: for one line about each request that is worth one; never bodies.
    ///   - onListening: called once, with the port, when requests are answered.
    package init(
        _ witness: Witness,
        host: String,
        port: Int,
        limits: WitnessLimits = WitnessLimits(),
        clock: @escaping @Sendable () -> UInt64,
        logger: Logger,
        onListening: @escaping @Sendable (Int) -> Void
    ) {
        self.witness = witness
        self.host = host
        self.port = port
        self.limits = limits
        self.clock = clock
        self.logger = logger
        self.onListening = onListening
    }

    /// Answers requests until the task is cancelled or a service group stops it.
    package func run() async throws {
        let responder = WitnessResponder(witness, limits, clock: clock, logger)
        let onListening = onListening
        var quiet = logger
        // What the framework has to say of each connection is no news.
        quiet.logLevel = max(logger.logLevel, .warning)
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    idleTimeout: limits.idleTimeout,
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerByteCountMax,
                        maxHeaderListSize: limits.headerByteCountMax,
                        maxHeaderFieldCount: limits.headerCountMax
                    )
                )
            ),
            configuration: .init(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    limits.connectionCountMax,
                    logger: quiet
                )
            ),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
            logger: quiet
        )
        try await application.run()
    }

    /// The same, until SIGTERM or SIGINT; requests under way are answered first.
    package func runUntilSignalled() async throws {
        var configuration = ServiceGroupConfiguration(
            services: [self],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
        )
        configuration.maximumGracefulShutdownDuration = limits.stopTimeout
        try await ServiceGroup(configuration: configuration).run()
    }
}
