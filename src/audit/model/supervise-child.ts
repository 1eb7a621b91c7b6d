import type { Isolation } from '../types/isolation.js'
import { AskedChild } from './asked-child.js'
import type { Ask, Question } from './asked-child.js'
import { ChildEnded } from './child-ended.js'
import { requireEntry } from './child-process.js'
import type { ChildReply } from './child-protocol.js'
import { judge } from './judge-tasks.js'
import type { Tried } from './judge-tasks.js'

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

type Task = Question &
  Tried & {
    readonly answer: (reply: ChildReply) => void
    readonly fail: (error: unknown) => void
  }

const MOST_STARTS = 3

/**
 * Keeps a process for requests that may end it. When it ends, every request that was under way is tried again alone in a fresh process, so that
 * only the one that ends it again is at fault. Where no process gets as far as its first request, all requests fail.
 */
export function superviseChild(supervision: Supervision): Supervised {
  requireEntry(supervision.isolation)
  return new Supervisor(supervision)
}

class Supervisor implements Supervised {
  readonly #supervision: Supervision
  readonly #queue: Task[] = []
  readonly #suspects: Task[] = []
  readonly #underWay = new Set<Task>()
  #child: AskedChild | null = null
  #isStarting = false
  #failedStarts = 0
  #answered = 0 // by this process
  #closed: Error | null = null

  constructor(supervision: Supervision) {
    this.#supervision = supervision
  }

  readonly ask: Ask = (question) =>
    new Promise((answer, fail) => {
      if (this.#closed !== null) return fail(this.#closed)
      this.#queue.push({ ...question, answer, fail, ends: 0 })
      this.#goOn()
    })

  readonly close = (): void => {
    this.#closed ??= new Error('the process has ended')
    for (const { fail } of this.#underWay) fail(this.#closed)
    this.#underWay.clear()
    this.#failAll(this.#closed)
    this.#retire()
  }

  #goOn(): void {
    if (!this.#isStarting && this.#closed === null) this.#next()
    this.#child?.hold(this.#queue.length + this.#suspects.length + this.#underWay.size > 0)
  }

  /** A suspect alone; else all that waits, in a fresh process where this one has answered enough. */
  #next(): void {
    const isIdle = this.#underWay.size === 0
    if (this.#child === null) {
      if (this.#queue.length + this.#suspects.length > 0) this.#start()
    } else if (this.#suspects.length > 0) {
      if (isIdle) this.#send(this.#child, this.#suspects.splice(0, 1))
    } else if (this.#answered >= this.#supervision.requestsPerProcess && this.#queue.length > 0) {
      if (isIdle) this.#replace()
    } else if (![...this.#underWay].some(({ ends }) => ends > 0)) {
      this.#send(this.#child, this.#queue.splice(0))
    }
  }

  #send(child: AskedChild, tasks: readonly Task[]): void {
    for (const task of tasks) {
      this.#underWay.add(task)
      const settle = (isAnswered: boolean): void => {
        this.#underWay.delete(task)
        if (isAnswered) this.#answered++
        this.#goOn()
      }
      child.ask(task).then(
        (reply) => {
          task.answer(reply)
          settle(true)
        },
        (error: unknown) => {
          if (error instanceof ChildEnded) return // #ended has judged
          task.fail(error) // it could not be sent
          settle(false)
        },
      )
    }
  }

  #start(): void {
    const { isolation, onStart } = this.#supervision
    this.#isStarting = true
    const child = new AskedChild(isolation, (error) => this.#ended(child, error))
    this.#child = child
    child.ready
      .then(() => onStart?.(child.ask))
      .then(
        () => this.#started(child),
        (error: unknown) => this.#refused(child, error),
      )
  }

  #started(child: AskedChild): void {
    if (this.#child !== child) return
    this.#isStarting = false
    this.#failedStarts = 0
    this.#answered = 0
    this.#goOn()
  }

  /** It runs, and cannot be brought to where the last one was: another one could not either. */
  #refused(child: AskedChild, error: unknown): void {
    if (error instanceof ChildEnded || this.#child !== child) return // #ended has counted it
    this.#isStarting = false
    this.#failAll(error)
    this.#retire()
  }

  #ended(child: AskedChild, error: ChildEnded): void {
    if (this.#child !== child) return
    this.#child = null
    if (this.#isStarting) this.#failedToStart(error)
    else {
      const { atFault, suspects } = judge([...this.#underWay])
      this.#underWay.clear()
      for (const { fail } of atFault) fail(error)
      this.#suspects.push(...suspects)
    }
    this.#goOn()
  }

  #failedToStart(error: ChildEnded): void {
    this.#isStarting = false
    if (++this.#failedStarts < MOST_STARTS) return
    this.#failedStarts = 0
    this.#failAll(error)
  }

  #replace(): void {
    this.#retire()
    this.#start()
  }

  #retire(): void {
    const child = this.#child
    this.#child = null
    child?.close('was replaced')
  }

  #failAll(error: unknown): void {
    for (const { fail } of [...this.#suspects.splice(0), ...this.#queue.splice(0)]) fail(error)
  }
}
