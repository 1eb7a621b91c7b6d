import { DefinitionError, DatasetError, quoted } from '../../errors.js'
import { readTexts } from './ids.js'
import { openVectors } from './open-vectors.js'

/** Vectors of texts that somebody else made. */
export type TextVectors = {
  readonly dim: number
  readonly prompts: number
  /** The files they come from. */
  readonly files: readonly string[]
  /** texts x dim, row-major, of any length. Throws DefinitionError that lists the texts that have none; `said`: how it repeats them. */
  readonly vectorsOf: (texts: readonly string[], said?: (text: string) => string) => Float32Array
}

/** Reads vectors of prompts with the exact list of them, whole: there is one for each prompt, not for each image. Throws DatasetError. */
export async function readTextVectors(path: string, prompts: string): Promise<TextVectors> {
  const texts: string[] = []
  for await (const batch of readTexts(prompts)) texts.push(...batch)
  const { vectors, files } = await openVectors(path, { tensor: null, column: null, idColumn: null })
  try {
    const { rows, dim } = vectors
    if (rows !== texts.length)
      throw refusal(
        prompts,
        `${rows} prompts, one for each vector of ${quoted(files[0] ?? path)}`,
        `${texts.length}`,
        'The n-th prompt belongs to the n-th vector; write both from the same list',
      )
    const numbers = await vectors.read(0, rows)
    const rowOf = new Map(texts.map((text, row) => [text, row] as const))
    if (rowOf.size < texts.length) {
      const twice = texts.find((text, row) => rowOf.get(text) !== row) ?? ''
      throw refusal(prompts, 'every prompt once', `${quoted(twice)} twice`, 'Keep one vector for each prompt')
    }
    return {
      dim,
      prompts: rows,
      files: [...files, prompts],
      vectorsOf: (wanted, said = quoted) => pick(wanted, { rowOf, numbers, dim, prompts, said }),
    }
  } finally {
    await vectors.close()
  }
}

type Known = {
  readonly rowOf: ReadonlyMap<string, number>
  readonly numbers: Float32Array
  readonly dim: number
  readonly prompts: string
  readonly said: (text: string) => string
}

function pick(wanted: readonly string[], { rowOf, numbers, dim, prompts, said }: Known): Float32Array {
  const missing = [...new Set(wanted)].filter((text) => !rowOf.has(text))
  if (missing.length > 0) {
    const hint = 'Embed these texts as well, letter by letter as they stand here'
    throw new DefinitionError(
      'vectors.prompts',
      missing.map((text, index) => ({
        at: prompts,
        expected: `the prompt ${said(text)}`,
        received: 'a list without it',
        ...(index === 0 ? { hint } : {}),
      })),
    )
  }
  const picked = new Float32Array(wanted.length * dim)
  wanted.forEach((text, index) => {
    const at = (rowOf.get(text) ?? 0) * dim
    picked.set(numbers.subarray(at, at + dim), index * dim)
  })
  return picked
}

function refusal(at: string, expected: string, received: string, hint: string): DatasetError {
  return new DatasetError('vectors.prompts', { at, expected, received, hint })
}
