// The Merkle tree of RFC 6962 §2.1 (the same as RFC 9162 §2.1) with SHA-256, and the C2SP texts
// that publish it. Nothing here reads or writes: hashes and bytes come as values.
//
// Concepts
// --------
// A log is a list of *entries*, byte strings numbered from 0. Its *tree size* is how many there
// are. Every entry has a *leaf hash*; two neighbouring hashes have a *node hash*; and so on up to
// one *root hash*, which changes when any entry is altered, removed, inserted or moved. A *tree
// head* is a size with its root hash: it says everything there is to say about a log. Signed, as a
// checkpoint, it also says who said so.
//
//     leaf hash        SHA-256(0x00 || entry)
//     node hash        SHA-256(0x01 || left || right)
//     empty root       SHA-256("")
//
// The first byte keeps the two kinds apart: no entry can be made to hash like a node. A tree of n
// entries splits at the largest power of two below n, so its left part is always complete and never
// changes again, whatever is appended. Nothing is padded and no leaf is doubled.
//
// A complete part over 2^level entries is one *subtree*. A log of size n consists of as many
// complete subtrees as n has bits set, the largest on the left; their roots alone, at most 64
// hashes, suffice to append and to compute the root hash. That list is the `CompactRange`.
//
// Byte format of a compact range
// ------------------------------
//     tree size        8 bytes, big-endian
//     subtree roots    32 bytes each, left (largest) to right; as many as the size has bits set
//
// Proofs
// ------
// An `InclusionProof` shows that an entry is in a tree, a `ConsistencyProof` that a later tree
// begins with all of an earlier one. Each is a list of hashes of subtrees. Making one asks a
// closure for them, which is all that this module knows of a store; checking one needs only tree
// heads, and those must come from somewhere trusted: a signed checkpoint.
//
// Verifier keys
// -------------
// A log and a witness are known by a *key name* and an Ed25519 key, written as C2SP's signed-note
// writes them:
//
//     <name>+<key ID, 8 hexadecimal digits>+<base64(type || public key)>
//
// where the key ID is the first four bytes of SHA-256(name || "\n" || type || public key). The type
// is 0x01 for a log's key and 0x04 for a witness's.
//
// Signed notes and checkpoints
// ----------------------------
// A `SignedNote` is a text with signatures under it, a `Checkpoint` the text that names a log and
// its tree head. A witness's cosignature also covers the time at which it was made:
//
//     <origin>
//     <tree size>
//     <base64(root hash)>
//
//     — <log's key name> <base64(key ID || signature)>
//     — <witness's key name> <base64(key ID || time, 8 bytes || signature)>
//
// Reading one says only that it is well-formed; `SignedNote.verified(by:)` says who vouches for it.
//
// Tiles
// -----
// A log is published as immutable files. A `Tile` names up to 256 neighbouring hashes of one height
// (every eighth, from the leaves up), and the `EntryBundle` beside each tile of leaf hashes holds
// the entries. From tiles come the hashes that proofs are made of: `Tile.holding(_:treeSize:)`.
//
// Worked example
// --------------
// Three entries A, B and C arrive one by one:
//
//     var range = CompactRange()
//     range.append(MerkleTree.leafHash(of: a))    // size 1 = 0b01: [leaf(A)]
//     range.append(MerkleTree.leafHash(of: b))    // size 2 = 0b10: [node(leaf(A), leaf(B))]
//     range.append(MerkleTree.leafHash(of: c))    // size 3 = 0b11: [node(leaf(A), leaf(B)), leaf(C)]
//     range.treeHead.rootHash                     // node(node(leaf(A), leaf(B)), leaf(C))
//
// After the third the encoded range is 00 00 00 00 00 00 00 03 and those two hashes: 72 bytes.
