import { quoted } from '../../errors.js'
import { fillFirst } from './fill-first.js'
import { counted } from './phrases.js'
import type { LintRule } from './rule.js'

/** "A photo of a {label}" with "a man": two articles in a row. */
export const doubledArticle: LintRule = {
  id: 'doubled-article',
  severity: 'warning',
  needs: 'definition',
  readsWords: true,
  means:
    'Captions never say so. The prompt is a rarer text than it should be, and labels without an article are spared.',
  todo: 'End the template before the article ("a photo of {label}") or leave the article out of the labels.',
  check: ({ labelSet: { templates, labels }, words }) =>
    templates.flatMap((template, index) => {
      if (!/\b(a|an|the)\s+\{label\}/i.test(template)) return []
      const doubled = labels.flatMap((_, label) => (words[label].article === null ? [] : [label]))
      if (doubled.length === 0) return []
      const example = quoted(fillFirst(template, labels[doubled[0]].text))
      const seen = `The template ${quoted(template)} doubles the article of ${counted(doubled.length, 'label')} of ${labels.length}: ${example}.`
      return [{ seen, labels: doubled, templates: [index] }]
    }),
}
