import type { Isolation } from '../types/isolation.js'
import { ChildEnded } from './child-ended.js'
import { startChild } from './child-process.js'
import type { Child } from './child-process.js'
import type { ChildReply, ChildRequest } from './child-protocol.js'
import { patience } from './patience.js'

/** A question to a process. `message` is made when it is sent, which may happen again in a fresh process; `ms`: how long the work on it may take. */
export type Question = { readonly message: () => ChildRequest; readonly ms: number }

export type Ask = (question: Question) => Promise<ChildReply>

/** What is asked and not answered. Its clock starts when the process says that it began: until then other questions take the time. */
type Waiting = {
  readonly ms: number
  readonly answer: (reply: ChildReply) => void
  readonly fail: (error: ChildEnded) => void
  clock?: { readonly end: () => void }
}

/** One process that answers questions. It is ended when the work on one of them takes longer than it may. */
export class AskedChild {
  /** Resolves when it can be asked; rejects with ChildEnded where it ends before. */
  readonly ready: Promise<void>
  readonly #child: Child
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0

  /** `onEnd`: once, whatever the reason, before the questions that are under way reject. */
  constructor(isolation: Isolation, onEnd: (error: ChildEnded) => void) {
    let failReady: (error: ChildEnded) => void = () => undefined
    let onReady: () => void = () => undefined
    this.ready = new Promise((resolve, reject) => {
      onReady = resolve
      failReady = reject
    })
    this.ready.catch(() => undefined) // onEnd tells as well
    this.#child = startChild(isolation, {
      onReady,
      onBegun: (id) => this.#begin(id),
      onReply: (id, reply) => this.#take(id)?.answer(reply),
      onEnd: (why, said) => {
        const error = new ChildEnded(why, said)
        onEnd(error)
        failReady(error)
        for (const id of [...this.#waiting.keys()]) this.#take(id)?.fail(error)
      },
    })
  }

  /** Rejects with ChildEnded where the process ends before it answers. */
  readonly ask: Ask = ({ message, ms }) =>
    new Promise((answer, fail) => {
      const request = message()
      const id = ++this.#asked
      this.#waiting.set(id, { ms, answer, fail })
      this.#child.send(id, request)
    })

  /** Whether this process waits for it: if not, it may end without. */
  hold(isHeld: boolean): void {
    this.#child.hold(isHeld)
  }

  /** Ends it at once; `how` as in ChildEnd. */
  close(how: string): void {
    this.#child.end({ kind: 'died', how })
  }

  #begin(id: number): void {
    const task = this.#waiting.get(id)
    if (task !== undefined) task.clock = patience(task.ms, () => this.#child.end({ kind: 'unanswered', ms: task.ms }))
  }

  #take(id: number): Waiting | undefined {
    const task = this.#waiting.get(id)
    this.#waiting.delete(id)
    task?.clock?.end()
    return task
  }
}
