import { probabilities } from '../../scoring/probabilities.js'
import type { Activation } from '../../types/activation.js'
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
    activation,
  }: { people: People; values: readonly string[]; attribute: string; activation: Activation },
): Promise<{ readonly cells: readonly (readonly Judged[])[]; readonly leftOut: number }> {
  const column = people.attributes.find(({ name }) => name === attribute)
  const labelOfCode = (column?.values ?? []).map((value) => (value === UNKNOWN ? -1 : values.indexOf(value)))
  const cells = people.cells.groups.map((): Judged[] => [])
  const ofLabels = new Float64Array(values.length)
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
      const ofImage = scores.subarray(place * labels, (place + 1) * labels)
      probabilities(ofImage, activation, ofLabels)
      cells[people.cells.cellOfRow[row]].push(judge(ofImage, ofLabels, truth))
    }
  }
  for (const judged of cells) judged.sort(byContent)
  return { cells, leftOut }
}

/** The label with the highest cosine is chosen: probabilities of a sigmoid may all be 1 to the last bit. */
function judge(scores: Float32Array, ofLabels: Float64Array, truth: number): Judged {
  let best = 0
  let allClasses = 0
  for (let label = 0; label < ofLabels.length; label++) {
    if (scores[label] > scores[best]) best = label
    allClasses += (ofLabels[label] - (label === truth ? 1 : 0)) ** 2
  }
  return { probability: ofLabels[best], right: best === truth ? 1 : 0, allClasses }
}

function byContent(a: Judged, b: Judged): number {
  return a.probability - b.probability || a.right - b.right || a.allClasses - b.allClasses
}
