const HASH_SHOWN = 12 // characters; enough to tell two apart by eye

/** The beginning of a hash, for a reader; what differs is decided by whole hashes. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, HASH_SHOWN)
}
