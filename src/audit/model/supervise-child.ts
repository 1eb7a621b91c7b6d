import type { Isolation } from '../types/isolation.js'
import { ChildEnded } from './child-ended.js'
import type { ChildEnd } from './child-ended.js'
import { requireEntry, startChild } from './child-process.js'
import type { Child } from './child-process.js'
import type { ChildReply, ChildRequest } from './child-protocol.js'
import { patience } from './patience.js'

/** A question to the process. `message` is made when it is sent, which may happen again after a restart. */
export type Question = { readonly message: () => ChildRequest; readonly ms: number }

type Ask = (question: Question) => Promise<ChildReply>

/** A process that is started when it is first needed, and again whenever it ends. */
export type Supervised = {
  /** Rejects with ChildEnded where this very question ends the process: again, and when nothing else was under way. */
  readonly ask: Ask
  readonly close: () => void
}

export type Supervision = {
  readonly isolation: Isolation
  readonly requestsPerProcess: number
  /** Brings a fresh process to where the last one was, before anything else is asked of it. */
  readonly onStart?: (ask: Ask) => Promise<void>
}

type Task = Question & {
  readonly id: number
  readonly answer: (reply: ChildReply) => void
  readonly fail: (error: unknown) => void
  /** Processes that ended while this was under way. */
  ends: number
  waits?: { readonly end: () => void }
}

const MOST_ENDS = 2 // one death may be somebody else's doing: the system's, for want of memory, or a person's
const MOST_STARTS = 3

/**
 * Keeps a process for requests that may end it. When it ends, every request that was under way is tried again alone in a fresh process, so that
 * only the one that ends it again is at fault. Where no process gets as far as its first request, all requests fail.
 */
export function superviseChild({ isolation, requestsPerProcess, onStart }: Supervision): Supervised {
  requireEntry(isolation)
  const queue: Task[] = []
  const suspects: Task[] = []
  const underWay = new Map<number, Task>()
  let child: Child | null = null
  let isStarting = false
  let failedStarts = 0
  let answered = 0
  let asked = 0
  let closed: Error | null = null

  const held = (): void => child?.hold(queue.length + suspects.length + underWay.size > 0)

  const send = (task: Task): void => {
    underWay.set(task.id, task)
    task.waits = patience(task.ms, () => child?.end({ kind: 'unanswered', ms: task.ms }))
    child?.send(task.id, task.message())
  }

  const pump = (): void => {
    if (isStarting || closed !== null) return
    if (child === null) return queue.length + suspects.length > 0 ? start() : undefined
    const isOld = answered >= requestsPerProcess && queue.length > 0
    if (suspects.length > 0) {
      const [task] = underWay.size === 0 ? suspects.splice(0, 1) : []
      if (task !== undefined) send(task)
    } else if (isOld && underWay.size === 0) {
      retire()
      start()
    } else if (!isOld && ![...underWay.values()].some(({ ends }) => ends > 0)) {
      for (const task of queue.splice(0)) send(task)
    }
    held()
  }

  const retire = (): void => {
    const old = child
    child = null
    old?.end({ kind: 'died', how: 'replaced' })
  }

  const failAll = (error: unknown): void => {
    for (const { fail } of [...suspects.splice(0), ...queue.splice(0)]) fail(error)
  }

  const start = (): void => {
    isStarting = true
    const early = new Map<number, (reply: ChildReply) => void>() // answers to what onStart asks
    let failEarly: (error: ChildEnded) => void = () => undefined
    const started = startChild(isolation, {
      onReady: () => {
        const ended = new Promise<never>((_, reject) => (failEarly = reject))
        ended.catch(() => undefined) // after the start nobody listens any more
        const ask: Ask = ({ message, ms }) => {
          const waits = patience(ms, () => started.end({ kind: 'unanswered', ms }))
          const reply = new Promise<ChildReply>((answer) => {
            const id = -1 - early.size
            early.set(id, answer)
            started.send(id, message())
          })
          return Promise.race([reply, ended]).finally(waits.end)
        }
        Promise.resolve(onStart?.(ask)).then(
          () => {
            isStarting = false
            failedStarts = 0
            answered = 0
            pump()
          },
          (error: unknown) => {
            if (error instanceof ChildEnded) return // onEnd has counted it
            child = null
            isStarting = false
            failAll(error)
            started.end({ kind: 'died', how: 'stopped' })
          },
        )
      },
      onReply: (id, reply) => {
        early.get(id)?.(reply)
        const task = underWay.get(id)
        if (task === undefined) return
        underWay.delete(id)
        task.waits?.end()
        answered++
        task.answer(reply)
        pump()
      },
      onEnd: (why, said) => {
        const error = new ChildEnded(why, said)
        failEarly(error)
        if (child !== started) return
        child = null
        if (isStarting) {
          isStarting = false
          if (++failedStarts >= MOST_STARTS || why.kind === 'unanswered') {
            failedStarts = 0
            failAll(error)
          }
        } else judge(why, error)
        pump()
      },
    })
    child = started
    held()
  }

  /** Whose fault was it? Whoever was alone, the second time. */
  const judge = (why: ChildEnd, error: ChildEnded): void => {
    const tasks = [...underWay.values()]
    underWay.clear()
    for (const task of tasks) {
      task.waits?.end()
      task.ends++
      const isKnown = tasks.length === 1 && (task.ends >= MOST_ENDS || why.kind === 'unanswered')
      if (isKnown) task.fail(error)
      else suspects.push(task)
    }
  }

  return {
    ask: (question) =>
      new Promise((answer, fail) => {
        if (closed !== null) return fail(closed)
        queue.push({ ...question, id: ++asked, answer, fail, ends: 0 })
        pump()
        held()
      }),
    close: () => {
      closed ??= new Error('the process has ended')
      for (const task of underWay.values()) {
        task.waits?.end()
        task.fail(closed)
      }
      underWay.clear()
      failAll(closed)
      retire()
    },
  }
}
