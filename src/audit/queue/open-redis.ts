import { setTimeout } from 'node:timers/promises'
import { DefinitionError } from '../errors.js'
import type { QueuePackages, Redis } from './packages.js'
import type { QueueAddress, QueueNotice } from '../types/queue.js'

export type RedisDesk = {
  readonly onNotice: (notice: QueueNotice) => void
  /** How long a server may keep silent when it is first asked. */
  readonly patienceMs?: number
}

const PATIENCE_MS = 10_000 // a server that starts beside this process (compose, systemd) is up by then; a wrong address is told soon
const RETRY_AT_FIRST_MS = 250
const LONGEST_RETRY_MS = 5_000
const ASK_EVERY_MS = 10_000 // a cable that is cut says nothing
const SILENT_MS = 20_000 // without an answer: then the connection is made again
const LEAST_VERSION = [6, 2] // what BullMQ asks for

/**
 * A connection to Redis that is there. Later it may go: it is made again with longer and longer pauses for as long as it takes, commands wait meanwhile,
 * and `lost` and `back` are told once each time. Throws DefinitionError: `queue.unreachable` where nothing answers in time, `queue.denied`, `queue.version`.
 */
export async function openRedis({ ioredis }: QueuePackages, address: QueueAddress, desk: RedisDesk): Promise<Redis> {
  const { host, port, db, username, password, isEncrypted } = address
  let isThere = false // from here on it is waited for
  const redis = new ioredis.Redis({
    ...{ host, port, db, lazyConnect: true, maxRetriesPerRequest: null },
    ...{ connectTimeout: PATIENCE_MS },
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(isEncrypted ? { tls: { servername: host } } : {}),
    retryStrategy: (times) =>
      isThere ? Math.min(RETRY_AT_FIRST_MS * 2 ** (times - 1), LONGEST_RETRY_MS) : RETRY_AT_FIRST_MS,
  })
  try {
    await firstAnswer(redis, address, desk.patienceMs ?? PATIENCE_MS)
    isThere = true
    tellOfCuts(redis, desk.onNotice)
    watchSilence(redis)
    await lookAtServer(redis, address, desk.onNotice)
    return redis
  } catch (error) {
    redis.disconnect()
    throw error
  }
}

async function firstAnswer(redis: Redis, address: QueueAddress, patienceMs: number): Promise<void> {
  const late = new AbortController()
  let last = 'no answer'
  try {
    await Promise.race([
      new Promise<void>((resolve, reject) => {
        redis.once('ready', () => resolve())
        redis.on('error', (error: NodeJS.ErrnoException) => {
          last = error.code ?? error.message // without a listener ioredis prints it
          if (REFUSES.test(error.message)) reject(denied(address, error))
        })
        redis.connect().catch(() => undefined) // 'error' told why, and it is tried again
      }),
      setTimeout(patienceMs, undefined, { signal: late.signal }).then(() => {
        throw unreachable(address, last, patienceMs)
      }),
    ])
  } finally {
    late.abort()
  }
}

/** How a server says that it is there and lets nobody in. */
const REFUSES = /WRONGPASS|NOAUTH|NOPERM|invalid password|invalid username|DB index is out of range|wrong number of arguments for 'auth'/i // prettier-ignore

function denied({ shown }: QueueAddress, cause: Error): DefinitionError {
  const isDatabase = /DB index/i.test(cause.message)
  return new DefinitionError(
    'queue.denied',
    {
      at: shown,
      expected: isDatabase ? 'a database that the server has' : 'a server that lets us in',
      received: isDatabase ? 'a number that it does not have' : 'a refusal of this user and password',
      hint: isDatabase
        ? 'Most servers have 16, from 0 to 15'
        : 'The password stands in the address or in PROBITY_QUEUE_PASSWORD',
    },
    // the error of the client is not passed on: it holds the command, and so the password
  )
}

function unreachable({ shown }: QueueAddress, why: string, patienceMs: number): DefinitionError {
  const received = `none within ${Math.ceil(patienceMs / 1000)} seconds (${why})`
  const hint = 'Check that redis-server runs there and that this machine may reach it, then run it again'
  return new DefinitionError('queue.unreachable', { at: shown, expected: 'an answer from Redis', received, hint })
}

/** Says once when the connection is gone, and once when it is there again. */
function tellOfCuts(redis: Redis, onNotice: RedisDesk['onNotice']): void {
  let isLost = false
  redis.on('close', () => {
    if (isLost || redis.status === 'end') return // 'end': it was closed here
    isLost = true
    onNotice({ kind: 'lost' })
  })
  redis.on('ready', () => {
    if (isLost) onNotice({ kind: 'back' })
    isLost = false
  })
}

/** Connections that block while they wait are watched by BullMQ; this is for the one that it sends commands by. */
function watchSilence(redis: Redis): void {
  let asked = false
  const timer = setInterval(() => {
    if (asked || redis.status !== 'ready') return
    asked = true
    const alarm = globalThis.setTimeout(() => redis.disconnect(true), SILENT_MS)
    alarm.unref()
    const answered = (): void => {
      clearTimeout(alarm)
      asked = false
    }
    redis.ping().then(answered, answered)
  }, ASK_EVERY_MS)
  timer.unref()
  redis.once('end', () => clearInterval(timer))
}

async function lookAtServer(redis: Redis, { shown }: QueueAddress, onNotice: RedisDesk['onNotice']): Promise<void> {
  const about = await redis.info().catch(() => '') // a server may keep it to itself
  const version = /^redis_version:(\d+)\.(\d+)/m.exec(about)
  const [, major = 0, minor = 0] = (version ?? []).map(Number)
  if (version !== null && (major < LEAST_VERSION[0] || (major === LEAST_VERSION[0] && minor < LEAST_VERSION[1]))) {
    const expected = `Redis ${LEAST_VERSION.join('.')} or newer`
    throw new DefinitionError('queue.version', { at: shown, expected, received: `Redis ${major}.${minor}` })
  }
  const policy = /^maxmemory_policy:([\w-]+)/m.exec(about)?.[1]
  if (policy !== undefined && policy !== 'noeviction') onNotice({ kind: 'evicts', policy })
}
