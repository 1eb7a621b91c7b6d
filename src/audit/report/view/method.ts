import {
  commaList,
  designName,
  fullGroupName,
  groupByName,
  hasSeveralModels,
  outcomeName,
  printable,
  referenceKindName,
  saidText,
} from '../names.js'
import type { Words } from '../words.js'

/** How verdicts were reached: the limits set before the run, and every family of comparisons with its size. */
export function method(words: Words) {
  const { audit, locale, numbers } = words
  const { facts } = audit
  const { policy } = facts
  const slots = {
    policy: printable(policy.id),
    alpha: numbers.plain(policy.alpha),
    minimumUnits: numbers.images(policy.minimumImages),
    points: numbers.settingPoints(policy.margin.difference),
    ratio: numbers.plain(policy.margin.ratio),
    nearTie: numbers.plain(facts.nearTie),
    limit: numbers.settingPercent(policy.quarantineLimit),
    reference: referenceKindName(facts.reference, locale),
  }
  const families = [...facts.probes.flatMap((probe) => probe.families), ...facts.failureFamilies]
  return {
    paragraphs: [
      ...['policy', 'reference', 'intervals', 'disparity'].map((id) => locale.text(`method.${id}`, slots)),
      ...new Set(families.map(({ adjustment }) => locale.text(`method.multiplicity.${adjustment}`, slots))),
      ...['exploratory', 'others', 'detectable', 'label-errors', 'ties'].map((id) =>
        locale.text(`method.${id}`, slots),
      ),
      ...subjects(words),
      ...(hasSeveralModels(audit) ? [locale.text('models.method')] : []),
    ],
    policy: locale.text('front.policy', { policy: printable(policy.id), hash: printable(policy.sha256) }),
    policyTitle: saidText(policy.title, locale),
    families: families.map((family) => ({
      id: printable(family.id),
      labelSet:
        family.labelSet === null
          ? locale.text('data.failure-to-process')
          : designName(family.evidence ?? '', family.labelSet, words),
      groupBy: groupByName(family.groupBy, locale),
      outcomes: commaList(
        family.outcomes.map((outcome) => outcomeName(outcome, locale)),
        locale,
      ),
      reference: referenceKindName(family.reference, locale),
      alpha: numbers.plain(family.alpha),
      m: numbers.ofTotal(family.m, family.size),
      minimum: numbers.count(family.minimum),
      margin: locale.text('method.margin-cell', {
        points: numbers.settingPoints(family.margin.difference),
        ratio: numbers.plain(family.margin.ratio),
      }),
    })),
  }
}

/** How several images of one subject enter, with the largest design effect; nothing where images are taken as independent. */
function subjects({ audit, locale, numbers }: Words): readonly string[] {
  const rates = audit.derived.rates.flatMap(({ designEffect = null, ...rate }) =>
    designEffect === null ? [] : [{ ...rate, designEffect }],
  )
  const [first, ...others] = rates
  if (first === undefined) return []
  const largest = others.reduce((most, rate) => (rate.designEffect > most.designEffect ? rate : most), first)
  const kind = largest.restOf === undefined ? 'overall' : 'rest'
  return [
    locale.text('method.subjects', {
      effect: numbers.ratio(largest.designEffect),
      group: largest.group === null ? locale.text(`reference.${kind}`) : fullGroupName(largest.group, locale),
      outcome: outcomeName(largest.outcome, locale),
    }),
  ]
}
