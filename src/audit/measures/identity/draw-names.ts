import { createRandom } from '../../statistics/random.js'
import { UNKNOWN } from '../../types/groups.js'
import type { AttributeColumn } from '../../types/dataset.js'
import type { ObserveInput } from '../measure-kind.js'

/** The people of an audit: their names in order, and whose image each dataset row is (-1: nobody's, or not processed). */
export type Named = { readonly names: readonly string[]; readonly personOfRow: Int32Array }

/** Names that occur among embedded, processed images. */
export function namedPeople(
  { values, codes }: AttributeColumn,
  { embeddings, people }: Pick<ObserveInput<'identity'>, 'embeddings' | 'people'>,
): Named {
  const rows = [...embeddings.rows].filter((row) => people.processed(row) && values[codes[row]] !== UNKNOWN)
  const present = new Set(rows.map((row) => values[codes[row]]))
  const names = [...present].sort((a, b) => (a < b ? -1 : 1))
  const personOf = new Map(names.map((name, person) => [name, person] as const))
  const personOfRow = new Int32Array(people.rows).fill(-1)
  for (const row of rows) personOfRow[row] = personOf.get(values[codes[row]]) ?? -1
  return { names, personOfRow }
}

/** How a message speaks of a person: by a row, never by the name. */
export function personInWords(person: number, { personOfRow }: Named): string {
  return `the name in row ${personOfRow.indexOf(person) + 1} of the labels, the header not counted`
}

/** Which people are the classes of each draw, without replacement. One draw is enough where all of them are. */
export function drawClasses(
  people: number,
  classes: number,
  { draws, seed, stream }: { readonly draws: number; readonly seed: number; readonly stream: string },
): number[][] {
  if (people < classes) return []
  const all = Array.from({ length: people }, (_, person) => person)
  return Array.from({ length: people === classes ? 1 : draws }, (_, draw) =>
    createRandom(seed, `${stream}/${classes}/${draw + 1}`)
      .shuffle(all)
      .slice(0, classes),
  )
}
