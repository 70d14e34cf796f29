#pragma once
#include <lmdb.h>
#include <stddef.h>

/// Asks the processor to fetch the cache lines of a region that is about to be read.
///
/// Swift has no prefetch of its own. A prefetch never faults, so a stale address costs nothing
/// but the instruction.
static inline void clmdb_prefetch(const void *start, size_t byteCount)
{
    const char *line = (const char *)start;
    for (size_t offset = 0; offset < byteCount; offset += 64)
        __builtin_prefetch(line + offset, 0, 3);
}

/// Swift's Glibc leaves out what unistd.h shows to _GNU_SOURCE only.
int syncfs(int descriptor);
