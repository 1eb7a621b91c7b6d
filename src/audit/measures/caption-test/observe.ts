import type { CaptionProtocol, CaptionQuestion, CaptionSet } from '../../types/captions.js'
import type { CaptionTestObserved } from '../../types/observed/caption-test.js'
import type { ObserveInput } from '../measure-kind.js'

type Input = ObserveInput<'caption-test'>

/** For every image with captions, the one of its own options that scores highest, counted by what it is (measures.md B13). Captions are
 *  embedded as they stand. Of equal scores the option that is written first is chosen. */
export async function observeCaptionTest(input: Input): Promise<CaptionTestObserved[]> {
  const { captions, measure } = input
  if (captions === null) return []
  const chosen = await chooseCaptions(captions, input)
  const { kind, clusterOf } = clustersOf(captions, input)
  return [
    {
      kind: 'caption-test',
      probe: input.probe,
      evidence: input.evidence,
      labelSet: null,
      captions: { file: captions.file, sha256: captions.sha256 },
      clusters: kind,
      protocols: measure.protocols.map((protocol) => countProtocol(protocol, captions, { chosen, clusterOf, input })),
    },
  ]
}

type Role = CaptionQuestion['options'][number]['role']

const IMAGES_AT_ONCE = 1024 // vectors in memory beside those of all captions

/** The role of the option chosen for each question; null for an image without a vector. Each image is held against its own options alone:
 *  a matrix of all images and all captions would grow with the square of the dataset. */
async function chooseCaptions(
  { captions, questions }: CaptionSet,
  { embeddings: { rows, dim, read }, embedTexts }: Input,
): Promise<(Role | null)[]> {
  const chosen = questions.map((): Role | null => null)
  const asked = new Map<number, number[]>()
  questions.forEach(({ row }, index) => {
    const ofRow = asked.get(row)
    if (ofRow === undefined) asked.set(row, [index])
    else ofRow.push(index)
  })
  const texts = await embedTexts(captions)
  for (let start = 0; start < rows.length; start += IMAGES_AT_ONCE) {
    const end = Math.min(start + IMAGES_AT_ONCE, rows.length)
    const images = await read(start, end)
    for (let place = start; place < end; place++) {
      const image = images.subarray((place - start) * dim, (place - start + 1) * dim)
      for (const index of asked.get(rows[place]) ?? []) chosen[index] = nearest(questions[index], image, texts)
    }
  }
  return chosen
}

/** The role of the option with the highest cosine, the one written first of equal ones. `image`: one unit vector; `texts`: captions x dim. */
function nearest({ options }: CaptionQuestion, image: Float32Array, texts: Float32Array): Role {
  let [best, highest] = [options[0], -Infinity]
  for (const option of options) {
    const cosine = dot(image, texts.subarray(option.caption * image.length, (option.caption + 1) * image.length))
    if (cosine > highest) [best, highest] = [option, cosine]
  }
  return best.role
}

/** Products are added in float64 and rounded once to float32, in which all other cosines are compared. */
function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0
  for (let place = 0; place < left.length; place++) sum += left[place] * right[place]
  return Math.fround(sum)
}

type Counting = {
  readonly chosen: readonly (Role | null)[]
  readonly clusterOf: ReadonlyMap<string, number>
  readonly input: Input
}

function countProtocol(
  protocol: CaptionProtocol,
  { questions }: CaptionSet,
  { chosen, clusterOf, input: { people } }: Counting,
): CaptionTestObserved['protocols'][number] {
  const counts = new Map<
    string,
    { cell: number; cluster: number | null; correct: number; close: number; other: number }
  >()
  let notProcessed = 0
  questions.forEach((question, index) => {
    if (question.protocol !== protocol) return
    const role = chosen[index]
    if (role === null || !people.processed(question.row)) {
      notProcessed++
      return
    }
    const cell = people.cells.cellOfRow[question.row]
    const cluster = clusterOf.get(nameOf(question, people.subjects)) ?? null
    const key = `${cell} ${cluster}`
    const count = counts.get(key) ?? { cell, cluster, correct: 0, close: 0, other: 0 }
    count[role === 'distractor' ? 'other' : role]++
    counts.set(key, count)
  })
  const cells = [...counts.values()].sort((a, b) => a.cell - b.cell || (a.cluster ?? -1) - (b.cluster ?? -1))
  return { protocol, notProcessed, cells }
}

/** Sequences and subjects are numbered in the order of their names, so that the order of the rows moves nothing. Sequences of the file
 *  come first: they are what its author says belongs together. */
function clustersOf(
  { questions }: CaptionSet,
  { people }: Input,
): { kind: CaptionTestObserved['clusters']; clusterOf: Map<string, number> } {
  const isNamed = questions.some(({ sequence }) => sequence !== null)
  const subjects = isNamed ? null : people.subjects
  if (!isNamed && subjects === null) return { kind: null, clusterOf: new Map() }
  const names = new Set(questions.map((question) => nameOf(question, people.subjects)))
  const sorted = [...names].sort((a, b) => (a < b ? -1 : 1))
  return { kind: isNamed ? 'sequences' : 'subjects', clusterOf: new Map(sorted.map((name, index) => [name, index])) }
}

/** An image without a sequence, where others have one, stands for itself. */
function nameOf({ sequence, row }: CaptionQuestion, subjects: readonly string[] | null): string {
  if (sequence !== null) return `sequence ${sequence}`
  return subjects === null ? `row ${row}` : `subject ${subjects[row]}`
}
