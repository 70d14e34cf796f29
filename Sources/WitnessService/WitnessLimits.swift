package import NIOCore

/// How much one client can take of a witness.
///
/// Requests are small and answered at once, so these are far above what a log needs. A witness that
/// the whole Internet may ask belongs behind a proxy that also counts by address.
package struct WitnessLimits: Sendable {
    /// Further connections wait until one is closed.
    package var connectionCountMax = 256

    package var headerByteCountMax = 16 * 1024

    package var headerCountMax = 64

    /// A connection without a request, or with an unfinished header, is closed after this.
    package var idleTimeout = TimeAmount.seconds(30)

    /// A request whose body has not arrived by then ends with its connection.
    package var bodyTimeout = TimeAmount.seconds(20)

    /// Requests under way get so long to end when the service stops.
    package var stopTimeout = Duration.seconds(10)

    package init() {}
}
