import { createRandom } from '../../statistics/random.js'
import type { IdentityObserved } from '../../types/observed/identity.js'
import type { ObserveInput } from '../measure-kind.js'
import { rowGroups, type RowGroup } from '../row-groups.js'
import { drawClasses, namedPeople, personInWords, type Named } from './draw-names.js'
import { meanAccuracies, peopleShown } from './mean-accuracy.js'
import { scoreDraw, type DrawCounts } from './score-draw.js'

type Input = ObserveInput<'identity'>
type Counts = IdentityObserved['counts'][number]

/** How a name becomes a sentence (CLIP 3.1.4); the prompts of Table 8 were never published. */
const sentenceOf = (name: string): string => `a photo of ${name}.`

/** A grouping is shown only if each of its groups has as many people in every draw: fewer could be told apart, and one small group by
 *  subtraction. */
const FEWEST_PEOPLE = 10

/** Whether a model puts the right name to images of people, among C names that are drawn from those present (measures.md B12). What is
 *  kept are counts over all people of a draw and means over groups, never a name or a count of one person. */
export async function observeIdentity(input: Input): Promise<IdentityObserved[]> {
  const { identities, measure, people, groupBy, derive, seed, probe } = input
  if (identities === null) return []
  const named = namedPeople(identities, input)
  const rows = rowGroups({ cells: people.cells.groups, attributes: people.attributes }, groupBy, derive)
  const drawings = measure.classCounts.map((classes) => ({
    classes,
    drawn: drawClasses(named.names.length, classes, { draws: measure.draws, seed, stream: `identity/${probe}` }),
  }))
  const asked = new Set(drawings.flatMap(({ drawn }) => drawn.flat()))
  const sentences = new Map([...asked].map((person) => [sentenceOf(named.names[person]), person] as const))
  await input.embedTexts([...sentences.keys()], (sentence) => personInWords(sentences.get(sentence) ?? -1, named)) // all at once: it remembers them
  const counts: Counts[] = []
  for (const drawing of drawings) counts.push(await countClasses(drawing, named, rows, input))
  return [
    {
      kind: 'identity',
      probe,
      evidence: input.evidence,
      labelSet: null,
      names: named.names.length,
      images: named.personOfRow.reduce((sum, person) => sum + (person < 0 ? 0 : 1), 0),
      counts,
    },
  ]
}

async function countClasses(
  { classes, drawn }: { readonly classes: number; readonly drawn: readonly (readonly number[])[] },
  named: Named,
  rows: readonly RowGroup[],
  input: Input,
): Promise<Counts> {
  const { seed, probe, policy, people } = input
  if (drawn.length === 0) return { classes, reason: 'cut-exceeds-list', draws: [], groups: [] }
  const tableRows = rows.length
  const rowsOfCell = people.cells.groups.map((_, cell) =>
    rows.flatMap(({ cells }, row) => (cells.includes(cell) ? [row] : [])),
  )
  const scored: DrawCounts[] = []
  for (const one of drawn) {
    const vectors = await input.embedTexts(one.map((person) => sentenceOf(named.names[person])))
    scored.push(await scoreDraw(one, vectors, named, { input, rowsOfCell, tableRows }))
  }
  const random = createRandom(seed, `identity/${probe}/${classes}/people`)
  const accuracies = meanAccuracies(scored, { people: named.names.length, tableRows, alpha: policy.alpha, random })
  const isHidden = hiddenRows(rows, scored, named.names.length)
  return {
    classes,
    draws: scored.map(({ images, right }, draw) => ({
      draw: draw + 1,
      images: ofEveryone(images, tableRows),
      right: ofEveryone(right, tableRows),
    })),
    groups: rows.map(({ group }, row) => ({
      group,
      ...(isHidden[row] ? ({ value: null, reason: 'group-too-small' } as const) : accuracies[row]),
    })),
  }
}

/** Everyone is the first row. */
function ofEveryone(counts: Float64Array, tableRows: number): number {
  let sum = 0
  for (let at = 0; at < counts.length; at += tableRows) sum += counts[at]
  return sum
}

/** All rows of a `groupBy` of which some group shows a few people only; a group without anybody gives nobody away. */
function hiddenRows(rows: readonly RowGroup[], scored: readonly DrawCounts[], people: number): boolean[] {
  const fewest = peopleShown(scored, { people, tableRows: rows.length })
  return rows.map((row) => rows.some((other, index) => other.groupBy === row.groupBy && fewest[index] < FEWEST_PEOPLE))
}
