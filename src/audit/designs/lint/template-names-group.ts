import { quoted } from '../../errors.js'
import { ANY_AGE } from './age-band.js'
import { splitWords } from './label-words.js'
import { PERSON_WORDS } from './lexicon.js'
import type { LintRule } from './rule.js'

/** "A man who looks like {label}": a template that names a group. */
export const templateNamesGroup: LintRule = {
  id: 'template-names-group',
  severity: 'warning',
  needs: 'definition',
  readsWords: true,
  means: 'Every prompt then names that group, also those of labels that name another one or none.',
  todo: 'Put the word into the labels that mean it, or take a template without it.',
  check: ({ labelSet: { templates } }) =>
    templates.flatMap((template, index) => {
      const words = splitWords(template.replace('{label}', ' ')).filter(namesGroup)
      return words.length === 0
        ? []
        : [{ seen: `The template ${quoted(template)} says ${quoted(words[0])}.`, templates: [index] }]
    }),
}

function namesGroup(word: string): boolean {
  const meaning = PERSON_WORDS.get(word)
  const isAnyAge = meaning?.ages.from === ANY_AGE.from && meaning.ages.to === ANY_AGE.to
  return PRONOUNS.has(word) || (meaning !== undefined && (meaning.gender !== null || !isAnyAge))
}

const PRONOUNS: ReadonlySet<string> = new Set(['he', 'him', 'his', 'she', 'her', 'hers'])
