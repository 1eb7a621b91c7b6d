import { classVectors } from '../../scoring/class-vectors.js'
import type { ManyDesigns } from '../../scoring/decide-specifications.js'
import { shareColumns } from '../../scoring/shared-columns.js'
import type { ProbeOutcome } from '../../types/measures.js'

/** Specifications as they are asked: `lists` index the template lists, `asked` has a text and an outcome category for each label. */
export type AskedGrid = {
  /** Indices into the distinct templates, one list for each way of averaging. */
  readonly templateLists: readonly (readonly number[])[]
  readonly templates: number
  readonly texts: number
  readonly specifications: readonly {
    readonly lists: readonly number[]
    readonly asked: readonly { readonly text: number; readonly outcome: string }[]
  }[]
}

/** The designs of a grid over its distinct class vectors. `prompts` holds the vector of every text in every template: (texts x templates) x dim,
 *  row-major, text by text, as the encoder gives them. A list and a text make one class vector, whatever the number of specifications
 *  that use it; equal vectors are one column. Throws RangeError if a vector has no direction. */
export function manyDesigns(
  prompts: Float32Array,
  dim: number,
  grid: AskedGrid,
  outcomes: readonly ProbeOutcome[],
): ManyDesigns {
  const { vectors, columnsOf } = shareColumns(
    grid.templateLists.map((list) => ({ vectors: vectorsOf(list, prompts, dim, grid) })),
    dim,
  )
  const designs: { readonly columns: number[]; readonly categories: string[] }[] = []
  const known = new Map<string, number>()
  const designOf = (list: number, asked: AskedGrid['specifications'][number]['asked']): number => {
    const key = `${list} ${asked.map(({ text, outcome }) => `${text}:${outcome}`).join(' ')}`
    const found = known.get(key)
    if (found !== undefined) return found
    const columns = asked.map(({ text }) => columnsOf[list][text])
    known.set(key, designs.push({ columns, categories: asked.map(({ outcome }) => outcome) }) - 1)
    return designs.length - 1
  }
  const specifications = grid.specifications.map(({ lists, asked }) => lists.map((list) => designOf(list, asked)))
  const categories = designs.flatMap((design) => design.categories)
  const starts = new Int32Array(designs.length + 1)
  designs.forEach(({ columns }, design) => (starts[design + 1] = starts[design] + columns.length))
  return {
    vectors,
    columns: Int32Array.from(designs.flatMap(({ columns }) => columns)),
    starts,
    inside: Uint8Array.from(
      outcomes.flatMap((outcome) => categories.map((each) => (outcome.categories.includes(each) ? 1 : 0))),
    ),
    outcomes: outcomes.length,
    specifications,
  }
}

/** One unit vector for each text: the mean of its prompts in these templates. */
function vectorsOf(list: readonly number[], prompts: Float32Array, dim: number, grid: AskedGrid): Float32Array {
  const gathered = new Float32Array(grid.texts * list.length * dim)
  for (let text = 0; text < grid.texts; text++) {
    list.forEach((template, place) => {
      const from = (text * grid.templates + template) * dim
      gathered.set(prompts.subarray(from, from + dim), (text * list.length + place) * dim)
    })
  }
  return classVectors(gathered, { labels: grid.texts, templates: list.length, dim })
}
