import { EXIT } from './exit.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const // Ctrl-C, `kill`, the terminal that is closed
const FIRST_PROCESS = 1 // of a container: the system ends it by no signal that it does not listen for

const controller = new AbortController()
let underWay: string | null = null
let isServing = false
let isListening = false

/** Fires at the first Ctrl-C (or SIGTERM, SIGHUP) while there is work worth keeping: images under way are finished and kept, and what has come of a pull is kept. */
export const interruption: AbortSignal = controller.signal

/** Whether there is work that is worth finishing. */
export function setEmbedding(isUnderWay: boolean): void {
  if (isServing) return // a shard may be in hand before and after its images are embedded
  underWay = isUnderWay ? 'Stopping after the images under way.' : null
  listenAsNeeded()
}

/** Whether shards are taken from a queue: one that is under way is given back. */
export function setServing(isUnderWay: boolean): void {
  isServing = isUnderWay
  underWay = isUnderWay ? 'Stopping after the images under way; the shard goes back to the queue.' : null
  listenAsNeeded()
}

/** Whether files are coming that the next pull can go on with. */
export function setPulling(isUnderWay: boolean): void {
  underWay = isUnderWay ? 'Stopping.' : null
  listenAsNeeded()
}

/**
 * While images are embedded or files pulled, the first signal asks to stop and the second stops. While something half-made lies about (a
 * temporary file, a browser that prints), the first clears it away and stops. At any other time nobody listens: the system ends the
 * process at once, also in the middle of a long computation, which no listener of ours would interrupt.
 * What is half-made says so by an `exit` listener of the process, which clears it away.
 */
export function listenForSignals(): void {
  const others = process.listenerCount('exit')
  const isClearing = (): boolean => process.listenerCount('exit') > others
  process.on('newListener', (event) => {
    if (event === 'exit') listen()
  })
  process.on('removeListener', (event) => {
    if (event === 'exit' && !isClearing()) listenAsNeeded()
  })
  listenAsNeeded = () => {
    if (underWay !== null || isClearing() || process.pid === FIRST_PROCESS) listen()
    else unlisten()
  }
  listenAsNeeded()
}

let listenAsNeeded = (): void => undefined

function listen(): void {
  if (isListening) return
  isListening = true
  for (const signal of SIGNALS) process.on(signal, stop)
}

function unlisten(): void {
  isListening = false
  for (const signal of SIGNALS) process.off(signal, stop)
}

function stop(signal: NodeJS.Signals): void {
  if (underWay !== null && !controller.signal.aborted) {
    say(`${underWay} Once more stops at once.`)
    controller.abort()
    return
  }
  say('Interrupted.')
  try {
    process.emit('exit', EXIT.interrupted) // whoever left something half-made clears it away
  } finally {
    endAsTheSystemWould(signal)
  }
}

/** Where progress is one JSON object a line, this is one too. */
function say(text: string): void {
  const isJson = process.argv.includes('--json')
  process.stderr.write(isJson ? `${JSON.stringify({ event: 'stopping', text })}\n` : `\n${text}\n`)
}

/** With ONNX Runtime at work in its thread, a tidy exit would end in an abort of its own. Shells report 130 for Ctrl-C this way as well. */
function endAsTheSystemWould(signal: NodeJS.Signals): void {
  for (const each of SIGNALS) process.removeAllListeners(each)
  process.kill(process.pid, signal)
  if (process.pid === FIRST_PROCESS) process.exit(EXIT.interrupted) // still here
}
