import { countedText } from './locale.js'
import { commaList, semicolonList } from './names.js'
import { verdictPhrase } from './verdict-words.js'
import type { data } from './view/data.js'
import type { Words } from './words.js'

const MOST_GROUPS = 12 // more than a reader takes in beside the verdicts; the report has every one. A disparity is never left out

/** How many images could not be read by code, in one line; none where all could. No image is named. */
export function codesLine(
  codes: ReturnType<typeof data>['codes'],
  { locale }: Pick<Words, 'locale'>,
): readonly string[] {
  if (codes.length === 0) return []
  const each = codes.map(({ code, count }) => locale.text('quarantine.terminal-code', { code, count }))
  return [locale.text('quarantine.terminal', { codes: commaList(each, locale) })]
}

/** How many images of each group could not be read, a line for each attribute, disparities first. Said also where all could: whoever reads no such line
 *  cannot tell whether anybody counted. */
export function failureLines(
  tables: ReturnType<typeof data>['composition'],
  { locale, numbers }: Pick<Words, 'locale' | 'numbers'>,
): readonly string[] {
  return tables.map(({ attribute, rows }) => {
    const groups = new Set(rows.map(({ group }) => group))
    const found = rows.filter(({ verdict }) => verdict.key === 'higher' || verdict.key === 'lower')
    const rest = rows.filter((row) => !found.includes(row) && row.drawn.rate !== null && row.drawn.rate > 0)
    const lossy = [...found, ...rest]
    const most = Math.max(MOST_GROUPS, found.length)
    const shown = lossy.slice(0, most)
    const others = new Set(lossy.slice(most).map(({ group }) => group)).size
    const whole = groups.size - new Set(lossy.map(({ group }) => group)).size
    const count = (id: string, of: number): string[] =>
      of === 0 ? [] : [countedText(locale, `terminal.failures-${id}`, of, { count: numbers.count(of) })]
    const parts = [
      ...shown.map(({ group, counts, verdict, severity }) =>
        locale.text('terminal.failures-group', { group, counts, verdict: verdictPhrase(verdict, severity) }),
      ),
      ...count('others', others),
      ...count(lossy.length === 0 ? 'none' : 'whole', whole),
    ]
    return locale.text('terminal.failures', { attribute, groups: semicolonList(parts, locale) })
  })
}
