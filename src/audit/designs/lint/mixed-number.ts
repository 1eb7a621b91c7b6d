import { listedTexts } from './phrases.js'
import type { LintRule } from './rule.js'

/** "People" beside "a thief": one in the plural, the other in the singular. */
export const mixedNumber: LintRule = {
  id: 'mixed-number',
  severity: 'warning',
  needs: 'definition',
  readsWords: true,
  means:
    'A text encoder that has learned to count people scores the number as well: images of one person may then go to labels in the singular.',
  todo: 'Write all labels in the singular, or all in the plural, as the images show people.',
  check: ({ labelSet: { labels }, words }) => {
    const plural = labels.flatMap((_, index) => (words[index].isPlural ? [index] : []))
    const singular = labels.flatMap((_, index) => (isSingular(words[index]) ? [index] : []))
    if (plural.length === 0 || singular.length === 0) return []
    const texts = (list: readonly number[]): string => listedTexts(list.map((index) => labels[index].text))
    const seen = `${plural.length === 1 ? 'One label speaks' : `${plural.length} labels speak`} of several people (${texts(plural)}), ${singular.length === 1 ? 'one' : singular.length} of one (${texts(singular)}).`
    return [{ seen, labels: plural }]
  },
}

function isSingular({
  article,
  personWords,
  isPlural,
}: {
  readonly article: string | null
  readonly personWords: readonly string[]
  readonly isPlural: boolean
}): boolean {
  return !isPlural && (article === 'a' || article === 'an' || personWords.length > 0)
}
