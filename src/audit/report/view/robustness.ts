import {
  designName,
  evidenceName,
  fullGroupName,
  groupName,
  hasSeveralModels,
  listed,
  outcomeName,
  printable,
  referenceName,
} from '../names.js'
import { findingSentence } from '../sentences.js'
import { verdictView } from '../verdict-words.js'
import type { Words } from '../words.js'

/** How much the verdicts hang on near-ties, and where two labels had exactly the same score. */
export function robustness(words: Words) {
  const { audit, locale, numbers, index } = words
  const { facts, derived } = audit
  const decided = derived.findings.filter(
    ({ verdict }) => verdict.kind === 'inconclusive' && verdict.reason === 'near-ties-decide',
  )
  const areKnown = facts.tallies.some(({ nearTies }) => nearTies !== null)
  const tied = facts.tallies.filter(({ exactTies }) => exactTies !== null && exactTies > 0)
  return {
    nearTies: areKnown ? locale.text('robustness.near-ties', { nearTie: numbers.plain(facts.nearTie) }) : '',
    decisionsOnly: decisionsOnly(words),
    decided: decided.map((finding) => {
      const contrast = index.contrast(finding.contrast)
      return {
        id: printable(finding.id),
        group: groupName(contrast.sides[0].group, locale),
        reference: referenceName(contrast.sides[1], locale),
        labelSet: designName(contrast.evidence ?? '', contrast.labelSet ?? '', words),
        asDecided: verdictView(finding.asDecided, words),
        sentence: findingSentence(finding, words),
      }
    }),
    noneDecided: areKnown && decided.length === 0 ? locale.text('robustness.none-decided') : '',
    exactTies: tied.map(({ evidence, labelSet, group, exactTies, total }) => ({
      labelSet: designName(evidence, labelSet, words),
      group: fullGroupName(group, locale),
      ties: numbers.ofTotal(exactTies ?? 0, total),
    })),
    nearTieRows: nearTieRows(words),
    totals: totals(words),
    batch: facts.models.map(({ name, batchInvariant }) =>
      locale.text(batchInvariant ? 'robustness.batch-invariant' : 'robustness.batch-varies', {
        model: printable(name),
      }),
    ),
  }
}

/** Says that ties could not be looked for, of which models where others have scores, and why; empty where all have them. */
function decisionsOnly({ audit, locale }: Words): string {
  return (['decisions-only', 'scores-of-another-scale'] as const)
    .flatMap((reason) => withoutTies(reason, { audit, locale }))
    .join(' ')
}

function withoutTies(
  reason: 'decisions-only' | 'scores-of-another-scale',
  { audit, locale }: Pick<Words, 'audit' | 'locale'>,
): string[] {
  const { evidence, tallies } = audit.facts
  if (tallies.length > 0 && tallies.every(({ nearTiesReason }) => nearTiesReason === reason))
    return [locale.text(`robustness.${reason}`)]
  const without = evidence.filter(({ id }) =>
    tallies.some((tally) => tally.evidence === id && tally.nearTiesReason === reason),
  )
  if (without.length === 0 || !hasSeveralModels(audit)) return []
  const names = listed(
    without.map(({ id }) => evidenceName(id, audit)),
    locale,
  )
  return [locale.text(`models.some-${reason}`, { names })]
}

/** Near-ties and exact ties of every label set; empty when only decisions were given. */
function totals({ audit, locale, numbers }: Words) {
  const { ties, undecided } = audit.derived.summary
  return ties.flatMap(([evidence, labelSet, nearTies, exactTies]) => {
    const [, , , decided] = undecided.find(([e, set]) => e === evidence && set === labelSet) ?? []
    if (nearTies === null || exactTies === null || decided === undefined) return []
    return [
      {
        design: designName(evidence, labelSet, { audit, locale }),
        nearTies: numbers.ofTotal(nearTies, decided),
        exactTies: numbers.ofTotal(exactTies, decided),
      },
    ]
  })
}

/** Near-ties beside each comparison of single attributes that has any. */
function nearTieRows(words: Words) {
  const { audit, index, numbers, locale } = words
  return audit.derived.findings.flatMap((finding) => {
    const nearTies = new Map(finding.message.values).get('nearTies')
    const contrast = index.contrast(finding.contrast)
    if (typeof nearTies !== 'number' || nearTies === 0 || contrast.groupBy.length > 1) return []
    const rate = index.rate(contrast.sides[0].rate)
    return [
      {
        labelSet: designName(contrast.evidence ?? '', contrast.labelSet ?? '', words),
        outcome: outcomeName(contrast.outcome, locale),
        group: groupName(contrast.sides[0].group, locale),
        reference: referenceName(contrast.sides[1], locale),
        counts: numbers.ofTotal(rate.count, rate.total),
        nearTies: numbers.count(nearTies),
      },
    ]
  })
}
