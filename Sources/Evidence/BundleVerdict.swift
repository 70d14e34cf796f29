package import Audit
package import Survey
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
    package internal(set) var status: CertificationState.Status?
    package internal(set) var recordCount = 0
    /// With which key the log signed the checkpoint, to be compared with what is known of the log.
    package internal(set) var logKey: VerifierKey?
    package internal(set) var policySource = PolicySource.none
    /// The subjects of the certificates that signed the container; those of nobody are among them.
    package internal(set) var containerSigners: [String] = []
    /// Of these findings and checks the size and root are the checkpoint's.
    package internal(set) var verdict: Verdict

    /// The subjects that say where the container comes from.
    package var namedSigners: [String] {
        containerSigners.filter { $0 != BundleSeal.throwAwaySubject }
    }
}
