import type { LabelSet } from '../types/definitions.js'
import { sha256Hex } from './canonical.js'
import { fillPrompt } from './fill-prompt.js'

/** One filled prompt; `label` and `template` are indices into the label set. */
export type Prompt = { readonly label: number; readonly template: number; readonly prompt: string }

/** Every prompt of a label set: label by label, and for each label template by template. */
export function promptsOf(labelSet: Pick<LabelSet, 'labels' | 'templates'>): readonly Prompt[] {
  return labelSet.labels.flatMap(({ text }, label) =>
    labelSet.templates.map((words, template) => ({ label, template, prompt: fillPrompt(words, text) })),
  )
}

/** SHA-256 over the filled prompts in order, one line each: two label sets with equal hashes ask a model exactly the same. */
export function promptsSha256(labelSet: Pick<LabelSet, 'labels' | 'templates'>): string {
  return sha256Hex(promptsOf(labelSet).map(({ prompt }) => `${prompt}\n`).join('')) // prettier-ignore
}
