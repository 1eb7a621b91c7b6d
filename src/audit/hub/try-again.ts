import { hubError } from './hub.js'
import type { Hub } from './hub.js'

/** A failure that may pass: the connection broke, or the hub is busy. */
export class Passing extends Error {
  override readonly name = 'Passing'

  constructor(
    /** In words, for a refusal: what was received instead. */
    readonly received: string,
    readonly isBusy: boolean,
    /** What the hub asked to wait, or null. */
    readonly waitMs: number | null,
    options?: { cause?: unknown },
  ) {
    super(received, options)
  }
}

const MOST_TRIES = 5 // without a byte of progress between them
const FIRST_WAIT_MS = 1_000 // then twice as long each time: 15 seconds in all
const LONGEST_WAIT_MS = 300_000 // a hub that asks for more is told to the user instead

/**
 * Does it again while it fails in passing: at most five times without progress, with the wait that the hub asks for or twice the last.
 * `hasProgressed` says whether something was gained since it was last asked. Throws what is no passing failure as it is, and
 * ModelError or DatasetError (`hub.busy`, `hub.unreachable`) when it gives up.
 */
export async function tryAgain<Result>(
  hub: Hub,
  at: string,
  attempt: () => Promise<Result>,
  hasProgressed: () => boolean = () => false,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof Passing)) throw error
      if (hasProgressed()) tries = 1
      if (tries >= MOST_TRIES || (error.waitMs ?? 0) > LONGEST_WAIT_MS) throw givenUp(hub, at, error)
      await hub.pause(error.waitMs ?? FIRST_WAIT_MS * 2 ** (tries - 1))
    }
  }
}

function givenUp(hub: Hub, at: string, error: Passing): Error {
  const { received, isBusy, waitMs } = error
  const later = waitMs === null ? 'later' : `after ${Math.ceil(waitMs / 1000)} seconds`
  const hint = isBusy
    ? `Run it again ${later}: it goes on where it stopped.`
    : 'Check the connection and HF_ENDPOINT, then run it again: it goes on where it stopped.'
  const code = isBusy ? 'hub.busy' : 'hub.unreachable'
  return hubError(hub, code, { at, expected: 'an answer', received, hint }, { cause: error })
}
