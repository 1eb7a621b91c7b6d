import { softmax } from '../../scoring/softmax.js'
import { UNKNOWN } from '../../types/groups.js'
import type { People, ScoredDesign } from '../measure-kind.js'

/** What one image adds: the probability of its label, whether the label is right, and the sum over all classes of (p - y)^2. */
export type Judged = { readonly probability: number; readonly right: 0 | 1; readonly allClasses: number }

/** Judges every processed image of a label set, cell by cell. Within a cell images come in the order of what they add, so that the
 *  order of the rows moves neither a sum nor a draw. `values`: the value that each label implies. */
export async function judgeImages(
  design: ScoredDesign,
  {
    people,
    values,
    attribute,
    logitScale,
  }: { people: People; values: readonly string[]; attribute: string; logitScale: number },
): Promise<{ readonly cells: readonly (readonly Judged[])[]; readonly leftOut: number }> {
  const column = people.attributes.find(({ name }) => name === attribute)
  const labelOfCode = (column?.values ?? []).map((value) => (value === UNKNOWN ? -1 : values.indexOf(value)))
  const cells = people.cells.groups.map((): Judged[] => [])
  const probabilities = new Float64Array(values.length)
  let leftOut = 0
  for await (const { rows, scores, labels } of design.tiles()) {
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]
      if (!people.processed(row)) continue
      const truth = column === undefined ? -1 : labelOfCode[column.codes[row]]
      if (truth < 0) {
        leftOut++
        continue
      }
      softmax(scores.subarray(place * labels, (place + 1) * labels), logitScale, probabilities)
      cells[people.cells.cellOfRow[row]].push(judge(probabilities, truth))
    }
  }
  for (const judged of cells) judged.sort(byContent)
  return { cells, leftOut }
}

function judge(probabilities: Float64Array, truth: number): Judged {
  let best = 0
  let allClasses = 0
  for (let label = 0; label < probabilities.length; label++) {
    if (probabilities[label] > probabilities[best]) best = label
    allClasses += (probabilities[label] - (label === truth ? 1 : 0)) ** 2
  }
  return { probability: probabilities[best], right: best === truth ? 1 : 0, allClasses }
}

function byContent(a: Judged, b: Judged): number {
  return a.probability - b.probability || a.right - b.right || a.allClasses - b.allClasses
}
