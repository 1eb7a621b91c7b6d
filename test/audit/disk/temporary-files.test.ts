import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import * as fileSystem from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryEnding } from '../../../src/audit/disk/temporary-files.js'
import { removeLeftovers } from '../../../src/audit/disk/leftovers.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probity-leftovers-'))
})

const make = (name: string): string => {
  writeFileSync(join(folder, name), '')
  return name
}
const age = (name: string, seconds: number): void => {
  const then = Date.now() / 1_000 - seconds
  utimesSync(join(folder, name), then, then)
}
const left = async (): Promise<string[]> => {
  await removeLeftovers(fileSystem, folder)
  return readdirSync(folder).sort()
}
const endingOf = (place: string, pid: number): string => `.probity-${place}-${pid}.tmp`
const here = (): string => /-([0-9a-f]{8})-/.exec(temporaryEnding())?.[1] ?? ''

describe('temporary files', () => {
  it('of a process that has ended go; those of one that runs, and other files, stay', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0'])
    make(`.a${endingOf(here(), pid)}`)
    const staying = [make(`.a${temporaryEnding()}`), make('a.tmp'), make('probity')]
    for (const name of staying) age(name, 86_400)
    expect(await left()).toEqual(staying.sort())
  })

  it('of another machine or container stay while they are young, whatever number their process had', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0'])
    const [young, old] = [make(`.young${endingOf('0123abcd', pid)}`), make(`.old${endingOf('0123abcd', pid)}`)]
    age(young, 600)
    age(old, 7_200)
    expect(await left()).toEqual([young])
  })
})

const canUnshare =
  process.platform === 'linux' && spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0

describe.skipIf(!canUnshare)('two containers whose machine has one name (needs unshare)', () => {
  it('do not call their temporary files the same', () => {
    const source = `import { temporaryEnding } from ${JSON.stringify(join(import.meta.dirname, '../../../dist/audit/disk/temporary-files.js'))}
      console.log(temporaryEnding())`
    const other = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', process.execPath, '--input-type=module', '-e', source], { encoding: 'utf8' }) // prettier-ignore
    expect([other.stderr, hostname()]).toEqual(['', hostname()])
    expect(other.stdout).toMatch(/^\.probity-[0-9a-f]{8}-1\.tmp\n$/)
    expect(other.stdout).not.toContain(here())
  })

  it('leave each other alone', () => {
    const name = make(`.audit.json${temporaryEnding()}`)
    const source = `import { prepareFolder } from ${JSON.stringify(join(import.meta.dirname, '../../../dist/audit/prepare-folder.js'))}
      await prepareFolder(${JSON.stringify(folder)})`
    const other = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', process.execPath, '--input-type=module', '-e', source], { encoding: 'utf8' }) // prettier-ignore
    expect([other.status, other.stderr]).toEqual([0, ''])
    expect(existsSync(join(folder, name))).toBe(true)
  })
})
