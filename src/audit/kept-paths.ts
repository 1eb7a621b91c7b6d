import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Facts } from './types/facts.js'

/** Where an audit keeps the decisions of one evidence, and the images they are about: in its folder, or beside a file of decisions that is
 *  named. Says nothing of whether the files are there: of the formats that decisions are kept in it takes one that is, else CSV. */
export function keptPaths(
  folder: string,
  { evidence }: Pick<Facts, 'evidence'>,
  wanted: { readonly evidence: string; readonly decisions: string | null },
): { decisions: string; images: string } {
  const name = evidence.length > 1 ? `decisions-${wanted.evidence}` : 'decisions'
  const inFolder = ['csv', 'jsonl', 'parquet'].map((ending) => join(folder, `${name}.${ending}`))
  const decisions = wanted.decisions ?? inFolder.find((file) => existsSync(file)) ?? inFolder[0]
  return { decisions, images: join(dirname(decisions), 'images.csv') }
}
