import { quoted } from '../../errors.js'
import { listed } from './phrases.js'
import type { LintRule } from './rule.js'

/** Prompts that do not fit into the context of the model. */
export const promptTooLong: LintRule = {
  id: 'prompt-too-long',
  severity: 'warning',
  needs: 'model',
  readsWords: false,
  means: 'An audit with this model refuses the label set: a prompt that is cut is another prompt.',
  todo: 'Shorten the label or the template. Until then no rule on the class vectors can be checked.',
  check: ({ labelSet: { labels }, prompts }, { tokens, contextLength }) => {
    const long = prompts.flatMap((prompt, index) =>
      tokens[index].fits ? [] : [{ ...prompt, length: tokens[index].ids.length }],
    )
    if (long.length === 0) return []
    const names = long.map(({ label, length }) => `${quoted(labels[label].text)} (${length})`)
    const seen = `${long.length === 1 ? 'One prompt has' : `${long.length} prompts have`} more than the ${contextLength} tokens of this model: ${listed(names)}.`
    const unique = (values: readonly number[]): number[] => [...new Set(values)]
    return [
      { seen, labels: unique(long.map(({ label }) => label)), templates: unique(long.map(({ template }) => template)) },
    ]
  },
}
