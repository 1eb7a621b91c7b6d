import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeFileWhole } from '../../../src/audit/audit-file/write-file-whole.js'
import { replaceTogether } from '../../../src/audit/audit-file/replace-together.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probity-results-'))
  for (const name of ['audit.json', 'decisions.csv', 'mine.txt']) writeFileSync(join(folder, name), 'earlier')
})

const isEarlier = (name: string): boolean => name.endsWith('.csv')
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8')

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
