// The bare work of a hash-chained ledger in C: what the hardware, LMDB and OpenSSL allow.
//
// No part of the product; Tools/bench compiles it and runs it beside the product on the same
// bytes. The first three take the records of an existing ledger.mdb and print one number, records
// per second:
//
//   yardstick append LEDGER.mdb NEW.mdb BATCH COUNT   durable append, BATCH per transaction
//   yardstick chain LEDGER.mdb THREADS                read and check every link, 1 or more threads
//   yardstick tree LEDGER.mdb THREADS                 the same, and the RFC 6962 root of the records
//   yardstick fsync NEW COUNT                         the 99th percentile in ms of so many flushes, a
//                                                     page appended before each
//
// It neither decides nor encodes nor indexes; it appends bytes that are there already.
#define _GNU_SOURCE
#include <endian.h>
#include <fcntl.h>
#include <lmdb.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { hash_byte_count = 32, hex_byte_count = 64, cache_line_byte_count = 64 };

static void fail(const char *what, const char *why) {
    fprintf(stderr, "yardstick: %s: %s\n", what, why);
    exit(1);
}

static void check(int status, const char *what) {
    if (status != MDB_SUCCESS) fail(what, mdb_strerror(status));
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static MDB_env *open_environment(const char *path, unsigned flags, size_t map_byte_count) {
    MDB_env *environment;
    check(mdb_env_create(&environment), "create environment");
    check(mdb_env_set_maxdbs(environment, 16), "set the number of databases");
    if (map_byte_count > 0) check(mdb_env_set_mapsize(environment, map_byte_count), "set map size");
    check(mdb_env_open(environment, path, MDB_NOSUBDIR | flags, 0600), path);
    return environment;
}

static MDB_dbi open_records(MDB_env *environment, unsigned flags) {
    MDB_txn *transaction;
    MDB_dbi records;
    unsigned read_only = flags & MDB_CREATE ? 0 : MDB_RDONLY;
    check(mdb_txn_begin(environment, NULL, read_only, &transaction), "begin");
    check(mdb_dbi_open(transaction, "records", flags, &records), "open the database \"records\"");
    check(mdb_txn_commit(transaction), "commit");
    return records;
}

// -------------------------------------------------------------------------------------- append

struct records {
    size_t count;
    unsigned char **bytes;
    size_t *byte_counts;
};

// The first `count` records, copied so that nothing is read from the ledger while time is taken.
static struct records load(const char *path, size_t count) {
    MDB_env *environment = open_environment(path, MDB_RDONLY, 0);
    MDB_dbi database = open_records(environment, 0);
    MDB_txn *transaction;
    MDB_cursor *cursor;
    MDB_val key, value;
    check(mdb_txn_begin(environment, NULL, MDB_RDONLY, &transaction), "begin");
    check(mdb_cursor_open(transaction, database, &cursor), "open cursor");
    struct records records = {
        .count = 0,
        .bytes = calloc(count, sizeof *records.bytes),
        .byte_counts = calloc(count, sizeof *records.byte_counts),
    };
    if (!records.bytes || !records.byte_counts) fail("load", "out of memory");
    // Household records only: the ledger begins with areas and orders, which are smaller or larger.
    while (records.count < count && mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == MDB_SUCCESS) {
        if (!memmem(value.mv_data, value.mv_size, "\"householdRecorded\"", 19)) continue;
        unsigned char *copy = malloc(value.mv_size);
        if (!copy) fail("load", "out of memory");
        memcpy(copy, value.mv_data, value.mv_size);
        records.bytes[records.count] = copy;
        records.byte_counts[records.count] = value.mv_size;
        records.count += 1;
    }
    mdb_cursor_close(cursor);
    mdb_txn_abort(transaction);
    mdb_env_close(environment);
    if (records.count < count) fail(path, "holds fewer household records than asked for");
    return records;
}

static double append(const char *source, const char *path, size_t batch, size_t count) {
    struct records records = load(source, count);
    // Durable as LMDB is by default: no MDB_NOSYNC, no MDB_NOMETASYNC, no MDB_WRITEMAP.
    MDB_env *environment = open_environment(path, 0, (size_t)16 << 30);
    MDB_dbi database = open_records(environment, MDB_CREATE);
    double start = seconds_now();
    for (size_t index = 0; index < count;) {
        MDB_txn *transaction;
        check(mdb_txn_begin(environment, NULL, 0, &transaction), "begin");
        for (size_t end = index + batch; index < end && index < count; index += 1) {
            uint64_t big_endian = htobe64(index);
            MDB_val key = {sizeof big_endian, &big_endian};
            MDB_val value = {records.byte_counts[index], records.bytes[index]};
            check(mdb_put(transaction, database, &key, &value, MDB_APPEND), "put");
        }
        check(mdb_txn_commit(transaction), "commit");
    }
    double seconds = seconds_now() - start;
    mdb_env_close(environment);
    return (double)count / seconds;
}

// --------------------------------------------------------------------------------------- chain

struct walk {
    pthread_t thread;
    MDB_env *environment;
    MDB_dbi database;
    uint64_t begin, end;
    size_t broken_count;
    // What the first record names as its predecessor, and the hash of the last.
    char first_previous[hex_byte_count];
    char last_hash[hex_byte_count];
    // Of the tree: the complete subtrees that cover the records from `begin` on, in order. Where
    // `begin` is no power of two they grow before they shrink, so there may be twice 64.
    int wants_tree;
    uint64_t leaf_count;
    int subtree_count;
    struct subtree { uint64_t size; unsigned char hash[hash_byte_count]; } subtrees[128];
};

static void spell(const unsigned char *hash, char *hex) {
    static const char digits[] = "0123456789abcdef";
    for (int index = 0; index < hash_byte_count; index += 1) {
        hex[index * 2] = digits[hash[index] >> 4];
        hex[index * 2 + 1] = digits[hash[index] & 15];
    }
}

// Every record begins {"index":"<decimal>","previous":"<64 hex>",
static const char *previous_of(const MDB_val *record) {
    static const char prefix[] = "\",\"previous\":\"";
    const char *bytes = record->mv_data;
    size_t offset = 10;
    while (offset < record->mv_size && bytes[offset] >= '0' && bytes[offset] <= '9') offset += 1;
    size_t end = offset + sizeof prefix - 1 + hex_byte_count;
    if (end > record->mv_size || memcmp(bytes + offset, prefix, sizeof prefix - 1) != 0) {
        fail("chain", "a record does not begin as it must");
    }
    return bytes + end - hex_byte_count;
}

static void node_hash(EVP_MD_CTX *context, const unsigned char *left, const unsigned char *right,
                      unsigned char *hash) {
    unsigned char bytes[1 + 2 * hash_byte_count] = {1};
    memcpy(bytes + 1, left, hash_byte_count);
    memcpy(bytes + 1 + hash_byte_count, right, hash_byte_count);
    if (!EVP_DigestInit_ex2(context, NULL, NULL) ||
        !EVP_DigestUpdate(context, bytes, sizeof bytes) ||
        !EVP_DigestFinal_ex(context, hash, NULL)) {
        fail("tree", "hashing failed");
    }
}

// RFC 9162 section 2.1.2: a right child joins its sibling, if that lies in this walk.
static void add_leaf(EVP_MD_CTX *context, struct walk *walk, const unsigned char *leaf_hash) {
    uint64_t begin = walk->begin + walk->leaf_count;
    struct subtree subtree = {.size = 1};
    memcpy(subtree.hash, leaf_hash, hash_byte_count);
    while (walk->subtree_count > 0 && begin & subtree.size) {
        const struct subtree *left = &walk->subtrees[walk->subtree_count - 1];
        if (left->size != subtree.size) break;
        node_hash(context, left->hash, subtree.hash, subtree.hash);
        begin -= subtree.size;
        subtree.size *= 2;
        walk->subtree_count -= 1;
    }
    walk->subtrees[walk->subtree_count] = subtree;
    walk->subtree_count += 1;
    walk->leaf_count += 1;
}

static void *run(void *argument) {
    struct walk *walk = argument;
    MDB_txn *transaction;
    MDB_cursor *cursor;
    check(mdb_txn_begin(walk->environment, NULL, MDB_RDONLY, &transaction), "begin");
    check(mdb_cursor_open(transaction, walk->database, &cursor), "open cursor");
    // One context, fetched once: see performance.md for what the other ways cost.
    EVP_MD *algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!algorithm || !context || !EVP_DigestInit_ex2(context, algorithm, NULL)) {
        fail("chain", "no SHA-256");
    }
    uint64_t big_endian = htobe64(walk->begin);
    MDB_val key = {sizeof big_endian, &big_endian}, record, next;
    int status = mdb_cursor_get(cursor, &key, &record, MDB_SET_RANGE);
    for (uint64_t index = walk->begin; index < walk->end; index += 1) {
        check(status, "read a record");
        // One ahead: values run downwards in a page, which the processor does not foresee.
        status = mdb_cursor_get(cursor, &key, &next, MDB_NEXT);
        if (status == MDB_SUCCESS) {
            for (size_t byte = 0; byte < next.mv_size; byte += cache_line_byte_count) {
                __builtin_prefetch((const char *)next.mv_data + byte);
            }
        }
        const char *previous = previous_of(&record);
        if (index == walk->begin) {
            memcpy(walk->first_previous, previous, hex_byte_count);
        } else if (memcmp(walk->last_hash, previous, hex_byte_count) != 0) {
            walk->broken_count += 1;
        }
        unsigned char hash[hash_byte_count];
        if (!EVP_DigestInit_ex2(context, NULL, NULL) || !EVP_DigestUpdate(context, "", 1) ||
            !EVP_DigestUpdate(context, record.mv_data, record.mv_size) ||
            !EVP_DigestFinal_ex(context, hash, NULL)) {
            fail("chain", "hashing failed");
        }
        spell(hash, walk->last_hash);
        if (walk->wants_tree) add_leaf(context, walk, hash);
        record = next;
    }
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
    mdb_cursor_close(cursor);
    mdb_txn_abort(transaction);
    return NULL;
}

