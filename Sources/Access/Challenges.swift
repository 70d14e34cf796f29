package import Cryptography
import Synchronization

/// What passkeys are asked to answer: each once, within five minutes, for one purpose.
///
/// In memory: a restart makes whoever was about to sign in begin again.
package final class Challenges: Sendable {
    package enum Purpose: Sendable, Hashable {
        case signIn
        /// By the digest of its link.
        case enrolment(String)
    }

    private struct Open {
        let purpose: Purpose
        let expiresAt: Int64
        let number: UInt64
    }

    private struct State {
        var open: [[UInt8]: Open] = [:]
        var nextNumber: UInt64 = 0
    }

    private let state = Mutex(State())

    package static let countMax = 10_000
    package static let microseconds: Int64 = 300_000_000
    private static let byteCount = 32

    package init() {}

    package func make(
        for purpose: Purpose,
        now: Int64
    ) throws(CryptographyError) -> [UInt8] {
        let challenge = try SecureRandom.bytes(count: Self.byteCount)
        state.withLock { state in
            if state.open.count >= Self.countMax {
                state.open = state.open.filter { $0.value.expiresAt > now }
            }
            // Strangers may ask for as many as they like; the oldest go, so that whoever answers
            // within seconds is not shut out.
            if state.open.count >= Self.countMax,
                let oldest = state.open.min(by: { $0.value.number < $1.value.number })?.key
            {
                state.open[oldest] = nil
            }
            state.open[challenge] = Open(
                purpose: purpose,
                expiresAt: now + Self.microseconds,
                number: state.nextNumber
            )
            state.nextNumber += 1
        }
        return challenge
    }

    /// Whether it was asked for this purpose and not answered yet; it cannot be answered again.
    package func take(_ challenge: [UInt8], for purpose: Purpose, now: Int64) -> Bool {
        guard let open = state.withLock({ $0.open.removeValue(forKey: challenge) }) else {
            return false
        }
        return open.purpose == purpose && open.expiresAt > now
    }
}
