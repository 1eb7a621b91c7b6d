import { DefinitionError } from '../errors.js'
import type { Model } from '../model/open-model.js'
import type { LabelSet } from '../types/definitions.js'

/** Encodes every filled prompt of a label set: (labels x templates) x dim, row-major, label by label, not normalised.
 *  A prompt longer than the model's context is refused by name, never cut: a cut prompt is another prompt. */
export async function embedPrompts(
  labelSet: LabelSet,
  prompts: readonly string[],
  model: Model,
): Promise<Float32Array> {
  refuseLongPrompts(labelSet, prompts, model)
  return model.embedTexts(prompts)
}

function refuseLongPrompts(labelSet: LabelSet, prompts: readonly string[], model: Model): void {
  const templates = labelSet.templates.length
  const faults = prompts.flatMap((prompt, index) => {
    const { length, fits, contextLength } = model.tokenise(prompt)
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
