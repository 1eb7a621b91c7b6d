import type { Shard } from './shard.js'

/** Where a Redis server is, and how it lets one in. */
export type QueueAddress = {
  readonly host: string
  readonly port: number
  /** The numbered database of the server. */
  readonly db: number
  readonly isEncrypted: boolean
  readonly username: string | null
  readonly password: string | null
  /** For messages: the address without user and password. */
  readonly shown: string
}

/** A shard that came to nothing, with how often it was tried and why it failed last. */
export type FailedShard = { readonly shard: Shard; readonly attempts: number; readonly reason: string }

/** What is worth saying about a queue while it is at work. */
export type QueueNotice =
  /** The connection is gone, and is waited for; it is there again. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'back' }
  /** The server drops entries when its memory is short, under this policy: shards could vanish. */
  | { readonly kind: 'evicts'; readonly policy: string }
  /** The server refuses what is asked of it, in its own words. */
  | { readonly kind: 'trouble'; readonly reason: string }
  /** Nobody takes shards. */
  | { readonly kind: 'no-workers' }
  /** A worker found other files than whoever asks, and ends. */
  | { readonly kind: 'refused'; readonly worker: string; readonly reason: string }
  /** Shards that the server forgot, and that were handed out again. */
  | { readonly kind: 'forgotten'; readonly shards: number }
  /** A worker began with a shard, or is done with it. */
  | { readonly kind: 'began'; readonly number: number; readonly of: number }
  | { readonly kind: 'done'; readonly number: number; readonly of: number; readonly rows: number; readonly embedded: number; readonly quarantined: number } // prettier-ignore
  /** An attempt came to nothing; others may follow. */
  | { readonly kind: 'failed'; readonly number: number; readonly of: number; readonly reason: string }
  /** Another worker has this shard now: this one was silent for too long. */
  | { readonly kind: 'taken'; readonly number: number; readonly of: number }
