import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readQueueAddress } from '../../src/audit/definitions/read-queue-address.js'
import type { ShardResult } from '../../src/audit/queue/queued-shard.js'
import { serveShards } from '../../src/audit/queue/serve-shards.js'
import type { ServeDesk } from '../../src/audit/queue/serve-shards.js'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import { readShippedWorld } from '../../src/phantom/read-world.js'
import { startProxy } from '../support/cut-proxy.js'
import { contentOf, writeDrawnRun } from '../support/drawn-run.js'
import type { DrawnRun } from '../support/drawn-run.js'
import { freePort, hasRedis, startRedis } from '../support/redis-server.js'
import type { RedisServer } from '../support/redis-server.js'
import { MAIN, probity, temporaryFolder, testEnvironment } from './run-cli.js'

const PASSWORD = 'correct-horse-battery'
const SHARD_ROWS = 1_400
const LOST_AFTER = '5' // seconds; the least that is taken

type Running = {
  readonly child: ChildProcess
  readonly said: { stdout: string; stderr: string }
  readonly ended: Promise<number | null>
  /** Resolves when a pattern stands in what was said on stderr. */
  readonly says: (pattern: RegExp) => Promise<void>
}

const running: ChildProcess[] = []

/** The built command line beside others. */
function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...testEnvironment(), PROBITY_STORE: '', ...env } })
  running.push(child)
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (text: Buffer) => (said.stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said.stderr += text.toString()))
  const ended = once(child, 'close').then(([status]) => status as number | null)
  const says = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(said.stderr)) {
      if (child.exitCode !== null) throw new Error(`it ended without saying ${pattern}: ${said.stdout}${said.stderr}`)
      await setTimeout(20)
    }
  }
  return { child, said, ended, says }
}

afterAll(() => running.forEach((child) => child.kill('SIGKILL')))

