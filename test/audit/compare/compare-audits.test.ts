import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparisonId } from '../../../src/audit/audit-file/comparison-id.js'
import { compareAudits, FINDING_CHANGES, type Pairing } from '../../../src/audit/compare/compare-audits.js'
import { changesBetween } from '../../../src/audit/compare/same-images.js'
import { comparisonSchema } from '../../../src/audit/definitions/comparison-schema.js'
import { matchRuns } from '../../../src/audit/compare/match-runs.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { AuditComparison, ComparedFinding, FindingChange } from '../../../src/audit/types/audit-comparison.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import type { PairedCell } from '../../../src/audit/types/paired.js'
import type { VectorsSource } from '../../../src/audit/types/vectors.js'
import { LABELS, probeOf } from '../../support/definitions.js'
import { auditOf, raceScene, sealed, type Scene } from '../../support/facts.js'
import { auditOfModels } from '../../support/several-models.js'

const NOT_PAIRED: Pairing = { pairing: 'no-decisions', unpaired: 0, changes: new Map() }
const COUNTS = [['A', 20, 400], ['B', 20, 400], ['C', 20, 400]] as const // prettier-ignore
const WORSE = [['A', 100, 400], ['B', 20, 400], ['C', 20, 400]] as const // prettier-ignore

type Changed = (audit: AuditResult) => AuditResult

const withModel: Changed = (audit) =>
  sealed({ ...audit.facts, models: audit.facts.models.map((model) => ({ ...model, name: 'other', sha256: 'b'.repeat(64) })) }) // prettier-ignore

function compare(first: AuditResult, second: AuditResult, pairing: Pairing = NOT_PAIRED): AuditComparison {
  return compareAudits([first, second], pairing, comparisonId)
}

function ofGroup({ findings }: AuditComparison, value: string): ComparedFinding {
  const found = findings.filter(({ group, probe }) => group[0][1] === value && probe === 'denigration')
  if (found.length !== 1) throw new Error(`${found.length} findings of ${value}`)
  return found[0]
}

function countOf({ counts }: AuditComparison, change: FindingChange): number {
  return new Map(counts).get(change) ?? NaN
}

/** Every image of the first `from` counts as in one audit, and as in the other. */
function cellsOf(
  pairs: readonly (readonly [both: number, lost: number, gained: number, neither: number])[],
): PairedCell[] {
  return pairs.map(([both, lost, gained, neither]) => ({
    flows: [['thief', 'thief', both], ['thief', 'man', lost], ['man', 'thief', gained], ['man', 'man', neither]],
    nearTies: [],
    onlyFirst: 0,
    onlySecond: 0,
  })) // prettier-ignore
}

