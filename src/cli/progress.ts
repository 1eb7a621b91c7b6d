import type { Progress } from '../audit/tools.js'

const REDRAW_EVERY_MS = 100
const LINE_EVERY_MS = 5_000
const BAR_WIDTH = 24

/** Shows progress on stderr: a bar with rate and time left on a terminal, a plain line every five seconds elsewhere. */
export function progressPrinter(stream: NodeJS.WriteStream, now: () => number): (progress: Progress) => void {
  let started = now()
  let shown = -Infinity
  return (progress) => {
    if (progress.stage !== 'embedding') return
    if (progress.done === 0) {
      started = now()
      return
    }
    const finished = progress.done >= progress.total
    const interval = stream.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS
    if (!finished && now() - shown < interval) return
    shown = now()
    const text = describe(progress, (now() - started) / 1000)
    if (stream.isTTY) stream.write(`\r\u001b[K${bar(progress.done, progress.total)} ${text}${finished ? '\n' : ''}`)
    else stream.write(`${text}\n`)
  }
}

function describe({ done, total, failed }: Progress & { stage: 'embedding' }, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0
  const left = rate > 0 ? (total - done) / rate : 0
  const pace = rate > 0 ? `, ${rate.toFixed(rate < 10 ? 1 : 0)} images/s` : ''
  const ending = done >= total ? '' : rate > 0 ? `, ${duration(left)} left` : ''
  const failures = failed > 0 ? `, ${failed} unreadable` : ''
  return `embedding ${done} of ${total} images${pace}${ending}${failures}`
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? BAR_WIDTH : Math.round((done / total) * BAR_WIDTH)
  return `[${'='.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}]`
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}
