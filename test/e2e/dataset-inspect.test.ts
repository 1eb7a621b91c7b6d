import { describe, expect, it } from 'vitest'
import type { Inspection } from '../../src/audit/types/inspection.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity } from './run-cli.js'

const LABELS = sharedPath('data/fairface-val-labels/fairface_label_val.csv')

describe.skipIf(LABELS === null)(`the FairFace validation labels, looked at (needs ${SHARED})`, () => {
  const flags = ['dataset', 'inspect', '--dataset', 'fairface', '--labels', LABELS ?? '']

  it('have the published counts and the known small cells', () => {
    const ran = probity([...flags, '--json'])
    expect(ran.status).toBe(0)
    const found = JSON.parse(ran.stdout) as Inspection
    expect(found.rows.processed).toBe(10_954)
    // published-figures.md, section 1
    const race = found.attributes.find(({ name }) => name === 'race')?.values
    expect(Object.fromEntries(race ?? [])).toEqual({
      White: 2085,
      Latino_Hispanic: 1623,
      Black: 1556,
      'East Asian': 1550,
      Indian: 1516,
      'Southeast Asian': 1415,
      'Middle Eastern': 1209,
    })
    const cross = found.groupings.find(({ groupBy }) => groupBy.length === 3)?.groups ?? []
    expect(cross).toHaveLength(126)
    expect(cross.filter(({ standing }) => standing === 'below-minimum')).toHaveLength(41)
    expect(found.groupings.some(({ groupBy }) => groupBy.join() === 'age-19')).toBe(true)
  })

  it('fit a terminal of 80 columns', () => {
    const ran = probity(flags)
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    expect(ran.stdout).toContain('41 groups have fewer than 30')
    expect(Math.max(...ran.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})

it('says what is missing where nothing is named', () => {
  const ran = probity(['dataset', 'inspect'])
  expect(ran.status).toBe(2)
  expect(ran.stderr).toContain('--dataset')
})
