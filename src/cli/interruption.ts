const controller = new AbortController()
let underWay: string | null = null

/** Fires at the first Ctrl-C (or SIGTERM) while there is work worth keeping: images under way are finished and kept, and what has come of a pull is kept. */
export const interruption: AbortSignal = controller.signal

/** Whether there is work that is worth finishing. */
export function setEmbedding(isUnderWay: boolean): void {
  underWay = isUnderWay ? 'Stopping after the images under way.' : null
}

/** Whether files are coming that the next pull can go on with. */
export function setPulling(isUnderWay: boolean): void {
  underWay = isUnderWay ? 'Stopping.' : null
}

/** While images are embedded or files pulled, the first signal asks to stop and the second stops; at any other time the first stops. */
export function listenForSignals(): void {
  const stop = (): void => {
    if (underWay !== null && !controller.signal.aborted) {
      say(`${underWay} Once more stops at once.`)
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
