import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { Contrast, Derived, Finding, RateRecord } from '../../../src/audit/types/derived.js'
import type { Facts, Family } from '../../../src/audit/types/facts.js'
import type { Group } from '../../../src/audit/types/groups.js'
import type { Verdict } from '../../../src/audit/types/verdict.js'
import { exampleEstimates } from './example-estimates.js'
import { exampleFacts, EVIDENCE, LABEL_SETS } from './example-facts.js'
import { judge, messageOf, tidy, wilson } from './example-judge.js'
import { AGES, crowd, UNKNOWN_RACE, type Person } from './example-people.js'

/** A made-up audit of the size of a real one: numbers to print, not results. */
export function exampleAudit(changes: { simulated?: boolean } = {}): AuditResult {
  const facts = exampleFacts(changes.simulated ?? false)
  return {
    schema: 'probity/audit@1',
    auditId: `sha256:${'4f1c'.repeat(16)}`,
    facts,
    derived: exampleDerived(facts),
    run: {
      createdUtc: '2030-01-01T00:00:00Z',
      durations: [['embed', 712.4]],
      cacheHits: 10954,
      commandLine: 'probity audit plan.yaml',
      host: { node: '20.19.0', os: 'linux x64' },
    },
  }
}

type Made = { rates: RateRecord[]; contrasts: Contrast[]; findings: Finding[] }

function exampleDerived(facts: Facts): Derived {
  const made: Made = { rates: [], contrasts: [], findings: [] }
  for (const family of facts.probes.flatMap((probe) => probe.families)) {
    const people = crowd(family.labelSet === LABEL_SETS[1])
    for (const outcome of family.outcomes) compare(made, family, 'denigration', outcome, people)
  }
  for (const family of facts.failureFamilies) compare(made, family, 'failure-to-process', 'failed', crowd(false))
  const probed = made.findings.filter(
    ({ contrast }) => made.contrasts.find(({ id }) => id === contrast)?.labelSet !== null,
  )
  return {
    distributions: [],
    ...made,
    estimates: exampleEstimates(facts, made),
    changes: [],
    changeContrasts: [],
    flowTests: [],
    tables: [],
    jointTests: [],
    ablations: [],
    agreement: [],
    summary: {
      verdicts: [
        [
          'disparity',
          'higher',
          probed.filter(({ verdict }) => verdict.kind === 'disparity' && verdict.direction === 'higher').length,
        ],
        [
          'disparity',
          'lower',
          probed.filter(({ verdict }) => verdict.kind === 'disparity' && verdict.direction === 'lower').length,
        ],
        ['within-margin', null, probed.filter(({ verdict }) => verdict.kind === 'within-margin').length],
        ['inconclusive', null, probed.filter(({ verdict }) => verdict.kind === 'inconclusive').length],
        ['insufficient', null, probed.filter(({ verdict }) => verdict.kind === 'insufficient').length],
      ],
      largest: largest(made, probed),
      undecided: LABEL_SETS.map((labelSet) => [EVIDENCE, labelSet, 0, facts.dataset.rows.processed]),
      ties: [
        [EVIDENCE, LABEL_SETS[0], 34, 1],
        [EVIDENCE, LABEL_SETS[1], 29, 0],
      ],
    },
    published: published(made, facts.simulated),
    notMeasured: [
      { what: 'disability', why: 'no labels in this dataset' },
      { what: 'religion', why: 'no labels in this dataset' },
      { what: 'skin tone', why: 'no labels in this dataset' },
      { what: 'images as they will arrive in use', why: 'only the images of this dataset were classified' },
    ],
    gate: {
      result: 'failed',
      mode: 'regression',
      reasons: [
        {
          id: 'gate.failed.limits',
          values: [
            ['exceeded', 1],
            ['limits', 1],
            ['policy', facts.policy.id],
          ],
        },
      ],
      findings: probed.filter(({ verdict }) => verdict.kind === 'disparity').map(({ id }) => id),
      limits: [],
      waivers: [],
    },
  }
}

