import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceFile } from '../../types/dataset.js'
import { joinedSha256, sha256Of } from './container-file.js'

/** What the integers of a WebDataset stand for, by the `classnames.txt` beside it. */
export type ClassList = {
  /** In the order of the lines; of an objective only where lines are `objective:text`, as in DataComp's fairness sets. */
  readonly namesOf: (objective: string | null) => readonly string[] | null
  readonly objectives: readonly string[]
  readonly source: SourceFile | null
}

const FILE = 'classnames.txt'
const NO_LIST: ClassList = { namesOf: () => null, objectives: [], source: null }

/** Reads the list in the first of these folders that has one. Source: LAION-AI/CLIP_benchmark, mlfoundations/datacomp. */
export async function readClassList(folders: readonly string[]): Promise<ClassList> {
  for (const folder of folders) {
    const text = await readFile(join(folder, FILE), 'utf8').catch(() => null)
    if (text === null) continue
    const lines = text.replace(/^\ufeff/, '').split(/\r?\n/).filter((line) => line !== '') // prettier-ignore
    const source = {
      file: FILE,
      sha256: joinedSha256([{ sha256: await sha256Of(join(folder, FILE)) }]),
      rows: lines.length,
    }
    return { ...listOf(lines), source }
  }
  return NO_LIST
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
