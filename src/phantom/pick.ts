import type { Random } from '../audit/statistics/random.js'
import { wholeImages } from './deal-people.js'

/** Marks a share of the rows; `kinds` names the kind of each row. */
export type Pick = (kinds: readonly string[], share: number, random: Random) => boolean[]

/** Marks each row on its own, with the share as its chance. */
export const pickBernoulli: Pick = (kinds, share, random) => kinds.map(() => random.uniform() < share)

/** Marks the share exactly within each kind of rows, to whole images; which rows they are is drawn. */
export const pickQuota: Pick = (kinds, share, random) => {
  const marked = kinds.map(() => false)
  const carry = { owed: 0 }
  for (const rows of rowsByKind(kinds).values()) {
    const images = wholeImages(share * rows.length, rows.length, carry)
    for (const row of random.shuffle(rows).slice(0, images)) marked[row] = true
  }
  return marked
}

function rowsByKind(kinds: readonly string[]): Map<string, number[]> {
  const rowsOfKind = new Map<string, number[]>()
  kinds.forEach((kind, row) => {
    const rows = rowsOfKind.get(kind)
    if (rows === undefined) rowsOfKind.set(kind, [row])
    else rows.push(row)
  })
  return rowsOfKind
}
