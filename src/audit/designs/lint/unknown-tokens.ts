import { quoted } from '../../errors.js'
import { counted, listed } from './phrases.js'
import type { LintRule } from './rule.js'

/** Prompts that the tokenizer can only spell out in pieces of characters, or cannot read at all. */
export const unknownTokens: LintRule = {
  id: 'unknown-tokens',
  severity: 'warning',
  needs: 'model',
  readsWords: false,
  means:
    'The model has most likely never learned these words. Their vectors may then carry no meaning, and which images they draw is arbitrary.',
  todo: 'Word the labels in a language that the model was trained on, or take a multilingual model.',
  check: ({ labelSet: { labels }, prompts }, { tokens }) => {
    const unknown = labels.flatMap(({ text }, label) => {
      const count = Math.max(
        ...prompts.flatMap((prompt, index) => (prompt.label === label ? [tokens[index].unknown] : [])),
      )
      return count === 0 ? [] : [{ label, text, count }]
    })
    if (unknown.length === 0) return []
    const names = unknown.map(({ text, count }) => `${quoted(text)} (${counted(count, 'token')})`)
    const seen = `${unknown.length === 1 ? 'One label holds' : `${unknown.length} labels hold`} tokens that are no whole character or not known: ${listed(names)}.`
    return [{ seen, labels: unknown.map(({ label }) => label) }]
  },
}
