import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { systemError, watchedFiles } from './faulty-files.js'
import { countWhole, noWait, openSpace, records, SETTINGS, store, temporaryStore } from './store-fixture.js'

const IMAGES = 24

describe('whatever happens to the files of a space, no vector but the right one is given out', () => {
  let good: string
  let folder: string
  beforeAll(async () => {
    const root = temporaryStore()
    good = join(root, 'good')
    folder = join(root, 'damaged')
    await store(good, 0, 16)
    await store(good, 16, IMAGES)
  })

  const reset = (): string[] => {
    rmSync(folder, { recursive: true, force: true })
    cpSync(good, folder, { recursive: true })
    return readdirSync(folder).map((name) => join(folder, name))
  }

  it('600 times, with 1 to 64 flipped bits in one of the files', async () => {
    const random = createRandom(1, 'bit flips')
    let harmed = 0
    for (let run = 0; run < 600; run++) {
      const files = reset()
      const file = files[random.below(files.length)]
      const bytes = readFileSync(file)
      for (let flips = 1 + random.below(64); flips > 0; flips--) {
        bytes[random.below(bytes.length)] ^= 1 << random.below(8)
      }
      writeFileSync(file, bytes)
      if ((await countWhole(await openSpace(folder), IMAGES)) < IMAGES) harmed++ // throws on a wrong vector
    }
    expect(harmed).toBeGreaterThan(300) // the faults were felt: most bytes are entries and vectors
  })

  it('300 times, cut at a random byte or with random bytes behind the end', async () => {
    const random = createRandom(1, 'cuts')
    for (let run = 0; run < 300; run++) {
      const files = reset()
      const file = files[random.below(files.length)]
      const length = readFileSync(file).length
      if (random.below(4) === 0) appendFileSync(file, Buffer.alloc(1 + random.below(200), random.below(256)))
      else truncateSync(file, random.below(length))
      await countWhole(await openSpace(folder), IMAGES)
    }
  })

  it('and what was lost is stored again, beside the damage', async () => {
    const random = createRandom(1, 'repairs')
    for (let run = 0; run < 50; run++) {
      for (const file of reset()) {
        const bytes = readFileSync(file)
        bytes[random.below(bytes.length)] ^= 0xff
        writeFileSync(file, bytes)
      }
      const space = await openSpace(folder)
      await countWhole(space, IMAGES)
      await space.startWriting(SETTINGS, { onWait: noWait })
      await space.append(records(0, IMAGES).filter(({ key }) => !space.has(key)))
      await space.finishWriting()
      expect(await countWhole(await openSpace(folder), IMAGES)).toBe(IMAGES)
    }
  })
})

type Write = { path: string; position: number | null; bytes: Buffer }

describe('a machine that stops while vectors are written', () => {
  it('in 400 ways: some writes lost, others out of order, one torn; never a wrong vector', async () => {
    const folder = join(temporaryStore(), 'space')
    const log: Write[] = []
    const files = watchedFiles((call, { path, bytes, position }) => {
      if (bytes !== undefined) log.push({ path: relative(folder, path), position: position ?? null, bytes: Buffer.from(bytes) })
      else if (call === 'open' && /\.(keys|f32)$/.test(path)) log.push({ path: relative(folder, path), position: 0, bytes: Buffer.alloc(0) }) // prettier-ignore
    })
    await store(folder, 0, 12, { files })
    await store(folder, 12, IMAGES, { files })
    const random = createRandom(1, 'power loss')
    const replay = join(temporaryStore(), 'space')
    let survivors = 0
    for (let run = 0; run < 400; run++) {
      rmSync(replay, { recursive: true, force: true })
      mkdirSync(replay)
      const prefix = random.below(log.length + 1)
      const survived = log.filter((_, index) => index < prefix || random.below(2) === 0)
      survived.forEach((write, index) =>
        apply(replay, write, index === survived.length - 1 ? random.below(3) : 0, random.below),
      )
      survivors += await countWhole(await openSpace(replay), IMAGES)
    }
    expect(survivors / (400 * IMAGES)).toBeGreaterThan(0.3) // half of what was not synced is there, and all of what was before
  })
})

/** Tear 0: whole; 1: cut short; 2: the rest is zeros. */
function apply(folder: string, { path, position, bytes }: Write, tear: number, below: (limit: number) => number): void {
  const file = join(folder, path.replace(/\.[\w-]+\.tmp$/, ''))
  const kept = below(bytes.length + 1)
  const written = tear === 0 ? bytes : tear === 1 ? bytes.subarray(0, kept) : Buffer.concat([bytes.subarray(0, kept), Buffer.alloc(bytes.length - kept)]) // prettier-ignore
  if (position === null) return writeFileSync(file, written)
  let old = Buffer.alloc(0)
  try {
    old = readFileSync(file)
  } catch {
    // it did not get as far as this file
  }
  const grown = Buffer.alloc(Math.max(old.length, position + written.length))
  old.copy(grown)
  written.copy(grown, position)
  writeFileSync(file, grown)
}

describe('a file call that fails', () => {
  it.each(['EIO', 'ENOSPC', 'EACCES'])(
    '%s, each call in turn: reported or survived, and resumed without a wrong vector',
    async (code) => {
      let wasFelt = 0
      for (let nth = 1; ; nth++) {
        const folder = join(temporaryStore(), 'space')
        await store(folder, 0, 4)
        let calls = 0
        const files = watchedFiles((call) => {
          if (call !== 'handle.close' && ++calls === nth) throw systemError(code) // a file that does not close stays open in this process
        })
        const failure = await store(folder, 4, 12, { files }).then(
          () => null,
          (error: unknown) => (error as { code: string }).code,
        )
        if (failure !== null) expect(failure).toBe(code)
        if (failure !== null) wasFelt++
        const before = await countWhole(await openSpace(folder), 12)
        expect(before).toBeGreaterThanOrEqual(4)
        rmSync(join(folder, 'lock'), { force: true }) // held by this very process, which in truth would have ended
        const next = await openSpace(folder)
        await next.startWriting(SETTINGS, { onWait: noWait })
        await next.append(records(0, 12).filter(({ key }) => !next.has(key)))
        await next.finishWriting()
        expect(await countWhole(await openSpace(folder), 12)).toBe(12)
        if (calls < nth) break
      }
      expect(wasFelt).toBeGreaterThan(5)
    },
  )
})
