import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Redis } from 'ioredis'

export const hasRedis = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0

export type RedisServer = {
  readonly port: number
  /** Its address, as `--queue` takes it. */
  readonly address: string
  /** As kill -9 does: what it had not written is gone. */
  readonly kill: () => Promise<void>
  /** On the same port, with what it wrote. */
  readonly start: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A real redis-server on a free port of this machine, with a folder of its own. `settings`: words of its command line, such as `--appendonly yes`. */
export async function startRedis(...settings: readonly string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'probity-redis-'))
  const port = await freePort()
  let child: ChildProcess | null = null
  const kill = async (): Promise<void> => {
    const running = child
    child = null
    if (running === null) return
    running.kill('SIGKILL')
    await once(running, 'exit')
  }
  const start = async (): Promise<void> => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...settings]
    child = spawn('redis-server', args, { stdio: 'ignore' })
    await answers(port)
  }
  await start()
  return {
    port,
    address: `redis://127.0.0.1:${port}`,
    kill,
    start,
    close: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answers(port: number): Promise<void> {
  const redis = new Redis({ port, lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: () => 50 })
  redis.on('error', () => undefined)
  try {
    redis.connect().catch(() => undefined) // tried again until it is there
    while (!(await redis.ping().then(() => true, (error: Error) => /NOAUTH/.test(error.message)))) await setTimeout(50) // prettier-ignore
  } finally {
    redis.disconnect()
  }
}
