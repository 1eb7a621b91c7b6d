import { DefinitionError } from '../errors.js'
import type { Tokens } from '../model/tokenise.js'
import type { LabelSet } from '../types/definitions.js'
import type { TextSide } from './open-encoder.js'
import { textKey } from './spaces.js'

/** Vectors of every filled prompt of a label set: (labels x templates) x dim, row-major, label by label, not normalised. Prompts that
 *  were embedded before, in this label set or another, are not embedded again.
 *  A prompt longer than the model's context is refused by name, never cut: a cut prompt is another prompt. */
export async function embedPrompts(
  labelSet: LabelSet,
  prompts: readonly string[],
  side: TextSide,
): Promise<Float32Array> {
  const tokens = prompts.map((prompt) => side.texts.tokenise(prompt))
  refuseLongPrompts(labelSet, tokens)
  return embedTokens(prompts, tokens, side)
}

/** Vectors of texts that fit the context: texts x dim, row-major, not normalised. `tokens` are those of the texts. */
export async function embedTokens(
  prompts: readonly string[],
  tokens: readonly Tokens[],
  { texts, space }: TextSide,
): Promise<Float32Array> {
  const keys = tokens.map(({ ids }) => textKey(ids, { length: texts.contextLength, padId: texts.padId }))
  const vectors = new Float32Array(prompts.length * space.dim)
  const keep = (index: number, vector: Float32Array): void => vectors.set(vector, index * space.dim)
  const missing = await space.read(keys, keep)
  if (missing.length > 0) await embedMissing(missing, { prompts, keys, keep }, { texts, space })
  return vectors
}

type Wanted = {
  readonly prompts: readonly string[]
  readonly keys: readonly string[]
  readonly keep: (index: number, vector: Float32Array) => void
}

async function embedMissing(missing: readonly number[], wanted: Wanted, { texts, space }: TextSide): Promise<void> {
  const raw = await texts.embedTexts(missing.map((index) => wanted.prompts[index]))
  const vectorOf = (place: number): Float32Array => raw.subarray(place * space.dim, (place + 1) * space.dim)
  missing.forEach((index, place) => wanted.keep(index, vectorOf(place)))
  const fresh = new Map(missing.map((index, place) => [wanted.keys[index], vectorOf(place)])) // one prompt may stand twice
  try {
    await space.startWriting(texts.embeddedWith, { onWait: () => undefined, impatient: true })
    await space.append([...fresh].map(([key, vector]) => ({ key, note: 0, vector })))
  } finally {
    await space.finishWriting()
  }
}

function refuseLongPrompts(labelSet: LabelSet, tokens: readonly Tokens[]): void {
  const templates = labelSet.templates.length
  const faults = tokens.flatMap(({ length, fits, contextLength }, index) => {
    if (fits) return []
    const label = labelSet.labels[Math.floor(index / templates)]
    return [
      {
        at: `label set ${labelSet.id}`,
        field: `label ${label.id} with template ${(index % templates) + 1}`,
        expected: `a prompt of at most ${contextLength} tokens`,
        received: `${length} tokens`,
        hint: 'Shorten the label or the template; prompts are never cut',
      },
    ]
  })
  if (faults.length > 0) throw new DefinitionError('prompt.too-long', faults)
}
