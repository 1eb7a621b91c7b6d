import { quoted } from '../../errors.js'
import { listed } from './phrases.js'
import type { Design, LintRule } from './rule.js'

/** Prompts that are the same but for case, spaces or punctuation at the end. */
export const samePromptTwice: LintRule = {
  id: 'same-prompt-twice',
  severity: 'warning',
  needs: 'definition',
  readsWords: false,
  means:
    'Most tokenizers of the CLIP family lower the case and join spaces: to them this is one prompt. Between two labels chance or rounding then decides; in one label the prompt counts twice.',
  todo: 'Remove one of the two, or word it in another way.',
  check: (design) => {
    const groups = new Map<string, Design['prompts'][number][]>()
    for (const each of design.prompts) {
      const key = each.prompt
        .normalize('NFKC')
        .toLowerCase()
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/[\s.,;!]+$/, '')
      groups.set(key, [...(groups.get(key) ?? []), each])
    }
    const twice = [...groups.values()].filter(({ length }) => length > 1)
    if (twice.length === 0) return []
    const names = twice.map((group) => group.map(({ prompt }) => quoted(prompt)).join(' and '))
    const seen = `${twice.length === 1 ? 'One prompt stands' : `${twice.length} prompts stand`} more than once, but for case, spaces and full stops: ${listed(names)}.`
    const unique = (pick: (each: Design['prompts'][number]) => number): number[] => [...new Set(twice.flat().map(pick))]
    const isInOneLabel = twice.every((group) => new Set(group.map(({ label }) => label)).size === 1)
    const templates = unique(({ template }) => template)
    return [isInOneLabel ? { seen, templates } : { seen, labels: unique(({ label }) => label), templates }]
  },
}
