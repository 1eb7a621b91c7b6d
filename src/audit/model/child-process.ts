import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Isolation } from '../types/isolation.js'
import { handedOn } from '../handed-on.js'
import { howItDied } from './child-ended.js'
import type { ChildEnd } from './child-ended.js'
import type { ChildReply, ChildRequest, FromChild } from './child-protocol.js'
import { patience } from './patience.js'

/** A process that was started. */
export type Child = {
  readonly send: (id: number, message: ChildRequest) => void
  /** Ends it at once, whatever it is doing. */
  readonly end: (why: ChildEnd) => void
  /** Whether this process waits for it: if not, it may end without. */
  readonly hold: (isHeld: boolean) => void
}

export type ChildEvents = {
  readonly onReady: () => void
  /** The work on a request begins: until then, others were in front of it. */
  readonly onBegun: (id: number) => void
  readonly onReply: (id: number, reply: ChildReply) => void
  /** Once, whatever the reason; nothing comes afterwards. `said`: the last of what it wrote to its error output. */
  readonly onEnd: (why: ChildEnd, said: string) => void
}

const ENTRY = new URL('./isolated-child.js', import.meta.url)
const SILENCE_MS = 30_000
const LONGEST_SAID = 2_000

/** Starts a process for decoding or for inference. It is ended when it holds too much memory or gives no sign of life. */
export function startChild(isolation: Isolation, { onReady, onBegun, onReply, onEnd }: ChildEvents): Child {
  const { entry = ENTRY, memoryBytes = halfOfMemory(), silenceMs = SILENCE_MS } = isolation
  const child = fork(fileURLToPath(entry), [], {
    serialization: 'advanced', // typed arrays stay what they are, to the last bit
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...handedOn(process.env), ORT_DISABLE_TELEMETRY: process.env['ORT_DISABLE_TELEMETRY'] ?? '1' },
    execArgv: [], // no debugger and no hook of this process
  })
  let said = ''
  let why: ChildEnd | null = null
  let isReady = false
  let hasEnded = false
  const finish = (end: ChildEnd): void => {
    if (hasEnded) return
    hasEnded = true
    heard.end()
    onEnd(why ?? end, said)
  }
  const end = (reason: ChildEnd): void => {
    why ??= reason
    child.kill('SIGKILL')
  }
  const heard = patience(silenceMs, () => end({ kind: 'silent', ms: silenceMs }))
  child.stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString('utf8')).slice(-LONGEST_SAID)
  })
  child.on('message', (message: FromChild) => {
    if (hasEnded) return
    heard.sign()
    if ('message' in message) return onReply(message.id, message.message)
    if (message.kind === 'begun') return onBegun(message.id)
    if (message.memoryBytes > memoryBytes) return end({ kind: 'memory', bytes: memoryBytes })
    if (!isReady) onReady()
    isReady = true
  })
  child.on('error', (error) => finish({ kind: 'died', how: `could not be started: ${error.message}` }))
  child.on('exit', (code, signal) => finish({ kind: 'died', how: howItDied(code, signal) }))
  return {
    send: (id, message) => void child.send({ id, message }, () => undefined), // where it cannot be sent, the process has ended
    end,
    hold: (isHeld) => {
      const pipe = child.stderr as unknown as { ref: () => void; unref: () => void } | null // a socket, which the types do not say
      for (const handle of [child, child.channel, pipe]) {
        if (isHeld) handle?.ref()
        else handle?.unref()
      }
    },
  }
}

/** Refuses early, and in words, where there is no such program: from TypeScript sources there is none. */
export function requireEntry({ entry = ENTRY }: Isolation): void {
  if (!existsSync(fileURLToPath(entry))) throw new Error(`no program for isolation at ${fileURLToPath(entry)}`)
}

/** Of the machine, or of the container that this process runs in. */
function halfOfMemory(): number {
  const constrained = process.constrainedMemory() // 0 or a huge number where nothing is set
  const machine = totalmem()
  return (constrained > 0 && constrained < machine ? constrained : machine) / 2
}