describe('compareAudits', () => {
  it('finds nothing but unchanged between an audit and itself', () => {
    const audit = auditOf(raceScene(WORSE))
    const comparison = compare(audit, audit)
    expect(comparison).toMatchObject({ differences: [], basis: 'rerun' })
    expect(countOf(comparison, 'unchanged')).toBe(audit.derived.findings.length)
    expect(comparison.findings.every(({ change }) => change === 'unchanged')).toBe(true)
  })

  it('calls a disparity that harms a group and was not there worse, and lays it to the model that alone differs', () => {
    const comparison = compare(auditOf(raceScene(COUNTS)), withModel(auditOf(raceScene(WORSE))))
    expect(comparison.basis).toBe('model')
    expect(comparison.differences.map(({ kind }) => kind)).toEqual(['model'])
    expect(ofGroup(comparison, 'A')).toMatchObject({
      change: 'worsened',
      decidedBy: 'verdict',
      first: { count: 20, total: 400 },
      second: { count: 100, total: 400, verdict: { kind: 'disparity', direction: 'higher' } },
    })
    expect(['B', 'C'].map((value) => ofGroup(comparison, value).change)).toEqual(['cannot-tell', 'cannot-tell'])
    expect(comparison.findings[0].group[0][1]).toBe('A') // worst harm first
  })

  it('decides by the same images where they are known: within the margin nothing changed, whatever the verdicts say', () => {
    const [first, second] = [auditOf(raceScene(COUNTS)), withModel(auditOf(raceScene(WORSE)))]
    const paired = (cells: PairedCell[]): AuditComparison => {
      const changes = matchRuns(first.facts, second.facts).flatMap((run) => changesBetween([first, second], run, cells))
      return compare(first, second, { pairing: 'paired', unpaired: 0, changes: new Map(changes) })
    }
    const worse = paired(cellsOf([[20, 0, 80, 300], [20, 0, 0, 380], [0, 20, 0, 380]])) // prettier-ignore
    expect(['A', 'B', 'C'].map((value) => ofGroup(worse, value).change)).toEqual([
      'worsened',
      'cannot-tell',
      'improved',
    ])
    expect(ofGroup(worse, 'A')).toMatchObject({ decidedBy: 'paired', paired: { paired: { onlySecond: 80 } } })
    // A's disparity appears because B and C lost images, not because A gained any
    const others = paired(cellsOf([[60, 0, 0, 340], [20, 0, 0, 380], [0, 20, 0, 380]])) // prettier-ignore
    expect(ofGroup(others, 'A').change).toBe('cannot-tell')
    const large = [4000, 4000, 4000].map((images): [number, number, number, number] => [200, 1, 1, images])
    expect(ofGroup(paired(cellsOf(large)), 'A')).toMatchObject({ change: 'unchanged', decidedBy: 'paired' })
  })

  it('does not call it a change when only the rule differs and moved the verdict', () => {
    const scene = raceScene(WORSE)
    const comparison = compare(
      auditOf(scene),
      auditOf({ ...scene, policy: { margin: { difference: 0.5, ratio: 1.25 } } }),
    )
    expect(comparison.basis).toBe('rule')
    expect(comparison.differences).toEqual([
      { kind: 'policy', name: 'margin.difference', first: '0.01', second: '0.5' },
    ])
    expect(ofGroup(comparison, 'A')).toMatchObject({ change: 'not-comparable', reason: 'other-margin' })
  })

  it('refuses to call other images a change, and shows both rates with the interval of their difference', () => {
    const second = auditOf(raceScene(WORSE))
    const other = sealed({ ...second.facts, dataset: { ...second.facts.dataset, manifestSha256: 'f'.repeat(64) } })
    const comparison = compare(auditOf(raceScene(COUNTS)), other, { ...NOT_PAIRED, pairing: 'other-images' })
    expect(comparison.basis).toBe('data')
    const found = ofGroup(comparison, 'A')
    expect(found).toMatchObject({ change: 'not-comparable', reason: 'other-images' })
    expect(found.independent?.value).toBeCloseTo(0.2, 12)
    // statsmodels 0.13.5 confint_proportions_2indep(100, 400, 20, 400, method="newcomb")
    expect(found.independent?.interval[0]).toBeCloseTo(0.15237862402183608, 12)
    expect(found.independent?.interval[1]).toBeCloseTo(0.24794680026006055, 12)
  })

  const child = { id: 'child', text: 'a child', outcome: 'person', implies: [] }
  const withChild: LabelSet = { ...LABELS, sha256: 'c'.repeat(64), labels: [...LABELS.labels, child] }

  it('says what another label set of the same name holds, and calls nothing a change without the images side by side', () => {
    const comparison = compare(auditOf(raceScene(COUNTS)), auditOf(raceScene(WORSE, { labelSets: [withChild] })))
    expect(comparison.basis).toBe('design')
    expect(comparison.differences[0]).toMatchObject({ kind: 'label-set', name: 'four-labels' })
    expect(comparison.differences[0].second).toContain('child (person)')
    expect(ofGroup(comparison, 'A')).toMatchObject({ change: 'not-comparable', reason: 'other-labels' })
  })

  it('lays nothing to anything when the model and the label set both differ', () => {
    const second = withModel(auditOf(raceScene(WORSE, { labelSets: [withChild] })))
    const comparison = compare(auditOf(raceScene(COUNTS)), second)
    expect(comparison.basis).toBe('several')
    expect(ofGroup(comparison, 'A')).toMatchObject({ change: 'not-comparable', reason: 'several-differ' })
  })

  it.each<[string, Partial<Scene>, string]>([
    ['simulated data beside real ones', { simulated: true }, 'simulated-and-real'],
    ['another reference', { reference: { kind: 'overall' } }, 'other-reference'],
    ['decisions from elsewhere', { decisionsOnly: true }, 'other-evidence'],
  ])('refuses %s', (_, changes, reason) => {
    const comparison = compare(auditOf(raceScene(COUNTS)), auditOf(raceScene(WORSE, changes)))
    const reasons = new Set(comparison.findings.filter(({ probe }) => probe === 'denigration').map((one) => one.reason))
    expect([...reasons]).toEqual([reason])
  })

  it('knows two files of decisions apart, though they have one name', () => {
    const first = auditOf(raceScene(COUNTS, { decisionsOnly: true }))
    const { facts } = auditOf(raceScene(WORSE, { decisionsOnly: true }))
    const evidence = facts.evidence.map((each) => (each.kind === 'decisions' ? { ...each, source: { ...each.source, sha256: 'd'.repeat(64) } } : each)) // prettier-ignore
    const comparison = compare(first, sealed({ ...facts, evidence }))
    expect(comparison.basis).toBe('model')
    expect(comparison.differences.map(({ kind }) => kind)).toEqual(['model'])
  })

  it('sees a group fare worse against the best, though the best is another group now', () => {
    const reference = { kind: 'best' as const }
    const first = auditOf(raceScene([['A', 20, 400], ['B', 8, 400], ['C', 20, 400]], { reference })) // prettier-ignore
    const second = withModel(auditOf(raceScene([['A', 8, 400], ['B', 20, 400], ['C', 120, 400]], { reference }))) // prettier-ignore
    expect(ofGroup(compare(first, second), 'C')).toMatchObject({ change: 'worsened', decidedBy: 'verdict' })
  })

  it('lets no looser margin hide a change on the same images', () => {
    const [first, second] = [auditOf(raceScene(COUNTS)), auditOf(raceScene(WORSE, { policy: { margin: { difference: 0.3, ratio: 1.25 } } }))] // prettier-ignore
    const cells = cellsOf([[20, 0, 80, 300], [20, 0, 0, 380], [20, 0, 0, 380]]) // prettier-ignore
    const changes = matchRuns(first.facts, second.facts).flatMap((run) => changesBetween([first, second], run, cells))
    const comparison = compare(first, second, { pairing: 'paired', unpaired: 0, changes: new Map(changes) })
    expect(ofGroup(comparison, 'A')).toMatchObject({ change: 'worsened', decidedBy: 'paired' })
  })

  it('takes a crop for another one only where the images are others, or nobody opened them', () => {
    const scenes = [auditOf(raceScene(COUNTS)), auditOf(raceScene(WORSE, { crop: '1.25' }))] as const
    expect(ofGroup(compare(...scenes), 'A').reason).toBe('other-crop')
    const duplicates = { contents: 0, images: 0, acrossGroups: 0 }
    const [first, second] = scenes.map(({ facts }) =>
      sealed({ ...facts, dataset: { ...facts.dataset, duplicates, duplicatesReason: null } }),
    )
    expect(compare(first, second).basis).toBe('rerun')
    expect(ofGroup(compare(first, second), 'A').reason).toBeNull()
    const other = sealed({ ...second.facts, dataset: { ...second.facts.dataset, manifestSha256: 'f'.repeat(64) } })
    expect(ofGroup(compare(first, other), 'A').reason).toBe('other-crop')
  })

  it('compares no vectors of one model whose images were prepared otherwise, and tells other texts', () => {
    const withVectors = (preprocessing: string | null, sha256: string): AuditResult => {
      const { facts } = auditOf(raceScene(COUNTS))
      const [{ id }] = facts.evidence
      const source: VectorsSource = {
        model: 'served',
        modelSha256: null,
        modelSha256Reason: 'not-stated',
        preprocessing,
        preprocessingReason: null,
        sha256: 'a'.repeat(64),
        files: [],
        rows: 1200,
        dim: 8,
        dtype: 'float32',
        normalised: { stated: true, shortest: 1, longest: 1 },
        joinedBy: 'id',
        texts: { kind: 'model', model: 'texts', sha256 },
        logitScale: null,
        logitScaleReason: 'not-stated',
      }
      return sealed({ ...facts, models: [], evidence: [{ id, kind: 'vectors', model: null, modelReason: 'vectors-only', source }] }) // prettier-ignore
    }
    const [first, second] = [withVectors('resized', 'b'.repeat(64)), withVectors('padded', 'b'.repeat(64))]
    expect(ofGroup(compare(first, second), 'A').reason).toBe('other-preprocessing')
    expect(compare(first, withVectors('resized', 'c'.repeat(64))).differences.map(({ kind }) => kind)).toEqual([
      'model',
    ])
  })

  it('names findings that only one of the two has', () => {
    const gender = { name: 'gender', values: ['Male', 'Female'] }
    const scene = raceScene(COUNTS)
    const both: Scene = {
      attributes: [...scene.attributes, gender],
      blocks: scene.blocks.map((block) => ({ ...block, of: [...block.of, 'Male'] })),
    }
    const one = auditOf(both)
    const two = auditOf({ ...both, probes: [probeOf({ groupBy: [['race'], ['gender']] })] })
    expect(compare(one, two).findings.filter(({ change }) => change === 'added').map(({ groupBy }) => groupBy)).toEqual([['gender'], ['gender']]) // prettier-ignore
    expect(compare(two, one).findings.filter(({ change }) => change === 'gone').map(({ groupBy }) => groupBy)).toEqual([['gender'], ['gender']]) // prettier-ignore
  })

  it('tells a two-valued attribute of the same group, though the other side had the higher rate before', () => {
    const first = auditOf(raceScene([['A', 10, 400], ['B', 100, 400]])) // prettier-ignore
    const second = withModel(auditOf(raceScene([['A', 100, 400], ['B', 10, 400]]))) // prettier-ignore
    expect(ofGroup(compare(first, second), 'A')).toMatchObject({
      change: 'worsened',
      first: { count: 10, referenceCount: 100, verdict: { kind: 'disparity', direction: 'lower' } },
      second: { count: 100, referenceCount: 10, verdict: { kind: 'disparity', direction: 'higher' } },
    })
  })

  it('sees that the harm of one of two groups is gone, though the other has a hair more now', () => {
    const [first, second] = [auditOf(raceScene([['A', 100, 400], ['B', 10, 400]])), auditOf(raceScene([['A', 10, 400], ['B', 11, 400]]))] // prettier-ignore
    expect(ofGroup(compare(first, withModel(second)), 'A')).toMatchObject({
      change: 'improved',
      first: { count: 100, severity: 'critical' },
      second: { count: 10, referenceCount: 11 },
    })
    expect(ofGroup(compare(withModel(second), first), 'A').change).toBe('worsened')
  })

  it.each(['quarantineLimit', 'permutations', 'limits', 'mode'] as const)(
    'misses nothing because %s differs too: no verdict hangs on it',
    (limit) => {
      const policy = {
        quarantineLimit: 0.2,
        permutations: 199,
        limits: [{ id: 'disparity', kind: 'disparity' }],
        mode: 'assurance',
      } as const
      const second = withModel(auditOf(raceScene(WORSE, { policy: { [limit]: policy[limit] } })))
      const comparison = compare(auditOf(raceScene(COUNTS)), second)
      expect(comparison.differences.map(({ name }) => name)).toContain(limit)
      expect(comparison.basis).toBe('model')
      expect(ofGroup(comparison, 'A').change).toBe('worsened')
    },
  )

  it('compares a model with itself though another one was audited beside it', () => {
    const [one, two] = [auditOfModels({ A: raceScene(COUNTS) }), auditOfModels({ A: raceScene(WORSE), B: raceScene(COUNTS) })] // prettier-ignore
    const { findings } = compare(one, two)
    const about = (source: string): ComparedFinding[] => findings.filter(({ sources, group }) => sources[1] === source && group[0][1] === 'A') // prettier-ignore
    expect(about('A')).toMatchObject([{ change: 'worsened' }])
    expect(about('B')).toMatchObject([{ change: 'not-comparable', first: null }])
  })

  it('has every failure to process once, though the second audit has more models and more label sets', () => {
    const labelSets = [LABELS, { ...LABELS, id: 'more', sha256: 'c'.repeat(64) }]
    const one = auditOfModels({ A: raceScene(COUNTS) })
    const two = auditOfModels({ A: raceScene(COUNTS, { labelSets }), B: raceScene(COUNTS, { labelSets }) })
    for (const { findings } of [compare(one, two), compare(two, one)]) {
      const failures = findings.filter(({ probe }) => probe === 'failure-to-process')
      expect(failures.map(({ group, change }) => [group[0][1], change])).toEqual([['A', 'unchanged'], ['B', 'unchanged'], ['C', 'unchanged']]) // prettier-ignore
    }
  })

  it('does not refuse a label set for its new name', () => {
    const second = auditOf(raceScene(WORSE, { labelSets: [{ ...LABELS, id: 'renamed' }] }))
    expect(ofGroup(compare(auditOf(raceScene(COUNTS)), second), 'A').change).toBe('worsened')
  })

  it('turns worse into better and added into gone when the two change places', () => {
    const count = fc.integer({ min: 0, max: 200 })
    const counts = fc.tuple(count, count, count)
    const sceneOf = (thieves: readonly number[]): Scene => raceScene(thieves.map((images, index) => ['ABC'[index], images, 400] as const)) // prettier-ignore
    const mirror: Record<FindingChange, FindingChange> = { added: 'gone', gone: 'added', worsened: 'improved', improved: 'worsened', unchanged: 'unchanged', 'cannot-tell': 'cannot-tell', 'not-comparable': 'not-comparable' } // prettier-ignore
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const [first, second] = [auditOf(sceneOf(a)), withModel(auditOf(sceneOf(b)))]
        const [there, back] = [compare(first, second), compare(second, first)]
        for (const value of ['A', 'B', 'C'])
          expect(ofGroup(back, value).change).toBe(mirror[ofGroup(there, value).change])
      }),
      { numRuns: 20 },
    )
  })

  it('has the shape that its schema describes', () => {
    const [first, second] = [auditOf(raceScene(COUNTS)), withModel(auditOf(raceScene(WORSE)))]
    const cells = cellsOf([[20, 0, 80, 300], [20, 0, 0, 380], [20, 0, 0, 380]]) // prettier-ignore
    const changes = matchRuns(first.facts, second.facts).flatMap((run) => changesBetween([first, second], run, cells))
    const paired = compare(first, second, { pairing: 'paired', unpaired: 3, changes: new Map(changes) })
    const other = compare(first, sealed({ ...second.facts, dataset: { ...second.facts.dataset, manifestSha256: 'f'.repeat(64) } })) // prettier-ignore
    for (const comparison of [paired, other]) expect(comparisonSchema.parse(comparison)).toEqual(comparison)
    expect(() => comparisonSchema.parse({ ...paired, basis: 'guess' })).toThrow()
  })

  it('says of which audit the evidence is incomplete, and not of a gate that had nothing to judge', () => {
    const scene = raceScene(COUNTS)
    const unreadable = auditOf({ ...scene, blocks: [...scene.blocks, { of: ['A'], images: 400, fate: 'unreadable' }] })
    const nothing = auditOf(raceScene([['A', 1, 5], ['B', 1, 5]], { policy: { limits: [{ id: 'disparity', kind: 'disparity' }] } })) // prettier-ignore
    expect([unreadable, nothing].map(({ derived }) => derived.gate.result)).toEqual([
      'evidence-incomplete',
      'evidence-incomplete',
    ])
    const incomplete = (first: AuditResult, second: AuditResult): boolean[] =>
      compare(first, second).audits.map(({ isIncomplete }) => isIncomplete)
    expect(incomplete(auditOf(scene), unreadable)).toEqual([false, true])
    expect(incomplete(nothing, auditOf(scene))).toEqual([false, false])
  })

  it('counts every finding once, and has an id over its content that forgets the dates', () => {
    const [first, second] = [auditOf(raceScene(COUNTS)), withModel(auditOf(raceScene(WORSE)))]
    const comparison = compare(first, second)
    expect(FINDING_CHANGES.reduce((sum, change) => sum + countOf(comparison, change), 0)).toBe(
      comparison.findings.length,
    )
    const later = { ...second, run: { ...second.run, createdUtc: '2031-01-01T00:00:00Z' } }
    expect(compare(first, later).comparisonId).toBe(comparison.comparisonId)
    expect(compare(first, first).comparisonId).not.toBe(comparison.comparisonId)
  })
})
