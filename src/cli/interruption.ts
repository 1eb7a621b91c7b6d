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
      say('Stopping after the images under way. Once more stops at once.')
      controller.abort()
      return
    }
    say('Interrupted.')
    endAsTheSystemWould()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/** Where progress is one JSON object a line, this is one too. */
function say(text: string): void {
  const isJson = process.argv.includes('--json')
  process.stderr.write(isJson ? `${JSON.stringify({ event: 'stopping', text })}\n` : `\n${text}\n`)
}

/** With ONNX Runtime at work in its thread, a tidy exit would end in an abort of its own. Shells report 130 for this one as well. */
function endAsTheSystemWould(): void {
  process.removeAllListeners('SIGINT')
  process.kill(process.pid, 'SIGINT')
}
