import type { LabelSet } from '../types/definitions.js'
import { folded } from '../definitions/words.js'

/** What some words are to a label set: the id of a label, `several` labels, or `none`. */
export type Named =
  { readonly kind: 'label'; readonly id: string } | { readonly kind: 'several' } | { readonly kind: 'none' }

/** Reads words of decisions made elsewhere as a label: by its id, its text, an alias, a filled prompt, or the attribute value that it alone implies
 *  (*Male*). Where nothing fits as it is spelt, ids, texts and aliases are tried with upper and lower case alike. */
export function labelNames(labelSet: LabelSet): (words: string) => Named {
  const ids = new Set(labelSet.labels.map(({ id }) => id))
  const exact = newWords()
  const inAnyCase = newWords()
  for (const { id, text, implies, aliases = [] } of labelSet.labels) {
    const prompts = labelSet.templates.map((template) => template.replace('{label}', () => text))
    for (const words of [text, ...aliases, ...prompts]) exact.add(words, id)
    for (const { values } of implies) for (const value of values) exact.add(value, id)
    for (const words of [id, text, ...aliases]) inAnyCase.add(folded(words), id)
  }
  return (words) => {
    if (ids.has(words)) return { kind: 'label', id: words }
    const found = exact.named(words)
    return found.kind === 'none' ? inAnyCase.named(folded(words)) : found
  }
}

function newWords() {
  const meant = new Map<string, Set<string>>()
  return {
    add: (words: string, id: string): void => {
      meant.set(words, (meant.get(words) ?? new Set()).add(id))
    },
    named: (words: string): Named => {
      const [first, ...others] = meant.get(words) ?? []
      if (first === undefined) return { kind: 'none' }
      return others.length > 0 ? { kind: 'several' } : { kind: 'label', id: first }
    },
  }
}