// Joins the threads' stacks into one and folds it from the right.
static void print_root(const struct walk *walks, size_t thread_count) {
    EVP_MD *algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!algorithm || !context || !EVP_DigestInit_ex2(context, algorithm, NULL)) {
        fail("tree", "no SHA-256");
    }
    // What is joined so far begins at 0, so it shrinks, and a subtree of equal size is a sibling.
    struct subtree stack[64 + 128];
    int depth = 0;
    for (size_t index = 0; index < thread_count; index += 1) {
        for (int subtree = 0; subtree < walks[index].subtree_count; subtree += 1) {
            stack[depth] = walks[index].subtrees[subtree];
            depth += 1;
            while (depth > 1 && stack[depth - 2].size == stack[depth - 1].size) {
                node_hash(context, stack[depth - 2].hash, stack[depth - 1].hash, stack[depth - 2].hash);
                stack[depth - 2].size *= 2;
                depth -= 1;
            }
        }
    }
    while (depth > 1) {
        node_hash(context, stack[depth - 2].hash, stack[depth - 1].hash, stack[depth - 2].hash);
        depth -= 1;
    }
    char hex[hex_byte_count];
    if (depth > 0) {
        spell(stack[0].hash, hex);
        fprintf(stderr, "root %.64s\n", hex);
    }
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
}

