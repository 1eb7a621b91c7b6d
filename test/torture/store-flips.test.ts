import { appendFileSync, cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/audit/statistics/random.js'
import { listSpaces } from '../../src/audit/store/list-spaces.js'
import { verifySpace } from '../../src/audit/store/verify-space.js'
import { embedRoom, filesOfRoom, lookInto, openRoom, tortureFolder } from './store-room.js'
import { settle, TORTURE_SEED, tries } from './torture.js'

const IMAGES = 24

const home = tortureFolder()
const folder = join(home, 'store')
const good = join(home, 'good')
const contents = new Map<string, Buffer>()
beforeAll(async () => {
  await embedRoom(folder, 10)
  await embedRoom(folder, IMAGES)
  cpSync(folder, good, { recursive: true })
  for (const file of filesOfRoom(folder)) contents.set(file, readFileSync(file))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

type Below = (limit: number) => number
type Sum = { tried: number; lost: number; wrong: number; felt: number }

/** Damages one file at a time and looks at the store: each vector is the right one or none, what is none is found by `store verify`, and a
 *  run makes it again. */
async function damage(
  stream: string,
  times: number,
  spoil: (file: string, bytes: Buffer, below: Below) => void,
): Promise<Sum> {
  // prettier-ignore
  const { below } = createRandom(TORTURE_SEED, stream)
  const files = [...contents.keys()]
  const sum: Sum = { tried: 0, lost: 0, wrong: 0, felt: 0 }
  for (; sum.tried < times; sum.tried++) {
    const file = files[below(files.length)]
    const bytes = Buffer.from(contents.get(file) ?? '')
    spoil(file, bytes, below)
    const found = await lookInto(folder, IMAGES)
    const isHarmed = found.whole.size < IMAGES
    if (isHarmed || found.noted.size < IMAGES) sum.felt++
    sum.wrong += found.wrong + (isHarmed && (await isCalledWhole()) ? 1 : 0)
    if (stream === 'everywhere' || sum.tried % 10 === 0) {
      await embedRoom(folder, IMAGES)
      const again = await lookInto(folder, IMAGES)
      sum.lost += IMAGES - again.whole.size
      sum.wrong += again.wrong
      rmSync(folder, { recursive: true, force: true })
      cpSync(good, folder, { recursive: true })
    } else writeFileSync(file, contents.get(file) ?? '')
  }
  rmSync(folder, { recursive: true, force: true })
  cpSync(good, folder, { recursive: true })
  return sum
}

async function isCalledWhole(): Promise<boolean> {
  for (const space of await listSpaces(folder)) {
    const { notices } = await verifySpace(space)
    if (space.description === null || notices.length > 0) return false
  }
  return true
}

describe('a store whose files are damaged', () => {
  it('by 1 to 64 flipped bits', async () => {
    const { felt, ...sum } = await damage('bit flips', tries(400, 10_000), (file, bytes, below) => {
      for (let flips = 1 + below(64); flips > 0; flips--) bytes[below(bytes.length)] ^= 1 << below(8)
      writeFileSync(file, bytes)
    })
    settle({ where: 'store', fault: '1 to 64 random bits of one file flipped (vectors, keys, manifest, hashes of files)', ...sum }) // prettier-ignore
    expect(felt).toBeGreaterThan(sum.tried / 3) // most bytes are entries and vectors
  })

  it('by a cut, or by bytes behind the end', async () => {
    const { felt, ...sum } = await damage('cuts', tries(200, 5_000), (file, bytes, below) => {
      if (below(4) === 0) appendFileSync(file, Buffer.alloc(1 + below(200), below(256)))
      else truncateSync(file, below(bytes.length))
    })
    settle({ where: 'store', fault: 'one file cut at a random byte, or random bytes behind its end', ...sum })
    expect(felt).toBeGreaterThan(sum.tried / 4)
  })

  it('in every file at once, by a byte or a sector of zeros', async () => {
    const { felt, ...sum } = await damage('everywhere', tries(60, 2_000), (_, __, below) => {
      for (const [file, whole] of contents) {
        const bytes = Buffer.from(whole)
        const at = below(bytes.length)
        if (below(2) === 0) bytes[at] ^= 0xff
        else bytes.fill(0, at, Math.min(at + 512, bytes.length))
        writeFileSync(file, bytes)
      }
    })
    settle({ where: 'store', fault: 'a byte or 512 bytes of zeros in every file at once', ...sum })
    expect(felt).toBe(sum.tried)
  })

  it('is opened as it was when it is put back', async () => {
    expect([(await lookInto(folder, IMAGES)).whole.size, (await openRoom(folder)).notices]).toEqual([IMAGES, []])
  })
})
