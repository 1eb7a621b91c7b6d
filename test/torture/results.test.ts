import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import { replaceTogether } from '../../src/audit/audit-file/replace-together.js'
import { DefinitionError } from '../../src/audit/errors.js'
import { writeFileWhole } from '../../src/audit/audit-file/write-file-whole.js'
import { FAULTS, plant } from './faulty-files.js'
import { tortureFolder } from './store-room.js'
import { settle, tell } from './torture.js'

const STALE = 'images.csv' // of the earlier run alone
const NAMES = ['audit.json', 'report.html', 'report.md', 'quarantine.csv']
const OLD = 'earlier '.repeat(1_000)
const NEW = 'newer '.repeat(2_000)

const home = tortureFolder()
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe.each(FAULTS)('results over those of an earlier run, with each file call in turn going wrong: %s', (fault) => {
  it('are all the earlier ones or all the new, and said to be new only when they are', async () => {
    const sum = { tried: 0, lost: 0, wrong: 0 }
    let mixed = 0
    for (const lasts of [false, true]) {
      for (let nth = 1; ; nth++) {
        const folder = join(home, 'run')
        rmSync(folder, { recursive: true, force: true })
        mkdirSync(folder)
        for (const name of [...NAMES, STALE]) writeFileSync(join(folder, name), OLD)
        const planted = plant({ fault, nth, lasts })
        const write = async (staging: string): Promise<string[]> => {
          const paths = NAMES.map((name) => join(staging, name))
          for (const path of paths)
            await writeFileWhole(path, ['newer '.repeat(1_000), 'newer '.repeat(1_000)], planted.files)
          return paths
        }
        const error: unknown = await replaceTogether(folder, write, (name) => name === STALE, planted.files).then(() => null, (reason: unknown) => reason) // prettier-ignore
        if (planted.felt() === 0) break
        const texts = NAMES.map((name) => readText(join(folder, name)))
        const isNew = texts.every((text) => text === NEW) && !existsSync(join(folder, STALE))
        const isOld = [...texts, readText(join(folder, STALE))].every((text) => text === OLD)
        const isSaidMixed = error instanceof DefinitionError && error.code === 'out.mixed'
        sum.tried++
        sum.lost += texts.filter((text) => text !== OLD && text !== NEW).length
        if (error === null && !isNew) sum.wrong++
        if (error !== null && !isOld && !isNew) {
          // a disk that takes nothing any more does not take back either: that is said, and the earlier ones are kept
          if (lasts && isSaidMixed && keptOf(folder).every((text) => text === OLD)) mixed++
          else sum.wrong++
        }
        if (isSaidMixed && !lasts) sum.wrong++
        if (error !== null && !isSaidMixed && /\.results\./.test(String((error as NodeJS.ErrnoException).path)))
          sum.wrong++ // a folder nobody knows
        if (!lasts && planted.first().startsWith('handle.') && readdirSync(folder).length > NAMES.length + 1)
          sum.wrong++ // half-made
      }
    }
    tell({ fault, mixed })
    settle({ where: 'run', fault: `writing results: each file call in turn: ${SAID[fault]}`, ...sum })
  })
})

const SAID = {
  EIO: 'EIO, half done',
  ENOSPC: 'ENOSPC, half done',
  EACCES: 'EACCES',
  late: 'done, but EIO',
  short: 'half of it written, then ENOSPC',
} as const

/** What a run that could put nothing back kept of the earlier files, those that are missing from their place or replaced there. */
function keptOf(folder: string): string[] {
  const [staging] = readdirSync(folder).filter((name) => name.startsWith('.results.'))
  const aside = join(folder, staging, '.earlier')
  return [...NAMES, STALE]
    .filter((name) => readText(join(folder, name)) !== OLD)
    .map((name) => readText(join(aside, name)))
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