describe.skipIf(!hasRedis)(
  'three workers on one queue, one killed, the network cut (skipped where redis-server is not here)',
  () => {
    const root = temporaryFolder()
    const [alone, shared] = [join(root, 'alone'), join(root, 'shared')]
    let evidence: string[]
    let redis: RedisServer
    let coordinator: Running
    let workers: Running[]
    const audit = (store: string, out: string): ReturnType<typeof probity> =>
    probity(['audit', ...evidence, '--batch', '4', '--threads', '1', '--label-set', 'clip-paper', '--store', store, '--out', out]) // prettier-ignore

    beforeAll(async () => {
      const phantom = await buildPhantom({ world: readShippedWorld(), folder: join(root, 'phantom'), sampling: 'quota', seed: 1 }) // prettier-ignore
      evidence = [
        ...['--model', phantom.model, '--dataset', 'fairface', '--images', phantom.images, '--labels', phantom.labels],
        ...['--where', 'age=0-2,3-9'],
      ]
      redis = await startRedis('--appendonly', 'yes')
      const network = await startProxy(redis.port)
      const queue = ['--queue', `redis://127.0.0.1:${network.port}/2`]
      const serve = ['worker', ...queue, '--threads', '1', '--lost-after', LOST_AFTER]
      workers = [1, 2, 3].map(() => start(serve))
      coordinator = start(['embed', ...evidence, ...queue, '--batch', '4', '--store', shared, '--shard-size', String(SHARD_ROWS)]) // prettier-ignore
      await workers[0].says(/embedding \d+ of/)
      workers[0].child.kill('SIGKILL')
      await Promise.race([workers[1].says(/: done/), workers[2].says(/: done/)])
      await network.cut()
      await setTimeout(2_000)
      await network.mend()
      await coordinator.ended
      for (const { child } of workers.slice(1)) child.kill('SIGTERM')
      await Promise.all(workers.map(({ ended }) => ended))
      await network.close()
    }, 300_000)
    afterAll(() => redis.close())

    it('embed every image, and the command that waits says so', async () => {
      expect(await coordinator.ended, coordinator.said.stderr).toBe(0)
      expect(coordinator.said.stdout).toBe(
        `10949 rows: 0 found in the store, 1571 embedded, 0 quarantined, 9378 excluded\nModel: phantom-model, 44 numbers a vector\nStore: ${shared}\nShards: 8 of 8 handed out, 0 failed\n`,
      )
    })

    it('do every shard once', () => {
      const done = workers.flatMap(({ said }) =>
        [...said.stderr.matchAll(/^shard (\d) of 8: done/gm)].map(([, n]) => n),
      )
      expect(done.sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
    })

    it('take up the shard of the one that was killed in the middle of it', () => {
      const [killed, ...others] = workers.map(({ said }) => said.stderr)
      const [, number] = /^shard (\d) of 8:$/m.exec(killed) ?? []
      expect(killed).not.toContain('done')
      expect(others.filter((said) => said.includes(`shard ${number} of 8: done`))).toHaveLength(1)
    })

    it('say once that the queue is gone, and once that it is there again', () => {
      for (const { said } of [coordinator, ...workers.slice(1)]) {
        expect(said.stderr.match(/cannot be reached/g), said.stderr).toHaveLength(1)
        expect(said.stderr.match(/is there again/g), said.stderr).toHaveLength(1)
      }
    })

    it('end with 130 when they are stopped', async () => {
      expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([null, 130, 130])
    })

    it('make vectors with which a later audit has the very id of a run on one machine', () => {
      const together = audit(shared, join(root, 'audit-shared'))
      expect(together.stderr).toContain('1571 images: 1571 in the store and unchanged, 0 to read')
      expect(audit(alone, join(root, 'audit-alone')).status).toBe(together.status)
      expect(contentOf(join(root, 'audit-shared'))).toBe(contentOf(join(root, 'audit-alone')))
    })
  },
)

describe.skipIf(!hasRedis)('probity embed --queue (skipped where redis-server is not here)', () => {
  let redis: RedisServer
  let run: DrawnRun
  let evidence: readonly string[]
  let names = 0
  beforeAll(async () => {
    redis = await startRedis('--requirepass', PASSWORD)
    run = await writeDrawnRun(temporaryFolder(), 120)
    evidence = run.evidence.filter((word, index) => word !== '--threads' && run.evidence[index - 1] !== '--threads')
    await setTimeout(2_100) // a file that was written a moment ago is hashed again in the next run
  })
  afterAll(() => redis.close())

  /** A store and a queue of their own for each test. */
  function place(): { readonly store: string; readonly queue: readonly string[]; readonly embed: readonly string[] } {
    const store = join(run.folder, `store-${++names}`)
    const queue = ['--queue', `redis://:${PASSWORD}@127.0.0.1:${redis.port}`, '--queue-name', `q${names}`]
    return { store, queue, embed: ['embed', ...evidence, '--store', store, '--shard-size', '30', ...queue] }
  }

  /** A worker in this process that embeds nothing. */
  function fake(number: number, work: ServeDesk['work'], signal: AbortSignal): Promise<unknown> {
    const address = readQueueAddress(`redis://:${PASSWORD}@127.0.0.1:${redis.port}`)
    const desk = { worker: 'fake', silentMs: 5_000, untilEmpty: false, now: () => performance.now(), onNotice: () => undefined } // prettier-ignore
    return serveShards(address, { ...desk, name: `q${number}`, work, signal }).catch(() => undefined)
  }

  it('stops with Ctrl-C, takes back what no worker has begun, and goes on when it is run again', async () => {
    const { queue, embed } = place()
    const first = start(embed)
    await first.says(/120 to read/)
    await setTimeout(1_500) // until the shards are handed out
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(130)
    expect(first.said.stderr).toContain('0 images embedded and kept by this run, 120 left. To go on, run it again')
    const idle = start(['worker', ...queue, '--until-empty'])
    expect(await idle.ended).toBe(0)
    expect(idle.said.stdout).toBe('0 shards done, 0 images: 0 found in the store, 0 embedded, 0 quarantined\n')
    const again = start(embed)
    const worker = start(['worker', ...queue, '--json'])
    expect(await again.ended).toBe(0)
    worker.child.kill('SIGTERM')
    expect(await worker.ended).toBe(130)
    expect(JSON.parse(worker.said.stdout)).toEqual({ shards: 4, rows: { in: 120, found: 0, embedded: 120, quarantined: 0 }, isStopped: true }) // prettier-ignore
  })

  it('hands out nothing when all of it is in the store', () => {
    const { embed, store } = place()
    expect(probity(['embed', ...evidence, '--store', store]).status).toBe(0)
    const { status, stdout } = probity([...embed, '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      rows: { in: 120, found: 120, embedded: 0, quarantined: 0, excluded: 0 },
      shards: { number: 4, handedOut: 0, failed: [] },
      missing: { ofFailed: 0, ofOthers: 0 },
    })
  })

  it('says of unreadable images what an ordinary run says, and sends no name of one through the queue', async () => {
    const { embed, queue, store } = place()
    const labels = join(run.folder, 'with-bad.csv')
    writeFileSync(join(run.folder, 'images', 'quillfeather.png'), 'no image')
    writeFileSync(labels, `${readFileSync(run.labels, 'utf8')}quillfeather.png,A\n`)
    const withBad = (args: readonly string[]): string[] => args.map((word) => (word === run.labels ? labels : word))
    const worker = start(['worker', ...queue])
    const queued = start(withBad([...embed, '--json']))
    expect(await queued.ended).toBe(0)
    worker.child.kill('SIGTERM')
    await worker.ended
    const plain = probity(withBad(['embed', ...evidence, '--store', `${store}-plain`, '--json']))
    const [one, other] = [queued.said.stdout, plain.stdout].map((text) => JSON.parse(text) as { rows: object; quarantined: object }) // prettier-ignore
    expect([one.rows, one.quarantined]).toEqual([other.rows, other.quarantined])
    expect(one.quarantined).toMatchObject([{ image: 'quillfeather.png', code: 'image.format' }])
    expect(worker.said.stderr).not.toContain('quillfeather')
  })

  it('has no vector made by a worker whose files are others: it ends and says why', async () => {
    const { embed, queue } = place()
    const coordinator = start(embed)
    await coordinator.says(/120 to read/)
    await setTimeout(1_500)
    const before = readFileSync(run.labels)
    appendFileSync(run.labels, 'one-more.png,A\n')
    const refusing = start(['worker', ...queue])
    expect(await refusing.ended).toBe(2)
    writeFileSync(run.labels, before)
    expect(refusing.said.stderr).toMatch(/expected the dataset that the run was begun with \(\w{12}\) but received another one \(\w{12}; 1 of 121 images are missing here\)/) // prettier-ignore
    const worker = start(['worker', ...queue, '--until-empty'])
    expect(await coordinator.ended).toBe(0)
    expect(coordinator.said.stderr).toMatch(/warning: worker .+ cannot do these shards, and ends: /)
    await worker.ended
  })

  it('has no vector kept by a worker that writes elsewhere', async () => {
    const { embed, queue } = place()
    const coordinator = start(embed)
    await coordinator.says(/120 to read/)
    await setTimeout(1_500)
    const elsewhere = start(['worker', ...queue, '--store', join(run.folder, 'elsewhere')])
    expect(await elsewhere.ended).toBe(2)
    expect(elsewhere.said.stderr).toContain('expected the store that the run was begun with')
    const worker = start(['worker', ...queue, '--until-empty'])
    expect(await coordinator.ended).toBe(0)
    await worker.ended
  })

  it('looks at the store itself: a worker that only says it is done is found out', async () => {
    const { embed } = place()
    const stop = new AbortController()
    const says: ShardResult = { rows: 30, found: 0, embedded: 30, quarantined: [] }
    const liar = fake(names, () => Promise.resolve(says), stop.signal)
    const coordinator = start(embed)
    expect(await coordinator.ended).toBe(3)
    stop.abort()
    await liar
    expect(coordinator.said.stdout).toContain('120 rows: 0 found in the store, 0 embedded, 0 quarantined, 0 excluded\n')
    expect(coordinator.said.stderr).toContain('the store: expected a vector of each image of the shards that are done but received none of 120 images') // prettier-ignore
  })

  it('names a shard that fails each time, keeps the others, and ends with 3', { timeout: 60_000 }, async () => {
    const { embed, store } = place()
    for (const shard of ['2/4', '3/4', '4/4']) expect(probity(['embed', ...evidence, '--store', store, '--shard', shard]).status).toBe(0) // prettier-ignore
    const stop = new AbortController()
    let tries = 0
    const failing = fake(names, () => Promise.reject(new Error(`the disk failed (${++tries})`)), stop.signal)
    const coordinator = start(embed)
    expect(await coordinator.ended).toBe(3)
    stop.abort()
    await failing
    expect(coordinator.said.stdout).toMatch(/^120 rows: 90 found in the store, 0 embedded, 0 quarantined, 0 excluded$/m)
    expect(coordinator.said.stdout).toContain('Shards: 1 of 4 handed out, 1 failed\n')
    expect(coordinator.said.stderr).toContain('shard 1 of 4: expected a vector of each of its images but received 3 failed attempts, the last: the disk failed (3). The other shards are kept') // prettier-ignore
  })

  it('prints the password nowhere', async () => {
    const { embed, queue, store } = place()
    const said: string[] = []
    const coordinator = start(embed)
    await coordinator.says(/120 to read/)
    await setTimeout(500)
    coordinator.child.kill('SIGINT')
    await coordinator.ended
    said.push(coordinator.said.stdout, coordinator.said.stderr)
    const port = await freePort()
    const nobody = `redis://:${PASSWORD}@127.0.0.1:${port}`
    for (const args of [
      ['worker', '--queue', nobody, '--debug'],
      ['worker', '--queue', `redis://:${PASSWORD}@[`],
      ['worker', '--queue', `redis://:${PASSWORD}-not@127.0.0.1:${redis.port}`, '--debug'],
      ['worker', '--queue', `redis://nobody:${PASSWORD}@127.0.0.1:${redis.port}`],
    ]) {
      const { status, stdout, stderr } = probity(args)
      expect([2, 3]).toContain(status)
      said.push(stdout, stderr)
    }
    const out = join(run.folder, `out-${names}`)
    const audit = probity(['audit', ...run.evidence, '--label-set', 'clip-paper', '--store', store, '--out', out])
    expect(audit.status).not.toBe(2)
    expect(said.join('\n')).not.toContain(PASSWORD)
    expect(said[1]).toContain(`redis://***@127.0.0.1:${redis.port}`)
    expect(queue.join(' ')).toContain(PASSWORD) // that it was there to be printed
  })

  it('ends with 3 in bounded time where no server answers, and with 2 where it lets nobody in', async () => {
    const port = await freePort()
    const nobody = probity(['embed', ...evidence, '--queue', `redis://127.0.0.1:${port}`])
    expect([nobody.status, nobody.stderr]).toEqual([3, `redis://127.0.0.1:${port}: expected an answer from Redis but received none within 10 seconds (ECONNREFUSED). Check that redis-server runs there and that this machine may reach it, then run it again\n`]) // prettier-ignore
    const refused = probity(['embed', ...evidence, '--queue', `redis://127.0.0.1:${redis.port}`])
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('a refusal of this user and password')]) // prettier-ignore
    const named = ['worker', '--until-empty', '--queue', `redis://127.0.0.1:${redis.port}`]
    expect(probity(named, { env: { ...testEnvironment(), PROBITY_QUEUE_PASSWORD: PASSWORD } }).status).toBe(0)
  })
})
