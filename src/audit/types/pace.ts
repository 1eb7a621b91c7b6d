/** Threads, or images per run: a number, or `auto`, by which a short measurement takes one. */
export type NumberAsked = number | 'auto'

/** A number that was named; undefined where it is left open, or nothing was asked for. */
export function numberNamed(asked: NumberAsked | undefined): number | undefined {
  return asked === 'auto' ? undefined : asked
}

/** Why `--threads auto` or `--batch auto` took what it took. */
export const PACE_REASONS = [
  'measured',
  /** Vectors of the store were made with it, and its last bits depend on it. */
  'as-stored',
  /** The export fixed its batch, or an image's vector depends on the others in it. */
  'set-by-model',
  /** Threads, where another device than the CPU embeds. */
  'on-device',
  /** Threads, where there is one core. */
  'one-core',
] as const
export type PaceReason = (typeof PACE_REASONS)[number]

/** How fast drawn images were embedded with a number, or the code by which it was refused. */
export type PaceTrial =
  | { readonly value: number; readonly kind: 'measured'; readonly imagesPerSecond: number }
  | { readonly value: number; readonly kind: 'refused'; readonly code: string }

/** The number that was taken where it was left open. */
export type PaceSetting = {
  readonly taken: number
  /** What is taken where nothing is asked for. */
  readonly usual: number
  readonly reason: PaceReason
  /** Ascending; empty where nothing was measured. */
  readonly trials: readonly PaceTrial[]
  /** By how much more images a second, as a share, another number than the usual one must be faster. */
  readonly leastGain: number
}

/** What `--threads auto` and `--batch auto` took for one model; null: it was not left open. */
export type PaceChoice = { readonly threads: PaceSetting | null; readonly batch: PaceSetting | null }
