import { categoryOutcomes } from '../../../../src/audit/types/measures.js'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expandGrid, type ExpandedGrid } from '../../../../src/audit/definitions/expand-grid.js'
import { fillPrompt } from '../../../../src/audit/definitions/fill-prompt.js'
import { readGridFile } from '../../../../src/audit/definitions/grid.js'
import { manyDesigns } from '../../../../src/audit/designs/curve/many-designs.js'
import type { ManyDesigns } from '../../../../src/audit/scoring/decide-specifications.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import type { Embeddings, MatrixProduct } from '../../../../src/audit/types/decisions.js'
import type { Grid } from '../../../../src/audit/types/grid.js'

/** A grid over clip-paper, from the lines of its file that say what varies. */
export function gridOf(body: string): Grid {
  const folder = mkdtempSync(join(tmpdir(), 'probity-grid-world-'))
  try {
    const file = join(folder, 'drawn.yaml')
    writeFileSync(file, `id: drawn\ntitle: Drawn\nsource: test\nlabelSet: clip-paper\n${body}`)
    return readGridFile({ file, shown: 'drawn.yaml' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What the text encoder of a test says: a vector for each filled prompt, not normalised. */
export type PromptVector = (prompt: string) => Float32Array

/** A vector without a pattern for each prompt, the same whenever it is asked. */
export function drawnPrompts(dim: number): PromptVector {
  return (prompt) => {
    const random = createRandom(3, prompt)
    return Float32Array.from({ length: dim }, () => random.uniform() - 0.5)
  }
}

/** The designs of a grid, by the engine's own steps. */
export function designsOf(
  grid: Grid,
  dim: number,
  vectorOf: PromptVector,
): { expanded: ExpandedGrid; designs: ManyDesigns } {
  const expanded = expandGrid(grid)
  const templates = [...new Set(expanded.templateLists.flat())]
  const prompts = new Float32Array(expanded.texts.length * templates.length * dim)
  expanded.texts.forEach((text, t) =>
    templates.forEach((template, place) =>
      prompts.set(vectorOf(fillPrompt(template, text)), (t * templates.length + place) * dim),
    ),
  )
  const asked = {
    templateLists: expanded.templateLists.map((list) => list.map((template) => templates.indexOf(template))),
    templates: templates.length,
    texts: expanded.texts.length,
    specifications: expanded.specifications,
  }
  return { expanded, designs: manyDesigns(prompts, dim, asked, categoryOutcomes(grid.probe.measure)) }
}

/** Vectors that lie in memory; each is divided by its length. */
export function embeddingsOf(vectors: readonly Float32Array[], dim: number): Embeddings {
  const unit = new Float32Array(vectors.length * dim)
  vectors.forEach((vector, row) => {
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
    vector.forEach((value, place) => (unit[row * dim + place] = value / length))
  })
  return {
    dim,
    rows: Int32Array.from(vectors, (_, row) => row),
    read: (start, end) => Promise.resolve(unit.slice(start * dim, end * dim)),
  }
}

/** The plain product, one number at a time: the same to the last bit whatever the shape. */
export const plainProduct: MatrixProduct = (images, classes, dim) => {
  const [rows, columns] = [images.length / dim, classes.length / dim]
  const product = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0
      for (let i = 0; i < dim; i++) sum += images[row * dim + i] * classes[column * dim + i]
      product[row * columns + column] = sum
    }
  return Promise.resolve(product)
}
