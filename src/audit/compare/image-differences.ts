import type { AuditDifference } from '../types/audit-comparison.js'
import type { Facts } from '../types/facts.js'
import { differing } from './differing.js'
import { shortHash } from './short-hash.js'

/** By content and by what was left out: a label file with another name, or images that could not be read, make no other images. */
export function imageDifferences(first: Facts, second: Facts): AuditDifference[] {
  const contentOf = (facts: Facts): string => {
    const { manifestSha256, rows, duplicates } = facts.dataset
    // where no image was opened the manifest is that of the label file, whichever of its rows were used
    return JSON.stringify([manifestSha256, rows.in, rows.excluded, duplicates === null ? leftOut(facts) : null])
  }
  if (contentOf(first) === contentOf(second)) return []
  return [
    { kind: 'dataset', name: 'images', first: describeImages(first), second: describeImages(second) },
    ...differing('dataset', 'rows left out', [leftOut(first), leftOut(second)]),
  ]
}

/** Rows that a filter left out, by filter: "where race=Black: 500"; null where there is none. */
function leftOut({ dataset: { cells } }: Facts): string | null {
  const counts = new Map<string, number>()
  for (const [reason, images] of cells.flatMap(({ excluded }) => excluded))
    counts.set(inOrder(reason), (counts.get(inOrder(reason)) ?? 0) + images)
  const written = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, images]) => `${reason}: ${images}`)
  return written.length === 0 ? null : written.join('; ')
}

function describeImages({ dataset }: Facts): string {
  return `${dataset.id}, ${dataset.rows.processed} of ${dataset.rows.in} rows used (${shortHash(dataset.manifestSha256)})`
}

/** "where race=White,Black" and "where race=Black,White" leave out the same rows. */
function inOrder(reason: string): string {
  const at = reason.indexOf('=')
  return at < 0
    ? reason
    : `${reason.slice(0, at)}=${reason
        .slice(at + 1)
        .split(',')
        .sort()
        .join(',')}`
}
