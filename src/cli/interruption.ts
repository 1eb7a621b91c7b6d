import { EXIT } from './exit.js'

const controller = new AbortController()
let isEmbedding = false

/** Fires at the first Ctrl-C (or SIGTERM) while images are embedded: what is under way is finished and kept. */
export const interruption: AbortSignal = controller.signal

/** Whether there is work that is worth finishing. */
export function setEmbedding(underWay: boolean): void {
  isEmbedding = underWay
}

/** While images are embedded, the first signal asks to stop and the second stops; at any other time the first stops. */
export function listenForSignals(): void {
  const stop = (): void => {
    if (isEmbedding && !controller.signal.aborted) {
      process.stderr.write('\nFinishing the images under way, to keep them. Once more stops at once.\n')
      controller.abort()
      return
    }
    process.stderr.write('\nInterrupted. No result was written.\n')
    process.exit(EXIT.interrupted)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
