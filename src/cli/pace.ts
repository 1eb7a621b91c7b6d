import type { Progress } from '../audit/tools.js'

type Embedding = Pick<Extract<Progress, { stage: 'embedding' }>, 'done' | 'found' | 'total'>

/** Images a second since embedding began, and the time left; null while there is nothing to tell from, the time also while the rate is not steady. */
export type Pace = { readonly rate: number | null; readonly secondsLeft: number | null }

const STEADY_AFTER_SECONDS = 5
const STEADY_AFTER_SHARE = 0.02
const STEADY_ANYWAY_SECONDS = 30

/** The time left is told from the last part of the run, in which the machine did what it does now: so long, or so large a share of it, whichever is more. */
const RECENT_SECONDS = 60
const RECENT_SHARE = 0.25

/** How fast images are embedded and how long the rest takes. What the store had does not count. */
export function pacemaker(now: () => number): (progress: Embedding) => Pace {
  let started = now()
  let marks: Mark[] = []
  return ({ done, found, total }) => {
    if (done === found) {
      started = now()
      marks = [{ seconds: 0, done }]
    }
    const seconds = (now() - started) / 1000
    const rate = seconds > 0 && done > found ? (done - found) / seconds : null
    if (done > (marks.at(-1)?.done ?? found)) marks.push({ seconds, done })
    marks = recent(marks, Math.max(RECENT_SECONDS, seconds * RECENT_SHARE))
    if (done >= total) return { rate, secondsLeft: 0 }
    const isTold = rate !== null && isSteady(seconds, (done - found) / (total - found))
    return { rate, secondsLeft: isTold ? (total - done) / (rateOf(marks) ?? rate) : null }
  }
}

/** So many were done so long after the start. */
type Mark = { readonly seconds: number; readonly done: number }

/** The marks of the last seconds, and the one before them. */
function recent(marks: readonly Mark[], span: number): Mark[] {
  const last = marks.at(-1)
  if (last === undefined) return []
  const first = marks.findLastIndex(({ seconds }) => seconds <= last.seconds - span)
  return marks.slice(Math.max(first, 0))
}

function rateOf(marks: readonly Mark[]): number | null {
  const [first, last] = [marks[0], marks.at(-1)]
  if (first === undefined || last === undefined || last.seconds <= first.seconds) return null
  return (last.done - first.done) / (last.seconds - first.seconds)
}

/** Whether the rate so far says how long the rest takes: the first batches wait for the model and the disk. */
function isSteady(seconds: number, share: number): boolean {
  return seconds >= STEADY_ANYWAY_SECONDS || (seconds >= STEADY_AFTER_SECONDS && share >= STEADY_AFTER_SHARE)
}
