import { LEAST_GAIN, DEFAULT_BATCH } from '../model/choose-pace.js'
import type { TriedImages } from '../model/dry-run.js'
import { probePace } from '../model/probe-pace.js'
import type { OpenProbed, PaceAsked, ProbeDesk } from '../model/probe-pace.js'
import type { Settings } from '../store/segment-header.js'
import { numberNamed } from '../types/pace.js'
import type { PaceChoice, PaceSetting } from '../types/pace.js'

/** Numbers to open a model with; undefined leaves the default to it. */
export type SettledPace = {
  readonly threads: number | undefined
  readonly batch: number | undefined
  /** Null where neither was left open. */
  readonly choice: PaceChoice | null
  /** What the probe found out about the encoder; null where there was none. */
  readonly tried: TriedImages | null
}

/**
 * Threads and images per run as they are named; where they are left open, those of the vectors that are stored already (`last`: how the newest were
 * made), because last bits depend on both, and without any what a probe finds. A batch that nobody asks for is that of the store as well. `onProbe` is called
 * before a probe. Throws ModelError.
 */
export async function settlePace(
  asked: PaceAsked,
  last: Settings | null,
  open: OpenProbed,
  { cores, now, onProbe }: ProbeDesk & { readonly onProbe: () => void },
): Promise<SettledPace> {
  const threads = numberNamed(asked.threads)
  const batch = numberNamed(asked.batch) ?? numberOf(last, 'batch')
  if (asked.threads !== 'auto' && asked.batch !== 'auto') return { threads, batch, choice: null, tried: null }
  if (last !== null) {
    const taken = Math.min(numberOf(last, 'threads') ?? cores, cores) // the store may come from a larger machine
    const choice = {
      threads: asked.threads === 'auto' ? asStored(taken, cores) : null,
      batch: asked.batch === 'auto' ? asStored(batch ?? DEFAULT_BATCH, DEFAULT_BATCH) : null,
    }
    return { threads: choice.threads?.taken ?? threads, batch, choice, tried: null }
  }
  onProbe()
  const { choice, tried } = await probePace(asked, open, { cores, now })
  return { threads: choice.threads?.taken ?? threads, batch: choice.batch?.taken ?? batch, choice, tried }
}

function asStored(taken: number, usual: number): PaceSetting {
  return { taken, usual, reason: 'as-stored', trials: [], leastGain: LEAST_GAIN }
}

function numberOf(settings: Settings | null, name: 'threads' | 'batch'): number | undefined {
  const value = settings?.[name]
  return typeof value === 'number' ? value : undefined
}
