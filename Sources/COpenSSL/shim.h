#pragma once
#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/objects.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>

/* SHA-256 through the low-level functions. OpenSSL 3 deprecates them in favour of EVP, but their
   context is a plain 112-byte value: it lives on the stack, needs no allocation, no thread of its
   own and no fetching, and a short message costs three quarters of what EVP asks (65 bytes: 96 ns
   against 128; 630 bytes: 388 against 422, reused EVP context). The wrappers silence the
   deprecation here, once, rather than at each use. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static inline void ledger_sha256_init(SHA256_CTX *context) { SHA256_Init(context); }

static inline void ledger_sha256_update(SHA256_CTX *context, const void *bytes, size_t byte_count) {
    SHA256_Update(context, bytes, byte_count);
}

static inline void ledger_sha256_final(SHA256_CTX *context, void *digest) {
    SHA256_Final((unsigned char *)digest, context);
}

static inline void ledger_sha256(const void *bytes, size_t byte_count, void *digest) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, bytes, byte_count);
    SHA256_Final((unsigned char *)digest, &context);
}

/* SHA-256(prefix || bytes), without joining the two in memory. */
static inline void ledger_sha256_prefixed(
    unsigned char prefix, const void *bytes, size_t byte_count, void *digest
) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, &prefix, 1);
    SHA256_Update(&context, bytes, byte_count);
    SHA256_Final((unsigned char *)digest, &context);
}

/* SHA-256(prefix || left || right) of two digests: an inner node of a Merkle tree. */
static inline void ledger_sha256_node(
    unsigned char prefix, const void *left, const void *right, void *digest
) {
    unsigned char joined[1 + 2 * SHA256_DIGEST_LENGTH];
    joined[0] = prefix;
    memcpy(joined + 1, left, SHA256_DIGEST_LENGTH);
    memcpy(joined + 1 + SHA256_DIGEST_LENGTH, right, SHA256_DIGEST_LENGTH);
    ledger_sha256(joined, sizeof joined, digest);
}

/* HMAC-SHA-256 (RFC 2104) from the two states a key leaves behind: a short message costs two
   compressions instead of four. */
static inline void ledger_hmac_sha256(
    const SHA256_CTX *inner, const SHA256_CTX *outer, const void *bytes, size_t byte_count, void *code
) {
    unsigned char inner_digest[SHA256_DIGEST_LENGTH];
    SHA256_CTX context = *inner;
    SHA256_Update(&context, bytes, byte_count);
    SHA256_Final(inner_digest, &context);
    context = *outer;
    SHA256_Update(&context, inner_digest, sizeof inner_digest);
    SHA256_Final((unsigned char *)code, &context);
    OPENSSL_cleanse(inner_digest, sizeof inner_digest);
}

#pragma GCC diagnostic pop

/* RFC 2253, but with the letters of every script left as they are: Swift imports no macro that is
   put together from others. */
static inline unsigned long ledger_name_flags(void) {
    return XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
}
