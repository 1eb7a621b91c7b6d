import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as fileSystem from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeFileWhole } from '../../../src/audit/audit-file/write-file-whole.js'
import { FileExchange } from '../../../src/audit/audit-file/file-exchange.js'
import type { FolderFiles } from '../../../src/audit/audit-file/replace-together.js'
import { replaceTogether } from '../../../src/audit/audit-file/replace-together.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probity-results-'))
  for (const name of ['audit.json', 'decisions.csv', 'mine.txt']) writeFileSync(join(folder, name), 'earlier')
})

const isEarlier = (name: string): boolean => name.endsWith('.csv')
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8')

const writeTwo = async (staging: string): Promise<string[]> => {
  for (const name of ['audit.json', 'report.html']) await writeFileWhole(join(staging, name), 'new')
  return ['audit.json', 'report.html'].map((name) => join(staging, name))
}

describe('results that belong together', () => {
  it('take the places of the earlier ones, which go where there is none, and nothing else goes', async () => {
    const write = async (staging: string): Promise<string[]> => {
      for (const name of ['audit.json', 'report.html']) await writeFileWhole(join(staging, name), 'new')
      return ['report.html', 'audit.json'].map((name) => join(staging, name))
    }
    expect(await replaceTogether(folder, write, isEarlier)).toEqual([join(folder, 'report.html'), join(folder, 'audit.json')]) // prettier-ignore
    expect(readdirSync(folder).sort()).toEqual(['audit.json', 'mine.txt', 'report.html'])
    expect([textOf('audit.json'), textOf('mine.txt')]).toEqual(['new', 'earlier'])
  })

  it('leave the earlier ones as they are where a folder has the name of one of them, which is named', async () => {
    mkdirSync(join(folder, 'report.html'))
    const refused = await replaceTogether(folder, writeTwo, isEarlier).catch((reason: unknown) => reason)
    expect(refused).toMatchObject({ code: 'EISDIR', path: join(folder, 'report.html') })
    expect(readdirSync(folder).sort()).toEqual(['audit.json', 'decisions.csv', 'mine.txt', 'report.html'])
    expect(['audit.json', 'decisions.csv'].map(textOf)).toEqual(['earlier', 'earlier'])
  })

  it('are copied aside on a disk that gives a file no second name', async () => {
    const link = (): Promise<never> => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' }))
    const rm: typeof fileSystem.rm = (path, options) =>
      String(path).endsWith('decisions.csv')
        ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO', path }))
        : fileSystem.rm(path, options)
    await expect(replaceTogether(folder, writeTwo, isEarlier, { ...fileSystem, link, rm })).rejects.toMatchObject({ code: 'EIO' }) // prettier-ignore
    expect(['audit.json', 'decisions.csv'].map(textOf)).toEqual(['earlier', 'earlier'])
    await replaceTogether(folder, writeTwo, isEarlier, { ...fileSystem, link })
    expect(readdirSync(folder).sort()).toEqual(['audit.json', 'mine.txt', 'report.html'])
  })

  it('are all the earlier ones or all the new where the process is stopped at any step', async () => {
    const names = ['audit.json', 'report.html']
    const seen = new Set<string>()
    for (let nth = 1; nth <= 12; nth++) {
      const place = join(folder, String(nth))
      const [staging, aside] = [join(place, 'staging'), join(place, 'staging', 'aside')]
      mkdirSync(staging, { recursive: true })
      for (const name of ['audit.json', 'images.csv']) writeFileSync(join(place, name), 'earlier')
      for (const name of names) writeFileSync(join(staging, name), 'new')
      let calls = 0
      const isLate = nth % 2 === 0 // before the step is done, or right after it
      const stopping =
        <Args extends unknown[]>(step: (...args: Args) => Promise<unknown>) =>
        async (...args: Args) => {
          if (++calls !== Math.ceil(nth / 2)) return step(...args)
          if (isLate) await step(...args)
          exchange.atExit()
          throw new Error('stopped')
        }
      const files = {
        ...fileSystem,
        link: stopping(fileSystem.link),
        rename: stopping(fileSystem.rename),
        rm: stopping(fileSystem.rm),
      } as FolderFiles
      const exchange = new FileExchange(files, { folder: place, staging, aside }, names, ['images.csv'])
      let isStopped = false
      let found = ''
      const atExit = exchange.atExit.bind(exchange)
      exchange.atExit = () => {
        atExit()
        isStopped = true
        found = readdirSync(place).filter((name) => name !== 'staging').map((name) => `${name} ${readFileSync(join(place, name), 'utf8')}`).sort().join() // prettier-ignore
      }
      await exchange.carryOut().catch(() => undefined)
      if (isStopped) seen.add(found)
    }
    expect([...seen].sort()).toEqual(['audit.json earlier,images.csv earlier', 'audit.json new,report.html new'])
  })

  it('leave the earlier ones as they are, and nothing half-made, where one of them cannot be written', async () => {
    const write = async (staging: string): Promise<string[]> => {
      await writeFileWhole(join(staging, 'audit.json'), 'new')
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    }
    await expect(replaceTogether(folder, write, isEarlier)).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(readdirSync(folder).sort()).toEqual(['audit.json', 'decisions.csv', 'mine.txt'])
    expect(['audit.json', 'decisions.csv'].map(textOf)).toEqual(['earlier', 'earlier'])
  })
})
