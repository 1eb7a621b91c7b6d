import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import { replaceTogether } from '../../src/audit/audit-file/replace-together.js'
import { writeFileWhole } from '../../src/audit/audit-file/write-file-whole.js'
import { FAULTS, plant } from './faulty-files.js'
import { tortureFolder } from './store-room.js'
import { settle } from './torture.js'

const NAMES = ['audit.json', 'report.html', 'report.md', 'quarantine.csv']
const OLD = 'earlier '.repeat(1_000)
const NEW = 'newer '.repeat(2_000)

const home = tortureFolder()
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe.each(FAULTS)('results over those of an earlier run, with each file call in turn going wrong: %s', (fault) => {
  it('are each whole, the earlier or the new, and said to be new only when all are', async () => {
    const sum = { tried: 0, lost: 0, wrong: 0 }
    for (const lasts of [false, true]) {
      for (let nth = 1; ; nth++) {
        const folder = join(home, 'run')
        rmSync(folder, { recursive: true, force: true })
        mkdirSync(folder)
        for (const name of NAMES) writeFileSync(join(folder, name), OLD)
        const planted = plant({ fault, nth, lasts })
        let isMoved = false
        const write = async (staging: string): Promise<string[]> => {
          const paths = NAMES.map((name) => join(staging, name))
          for (const path of paths)
            await writeFileWhole(path, ['newer '.repeat(1_000), 'newer '.repeat(1_000)], planted.files)
          isMoved = planted.felt() === 0
          return paths
        }
        const error: unknown = await replaceTogether(folder, write, () => false, planted.files).then(() => null, (reason: unknown) => reason) // prettier-ignore
        if (planted.felt() === 0) break
        const texts = NAMES.map((name) => readText(join(folder, name)))
        const isNew = texts.every((text) => text === NEW)
        sum.tried++
        sum.lost += texts.filter((text) => text !== OLD && text !== NEW).length
        if (error === null && !isNew) sum.wrong++
        if (error !== null && !isMoved && texts.some((text) => text !== OLD)) sum.wrong++ // a disk that is full while they are made
        if (!lasts && planted.first().startsWith('handle.') && readdirSync(folder).length > NAMES.length) sum.wrong++ // half-made
      }
    }
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

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
