import type { GridFactor, Specification } from '../types/curve.js'
import type { Grid } from '../types/grid.js'
import { sha256Hex } from './canonical.js'
import { crossedLabels, crossedTemplates, labelFactors } from './grid-cross.js'
import { promptsSha256 } from './prompts.js'

/** A specification as it is asked: `labels[i]` is an index into the grid's texts and an outcome; `lists` are indices into its template lists. */
export type AskedSpecification = Specification & {
  readonly lists: readonly number[]
  readonly asked: readonly { readonly text: number; readonly outcome: string }[]
}

/** A grid written out. Every template list is filled with every text once, whatever the number of specifications. */
export type ExpandedGrid = {
  readonly factors: readonly GridFactor[]
  /** Distinct lists of templates, each averaged to one vector a label. */
  readonly templateLists: readonly (readonly string[])[]
  /** Distinct texts of labels. */
  readonly texts: readonly string[]
  readonly specifications: readonly AskedSpecification[]
  /** Index of the label set as written, or null where its templates are not among the choices. */
  readonly asWritten: number | null
  /** Cells of the cross left out because they ask the same as an earlier one. */
  readonly repeated: number
}

/** Every specification of a grid: templates first, then wordings, synonyms and alternatives, the last factor fastest. Two that
 *  ask a model the same, in the same way, are one. Cost: one hash over all prompts of each specification. */
export function expandGrid(grid: Grid): ExpandedGrid {
  const templates = crossedTemplates(grid)
  const lists = register<readonly string[]>((list) => JSON.stringify(list))
  const texts = register<string>((text) => text)
  const labels = [...crossedLabels(grid)].map((cell) => ({
    ...cell,
    asked: cell.labels.map(({ text, outcome }) => ({ text: texts.indexOf(text), outcome })),
  }))
  const specifications = new Map<string, AskedSpecification>()
  for (const cell of templates.cells) {
    const asked = cell.lists.map((list) => lists.indexOf(list))
    for (const design of labels) {
      const hash = hashOf(cell.lists, design.labels)
      if (specifications.has(hash)) continue
      specifications.set(hash, {
        choices: [...cell.choices, ...design.choices],
        labels: design.labels.length,
        promptsSha256: hash,
        lists: asked,
        asked: design.asked,
      })
    }
  }
  const asWritten = [...specifications.keys()].indexOf(promptsSha256(grid.labelSet))
  return {
    factors: [...templates.factors, ...labelFactors(grid)],
    templateLists: lists.all,
    texts: texts.all,
    specifications: [...specifications.values()],
    asWritten: asWritten < 0 ? null : asWritten,
    repeated: templates.cells.length * labels.length - specifications.size,
  }
}

/** That of a label set asked in this way, so that it can be looked up in an audit; of several decisions joined, over their hashes. */
function hashOf(
  lists: readonly (readonly string[])[],
  labels: readonly { id: string; text: string; outcome: string }[],
): string {
  const hashes = lists.map((templates) =>
    promptsSha256({ templates, labels: labels.map((label) => ({ ...label, implies: [] })) }),
  )
  return hashes.length === 1 ? hashes[0] : sha256Hex(['any of', ...hashes].join('\n'))
}

/** Distinct values in the order of their first use. */
function register<Value>(keyOf: (value: Value) => string): { all: Value[]; indexOf: (value: Value) => number } {
  const all: Value[] = []
  const known = new Map<string, number>()
  return {
    all,
    indexOf: (value) => {
      const key = keyOf(value)
      const index = known.get(key) ?? all.push(value) - 1
      known.set(key, index)
      return index
    },
  }
}
