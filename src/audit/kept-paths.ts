import { dirname, join } from 'node:path'
import type { Facts } from './types/facts.js'

/** Where an audit keeps the decisions of one evidence, and the images they are about: in its folder, or beside a file of decisions that is
 *  named. Says nothing of whether the files are there. */
export function keptPaths(
  folder: string,
  { evidence }: Pick<Facts, 'evidence'>,
  wanted: { readonly evidence: string; readonly decisions: string | null },
): { decisions: string; images: string } {
  const name = evidence.length > 1 ? `decisions-${wanted.evidence}.csv` : 'decisions.csv'
  const decisions = wanted.decisions ?? join(folder, name)
  return { decisions, images: join(dirname(decisions), 'images.csv') }
}
