import { describe, expect, it } from 'vitest'
import { planEvidence } from '../../../src/audit/definitions/plan-evidence.js'
import type { PlanSettings } from '../../../src/audit/definitions/plan-settings.js'
import type { Fault } from '../../../src/audit/errors.js'
import { probeOf } from '../../support/definitions.js'

const IDENTITY = probeOf({ id: 'identity', measure: { kind: 'identity', classCounts: [100], draws: 1 } })
const CAPTIONS = probeOf({ id: 'surveillance', measure: { kind: 'caption-test', protocols: ['coarse'] } })
const setting = (value: string) => ({
  value,
  at: 'command line',
  field: '--captions',
  folder: { path: '/', shown: '' },
})

function refused(probes: Parameters<typeof planEvidence>[0], settings: PlanSettings): Fault[] {
  const faults: Fault[] = []
  planEvidence(probes, settings, faults)
  return faults
}

describe('what some probes need beside images and labels', () => {
  it('is the word of the user, and a column of names, before people are named; the refusal says why', () => {
    const [unsaid, nameless] = refused([IDENTITY], {})
    expect(unsaid).toMatchObject({ field: '--acknowledge', received: 'nothing' })
    expect(unsaid.hint).toMatch(/licence.*purpose.*Only names that you supply.*nothing about a single person/)
    expect(nameless).toMatchObject({ field: '--map' })
    const said = { acknowledge: ['identity' as const], map: [{ attribute: 'identity', column: 'who' }] }
    expect(refused([IDENTITY], said)).toEqual([])
  })

  it('is no filter by a name, and no name as group, image or label of training images; only as a subject', () => {
    const said = { acknowledge: ['identity' as const], map: [{ attribute: 'identity', column: 'who' }] }
    const where = [{ attribute: 'identity', values: ['Zorblax Quimby'] }]
    const [filtered] = refused([IDENTITY], { ...said, where })
    expect(filtered).toMatchObject({ field: '--where', received: 'a filter by identity' })
    expect(JSON.stringify(filtered)).not.toContain('Zorblax')
    expect(refused([probeOf()], { ...said, where })).toEqual([]) // elsewhere an attribute like any other
    const also = (attribute: string, column: string): PlanSettings => ({
      ...said,
      map: [...said.map, { attribute, column }],
    })
    expect(refused([IDENTITY], also('person', 'who'))).toMatchObject([
      { field: '--map', received: 'person, from the same column as identity' },
    ])
    expect(refused([IDENTITY], also('image', '{who}.jpg'))).toMatchObject([{ field: '--map' }])
    expect(refused([IDENTITY], also('subject', 'who'))).toEqual([])
    expect(refused([IDENTITY], { ...said, train: { where } })).toMatchObject([{ field: '--map' }])
    expect(refused([IDENTITY], { ...said, train: { map: said.map } })).toMatchObject([{ field: '--map' }])
  })

  it('is a file of captions for a probe that tests them, and none for another', () => {
    expect(refused([CAPTIONS], {})).toMatchObject([{ field: '--captions', expected: 'a file' }])
    expect(refused([probeOf()], { captions: setting('captions.csv') })).toMatchObject([{ field: '--captions' }])
    expect(refused([probeOf()], {})).toEqual([])
  })
})
