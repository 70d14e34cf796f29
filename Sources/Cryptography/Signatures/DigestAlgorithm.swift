import COpenSSL

/// The digests that a signature may rest on; SHA-1 and MD5 are not among them.
public enum DigestAlgorithm: String, Sendable {
    /// SHA-256 (FIPS 180-4), with which everything here is signed.
    case sha256
    /// SHA-384 (FIPS 180-4).
    case sha384
    /// SHA-512 (FIPS 180-4).
    case sha512

    init?(_ algorithm: UnsafePointer<X509_ALGOR>) {
        switch unsafe OBJ_obj2nid(algorithm.pointee.algorithm) {
        case NID_sha256: self = .sha256
        case NID_sha384: self = .sha384
        case NID_sha512: self = .sha512
        default: return nil
        }
    }

    /// libcrypto's number of it.
    var number: Int32 {
        switch self {
        case .sha256: NID_sha256
        case .sha384: NID_sha384
        case .sha512: NID_sha512
        }
    }

    /// The digest of a whole message.
    func hash(_ bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let kind =
            switch self {
            case .sha256: unsafe EVP_sha256()
            case .sha384: unsafe EVP_sha384()
            case .sha512: unsafe EVP_sha512()
            }
        guard unsafe EVP_Digest(bytes, bytes.count, &digest, &count, kind, nil) == 1 else {
            throw .draining(.libraryFailure, "The message could not be hashed.")
        }
        return Array(digest.prefix(Int(count)))
    }
}
