import type { Embedder } from './embed-dataset.js'
import { embedSentences } from './embedding/embed-sentences.js'
import { classVectors } from './scoring/class-vectors.js'

export type SentenceVectors = (texts: readonly string[], said?: (text: string) => string) => Promise<Float32Array>

/** A text encoder that can be opened again, and the width of its vectors. */
type TextsOf = Pick<Embedder, 'openTexts'> & { readonly model: Pick<Embedder['model'], 'dim'> }

/** Unit vectors of texts as they stand, such as captions: texts x dim, row-major. What was asked for once is remembered, so that texts that
 *  are known before the images are embedded then need no text encoder beside the image encoder. `said`: how the refusal of a text that is too long repeats it; quoted, if not given. */
export function sentenceVectors({ openTexts, model }: TextsOf): SentenceVectors {
  const known = new Map<string, Float32Array>()
  return async (texts, said) => {
    const missing = [...new Set(texts)].filter((text) => !known.has(text))
    const dim = model.dim
    if (missing.length > 0) {
      const side = await openTexts()
      try {
        const raw = await embedSentences(missing, side, said)
        const unit = classVectors(raw, { labels: missing.length, templates: 1, dim })
        missing.forEach((text, index) => known.set(text, unit.subarray(index * dim, (index + 1) * dim)))
      } finally {
        await side.texts.close()
      }
    }
    const vectors = new Float32Array(texts.length * dim)
    texts.forEach((text, index) => vectors.set(known.get(text) ?? [], index * dim))
    return vectors
  }
}
