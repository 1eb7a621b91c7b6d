import type { ObserveInput, People, ScoredDesign } from '../../../src/audit/measures/measure-kind.js'
import { crossRows } from '../../../src/audit/scoring/cells.js'
import type { RawEmbeddings } from '../../../src/audit/types/decisions.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import type { MeasureKind, MeasureOf } from '../../../src/audit/types/measures.js'
import { POLICY } from '../../support/definitions.js'

/** Rows of a dataset that is made up: the value of each attribute, and the cosine with each label. */
export type MadeUpRow = { readonly of: readonly string[]; readonly scores: readonly number[] }

/** Everyone in some made-up rows. */
export function peopleOf(
  attributes: readonly { readonly name: string; readonly values: readonly string[] }[],
  rows: readonly { readonly of: readonly string[] }[],
  subjects: readonly string[] | null = null,
): People {
  const columns = attributes.map(({ name, values }, index) => ({
    name,
    values,
    codes: Uint16Array.from(rows, ({ of }) => values.indexOf(of[index])),
    labelledBy: 'annotator' as const,
  }))
  const dataset = {
    id: 'made-up',
    crop: null,
    licence: null,
    simulated: false,
    sources: [],
    images: rows.map((_, row) => `${row}.png`),
    paths: null,
    subjects,
    attributes: columns,
    excluded: new Map(),
    quarantined: new Map(),
    warnings: [],
  }
  const cells = crossRows(
    dataset,
    columns.map(({ name }) => name),
  )
  return { rows: rows.length, processed: () => true, cells, attributes: columns, subjects }
}

/** A label set whose scores are those of the rows. */
export function designOf(labelSet: LabelSet, rows: readonly MadeUpRow[]): ScoredDesign {
  const labels = labelSet.labels.length
  const scores = Float32Array.from(rows.flatMap((row) => row.scores))
  const tile = { rows: Int32Array.from(rows.keys()), scores, labels }
  return {
    labelSet,
    vectors: new Float32Array(0),
    // eslint-disable-next-line @typescript-eslint/require-await -- the real one awaits matrix products
    tiles: async function* () {
      yield tile
    },
  }
}

/** What a measure of one kind is given; what is not said has a plain default. */
export function inputOf<Kind extends MeasureKind>(
  measure: MeasureOf<Kind>,
  given: Partial<ObserveInput<Kind>> & Pick<ObserveInput<Kind>, 'people'>,
): ObserveInput<Kind> {
  return {
    probe: 'made-up',
    measure,
    groupBy: [['gender']],
    derive: [],
    policy: POLICY,
    seed: 1,
    evidence: 'e1',
    embeddings: NO_EMBEDDINGS,
    train: null,
    embedAltered: () => Promise.reject(new Error('no image is altered here')),
    embedTexts: () => Promise.reject(new Error('no text is embedded here')),
    captions: null,
    identities: null,
    logitScale: 1,
    multiply: (images, classes, dim) => Promise.resolve(product(images, classes, dim)),
    designs: [],
    ...given,
  }
}

const NO_EMBEDDINGS: RawEmbeddings = {
  dim: 2,
  rows: new Int32Array(0),
  read: () => Promise.resolve(new Float32Array(0)),
  readRaw: () => Promise.resolve(new Float32Array(0)),
}

/** Vectors as embeddings of rows 0, 1, ...: what is read raw, and where nothing is said of lengths unit vectors. */
export function embeddingsOf(vectors: readonly (readonly number[])[]): RawEmbeddings {
  const dim = vectors[0].length
  const flat = Float32Array.from(vectors.flatMap((vector) => [...vector]))
  return {
    dim,
    rows: Int32Array.from(vectors.keys()),
    read: (start, end) => Promise.resolve(flat.slice(start * dim, end * dim)),
    readRaw: (start, end) => Promise.resolve(flat.slice(start * dim, end * dim)),
  }
}

function product(images: Float32Array, classes: Float32Array, dim: number): Float32Array {
  const [n, c] = [images.length / dim, classes.length / dim]
  const scores = new Float32Array(n * c)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < c; j++)
      for (let d = 0; d < dim; d++) scores[i * c + j] += images[i * dim + d] * classes[j * dim + d]
  return scores
}
