import { createInterface } from 'node:readline/promises'
import type { Progress } from '../audit/tools.js'
import { pacemaker } from './pace.js'
import { duration } from './progress.js'
import { counted } from './shown.js'

type Embedding = Extract<Progress, { stage: 'embedding' }>

export type Terminal = {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  /** Answers for the user, who wants to stop. */
  readonly signal: AbortSignal
  readonly now: () => number
}

const LONG_SECONDS = 3600

/**
 * Asks once, when the pace is known, whether a run that will take an hour or more is to go on. Images embedded until then are kept whatever the
 * answer is. Enter goes on, and so does an input that has ended: nobody is there to say no.
 */
export function longRunQuestion(terminal: Terminal): (progress: Embedding) => Promise<boolean> {
  const pace = pacemaker(terminal.now)
  let isAsked = false
  return async (progress) => {
    const { rate, secondsLeft } = pace(progress)
    if (isAsked || rate === null || secondsLeft === null || secondsLeft < LONG_SECONDS) return true
    isAsked = true
    const left = counted(progress.total - progress.done, 'image')
    return ask(
      `This will take about ${duration(secondsLeft)}: ${left} left at ${rate.toFixed(1)} a second. What is embedded is kept.\nGo on? [Y/n] (--yes does not ask) `,
      terminal,
    )
  }
}

async function ask(question: string, { input, output, signal }: Terminal): Promise<boolean> {
  const terminal = createInterface({ input, output, terminal: false })
  try {
    const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
    const answer = await Promise.race([terminal.question(`\n${question}`, { signal }), ended])
    return !/^\s*n/i.test(answer)
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return false
    throw error
  } finally {
    terminal.close()
  }
}
