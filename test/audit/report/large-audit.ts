import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { Contrast, Finding, RateRecord } from '../../../src/audit/types/derived.js'
import { exampleAudit, labelErrorsOf } from './example-audit.js'
import { LABEL_SETS, EVIDENCE } from './example-facts.js'
import { judge, messageOf, wilson } from './example-judge.js'

/** An audit of one attribute with many values and a probe of many outcomes: the size that reports are budgeted for. */
export function largeAudit(groups: number, outcomes: number): AuditResult {
  const audit = exampleAudit()
  const [probe] = audit.facts.probes
  const [template] = audit.derived.contrasts
  const [finding] = audit.derived.findings
  const spread = audit.derived.estimates.find(({ kind }) => kind === 'spread')
  if (probe === undefined || template === undefined || finding === undefined)
    throw new Error('the example has all three')
  const names = Array.from({ length: outcomes }, (_, i) => `outcome-${i}`)
  const rates: RateRecord[] = []
  const contrasts: Contrast[] = []
  const findings: Finding[] = []
  for (const outcome of names) {
    for (let g = 0; g < groups; g++) {
      const own = { count: (g * 7) % 90, total: 400 + g }
      const rest = { count: 2000, total: 80_000 }
      const judged = judge(own, rest, contrasts.length)
      const place = {
        probe: probe.id,
        evidence: EVIDENCE,
        labelSet: LABEL_SETS[0],
        outcome,
        groupBy: ['country'],
        method: 'wilson' as const,
      }
      const rate = (id: string, side: typeof own, group: RateRecord['group']): RateRecord => ({
        ...place,
        id,
        group,
        count: side.count,
        total: side.total,
        value: side.count / side.total,
        interval: wilson(side.count, side.total),
      })
      const pair = [
        rate(`r${rates.length}`, own, [['country', `Country number ${g}`]]),
        rate(`r${rates.length + 1}`, rest, null),
      ] as const
      rates.push(...pair)
      const contrast: Contrast = {
        ...template,
        q: g % 7 === 0 ? 0.0001 : 0.012,
        labelErrors: labelErrorsOf(judged.verdict),
        difference: judged.difference,
        ratio: judged.ratio,
        margins: judged.margins,
        needed: judged.needed,
        ...place,
        id: `c${contrasts.length}`,
        sides: [
          { group: pair[0].group ?? [], rate: pair[0].id },
          { reference: { kind: 'rest' }, group: null, rate: pair[1].id },
        ],
      }
      contrasts.push(contrast)
      findings.push({
        ...finding,
        id: `F-${findings.length}`,
        contrast: contrast.id,
        verdict: judged.verdict,
        asDecided: judged.verdict,
        message: messageOf(contrast, judged, pair),
      })
    }
  }
  const measure = {
    kind: 'outcome-rate' as const,
    outcomes: names.map((id) => ({ id, categories: [id], isUnion: false })),
  }
  return {
    ...audit,
    facts: {
      ...audit.facts,
      probes: [{ ...probe, measure, groupBy: [['country']], published: [] }],
      failureFamilies: [],
    },
    derived: {
      ...audit.derived,
      rates,
      contrasts,
      estimates: names.flatMap((outcome) =>
        spread === undefined ? [] : [{ ...spread, outcome, groupBy: ['country'] }],
      ),
      findings,
      published: [],
      summary: { ...audit.derived.summary, largest: [] },
    },
  }
}

/** The example's intersections of three attributes alone, under as many label sets as wanted: the first of them under other names. */
export function crossedAudit(labelSets: number): AuditResult {
  const audit = exampleAudit()
  const { facts, derived } = audit
  const [first] = facts.labelSets
  const [probe] = facts.probes
  if (first === undefined || probe === undefined) throw new Error('the example has both')
  const isOwn = ({ labelSet, groupBy }: { labelSet: string | null; groupBy: readonly string[] }): boolean =>
    labelSet === first.id && groupBy.length === 3
  const names = Array.from({ length: labelSets }, (_, place) => (place === 0 ? first.id : `label-set-${place}`))
  const contrasts = derived.contrasts.filter(isOwn)
  const copies = names.map((labelSet) => ({
    rates: derived.rates.filter(isOwn).map((rate) => ({
      ...rate,
      labelSet,
      id: `${labelSet} ${rate.id}`,
      ...(rate.restOf === undefined ? {} : { restOf: `${labelSet} ${rate.restOf}` }),
    })),
    contrasts: contrasts.map((contrast): Contrast => {
      const [group, reference] = contrast.sides
      const sides: Contrast['sides'] = [
        { ...group, rate: `${labelSet} ${group.rate}` },
        { ...reference, rate: `${labelSet} ${reference.rate}` },
      ]
      return { ...contrast, labelSet, sides, id: `${labelSet} ${contrast.id}` }
    }),
    findings: derived.findings
      .filter(({ contrast }) => contrasts.some(({ id }) => id === contrast))
      .map((finding): Finding => ({ ...finding, contrast: `${labelSet} ${finding.contrast}` })),
    estimates: derived.estimates
      .filter((estimate) => isOwn(estimate) && estimate.kind !== 'shrunken')
      .map((estimate) => ({ ...estimate, labelSet })),
  }))
  return {
    ...audit,
    facts: {
      ...facts,
      labelSets: names.map((id) => ({ ...first, id })),
      probes: [{ ...probe, groupBy: probe.groupBy.filter((groupBy) => groupBy.length === 3), published: [] }],
      failureFamilies: [],
    },
    derived: {
      ...derived,
      rates: copies.flatMap(({ rates }) => rates),
      contrasts: copies.flatMap((copy) => copy.contrasts),
      findings: copies.flatMap(({ findings }) => findings),
      estimates: copies.flatMap(({ estimates }) => estimates),
      published: [],
      summary: { ...derived.summary, largest: [], undecided: [], ties: [] },
    },
  }
}
