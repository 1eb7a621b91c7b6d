import type { Agreement } from '../../types/paired.js'
import type { Words } from '../words.js'

/** How many disparities hold for every model, for some and in opposite directions: a sentence for single attributes, and one for
 *  attributes that are crossed where there are any. */
export function agreementCounts(words: Words): readonly string[] {
  const found = words.audit.derived.agreement.filter(isDisparity)
  if (found.length === 0) return [words.locale.text('models.none')]
  const single = found.filter(({ groupBy }) => groupBy.length === 1)
  const crossed = found.filter(({ groupBy }) => groupBy.length > 1)
  return [
    counted('models.counts-single', single, words),
    ...(crossed.length === 0 ? [] : [counted('models.counts-crossed', crossed, words)]),
  ]
}

/** Whether a comparison is a disparity for at least one model. */
export function isDisparity({ holds }: Agreement): boolean {
  return holds !== 'none'
}

function counted(id: string, entries: readonly Agreement[], { locale, numbers }: Words): string {
  const number = (holds: Agreement['holds']): string =>
    numbers.count(entries.filter((entry) => entry.holds === holds).length)
  return locale.text(id, {
    found: numbers.count(entries.length),
    all: number('all'),
    some: number('some'),
    opposite: number('opposite'),
  })
}
