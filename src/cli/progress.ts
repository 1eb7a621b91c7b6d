import type { Progress } from '../audit/tools.js'
import { describeDevice } from './describe-device.js'
import { describeDtypeChoice } from './describe-dtype-choice.js'
import { describePace } from './describe-pace.js'
import { describeQueue } from './describe-queue.js'
import { pacemaker } from './pace.js'
import { counted, shownName } from './shown.js'

const REDRAW_EVERY_MS = 100
const LINE_EVERY_MS = 5_000
const EVENT_EVERY_MS = 500
const BAR_WIDTH = 24
const WIPE = '\r\u001b[K' // the bar is drawn over itself

type Embedding = Extract<Progress, { stage: 'embedding' }>
type Printer = (progress: Progress) => void

/** Shows progress on stderr: a bar with rate and time left on a terminal, a plain line every five seconds elsewhere. */
export function progressPrinter(stream: NodeJS.WriteStream, now: () => number): Printer {
  const isDue = pacer(now, stream.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS)
  const isLineDue = pacer(now, LINE_EVERY_MS)
  const pace = pacemaker(now)
  const isNews = withoutRepeats()
  const said = new Set<string>()
  const say = (line: string): void => {
    if (!said.has(line)) stream.write(`${stream.isTTY ? WIPE : ''}${line}\n`)
    said.add(line)
  }
  return (progress) => {
    if (progress.stage === 'waiting') say(describeWaiting(progress))
    if (progress.stage === 'store') say(describeNotice(progress))
    if (progress.stage === 'queue') stream.write(`${stream.isTTY ? WIPE : ''}${describeQueue(progress)}\n`) // each time: a connection may be lost twice
    if (progress.stage === 'device') for (const line of describeDevice(progress)) say(line)
    if (progress.stage === 'dtype') for (const line of describeDtypeChoice(progress)) say(line)
    if (progress.stage === 'pace') for (const line of describePace(progress)) say(line)
    if (progress.stage === 'comparing' && isLineDue(progress.done === progress.total))
      stream.write(`${describeComparing(progress)}\n`)
    if (progress.stage !== 'embedding' || progress.total === 0 || !isNews(progress)) return
    const { rate, secondsLeft } = pace(progress)
    const isLast = progress.done >= progress.total
    if (progress.done === progress.found) {
      stream.write(`${describeStart(progress)}\n`)
    } else if (isDue(isLast)) {
      const text = describe(progress, rate ?? 0, isLast ? 0 : (secondsLeft ?? 0))
      const drawn = `${bar(progress.done, progress.total)} ${text}`
      if (stream.isTTY)
        stream.write(`${WIPE}${drawn.slice(0, (stream.columns ?? 80) - 1)}${isLast ? '\n' : ''}`) // a line that wraps cannot be wiped
      else stream.write(`${text}\n`)
    }
  }
}

/** The same for machines: one JSON object a line, twice a second at most while images are embedded. */
export function eventPrinter(stream: NodeJS.WriteStream, now: () => number): Printer {
  const isDue = pacer(now, EVENT_EVERY_MS)
  const pace = pacemaker(now)
  const isNews = withoutRepeats()
  return (progress) => {
    const { stage, ...rest } = progress
    if (stage === 'comparing' && !isDue(progress.done === progress.total)) return
    if (stage !== 'embedding') return void stream.write(`${JSON.stringify({ event: stage, ...rest })}\n`)
    const { rate, secondsLeft } = pace(progress)
    const isEdge = progress.done >= progress.total || progress.done === progress.found
    if (!isNews(progress) || !isDue(isEdge)) return
    const speed = { imagesPerSecond: rounded(rate), secondsLeft: rounded(secondsLeft) } // null while nothing is known
    stream.write(`${JSON.stringify({ event: stage, ...rest, ...speed })}\n`)
  }
}

/** Whether enough time has passed since the last yes; the last line is always due. */
export function pacer(now: () => number, everyMs: number): (isLast: boolean) => boolean {
  let shown = -Infinity
  return (isLast) => {
    if (!isLast && now() - shown < everyMs) return false
    shown = now()
    return true
  }
}

/** The engine may report a state twice; once is enough. */
function withoutRepeats(): (progress: Embedding) => boolean {
  let last = ''
  return (progress) => {
    const text = JSON.stringify(progress)
    const isRepeat = text === last
    last = text
    return !isRepeat
  }
}

function describeStart(progress: Embedding): string {
  const { total, found } = progress
  const known = found > 0 ? `${found} in the store and unchanged, ` : ''
  return `${modelOf(progress)}${counted(total, 'image')}${alteredBy(progress)}: ${known}${total - found} to read`
}

/** Which model is at work, where a run has several; with one, everybody knows. */
function modelOf({ model, isOneOfSeveral }: Embedding): string {
  return isOneOfSeveral === true ? `${shownName(model)}: ` : ''
}

/** Under which alteration the images are embedded once more, or what for they are if they are not audited, or not yet. */
function alteredBy({ altered, isTraining, trying }: Embedding): string {
  if (trying !== undefined) return ` to see what ${trying} decides`
  if (isTraining === true) return ' to fit a linear probe to'
  return altered === undefined ? '' : ` altered by ${shownName(altered)}`
}

function describe(progress: Embedding, rate: number, secondsLeft: number): string {
  const { done, total, failed } = progress
  const pace = rate > 0 ? `, ${rate.toFixed(rate < 10 ? 1 : 0)} images/s` : ''
  const ending = secondsLeft > 0 ? `, ${duration(secondsLeft)} left` : ''
  const failures = failed > 0 ? `, ${failed} unusable` : ''
  return `${modelOf(progress)}embedding ${done} of ${total} images${alteredBy(progress)}${pace}${ending}${failures}`
}

function describeComparing({ what, done, total }: Extract<Progress, { stage: 'comparing' }>): string {
  const doing =
    what === 'pairs' ? 'comparing' : `reading ${what === 'audited' ? 'the audited set' : 'the reference set'}:`
  return `${doing} ${done} of ${counted(total, 'image')}`
}

function describeWaiting({ pid, host }: Extract<Progress, { stage: 'waiting' }>): string {
  return `another run (process ${pid} on ${host}) embeds with this model; waiting for it, to use what it makes`
}

function describeNotice({ notice, count }: Extract<Progress, { stage: 'store' }>): string {
  switch (notice) {
    case 'damaged-vectors':
      return `warning: ${counted(count, 'vector')} in the store damaged, not used, and made again`
    case 'lost-vectors':
      return `warning: ${counted(count, 'vector')} missing from the store; made again where needed`
    case 'unusable-segments':
      return `warning: ${counted(count, 'segment')} of the store damaged, unreadable or of another format, and not used`
    case 'not-writable':
      return 'warning: the store cannot be written; what is embedded now is not kept'
    case 'index-not-saved':
      return 'warning: the store cannot keep which files are unchanged; the next run reads them again'
    case 'index-damaged':
      return 'warning: notes of what was embedded from these images are damaged and lost; to delete all of it, purge the store with --model or --all'
    case 'own-segment':
      return 'note: this run writes into the store without its lock: another machine holds it, or the disk has none'
  }
}

export function bar(done: number, total: number): string {
  const filled = total === 0 ? BAR_WIDTH : Math.round((done / total) * BAR_WIDTH)
  return `[${'='.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}]`
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10
}
