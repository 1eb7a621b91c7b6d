import { scoreTiles } from '../../scoring/score-tiles.js'
import type { ObserveInput } from '../measure-kind.js'
import type { Named } from './draw-names.js'

/** Images of one person, and how many of them get the right name: by row of a table, person by person (people x rows). */
export type DrawCounts = { readonly images: Float64Array; readonly right: Float64Array }

/** Gives every image of the people of one draw the best of their names. `vectors`: one unit vector for each of these people, in the order
 *  of `drawn`. `rowsOfCell`: the rows of the table to which each cell belongs. Counts stay in memory and are never written. */
export async function scoreDraw(
  drawn: readonly number[],
  vectors: Float32Array,
  { names, personOfRow }: Named,
  {
    input,
    rowsOfCell,
    tableRows,
  }: {
    readonly input: Pick<ObserveInput<'identity'>, 'embeddings' | 'multiply' | 'people'>
    readonly rowsOfCell: readonly (readonly number[])[]
    readonly tableRows: number
  },
): Promise<DrawCounts> {
  const { embeddings, multiply, people } = input
  const classOf = new Int32Array(names.length).fill(-1)
  drawn.forEach((person, index) => (classOf[person] = index))
  const images = new Float64Array(names.length * tableRows)
  const right = new Float64Array(names.length * tableRows)
  for await (const { rows, scores, labels } of scoreTiles(embeddings, vectors, multiply))
    for (let place = 0; place < rows.length; place++) {
      const person = personOfRow[rows[place]]
      if (person < 0 || classOf[person] < 0) continue
      const isRight = bestOf(scores, place * labels, labels) === classOf[person]
      for (const row of rowsOfCell[people.cells.cellOfRow[rows[place]]]) {
        images[person * tableRows + row]++
        if (isRight) right[person * tableRows + row]++
      }
    }
  return { images, right }
}

function bestOf(scores: Float32Array, start: number, labels: number): number {
  let best = 0
  for (let label = 1; label < labels; label++) if (scores[start + label] > scores[start + best]) best = label
  return best
}
