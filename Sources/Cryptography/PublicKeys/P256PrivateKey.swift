import COpenSSL

/// A private key for ECDSA over P-256; libcrypto holds it and wipes it.
///
/// Only authenticators have such keys, so this one serves the virtual authenticators of tests.
/// Neither printing nor reflecting it shows its bytes.
@safe
package final class P256PrivateKey: @unchecked Sendable {
    /// The key with which others check what this one signed.
    package let publicKey: P256PublicKey

    // Only read after `init`; libcrypto allows that from several threads at once.
    private let key: OpaquePointer

    /// Makes a key from fresh randomness.
    package init() throws(CryptographyError) {
        let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard
            unsafe EVP_PKEY_keygen_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            unsafe EVP_PKEY_generate(context, &key) == 1,
            let key = unsafe key
        else {
            throw .draining(.libraryFailure, "No key could be made.")
        }
        let spkiDER = unsafe DER.encode { output in unsafe i2d_PUBKEY(key, output) }
        do throws(CryptographyError) {
            publicKey = try P256PublicKey(rawBytes: Array(spkiDER.suffix(P256PublicKey.byteCount)))
        } catch {
            unsafe EVP_PKEY_free(key)
            throw error
        }
        unsafe self.key = key
    }

    deinit {
        unsafe EVP_PKEY_free(key)
    }

    /// The signature over SHA-256 of a message, r and s in DER; another one each time.
    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: 80)
        var byteCount = signature.count
        let isSigned =
            unsafe EVP_DigestSignInit_ex(context, nil, "SHA256", nil, nil, key, nil) == 1
            && EVP_DigestSign(context, &signature, &byteCount, message, message.count) == 1
        guard isSigned else {
            throw .draining(.libraryFailure, "The message could not be signed.")
        }
        return Array(signature.prefix(byteCount))
    }
}

extension P256PrivateKey: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// Names nothing of the key.
    package var description: String { "P256PrivateKey(redacted)" }

    /// Names nothing of the key.
    package var debugDescription: String { description }

    /// Shows `dump` and debuggers nothing of the key.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
