/** What a fuzzer found out about one target. */
export type Explored = {
  readonly target: string
  readonly family: string
  readonly tried: number
  readonly refused: number
  /** Blocks of the sources that the target names, and how many of them some input reached. */
  readonly blocks: number
  readonly blocksReached: number
  readonly faults: readonly {
    readonly target: string
    readonly what: string
    readonly isLost: boolean
    readonly path: string
  }[]
}

export type Drive = {
  /** Names of targets. */
  readonly targets: readonly string[]
  readonly seed: number
  /** The most inputs of each target. */
  readonly runs?: number
  /** For all targets together. */
  readonly seconds: number
  /** Where inputs with a fault are put; default: the corpus of the project. */
  readonly corpus?: string
  readonly keeps?: boolean
  /** A target with a fault is not looked at any further. */
  readonly stopsAtFault?: boolean
  /** How long one input may take, in milliseconds of the processor, before it counts as one that never ends. */
  readonly longestWork?: number
  readonly onEvent?: (event: { readonly kind: string; readonly target: string }) => void
}

export const CORPUS: string

/** Explores targets in a process of their own, and another where one hangs or dies. */
export function drive(asked: Drive): Promise<Explored[]>

/** Names and families of all targets. */
export function listTargets(): Promise<readonly { readonly name: string; readonly family: string }[]>

/** What one input does to one target, in a process of its own. */
export function replay(
  target: string,
  bytes: Uint8Array,
): Promise<{ readonly kind: 'read' | 'refused' | 'fault'; readonly what?: string }>
