import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listSpaces } from '../../src/audit/store/list-spaces.js'
import { openStore } from '../../src/audit/store/open-store.js'
import { purgeAll, purgeFileHashes, purgeSpace, purgeVectors } from '../../src/audit/store/purge-store.js'
import type { StoreFiles } from '../../src/audit/store/store-files.js'
import { verifySpace } from '../../src/audit/store/verify-space.js'
import { keyOf } from '../audit/store/store-fixture.js'
import { FAULTS, plant } from './faulty-files.js'
import type { Fault } from './faulty-files.js'
import { boxOf, embedRoom, endProcess, keysTo, lookInto, outcomeOf, ROOT, tortureFolder } from './store-room.js'
import { settle, TORTURE_SEED, tries } from './torture.js'

const BEFORE = 8
const AFTER = 24
const STRIDE = tries(23, 1) // the suite tries every so manieth call, from another one on with each seed

const home = tortureFolder()
const kept = join(home, 'kept') // 8 images, in two segments
const full = join(home, 'full') // 24 images
beforeAll(async () => {
  await embedRoom(kept, 4)
  await embedRoom(kept, BEFORE)
  cpSync(kept, full, { recursive: true })
  await embedRoom(full, AFTER)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

type Tried = { tried: number; lost: number; wrong: number }
/** One run over a copy of a store: what came of it, held against what should be there. */
type Check = (folder: string, ended: { error: unknown; result: unknown }) => Promise<{ lost: number; wrong: number }>
type Run = (folder: string, files: StoreFiles) => Promise<unknown>

/** Lets each call in turn go wrong, once and from then on, until a run ends untouched. */
async function eachCall(fault: Fault, from: string, run: Run, check: Check): Promise<Tried> {
  const sum: Tried = { tried: 0, lost: 0, wrong: 0 }
  const failures: unknown[] = []
  for (const lasts of [false, true]) {
    const stride = fault === 'short' ? 1 : STRIDE // few calls read or write
    for (let nth = 1 + (TORTURE_SEED % stride); ; nth += stride) {
      const folder = join(home, 'run')
      rmSync(folder, { recursive: true, force: true })
      cpSync(from, folder, { recursive: true })
      const planted = plant({ fault, nth, lasts })
      let result: unknown = null
      const { error, isHung } = await outcomeOf(run(folder, planted.files).then((value) => void (result = value)))
      if (planted.felt() === 0) break
      endProcess(folder)
      const { lost, wrong } = await check(folder, { error, result })
      const isSaid = error === null || isPlainFailure(error, fault)
      sum.tried++
      sum.lost += lost
      sum.wrong += wrong + (isHung ? 1 : 0) + (isSaid ? 0 : 1)
      if (lost + wrong > 0 || isHung || !isSaid)
        failures.push({ nth, lasts, error, isHung, lost, wrong, first: planted.first() })
    }
  }
  expect.soft(failures, fault).toEqual([]) // which call it was
  return sum
}

/** The error of the disk, with the file that it is about: what the command line prints as one line, exit code 3. */
function isPlainFailure(error: unknown, fault: Fault): boolean {
  const { code, path } = error as NodeJS.ErrnoException
  return typeof path === 'string' && code === (fault === 'late' ? 'EIO' : fault === 'short' ? 'ENOSPC' : fault)
}

function missingOf(whole: ReadonlySet<number>, count: number): number {
  return keysTo(count).filter((_, index) => !whole.has(index)).length
}

/** What was there is still there, nothing is wrong, and the same run without the fault completes. */
async function afterRun(folder: string, owed: number): Promise<{ lost: number; wrong: number }> {
  const found = await lookInto(folder, AFTER)
  await embedRoom(folder, AFTER)
  const resumed = await lookInto(folder, AFTER)
  return {
    lost: missingOf(found.whole, owed) + missingOf(found.noted, BEFORE) + missingOf(resumed.whole, AFTER),
    wrong: found.wrong + resumed.wrong,
  }
}

const SAID: Readonly<Record<Fault, string>> = {
  EIO: 'fails with EIO (a write half done)',
  ENOSPC: 'fails with ENOSPC (a write half done)',
  EACCES: 'fails with EACCES',
  late: 'is done, and fails with EIO all the same',
  short: 'that reads or writes does half of it',
}

describe.each(FAULTS)('every file call in turn, once and from then on: %s', (fault) => {
  const said = SAID[fault]

  it('while vectors and hashes of files are stored', async () => {
    const sum = await eachCall(
      fault,
      kept,
      (folder, files) => embedRoom(folder, AFTER, files),
      (folder, { error, result }) => {
        const isKept = error === null && (result as { isKept: boolean }).isKept
        return afterRun(folder, isKept ? AFTER : BEFORE)
      },
    )
    settle({ where: 'store', fault: `storing vectors and file hashes: each file call in turn ${said}`, ...sum })
  })

  it('while a store is read, and what cannot be read is made again', async () => {
    const sum = await eachCall(fault, full, (folder, files) => embedRoom(folder, AFTER, files), (folder) => afterRun(folder, AFTER)) // prettier-ignore
    settle({ where: 'store', fault: `reading vectors and file hashes: each file call in turn ${said}`, ...sum })
  })

  it('while a store is listed and verified', async () => {
    const golden = await listAndVerify(full)
    const sum = await eachCall(fault, full, listAndVerify, async (folder, { error, result }) => {
      const after = await lookInto(folder, AFTER)
      const isTrue = error !== null || isTrueOf(result as Listed, golden)
      return { lost: missingOf(after.whole, AFTER), wrong: after.wrong + (isTrue ? 0 : 1) }
    })
    settle({ where: 'store', fault: `\`store ls\` and \`store verify\`: each file call in turn ${said}`, ...sum })
  })

  it('while the vectors of some images are purged', async () => {
    const unwanted = new Set([keyOf(1), keyOf(9), keyOf(10)])
    const purge: Run = async (folder, files) => {
      const spaces = await listSpaces(folder, files)
      const { contents, fault: unread } = await openStore({ folder, files, now: () => 0, onNotice: () => undefined }).fileHashes(ROOT) // prettier-ignore
      if (unread !== null) throw unread
      const isComplete = contents().includes(boxOf(1))
      for (const space of spaces) await purgeVectors(space, unwanted, files)
      await purgeFileHashes(folder, ROOT, files)
      return { isComplete }
    }
    const check = async (folder: string): Promise<{ left: number; lost: number; wrong: number }> => {
      const { whole, wrong, noted } = await lookInto(folder, AFTER)
      const left = [1, 9, 10].filter((index) => whole.has(index)).length
      return { left: left + noted.size, lost: AFTER - 3 - (whole.size - left), wrong }
    }
    const sum = await eachCall(fault, full, purge, async (folder, { error, result }) => {
      const first = await check(folder)
      const isFalse = error === null && (first.left > 0 || !(result as { isComplete: boolean }).isComplete)
      await purge(folder, plant({ fault, nth: Infinity, lasts: false }).files)
      const again = await check(folder)
      return { lost: first.lost + again.lost, wrong: first.wrong + again.wrong + again.left + (isFalse ? 1 : 0) }
    })
    settle({ where: 'store', fault: `\`store purge --dataset\`: each file call in turn ${said}`, ...sum })
  })

  it('while a model, or everything, is purged', async () => {
    const purge: Run = async (folder, files) => {
      const spaces = await listSpaces(folder, files)
      for (const space of spaces) await purgeSpace(space, files)
      await purgeAll(folder, await listSpaces(folder, files), files)
    }
    const leftOf = (folder: string): number =>
      ['spaces', 'files'].flatMap((part) => (existsSync(join(folder, part)) ? readdirSync(join(folder, part)) : [])).length // prettier-ignore
    const sum = await eachCall(fault, full, purge, async (folder, { error }) => {
      const first = leftOf(folder)
      const { wrong } = await lookInto(folder, AFTER)
      await purge(folder, plant({ fault, nth: Infinity, lasts: false }).files)
      return { lost: 0, wrong: wrong + (error === null ? first : 0) + leftOf(folder) }
    })
    settle({ where: 'store', fault: `\`store purge --model\` and \`--all\`: each file call in turn ${said}`, ...sum })
  })
})

type Listed = Awaited<ReturnType<typeof listAndVerify>>

async function listAndVerify(folder: string, files?: StoreFiles) {
  const spaces = await listSpaces(folder, files)
  const verified = []
  for (const space of spaces) verified.push(await verifySpace(space, files))
  return verified.map(({ space: { description, vectors, segments, bytes }, whole, notices }) => ({
    listed: { vectors, segments, bytes },
    isWhole: notices.length === 0 && description !== null,
    whole,
  }))
}

/** Every count is that of the store, and it is called whole only where every vector was found to be. */
function isTrueOf(found: Listed, golden: Listed): boolean {
  return (
    found.length === golden.length &&
    found.every(({ listed, isWhole, whole }, index) => {
      const right = golden[index]
      const isSame = JSON.stringify(listed) === JSON.stringify(right.listed)
      return isSame && whole <= right.whole && (!isWhole || whole === right.whole)
    })
  )
}