static double chain(const char *path, size_t thread_count, int wants_tree) {
    MDB_env *environment = open_environment(path, MDB_RDONLY | MDB_NOTLS, 0);
    MDB_dbi database = open_records(environment, 0);
    MDB_txn *transaction;
    MDB_stat statistics;
    check(mdb_txn_begin(environment, NULL, MDB_RDONLY, &transaction), "begin");
    check(mdb_stat(transaction, database, &statistics), "statistics");
    mdb_txn_abort(transaction);
    uint64_t count = statistics.ms_entries;
    struct walk *walks = calloc(thread_count, sizeof *walks);
    if (!walks) fail("chain", "out of memory");
    double start = seconds_now();
    for (size_t index = 0; index < thread_count; index += 1) {
        walks[index].environment = environment;
        walks[index].database = database;
        walks[index].begin = count * index / thread_count;
        walks[index].end = count * (index + 1) / thread_count;
        walks[index].wants_tree = wants_tree;
        if (pthread_create(&walks[index].thread, NULL, run, &walks[index])) fail("chain", "no thread");
    }
    size_t broken_count = 0;
    for (size_t index = 0; index < thread_count; index += 1) {
        pthread_join(walks[index].thread, NULL);
        broken_count += walks[index].broken_count;
        const char *expected = index == 0 ? NULL : walks[index - 1].last_hash;
        for (int digit = 0; digit < hex_byte_count; digit += 1) {
            if (walks[index].first_previous[digit] != (expected ? expected[digit] : '0')) {
                broken_count += 1;
                break;
            }
        }
    }
    if (wants_tree) print_root(walks, thread_count);
    double seconds = seconds_now() - start;
    if (broken_count > 0) fail(path, "the chain is broken");
    free(walks);
    mdb_env_close(environment);
    return (double)count / seconds;
}

