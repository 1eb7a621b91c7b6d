import { storeOf } from './embed-dataset.js'
import { embedPrompts } from './embedding/embed-prompts.js'
import { openEncoder } from './embedding/open-encoder.js'
import type { TextSide } from './embedding/open-encoder.js'
import type { Design, DesignVectors } from './designs/lint/rule.js'
import { classVectors } from './scoring/class-vectors.js'
import type { Tools } from './tools.js'
import type { LabelSet } from './types/definitions.js'
import type { Dtypes } from './types/dtype.js'
import { numberNamed } from './types/pace.js'

/** What a model folder makes of the prompts of a label set: tokens and class vectors. No image is opened. Throws ModelError. */
export async function readDesignVectors(
  { folder, dtype }: { readonly folder: string; readonly dtype?: Dtypes | undefined },
  labelSet: LabelSet,
  prompts: Design['prompts'],
  tools: Tools,
): Promise<{ readonly model: string; readonly vectors: DesignVectors }> {
  const { isolation, now } = tools
  const threads = numberNamed(tools.threads)
  const encoder = await openEncoder(folder, { resize: 'exact', dtype, threads, isolation, now }, storeOf(tools))
  try {
    const side = await encoder.openTexts()
    try {
      return { model: encoder.model.folder.name, vectors: await vectorsOf(side, labelSet, prompts) }
    } finally {
      await side.texts.close()
    }
  } finally {
    await encoder.close()
  }
}

async function vectorsOf(side: TextSide, labelSet: LabelSet, prompts: Design['prompts']): Promise<DesignVectors> {
  const texts = prompts.map(({ prompt }) => prompt)
  const tokens = texts.map((text) => {
    const { ids, fits, fragments } = side.texts.tokenise(text)
    return { ids, fits, unknown: fragments }
  })
  const { dim } = side.space
  const shape = { labels: labelSet.labels.length, templates: labelSet.templates.length, dim }
  const vectors = tokens.every(({ fits }) => fits)
    ? classVectors(await embedPrompts(labelSet, texts, side), shape)
    : null
  return { vectors, dim, tokens, contextLength: side.texts.contextLength }
}