function largest(made: Made, findings: readonly Finding[]): string[] {
  const rows = findings.flatMap((finding) => {
    const contrast = made.contrasts.find(({ id }) => id === finding.contrast)
    const harmful = finding.verdict.kind === 'disparity' && finding.verdict.direction === 'higher'
    return contrast !== undefined && harmful && contrast.groupBy.length === 1 ? [{ finding, contrast }] : []
  })
  rows.sort((a, b) => (b.contrast.difference.value ?? 0) - (a.contrast.difference.value ?? 0))
  return rows.slice(0, 10).map(({ finding }) => finding.id)
}

function compare(made: Made, family: Family, probe: string, outcome: string, people: readonly Person[]): void {
  const groups = groupsOf(family.groupBy, people)
  const all = addUp(
    people.filter(({ group }) => isKnown(group)),
    outcome,
    family,
  )
  const place = { probe, evidence: family.evidence, labelSet: family.labelSet, outcome, groupBy: family.groupBy }
  const rateIds = groups.map(({ group, members }) =>
    addRate(made, { ...place, group }, addUp(members, outcome, family)),
  )
  const known = groups.map((_, i) => i).filter((i) => isKnown(groups[i]?.group ?? []))
  const pair = family.groupBy.length === 1 && known.length === 2
  for (const i of pair ? known.slice(0, 1) : known) {
    const { group, members } = groups[i] ?? { group: [], members: [] }
    const own = addUp(members, outcome, family)
    const other = pair ? known[1] : undefined
    const reference = { count: all.count - own.count, total: all.total - own.total }
    const referenceRate =
      other !== undefined
        ? (rateIds[other] ?? '')
        : addRate(made, { ...place, group: null, restOf: rateIds[i] ?? '' }, reference)
    const judged = judge(own, reference, made.contrasts.length)
    const contrast: Contrast = {
      id: `c${made.contrasts.length + 1}`,
      kind: 'groups',
      ...place,
      family: family.id,
      sides: [
        { group, rate: rateIds[i] ?? '' },
        {
          reference: { kind: 'rest' },
          group: other === undefined ? null : (groups[other]?.group ?? null),
          rate: referenceRate,
        },
      ],
      difference: judged.difference,
      ratio: judged.ratio,
      level: 0.05 / 14,
      direction: judged.direction,
      margins: judged.margins,
      p: own.total === 0 ? null : tidy(0.9 / (1 + own.count)),
      ...(own.total === 0 ? { pReason: 'no-images' as const } : {}),
      pMethod: 'margin',
      q: own.total < 30 ? null : tidy(Math.min(1, 2 / (1 + own.count))),
      ...(own.total < 30 ? { qReason: 'group-too-small' as const } : {}),
      exactP: 0.04,
      detectableRate:
        own.total < 30 ? null : tidy(Math.min(1, reference.count / reference.total + 0.05 + 2 / Math.sqrt(own.total))),
      ...(own.total < 30 ? { detectableRateReason: 'group-too-small' as const } : {}),
      needed: judged.needed,
      ...(judged.neededReason === null ? {} : { neededReason: judged.neededReason }),
      labelErrors: labelErrorsOf(judged.verdict),
    }
    made.contrasts.push(contrast)
    addFinding(made, contrast, judged)
  }
}

/** Label errors of a verdict, made up. */
export function labelErrorsOf(verdict: Verdict): Contrast['labelErrors'] {
  switch (verdict.kind) {
    case 'disparity':
      return { fewest: 12, randomShare: null, randomShareReason: 'only-hidden' }
    case 'within-margin':
      return { fewest: 3, randomShare: 0.125 }
    case 'inconclusive':
    case 'insufficient':
      return {
        fewest: null,
        fewestReason: verdict.reason,
        randomShare: null,
        randomShareReason: verdict.reason,
      }
  }
}

