import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetError } from '../../errors.js'
import type { SourceFile } from '../../types/dataset.js'

/** What the integers of a WebDataset stand for, by the `classnames.txt` beside it. */
export type ClassList = {
  /** In the order of the lines; of an objective only where lines are `objective:text`, as in DataComp's fairness sets. */
  readonly namesOf: (objective: string | null) => readonly string[] | null
  readonly objectives: readonly string[]
  readonly source: SourceFile | null
}

const FILE = 'classnames.txt'
const NO_LIST: ClassList = { namesOf: () => null, objectives: [], source: null }

/** Reads the list in the first of these folders that has one. Throws DatasetError for a line without a name: classes are counted by lines. Source: LAION-AI/CLIP_benchmark, mlfoundations/datacomp. */
export async function readClassList(folders: readonly string[]): Promise<ClassList> {
  for (const folder of folders) {
    const bytes = await readFile(join(folder, FILE)).catch(() => null)
    if (bytes === null) continue
    const lines = bytes.toString('utf8').replace(/^\ufeff/, '').split(/\r?\n/) // prettier-ignore
    if (lines.at(-1) === '') lines.pop() // what follows the last line end
    const blank = lines.findIndex((line) => line.trim() === '')
    if (blank >= 0) throw noName(`${join(folder, FILE)}:${blank + 1}`)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { ...listOf(lines), source: { file: FILE, sha256, rows: lines.length } }
  }
  return NO_LIST
}

function noName(at: string): DatasetError {
  const hint = 'Write a name on every line: which class a name belongs to is counted by lines, from 0'
  return new DatasetError('tar.class-list', { at, expected: 'the name of a class', received: 'an empty line', hint })
}

function listOf(lines: readonly string[]): Omit<ClassList, 'source'> {
  const pairs = lines.map((line) => /^([a-z_]+):(.+)$/.exec(line))
  if (lines.length === 0 || pairs.some((pair) => pair === null))
    return { namesOf: (objective) => (objective === null && lines.length > 0 ? lines : null), objectives: [] }
  const names = new Map<string, string[]>()
  for (const pair of pairs) {
    const [, objective, text] = pair ?? ['', '', '']
    names.set(objective, [...(names.get(objective) ?? []), text.trim()])
  }
  return { namesOf: (objective) => names.get(objective ?? '') ?? null, objectives: [...names.keys()] }
}
