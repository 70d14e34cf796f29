// The primitives of the ledger, each a thin and strict cover over OpenSSL 3's libcrypto. This is the
// only module that imports COpenSSL, so this is where to look when something must be replaced.
//
//     Digest, SHA256       hashes of records and tree nodes, one message or piece by piece
//     HMACSHA256           salted commitments: digests of values that could be guessed
//     SymmetricKey         32 secret bytes, wiped after use
//     AES256GCM            sealing of personal data and of the keys that seal it
//     Ed25519PrivateKey    signatures of the log and of members, with their key files
//     Ed25519PublicKey     the check of such signatures
//     P256PublicKey        the check of ECDSA signatures, as authenticators make them
//     RSAPublicKey         the check of RSA signatures, likewise
//     Certificate          X.509 certificates: what they say
//     TrustedRoots         whether a chain leads to somebody's roots, at a given time, offline
//     SigningIdentity      a member's key with its certificate, from PEM or PKCS#12
//     DetachedSignature    CAdES-B signatures beside the bytes they sign (CMS)
//     TimestampRequest     the question to a time-stamping authority (RFC 3161), its
//     TimestampResponse    answer, and the
//     TimestampToken       timestamp itself, which outlives the authority's certificate
//     SecureRandom         keys, nonces, salts
//     Base64, Base64URL,   the one canonical spelling each
//     Hex
//
// What goes wrong is a `CryptographyError`; a signature or a sealing that does not hold is an answer,
// not an accident, and there is no way to have one's contents all the same.
