package import Audit
package import TransparencyLog

/// What the files of a bundle prove, and what they are about.
package struct BundleVerdict: Sendable {
    /// Whose policy the checkpoint was measured by.
    package enum PolicySource: String, Sendable {
        /// The auditor's: it says whose word counts.
        case auditor
        /// The bundle's own: whoever made it chose it, so meeting it proves consistency only.
        case bundle
        /// None: the log's own signature is all there is.
        case none
    }

    /// Nil where the records do not say.
    package internal(set) var subject: BundleSubject?
    /// What became of a certification, as far as the bundle tells.
    package internal(set) var status: String?
    package internal(set) var recordCount = 0
    /// With which key the log signed the checkpoint, to be compared with what is known of the log.
    package internal(set) var logKey: VerifierKey?
    package internal(set) var policySource = PolicySource.none
    /// The subject of the certificate that signed the container.
    package internal(set) var containerSigner: String?
    /// Of these findings and checks the size and root are the checkpoint's.
    package internal(set) var verdict: Verdict

    /// Whether the container's signature says nothing of where it comes from.
    package var isSealedByNobody: Bool { containerSigner == BundleSeal.throwAwaySubject }
}
