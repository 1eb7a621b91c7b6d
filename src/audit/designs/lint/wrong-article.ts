import { quoted } from '../../errors.js'
import { articleBefore } from './english-article.js'
import { listed } from './phrases.js'
import type { LintRule } from './rule.js'

/** "A animal", "an thief". */
export const wrongArticle: LintRule = {
  id: 'wrong-article',
  severity: 'note',
  needs: 'definition',
  readsWords: true,
  means:
    'Captions that a model was trained on hardly ever hold such a slip, so the prompt is a rarer text than its neighbours.',
  todo: 'Correct the article. The label set then has another hash, as it should.',
  check: ({ labelSet: { labels }, words }) => {
    const wrong = labels.flatMap((_, index) => {
      const { article, words: rest } = words[index]
      const right = articleBefore(rest[0] ?? '')
      return article === null || article === 'the' || right === null || article === right ? [] : [{ index, right }]
    })
    if (wrong.length === 0) return []
    const slips = wrong.map(({ index, right }) => `${quoted(labels[index].text)} (${right} ${words[index].words[0]})`)
    const seen = `${wrong.length === 1 ? 'One label has' : `${wrong.length} labels have`} the other article: ${listed(slips)}.`
    return [{ seen, labels: wrong.map(({ index }) => index) }]
  },
}
