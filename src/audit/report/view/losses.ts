import { countedText } from '../locale.js'
import { fullGroupName, printable, referenceName } from '../names.js'
import type { Words } from '../words.js'

const MOST_GROUPS = 2 // the first page is short; the table of failures has every group

/** Whose images are missing where the evidence is incomplete, what that means and what to do: one text on the groups, one on the rest.
 *  Empty where nothing is missing. */
export function lossSentences(words: Words): readonly string[] {
  const { audit, locale, numbers } = words
  const reasons = audit.derived.gate.reasons.map(({ id }) => id)
  const isLossy = reasons.includes('gate.quarantine-over-limit') || reasons.includes('gate.failures-differ')
  const isUndecided = reasons.includes('gate.undecided-over-limit')
  const differing = isLossy ? moreOftenLost(words) : []
  const shown = differing.slice(0, MOST_GROUPS)
  const more = differing.length - shown.length
  const groups = [
    ...shown.map((slots) => locale.text('quarantine.group', slots)),
    ...(more === 0 ? [] : [countedText(locale, 'quarantine.more', more, { count: numbers.count(more) })]),
  ]
  const meaning =
    shown.length === 0 ? locale.text('quarantine.missing-any') : countedText(locale, 'quarantine.missing', shown.length)
  const hasList = audit.facts.dataset.rows.quarantined > 0
  const next = [
    ...(isLossy && hasList ? [meaning, locale.text('quarantine.mend')] : []),
    ...(isUndecided ? [locale.text('quarantine.decide')] : []),
  ]
  return [groups, next].filter((some) => some.length > 0).map((some) => some.join(' '))
}

/** Both sides of every comparison in which images of a group were lost more often; single attributes before crosses, and the highest rate
 *  first. Where one group loses many, the others lose fewer than everyone else: they are named only where no group stands out, and then
 *  the side that lost more comes first. */
function moreOftenLost(words: Words) {
  const { audit, index, locale, numbers } = words
  const found = audit.derived.findings.flatMap(({ verdict, contrast: id }) => {
    const contrast = index.contrast(id)
    if (contrast.labelSet !== null || verdict.kind !== 'disparity') return []
    return [{ contrast, isHigher: verdict.direction === 'higher' }]
  })
  const rateOf = ({ contrast, isHigher }: (typeof found)[number]): number =>
    index.rate(contrast.sides[isHigher ? 0 : 1].rate).value ?? 0
  const higher = found.filter(({ isHigher }) => isHigher)
  const sorted = [...(higher.length > 0 ? higher : found)].sort(
    (a, b) => a.contrast.groupBy.length - b.contrast.groupBy.length || rateOf(b) - rateOf(a),
  )
  return sorted.map(({ contrast, isHigher }) => {
    const own = { name: fullGroupName(contrast.sides[0].group, locale), rate: index.rate(contrast.sides[0].rate) }
    const other = { name: referenceName(contrast.sides[1], locale), rate: index.rate(contrast.sides[1].rate) }
    const [more, less] = isHigher ? [own, other] : [other, own]
    return {
      group: more.name,
      counts: numbers.ofImages(more.rate.count, more.rate.total),
      reference: less.name,
      counts2: numbers.ofMoreImages(less.rate.count, less.rate.total),
    }
  })
}

/** How many images could not be read by code, the most frequent first, each with what it means and what to do. */
export function lossesByCode({ audit, locale, numbers }: Words) {
  const { cells, rows } = audit.facts.dataset
  const counts = new Map<string, number>()
  for (const [code, images] of cells.flatMap(({ quarantined }) => quarantined))
    counts.set(code, (counts.get(code) ?? 0) + images)
  const attempted = rows.processed + rows.quarantined
  return [...counts]
    .sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
    .map(([code, images]) => {
      const isKnown = locale.has(`quarantine.codes.${code}.what`)
      return {
        code: printable(code),
        count: numbers.count(images),
        ofAll: numbers.ofTotal(images, attempted),
        what: locale.text(isKnown ? `quarantine.codes.${code}.what` : 'quarantine.unknown-code'),
        todo: locale.text(isKnown ? `quarantine.codes.${code}.do` : 'quarantine.unknown-do'),
      }
    })
}
