import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** What the child made of one file; `died` and `hung` are its own end. */
export type Answer = {
  readonly code?: string
  readonly reason?: string
  readonly width?: number
  readonly height?: number
  readonly format?: string
  readonly length?: number
  readonly thrown?: string
  /** Processor time. */
  readonly milliseconds?: number
  readonly died?: true
  readonly hung?: true
}

const HUNG_AFTER = 60_000 // on the wall; a file that keeps the processor busy is told by its time

/** A process that decodes, with the code that is built. It is started again when a file kills it or hangs it. */
export function decodingChild(): {
  readonly decode: (bytes: Uint8Array, raw?: boolean) => Promise<Answer>
  readonly close: () => void
} {
  const start = (): ChildProcess =>
    fork(join(import.meta.dirname, 'decode-child.mjs'), { serialization: 'advanced', silent: true })
  let child = start()
  const decode = (bytes: Uint8Array, raw = false): Promise<Answer> =>
    new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer)
        child.removeAllListeners()
        if (answer.died === true || answer.hung === true) {
          child.kill('SIGKILL')
          child = start()
        }
        resolve(answer)
      }
      const timer = setTimeout(() => settle({ hung: true }), HUNG_AFTER)
      child.once('message', (answer) => settle(answer as Answer)) // from decode-child.mjs
      child.once('exit', () => settle({ died: true }))
      child.send({ bytes, raw })
    })
  return { decode, close: () => child.kill() }
}
