import { capital, listedTexts } from './phrases.js'
import type { LintRule } from './rule.js'

/** "A black man" beside "criminal": some texts begin with an article, others do not. */
export const mixedArticles: LintRule = {
  id: 'mixed-articles',
  severity: 'warning',
  needs: 'definition',
  readsWords: true,
  means: 'The prompts then differ in grammar as well as in meaning, and a text encoder scores both.',
  todo: 'Write every label with its article, or every label without and the article in the template.',
  check: ({ labelSet: { labels }, words }) => {
    const indices = labels.map((_, index) => index)
    // the plural has no article of its own: "people" is not a slip
    const counted = indices.filter((index) => !words[index].isPlural)
    const withArticle = counted.filter((index) => words[index].article !== null)
    const without = counted.filter((index) => words[index].article === null && !NEEDS_NONE.has(words[index].words[0]))
    if (withArticle.length === 0 || without.length === 0) return []
    const texts = (list: readonly number[]): string => listedTexts(list.map((index) => labels[index].text))
    const [few, many] = withArticle.length < without.length ? [withArticle, without] : [without, withArticle]
    const [fewHave, manyHave] = few === without ? ['without', 'with'] : ['with', 'without']
    const seen = `${capital(`${few.length} of ${counted.length}`)} labels ${few.length === 1 ? 'stands' : 'stand'} ${fewHave} an article (${texts(few)}), the others ${manyHave} (${texts(many.slice(0, 1))}).`
    return [{ seen, labels: few }]
  },
}

const NEEDS_NONE: ReadonlySet<string | undefined> = new Set(['someone', 'somebody', 'one', 'something', 'nobody'])
