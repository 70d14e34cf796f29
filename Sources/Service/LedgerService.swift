import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
package import NIOSSL
package import ServiceLifecycle
package import UnixSignals

/// Where the service listens, and who may speak for whom.
package struct ServiceAddress: Sendable {
    package let host: String
    /// 0 takes any that is free.
    package let port: Int
    package var tls: TLSConfiguration?
    /// Peers whose X-Forwarded-For is taken; without TLS nobody else is answered where there are any.
    package var trustedProxies: [AddressRange] = []

    package init(
        host: String,
        port: Int,
        tls: TLSConfiguration? = nil,
        trustedProxies: [AddressRange] = []
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.trustedProxies = trustedProxies
    }
}

/// The ledger over HTTP: server, read models and checkpoints in one group (SERVICE.md).
package struct LedgerService: Sendable {
    private let core: ServiceCore
    private let address: ServiceAddress
    private let onListening: @Sendable (Int) -> Void

    /// Nothing is listened to yet; `onListening` is called once, with the port.
    package init(
        _ parts: ServiceParts,
        at address: ServiceAddress,
        onListening: @escaping @Sendable (Int) -> Void
    ) {
        core = ServiceCore(parts)
        self.address = address
        self.onListening = onListening
    }

    /// All of it, to be run; what is first here stops last.
    ///
    /// The server stops taking requests, then the read models end their batch, and what was
    /// acknowledged up to then is under the last checkpoint.
    package func group(stoppingOn signals: [UnixSignal] = []) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: [
                Part { [core] in await core.signer.run() },
                Part { [core] in await core.follow() },
                Part { [core] in await core.keepLooking() },
                Part { [core] in await core.recordUploads() },
                Part { [core] in await core.tendDrafts() },
                Front(core: core, address: address, onListening: onListening),
            ],
            gracefulShutdownSignals: signals,
            logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
        )
        configuration.maximumGracefulShutdownDuration = core.limits.stopTimeout
        return ServiceGroup(configuration: configuration)
    }

    /// To be called when the group has ended.
    package func end() async throws {
        try await core.threads.stop()
        try await core.past.stop()
    }
}

/// One thing that runs as long as the service does.
private struct Part: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws { try await body() }
}

extension ServiceCore {
    fileprivate func follow() async {
        await withGracefulShutdownHandler {
            await self.follower.run(self.watch)
        } onGracefulShutdown: {
            self.follower.stop()
        }
    }

    /// Notes how large the ledger is, a few times a second, and whose wait is over.
    fileprivate func keepLooking() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await self.look()
                self.watch.tick()
                self.imports.forgetExpired(now: self.parts.clock())
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
        watch.wakeAll()
    }
}

/// The HTTP server.
private struct Front: Service {
    let core: ServiceCore
    let address: ServiceAddress
    let onListening: @Sendable (Int) -> Void

    func run() async throws {
        let limits = core.limits
        let onListening = onListening
        var quiet = core.parts.logger
        // What the framework has to say of each connection is no news.
        quiet.logLevel = max(quiet.logLevel, .warning)
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                idleTimeout: limits.idleTimeout,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headerByteCountMax,
                    maxHeaderListSize: limits.headerByteCountMax,
                    maxHeaderFieldCount: limits.headerCountMax
                )
            )
        )
        let server = try address.tls.map { try .tls(plain, tlsConfiguration: $0) } ?? plain
        let application = Application(
            responder: ServiceResponder(
                core: core,
                trustedProxies: address.trustedProxies,
                answersProxiesOnly: address.tls == nil && !address.trustedProxies.isEmpty
            ),
            server: server,
            configuration: .init(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    limits.connectionCountMax,
                    logger: quiet
                )
            ),
            onServerRunning: { [core, address] channel in
                let port = channel.localAddress?.port ?? 0
                core.web.listens(port: port, isTLS: address.tls != nil)
                onListening(port)
            },
            logger: quiet
        )
        try await core.look()
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            core.beginToStop()
        }
    }
}
