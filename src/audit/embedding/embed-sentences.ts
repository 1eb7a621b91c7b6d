import { DefinitionError, quoted } from '../errors.js'
import { embedTokens } from './embed-prompts.js'
import type { TextSide } from './open-encoder.js'

/** Vectors of texts as they stand: texts x dim, row-major, not normalised. Texts that were embedded before are not embedded again.
 *  Throws DefinitionError for every text that is longer than the model's context: a cut text is another text. `said`: how it repeats the text. */
export async function embedSentences(
  sentences: readonly string[],
  side: TextSide,
  said: (sentence: string) => string = quoted,
): Promise<Float32Array> {
  const tokens = sentences.map((sentence) => side.texts.tokenise(sentence))
  const faults = tokens.flatMap(({ length, fits, contextLength }, index) =>
    fits
      ? []
      : [
          {
            at: 'texts',
            field: said(sentences[index]),
            expected: `a text of at most ${contextLength} tokens`,
            received: `${length} tokens`,
            hint: 'Shorten it; texts are never cut',
          },
        ],
  )
  if (faults.length > 0) throw new DefinitionError('prompt.too-long', faults)
  return embedTokens(sentences, tokens, side)
}
