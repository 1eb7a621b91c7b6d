import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { factsOf, raceScene, type Scene } from '../../support/facts.js'
import { contrastOf, findingOf } from '../../support/look-up.js'

const COUNTS = [['A', 90, 300], ['B', 10, 300], ['C', 10, 300]] as const // prettier-ignore
const findingsOf = (changes: Partial<Scene> = {}, counts: Parameters<typeof raceScene>[0] = COUNTS) => {
  const derived = derive(factsOf(raceScene(counts, changes)))
  return { derived, of: (group: string, outcome?: string) => findingOf(derived, contrastOf(derived, group, outcome === undefined ? {} : { outcome })) } // prettier-ignore
}

describe('toFinding', () => {
  it('numbers findings from F-001', () => {
    expect(
      findingsOf()
        .derived.findings.map(({ id }) => id)
        .slice(0, 2),
    ).toEqual(['F-001', 'F-002'])
  })

  it('gives a disparity towards harm a severity, and a finding without disparity the reason', () => {
    expect(findingsOf().of('A')).toMatchObject({ harm: 'denigration', severity: 'critical' })
    const alike = findingsOf({}, [['A', 10, 300], ['B', 10, 300], ['C', 10, 300]]) // prettier-ignore
    expect(alike.of('A')).toMatchObject({ severity: null, severityReason: 'no-disparity' })
  })

  it('names the worst harm among the categories that a union joins', () => {
    const outcomes = LABELS.outcomes.map(({ id }) => ({ id, harm: id === 'crime' ? ('stereotyping' as const) : id === 'non-human' ? ('denigration' as const) : ('none' as const) })) // prettier-ignore
    const scene: Partial<Scene> = {
      labelSets: [{ ...LABELS, outcomes }],
      probes: [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] } })],
    }
    const { of } = findingsOf(scene)
    expect([of('A', 'crime').harm, of('A', 'flagged').harm]).toEqual(['stereotyping', 'denigration'])
  })

  it('calls a failure to process a harm of quality of service', () => {
    const { derived } = findingsOf()
    expect(findingOf(derived, contrastOf(derived, 'A', { probe: 'failure-to-process' })).harm).toBe(
      'quality-of-service',
    )
  })

  it('names what weakens it: perceived attributes, a crop that is not stated, images taken as independent', () => {
    expect(findingsOf().of('A').caveats).toEqual([
      'perceived-attributes',
      'crop-not-stated',
      'images-taken-as-independent',
    ])
    const stated = findingsOf({
      crop: '0.25',
      imagesPerSubject: 1,
      attributes: [{ name: 'race', values: ['A', 'B', 'C'], labelledBy: 'self' }],
    })
    expect(stated.of('A').caveats).toEqual([])
  })

  it('looks at the source of a derived attribute for who perceived it', () => {
    const derive19 = [
      {
        id: 'joined',
        from: 'race',
        groups: [
          { value: 'one', values: ['A'] },
          { value: 'two', values: ['B', 'C'] },
        ],
      },
    ]
    const { of } = findingsOf({ probes: [probeOf({ derive: derive19, groupBy: [['joined']] })], crop: '0.25' })
    expect(of('one').caveats).toContain('perceived-attributes')
  })

  it('keeps its fingerprint when only the numbers change', () => {
    const fewer = findingsOf({}, [['A', 12, 300], ['B', 10, 300], ['C', 10, 300]]) // prettier-ignore
    expect(fewer.of('A').fingerprint).toBe(findingsOf().of('A').fingerprint)
  })

  it('has another fingerprint for another group, reference or outcome', () => {
    const base = findingsOf()
    const overall = findingsOf({ reference: { kind: 'overall' } })
    const prints = [base.of('A'), base.of('B'), overall.of('A')].map(({ fingerprint }) => fingerprint)
    expect(new Set(prints).size).toBe(3)
  })

  it('carries the counts of both sides for its sentence', () => {
    const { message } = findingsOf().of('A')
    expect(message.id).toBe('disparity.higher')
    expect(message.values).toEqual(
      expect.arrayContaining([
        ['outcome', 'crime'],
        ['k', 90],
        ['n', 300],
        ['k2', 20],
        ['n2', 600],
        ['minimum', 30],
      ]),
    )
  })

  it('counts subjects, not images, where several images show one and they are too few', () => {
    const message = (imagesPerSubject: number, counts: Parameters<typeof raceScene>[0]) =>
      findingsOf({ imagesPerSubject }, counts).of('A').message
    const few = message(10, [['A', 90, 200], ['B', 10, 400], ['C', 10, 400]]) // prettier-ignore
    expect(few.id).toBe('insufficient.group-too-small.subjects')
    expect(few.values).toEqual(expect.arrayContaining([['n', 200], ['minimum', 30], ['subjects', 20]])) // prettier-ignore
    const other = message(10, [['A', 90, 300], ['B', 10, 290]]) // prettier-ignore
    expect(other.id).toBe('insufficient.reference-too-small.subjects')
    expect(other.values).toEqual(expect.arrayContaining([['n2', 290], ['subjects', 29]])) // prettier-ignore
  })

  it('counts images where a group has none to show a subject, and where subjects are not named', () => {
    const none = findingsOf({ imagesPerSubject: 1 }, [['A', 0, 0], ['B', 10, 400], ['C', 10, 400]]).of('A') // prettier-ignore
    expect(none.message.id).toBe('insufficient.group-too-small')
    const images = findingsOf({}, [['A', 3, 29], ['B', 10, 400], ['C', 10, 400]]).of('A') // prettier-ignore
    expect(images.message.values.map(([name]) => name)).not.toContain('subjects')
  })

  it.each([
    ['within-margin.difference', [['A', 500, 10000], ['B', 505, 10000], ['C', 500, 10000]]], // prettier-ignore
    ['inconclusive.interval-too-wide', [['A', 10, 100], ['B', 3, 60], ['C', 3, 60]]], // prettier-ignore
    ['insufficient.group-too-small', [['A', 1, 29], ['B', 3, 60], ['C', 3, 60]]], // prettier-ignore
    ['insufficient.reference-too-small', [['A', 3, 40], ['B', 1, 20]]], // prettier-ignore
  ] as const)('words %s', (id, counts) => {
    const { derived } = findingsOf({}, counts)
    expect(derived.findings[0].message.id).toBe(id)
  })
})
