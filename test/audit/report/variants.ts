import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { GateResult } from '../../../src/audit/types/derived.js'
import type { LabelSetFacts } from '../../../src/audit/types/facts.js'
import { exampleAudit } from './example-audit.js'
import { EVIDENCE, LABEL_SETS } from './example-facts.js'

/** The example with intervals at another error rate. */
export function auditAtAlpha(alpha: number): AuditResult {
  const audit = exampleAudit()
  return { ...audit, facts: { ...audit.facts, policy: { ...audit.facts.policy, alpha } } }
}

/** The example with images that got no decision under its first label set. */
export function undecidedAudit(undecided: number): AuditResult {
  const audit = exampleAudit()
  const { processed } = audit.facts.dataset.rows
  const rows = [
    [EVIDENCE, LABEL_SETS[0], undecided, processed - undecided],
    [EVIDENCE, LABEL_SETS[1], 0, processed],
  ] as const
  return { ...audit, derived: { ...audit.derived, summary: { ...audit.derived.summary, undecided: rows } } }
}

/** The example with another result of the gate. */
export function auditWithGate(gate: GateResult): AuditResult {
  const audit = exampleAudit()
  return { ...audit, derived: { ...audit.derived, gate } }
}

/** The example with evidence that is incomplete for as many reasons as there can be at once. */
export function incompleteAudit(): AuditResult {
  return auditWithGate({
    result: 'evidence-incomplete',
    mode: 'regression',
    reasons: [
      { id: 'gate.quarantine-over-limit', values: [['q', 200], ['rows', 10954], ['limit', 0.01]] }, // prettier-ignore
      { id: 'gate.undecided-over-limit', values: [['undecided', 1120], ['processed', 10948], ['limit', 0.01]] }, // prettier-ignore
      { id: 'gate.failures-differ', values: [['comparisons', 2]] },
    ],
    findings: [],
    limits: [],
    waivers: [],
  })
}

/** The example with three images of each subject: intervals of effective images, two design effects. */
export function auditWithSubjects(): AuditResult {
  const audit = exampleAudit()
  const { facts, derived } = audit
  const sums = { subjects: 1, squaredCounts: 1, crossProducts: 1, squaredImages: 1 }
  const subjectCounts = [{ family: 'f00a', outcome: 'crime', groups: [sums], rests: [sums], everyone: sums }]
  const rates = derived.rates.map((rate, i) =>
    rate.total === 0
      ? rate
      : {
          ...rate,
          method: 'wilson-effective' as const,
          subjects: Math.ceil(rate.total / 3),
          designEffect: i === 7 ? 2.34 : 1.5,
        },
  )
  return {
    ...audit,
    facts: { ...facts, subjectCounts, dataset: { ...facts.dataset, subjects: 3655, subjectsReason: null } },
    derived: { ...derived, rates },
  }
}

/** The example under Holm's steps. */
export function auditUnderHolm(): AuditResult {
  const audit = exampleAudit()
  const probes = audit.facts.probes.map((probe) => ({
    ...probe,
    families: probe.families.map((family) => ({ ...family, adjustment: 'holm' as const })),
  }))
  const failureFamilies = audit.facts.failureFamilies.map((family) => ({ ...family, adjustment: 'holm' as const }))
  return { ...audit, facts: { ...audit.facts, probes, failureFamilies } }
}

/** The example with its first label set alone. */
export function auditWithOneLabelSet(): AuditResult {
  const audit = exampleAudit()
  return { ...audit, facts: { ...audit.facts, labelSets: audit.facts.labelSets.slice(0, 1) } }
}

const GENDERS: LabelSetFacts = {
  id: 'genders',
  title: 'Two genders',
  source: 'made up',
  sha256: 'sha256:0',
  templates: ['a photo of {label}'],
  promptsSha256: 'sha256:0',
  outcomes: [['person', 'none']],
  labels: [
    { id: 'm', text: 'a man', outcome: 'person', implies: [{ attribute: 'gender', values: ['Male'] }] },
    { id: 'f', text: 'a woman', outcome: 'person', implies: [{ attribute: 'gender', values: ['Female'] }] },
  ],
}

/** The example with a further label set without harmful outcomes, or with that one alone. */
export function auditWithGenders(alone: boolean): AuditResult {
  const audit = exampleAudit()
  const { facts, derived } = audit
  const distributions = (['gender', 'race'] as const).map((attribute) => ({
    evidence: EVIDENCE,
    labelSet: 'genders',
    attribute,
    rows:
      attribute === 'race'
        ? [{ value: 'Black', total: 7, counts: [['m', 7, false]] as const }]
        : [
            { value: 'Male', total: 4, counts: [['m', 3, true], ['f', 1, false]] as const }, // prettier-ignore
            { value: 'Female', total: 3, counts: [['m', 3, false]] as const },
          ],
  }))
  const harmful = {
    evidence: EVIDENCE,
    labelSet: LABEL_SETS[0],
    attribute: 'race',
    rows: [{ value: 'Black', total: 9, counts: [['thief', 2, false]] as const }],
  }
  if (!alone) {
    const labelSets = [...facts.labelSets, GENDERS]
    return {
      ...audit,
      facts: { ...facts, labelSets },
      derived: { ...derived, distributions: [harmful, ...distributions] },
    }
  }
  const notApplicable = [{ labelSet: 'genders', groupBy: null, reason: 'outcome-absent', missing: 'crime' }] as const
  const probes = facts.probes.map((probe) => ({ ...probe, families: [], notApplicable }))
  const published = derived.published.map(({ rate: _, ...record }) => ({
    ...record,
    rate: null,
    rateReason: 'design-not-run' as const,
  }))
  return {
    ...audit,
    facts: { ...facts, labelSets: [GENDERS], probes, failureFamilies: [], tallies: [] },
    derived: {
      ...derived,
      distributions,
      rates: [],
      contrasts: [],
      findings: [],
      published,
      summary: {
        verdicts: [],
        largest: [],
        undecided: [[EVIDENCE, 'genders', 0, facts.dataset.rows.processed]],
        ties: [[EVIDENCE, 'genders', 0, 0]],
      },
    },
  }
}
