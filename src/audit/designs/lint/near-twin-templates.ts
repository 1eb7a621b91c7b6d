import { splitWords } from './label-words.js'
import { ARTICLES } from './lexicon.js'
import { listedTexts } from './phrases.js'
import type { LintRule } from './rule.js'

/** "A photo of {label}" and "the photo of {label}.": templates that are alike but for articles and full stops. */
export const nearTwinTemplates: LintRule = {
  id: 'near-twin-templates',
  severity: 'note',
  needs: 'definition',
  readsWords: false,
  means:
    'Such templates usually give nearly the same vector, so their mean leans towards this wording, and the number of templates says less than it seems to.',
  todo: 'Keep one of them, or count them as one when you say how many wordings a finding held in.',
  check: ({ labelSet: { templates } }) => {
    const groups = new Map<string, number[]>()
    templates.forEach((template, index) => {
      const key = splitWords(template)
        .filter((word) => !ARTICLES.has(word))
        .join(' ')
      groups.set(key, [...(groups.get(key) ?? []), index])
    })
    return [...groups.values()]
      .filter(({ length }) => length > 1)
      .map((indices) => {
        const texts = indices.map((index) => templates[index])
        const seen = `${indices.length} of the ${templates.length} templates are alike but for articles and punctuation: ${listedTexts(texts)}.`
        return { seen, templates: indices }
      })
  },
}
