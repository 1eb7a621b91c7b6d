import type { SubjectSums } from '../types/facts.js'
import type { Group } from '../types/groups.js'
import type { RateTable } from './rate-tables.js'

type Ids = { readonly inside: string; readonly outside: string; readonly total: string }

/** How many people a cell shows at least, where several images may show one person: fifty images of three people give three people away.
 *  All images of a group show a known number of people. For those inside or outside an outcome it is at least
 *  (sum of images)² / (sum of squared images of each person), by the inequality of Cauchy and Schwarz. By cell id; empty where
 *  images are taken as independent. */
export function peopleInside(
  tables: readonly RateTable[],
  idsOf: (table: RateTable, group: Group) => Ids,
): Map<string, number> {
  const people = new Map<string, number>()
  for (const table of tables) {
    table.rates.forEach(({ group, count, total }, index) => {
      const sums = table.subjectCounts?.groups[index]
      if (sums === undefined) return
      const ids = idsOf(table, group)
      people.set(ids.total, sums.subjects)
      people.set(ids.inside, atLeast(count, sums.squaredCounts))
      people.set(ids.outside, atLeast(total - count, squaredOutside(sums)))
    })
  }
  return people
}

function squaredOutside({ squaredImages, crossProducts, squaredCounts }: SubjectSums): number {
  return squaredImages - 2 * crossProducts + squaredCounts
}

function atLeast(images: number, squared: number): number {
  return squared === 0 ? 0 : (images * images) / squared
}