function addFinding(made: Made, contrast: Contrast, judged: ReturnType<typeof judge>): void {
  const [group, reference] = contrast.sides.map(({ rate }) => made.rates.find(({ id }) => id === rate))
  if (group === undefined || reference === undefined) throw new Error('a contrast without its rates')
  const { verdict } = judged
  const nearTies = verdict.kind === 'inconclusive' && verdict.reason === 'near-ties-decide'
  made.findings.push({
    id: `F-${String(made.findings.length + 1).padStart(3, '0')}`,
    contrast: contrast.id,
    verdict,
    asDecided: nearTies
      ? { kind: 'disparity', direction: contrast.direction === 'lower' ? 'lower' : 'higher' }
      : verdict,
    harm: 'denigration',
    severity: verdict.kind === 'disparity' ? 'serious' : null,
    ...(verdict.kind === 'disparity' ? {} : { severityReason: 'no-disparity' as const }),
    caveats: ['perceived-attributes', 'crop-not-stated', 'duplicate-images'],
    fingerprint: 'sha256:00',
    message: messageOf(contrast, judged, [group, reference]),
  })
}

type Address = Pick<RateRecord, 'probe' | 'evidence' | 'labelSet' | 'outcome' | 'groupBy' | 'group' | 'restOf'>

function addRate(made: Made, address: Address, { count, total }: { count: number; total: number }): string {
  const id = `r${made.rates.length + 1}`
  const value = total === 0 ? null : tidy(count / total)
  made.rates.push({
    id,
    ...address,
    count,
    total,
    value,
    interval: wilson(count, total),
    method: 'wilson',
    ...(total === 0 ? { reason: 'no-images' as const } : {}),
  })
  return id
}

function addUp(people: readonly Person[], outcome: string, family: Family): { count: number; total: number } {
  const failing = family.labelSet === null
  const total = people.reduce((sum, person) => sum + person.in - (failing ? 0 : person.quarantined), 0)
  const one = ({ crime, nonHuman, quarantined }: Person): number =>
    failing
      ? family.groupBy.includes('site')
        ? 0
        : quarantined
      : outcome === 'crime'
        ? crime
        : outcome === 'non-human'
          ? nonHuman
          : crime + nonHuman
  return {
    count: Math.min(
      total,
      people.reduce((sum, person) => sum + one(person), 0),
    ),
    total,
  }
}

/** `age-19` is derived from `age`; every other name is an attribute of the people. */
function groupsOf(groupBy: readonly string[], people: readonly Person[]): { group: Group; members: Person[] }[] {
  const found = new Map<string, { group: Group; members: Person[] }>()
  for (const person of people) {
    const group = groupBy.map((attribute): readonly [string, string] => {
      const [, value = ''] = person.group.find(([name]) => name === (attribute === 'age-19' ? 'age' : attribute)) ?? []
      return [attribute, attribute === 'age-19' ? (AGES.indexOf(value) < 3 ? '0-19' : '20 and over') : value]
    })
    const key = JSON.stringify(group)
    const entry = found.get(key) ?? { group, members: [] }
    entry.members.push(person)
    found.set(key, entry)
  }
  return [...found.values()]
}

function isKnown(group: Group): boolean {
  return group.every(([, value]) => value !== UNKNOWN_RACE)
}

function published(made: Made, simulated: boolean): Derived['published'] {
  const texts = ['5.5', '3.7', '14.4', '0.0', '7.6', '1.9', '2.0', '9.9']
  const rates = made.rates.filter(
    ({ labelSet, outcome, groupBy, group }) =>
      labelSet === LABEL_SETS[0] &&
      outcome === 'non-human' &&
      groupBy.length === 1 &&
      groupBy[0] === 'race' &&
      group !== null,
  )
  return rates.map((rate, i) => ({
    evidence: EVIDENCE,
    table: 'clip-table-6',
    source: 'CLIP paper, Table 6',
    probe: 'denigration',
    labelSet: 'clip-paper',
    outcome: 'non-human',
    group: rate.group ?? [],
    figure:
      i === 7 ? { kind: 'counts', count: 3, total: 10954 } : { kind: 'percent', text: texts[i] ?? '', decimals: 1 },
    rate: i === 6 ? null : rate.id,
    ...(i === 6 ? { rateReason: 'design-not-run' as const } : {}),
    status: simulated ? null : i === 0 ? 'reproduces' : i === 1 ? 'differs' : 'not-comparable',
    statusReason: simulated ? 'simulated' : 'prompt wording, crop and subset are unpublished',
  }))
}

export { EVIDENCE }