// --------------------------------------------------------------------------------------- fsync

static int compare_doubles(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double fsync_p99(const char *path, size_t count) {
    static const char page[4096];
    double *milliseconds = calloc(count, sizeof *milliseconds);
    int file = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    if (!milliseconds || file < 0) fail(path, "cannot be made");
    for (size_t index = 0; index < count; index += 1) {
        if (write(file, page, sizeof page) != sizeof page) fail(path, "cannot be written");
        double start = seconds_now();
        if (fdatasync(file)) fail(path, "cannot be flushed");
        milliseconds[index] = (seconds_now() - start) * 1e3;
    }
    close(file);
    unlink(path);
    qsort(milliseconds, count, sizeof *milliseconds, compare_doubles);
    double slow = milliseconds[count * 99 / 100];
    free(milliseconds);
    return slow;
}

int main(int argument_count, char **arguments) {
    double rate;
    if (argument_count == 6 && strcmp(arguments[1], "append") == 0) {
        size_t batch = strtoul(arguments[4], NULL, 10), count = strtoul(arguments[5], NULL, 10);
        if (batch == 0 || count == 0) fail("append", "BATCH and COUNT must be positive numbers");
        rate = append(arguments[2], arguments[3], batch, count);
    } else if (argument_count == 4 &&
               (strcmp(arguments[1], "chain") == 0 || strcmp(arguments[1], "tree") == 0)) {
        int wants_tree = strcmp(arguments[1], "tree") == 0;
        size_t thread_count = strtoul(arguments[3], NULL, 10);
        if (thread_count == 0) fail(arguments[1], "THREADS must be a positive number");
        rate = chain(arguments[2], thread_count, wants_tree);
    } else if (argument_count == 4 && strcmp(arguments[1], "fsync") == 0) {
        size_t count = strtoul(arguments[3], NULL, 10);
        if (count == 0) fail("fsync", "COUNT must be a positive number");
        printf("%.4f\n", fsync_p99(arguments[2], count));
        return 0;
    } else {
        fputs("usage: yardstick append LEDGER.mdb NEW.mdb BATCH COUNT\n"
              "       yardstick chain LEDGER.mdb THREADS\n"
              "       yardstick tree LEDGER.mdb THREADS\n"
              "       yardstick fsync NEW COUNT\n",
              stderr);
        return 2;
    }
    printf("%.1f\n", rate);
    return 0;
}
