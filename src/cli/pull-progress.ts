import type { PullProgress } from '../audit/types/pull.js'
import { bar, duration, pacer } from './progress.js'
import { shownBytes, shownName } from './shown.js'

const REDRAW_EVERY_MS = 100
const LINE_EVERY_MS = 5_000
const EVENT_EVERY_MS = 500
const WIPE = '\r\u001b[K' // the bar is drawn over itself

type Pace = { readonly bytesPerSecond: number | null; readonly secondsLeft: number | null }

/** Shows what has come on stderr: a bar with rate and time left on a terminal, a plain line every five seconds elsewhere. */
export function pullPrinter(stream: NodeJS.WriteStream, now: () => number): (progress: PullProgress) => void {
  const isDue = pacer(now, stream.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS)
  const pace = pacemaker(now)
  return (progress) => {
    const isLast = progress.done >= progress.total
    const text = describe(progress, pace(progress))
    if (!isDue(isLast)) return
    if (!stream.isTTY) return void stream.write(`${text}\n`)
    const drawn = `${bar(progress.done, progress.total)} ${text}`
    stream.write(`${WIPE}${drawn.slice(0, (stream.columns ?? 80) - 1)}${isLast ? '\n' : ''}`) // a line that wraps cannot be wiped
  }
}

/** The same for machines: one JSON object a line, twice a second at most. */
export function pullEventPrinter(stream: NodeJS.WriteStream, now: () => number): (progress: PullProgress) => void {
  const isDue = pacer(now, EVENT_EVERY_MS)
  const pace = pacemaker(now)
  return (progress) => {
    const speed = pace(progress)
    if (!isDue(progress.done >= progress.total)) return
    const rounded = {
      bytesPerSecond: speed.bytesPerSecond === null ? null : Math.round(speed.bytesPerSecond),
      secondsLeft: speed.secondsLeft === null ? null : Math.ceil(speed.secondsLeft),
    }
    stream.write(`${JSON.stringify({ event: 'pulling', ...progress, ...rounded })}\n`)
  }
}

/** Bytes a second since the first came; what was there before does not count. Null while there is nothing to tell from. */
function pacemaker(now: () => number): (progress: PullProgress) => Pace {
  const started = now()
  return ({ done, found, total }) => {
    const seconds = (now() - started) / 1000
    const rate = seconds > 0 && done > found ? (done - found) / seconds : null
    return { bytesPerSecond: rate, secondsLeft: done >= total ? 0 : rate === null ? null : (total - done) / rate }
  }
}

function describe({ file, done, total }: PullProgress, { bytesPerSecond, secondsLeft }: Pace): string {
  const rate = bytesPerSecond === null ? '' : `, ${shownBytes(bytesPerSecond)}/s`
  const left = secondsLeft === null || secondsLeft === 0 ? '' : `, ${duration(secondsLeft)} left`
  return `pulling ${shownBytes(done)} of ${shownBytes(total)}${rate}${left} (${shownName(file)})`
}
