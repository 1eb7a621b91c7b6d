import { spawn, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listSpaces } from '../../src/audit/store/list-spaces.js'
import { countWhole, keyOf, openSpace, SPACE, vectorOf } from '../audit/store/store-fixture.js'
import { embedRoom, endProcess, keysTo, tortureFolder } from './store-room.js'
import { settle, TORTURE_SEED, upTo } from './torture.js'

const WORKER = join(import.meta.dirname, 'store-worker.mjs')
// as root, or as root of a user namespace of its own where that is allowed
const asRoot = [[], ['-r']].find((more) => spawnSync('unshare', [...more, '-u', '-m', 'true']).status === 0)
const canUnshare = asRoot !== undefined

type Said = { from: number; to: number; wrong: number; lost: number; isKept: boolean; notices: string[] }

let home: string
let store: string
beforeEach(() => {
  home = tortureFolder()
  store = join(home, 'store')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** Runs a process again and again until the time is over; it may kill itself at any moment. `host` gives it a machine name of its own. */
async function work(seed: number, endMs: number, mode: 'dies' | 'lives', host?: string): Promise<Said[]> {
  const said: Said[] = []
  for (let life = 0; Date.now() < endMs; life++) {
    const args = [process.execPath, WORKER, store, SPACE, String(seed * 1_000 + life), String(endMs), mode]
    const [command, ...rest] = host === undefined ? args : ['unshare', ...(asRoot ?? []), '-u', 'sh', '-c', `hostname ${host} && exec "$@"`, 'sh', ...args] // prettier-ignore
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (data: Buffer) => (text += data.toString()))
    const ended = await new Promise<string | number | null>((resolve) => child.on('close', (code, signal) => resolve(signal ?? code))) // prettier-ignore
    expect(mode === 'dies' ? ['SIGKILL', 0] : [0]).toContain(ended)
    said.push(...text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Said)) // prettier-ignore
  }
  return said
}

/** Holds what all of them said against the store as it is in the end. */
async function sumOf(said: readonly Said[]): Promise<{ tried: number; lost: number; wrong: number; twice: number }> {
  const kept = new Set(said.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)))
  const images = [...kept]
  const space = await openSpace(join(store, 'spaces', SPACE))
  let wrong = said.reduce((sum, each) => sum + each.wrong + (each.isKept ? 0 : 1), 0)
  const missing = await space.read(images.map(keyOf), (index, vector) => {
    if (!vectorOf(images[index]).every((value, place) => vector[place] === value)) wrong++
  })
  const [{ vectors }] = await listSpaces(store)
  const lost = missing.length + said.reduce((sum, each) => sum + each.lost, 0)
  return { tried: said.length, lost, wrong, twice: vectors - space.size() }
}

describe('several processes on one store', () => {
  it('of one machine, two of which die with the lock in their hands: none is lost, and hardly any is made twice', async () => {
    const endMs = Date.now() + upTo(5, 180)
    const modes = ['dies', 'lives', 'dies'] as const
    const said = (await Promise.all(modes.map((mode, index) => work(TORTURE_SEED + index, endMs, mode)))).flat()
    endProcess(store)
    const { twice, ...sum } = await sumOf(said)
    settle({ where: 'store', fault: 'three processes on one store, two of which die at random moments: runs that ended', ...sum }) // prettier-ignore
    expect(twice).toBeLessThan(said.length) // two that take over the same lock at once write beside each other
  })

  it.skipIf(!canUnshare)(
    'of two machines that share the folder: each writes beside the other (needs unshare)',
    async () => {
      const endMs = Date.now() + upTo(5, 60)
      const said = (await Promise.all([work(TORTURE_SEED + 7, endMs, 'lives'), work(TORTURE_SEED + 8, endMs, 'lives', 'probity-other')])).flat() // prettier-ignore
      const { tried, lost, wrong } = await sumOf(said)
      settle({ where: 'store', fault: 'two machines (names of their own) on one folder, without waiting: runs that ended', tried, lost, wrong }) // prettier-ignore
      expect(said.some(({ notices }) => notices.includes('own-segment'))).toBe(true)
    },
  )
})

it.skipIf(!canUnshare)(
  'a store on a read-only file system serves what it has, and keeps the rest in memory (needs unshare)',
  async () => {
    await embedRoom(store, 8)
    const script = `set -e; mkdir "$1/mount"; mount -t tmpfs -o size=8m none "$1/mount"; cp -r "$2" "$1/mount/store"; mount -o remount,ro "$1/mount"; shift 2; exec "$@"`
    const args = [process.execPath, WORKER, join(home, 'mount', 'store'), SPACE, '1', '0', 'once']
    const { status, stdout, stderr } = spawnSync('unshare', [...(asRoot ?? []), '-m', 'sh', '-c', script, 'sh', home, store, ...args], { encoding: 'utf8' }) // prettier-ignore
    expect([status, stderr]).toEqual([0, ''])
    const said = JSON.parse(stdout) as Said
    expect(said).toMatchObject({ isKept: false, notices: ['not-writable'] })
    const whole = await countWhole(await openSpace(join(store, 'spaces', SPACE)), 8)
    settle({
      where: 'store',
      fault: 'a store on a file system that was mounted read-only',
      tried: keysTo(24).length,
      lost: said.lost + 8 - whole,
      wrong: said.wrong,
    })
  },
)
