import type { VectorsSource } from '../../types/vectors.js'
import { printable } from '../names.js'
import type { Words } from '../words.js'

/** What is known of vectors that were made elsewhere, line by line; what was not stated says so. */
export function vectorLines(source: VectorsSource, { locale, numbers }: Pick<Words, 'locale' | 'numbers'>): string[] {
  const text = (id: string, slots: Readonly<Record<string, string>> = {}): string =>
    locale.text(`provenance.vectors.${id}`, slots)
  const { modelSha256, preprocessing, logitScale, logitScaleReason, texts } = source
  return [
    text('made', {
      model: printable(source.model),
      rows: numbers.count(source.rows),
      dim: numbers.count(source.dim),
      dtype: source.dtype,
      sha256: printable(source.sha256),
    }),
    modelSha256 === null ? text('weights-not-stated') : text('weights', { sha256: printable(modelSha256) }),
    preprocessing === null
      ? text('preprocessing-not-stated')
      : text('preprocessing', { words: printable(preprocessing) }),
    ...lengthLines(source, text, numbers.plain),
    text(source.joinedBy === 'id' ? 'by-id' : 'by-order'),
    texts.kind === 'model'
      ? text('texts-model', { model: printable(texts.model), sha256: printable(texts.sha256) })
      : text('texts-file', { prompts: numbers.count(texts.prompts) }),
    logitScale === null
      ? text('scale-missing', { reason: printable(logitScaleReason ?? '') })
      : text('scale', { scale: numbers.plain(logitScale) }),
    ...source.files.map(([file, sha256, bytes]) =>
      text('file', { file: printable(file), sha256: printable(sha256), bytes: numbers.count(bytes) }),
    ),
  ]
}

/** Nothing where no vector was used. */
function lengthLines(
  { normalised: { stated, shortest, longest } }: VectorsSource,
  text: (id: string, slots: Readonly<Record<string, string>>) => string,
  written: (value: number) => string,
): string[] {
  if (shortest === null || longest === null) return []
  const id = stated === null ? 'normalised-not-stated' : stated ? 'normalised' : 'not-normalised'
  return [text(id, { shortest: written(shortest), longest: written(longest) })]
}
