import { curveId } from '../../src/audit/audit-file/curve-id.js'
import { deriveCurve } from '../../src/audit/derive-curve.js'
import type { CurveFacts, CurveResult, CurveTable } from '../../src/audit/types/curve.js'
import type { ProbeOutcome } from '../../src/audit/types/measures.js'
import { LABELS, POLICY, SHA } from '../support/definitions.js'
import { FROM_MODEL } from '../support/stand-ins.js'

/** What a made-up curve counts; everything else is a stand-in. */
export type CurveParts = Pick<CurveFacts, 'factors' | 'specifications' | 'asWritten' | 'tables'> & {
  readonly images: number
  readonly policy?: Partial<CurveFacts['policy']>
}

export function curveFactsOf({ images, policy, ...counted }: CurveParts): CurveFacts {
  const [model] = FROM_MODEL.models
  const [evidence] = FROM_MODEL.evidence
  return {
    simulated: true,
    tool: { name: 'probity', version: '0.0.0-test' },
    grid: { id: 'drawn', title: 'Drawn', source: 'made up for the tests', sha256: SHA, repeated: 0 },
    labelSet: LABELS,
    policy: { ...POLICY, ...policy },
    seed: 1,
    dataset: {
      id: 'drawn',
      crop: null,
      manifestSha256: SHA,
      licence: null,
      rows: { in: images, processed: images, quarantined: 0, excluded: 0 },
      subjects: null,
    },
    model,
    evidence,
    ...counted,
  }
}

/** A whole saved curve, with a run block that never changes. */
export function curveOf(parts: CurveParts): CurveResult {
  const facts = curveFactsOf(parts)
  const derived = deriveCurve(facts)
  return {
    schema: 'probity/curve@1',
    curveId: curveId(facts, derived),
    facts,
    derived,
    run: {
      createdUtc: '2030-01-01T00:00:00Z',
      durations: [['decisions', 1.5]],
      cacheHits: 0,
      commandLine: 'probity curve grid.yaml',
      host: { node: 'v20.0.0', os: 'test' },
    },
  }
}

/** A table from counts[specification][group]; the joint null is a stand-in. */
export function tableOf(
  counts: readonly (readonly number[])[],
  totals: readonly number[],
  changes: { outcome?: ProbeOutcome; comparable?: readonly boolean[]; groupBy?: string } = {},
): CurveTable {
  const { outcome = { id: 'crime', categories: ['crime'], isUnion: false }, groupBy = 'race' } = changes
  return {
    outcome,
    groupBy: [groupBy],
    groups: totals.map((_, group) => [[groupBy, `group ${group}`]]),
    comparable: changes.comparable ?? totals.map(() => true),
    totals,
    counts,
    jointNull: { draws: 99, groups: totals.map(() => null) },
  }
}

/** Specifications of a cross, or of the cells that are given, with factors to match. */
export function crossedFacts(
  cells: readonly (readonly number[])[],
): Pick<CurveParts, 'factors' | 'specifications' | 'asWritten'> {
  const sizes = (cells[0] ?? []).map((_, factor) => 1 + Math.max(...cells.map((cell) => cell[factor])))
  return {
    factors: sizes.map((size, factor) => ({
      id: `factor ${factor}`,
      choices: Array.from({ length: size }, (_, choice) => ({ id: `choice ${choice}`, note: '', texts: [] })),
    })),
    specifications: cells.map((choices, s) => ({ choices, labels: 4, promptsSha256: `${SHA}${s}` })),
    asWritten: 0,
  }
}
