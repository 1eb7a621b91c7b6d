import { describe, expect, it } from 'vitest'
import { promptsSha256 } from '../../../src/audit/definitions/prompts.js'
import { derive } from '../../../src/audit/derive.js'
import { publishedStatus } from '../../../src/audit/findings/published-status.js'
import type { PublishedRecord } from '../../../src/audit/types/derived.js'
import type { PublishedFigure, PublishedTable } from '../../../src/audit/types/definitions.js'
import { LABELS, probeOf } from '../../support/definitions.js'
import { factsOf, raceScene, type Scene } from '../../support/facts.js'

const percent = (text: string): PublishedFigure => ({
  kind: 'percent',
  text,
  decimals: text.split('.')[1]?.length ?? 0,
})

const COUNTS = [['A', 90, 300], ['B', 10, 300]] as const // prettier-ignore

/** A published table of one figure, of group A, under the conditions of our scene. */
function tableOf(figure: PublishedFigure, changes: Partial<PublishedTable> = {}): PublishedTable {
  return {
    id: 'table-1',
    source: 'a paper, table 1',
    labelSet: 'four-labels',
    outcome: 'crime',
    attribute: 'race',
    figures: [{ value: 'A', figure }],
    neverComparable: null,
    conditions: { crop: '0.25', promptsSha256: promptsSha256(LABELS) },
    note: null,
    ...changes,
  }
}

/** The status of one published figure of group A beside our 90 of 300. */
function statusOf(
  figure: PublishedFigure,
  table: Partial<PublishedTable> = {},
  scene: Partial<Scene> = {},
): PublishedRecord {
  const probes = [probeOf({ published: [tableOf(figure, table)] })]
  return derive(factsOf(raceScene(COUNTS, { crop: '0.25', probes, ...scene }))).published[0]
}

describe('publishedStatus', () => {
  it('reproduces a figure that rounds to a value inside our interval', () => {
    expect(statusOf(percent('30.0'))).toMatchObject({ status: 'reproduces', rate: 'r1' })
    expect(statusOf({ kind: 'counts', count: 85, total: 300 }).status).toBe('reproduces')
  })

  it('names the group of the figure, and no reason where there is a rate', () => {
    const record = statusOf(percent('30.0'))
    expect(record.group).toEqual([['race', 'A']])
    expect(record).not.toHaveProperty('rateReason')
  })

  it('takes a figure at the very end of our interval as inside', () => {
    const [nobody, everybody] = [raceScene([['A', 0, 300], ['B', 10, 300]]), raceScene([['A', 300, 300], ['B', 10, 300]])] // prettier-ignore
    expect(statusOf({ kind: 'counts', count: 0, total: 300 }, {}, { blocks: nobody.blocks }).status).toBe('reproduces')
    expect(statusOf({ kind: 'counts', count: 300, total: 300 }, {}, { blocks: everybody.blocks }).status).toBe(
      'reproduces',
    )
  })

  it.each([
    { probe: 'another' },
    { evidence: 'e2' },
    { labelSet: 'again' },
    { outcome: 'non-human' },
    { group: [['race', 'B']] as const },
    { group: null },
  ])('passes over a rate of %o', (changes) => {
    const probes = [probeOf({ published: [tableOf(percent('30.0'))] })]
    const facts = factsOf(raceScene(COUNTS, { probes }))
    const { rates } = derive(facts)
    const ours = rates.find(({ outcome, group }) => outcome === 'crime' && group?.[0][1] === 'A')
    expect(ours?.count).toBe(90)
    const decoys = rates
      .map((rate) => ({ ...rate, ...changes, id: `not ${rate.id}` }))
      .filter(({ count }) => count === 90)
    expect(publishedStatus(facts, [...decoys, ...rates])[0].rate).toBe(ours?.id)
  })

  it('looks at the wording and the groups of its own label set among several', () => {
    const labelSets = [{ ...LABELS, id: 'again', templates: ['a drawing of {label}'] }, LABELS]
    expect(statusOf(percent('30.0'), {}, { labelSets }).status).toBe('reproduces')
    expect(statusOf(percent('30.0'), { attribute: 'age' }, { labelSets }).rateReason).toBe('attribute-absent')
  })

  it('compares where the source states no conditions', () =>
    expect(statusOf(percent('30.0'), { conditions: null }, { crop: null }).status).toBe('reproduces'))

  it('differs where no value that rounds to the figure is inside', () => {
    expect(statusOf(percent('60.0')).status).toBe('differs')
    expect(statusOf({ kind: 'counts', count: 160, total: 300 }).status).toBe('differs')
    expect(statusOf({ kind: 'counts', count: 30, total: 300 }).status).toBe('differs')
  })

  it('keeps to 95 % whatever level the policy chose, since a wider interval would reproduce more', () => {
    expect(statusOf(percent('36.0'), {}, { policy: { alpha: 0.001 } }).status).toBe('differs')
  })

  it('takes a figure by its printed decimals: 35 percent reaches up to 35.5 and down to 34.5', () => {
    // our interval: 90 of 300 is Wilson [0.2510, 0.3542] (A1)
    expect(statusOf(percent('36')).status).toBe('differs')
    expect(statusOf(percent('35.9')).status).toBe('differs')
    expect(statusOf(percent('35')).status).toBe('reproduces')
    expect(statusOf(percent('25.1')).status).toBe('reproduces')
    expect(statusOf(percent('25.0')).status).toBe('differs')
  })

  it.each([
    ['never published in full', { neverComparable: 'the wording was never published' }, {}, 'the wording was never published'], // prettier-ignore
    ['another crop', { conditions: { crop: '1.25', promptsSha256: promptsSha256(LABELS) } }, {}, 'other crop'],
    ['a crop that is not stated', {}, { crop: null }, 'crop not stated'],
    ['another wording', { conditions: { crop: '0.25', promptsSha256: 'b'.repeat(64) } }, {}, 'other wording of the prompts'], // prettier-ignore
  ] as const)('is not comparable with %s', (_, table, scene, reason) => {
    expect(statusOf(percent('30.0'), table, scene)).toMatchObject({ status: 'not-comparable', statusReason: reason })
  })

  it('is not comparable with counts over other images', () => {
    expect(statusOf({ kind: 'counts', count: 90, total: 301 })).toMatchObject({
      status: 'not-comparable',
      statusReason: 'other images: the group sizes differ',
    })
  })

  it('has no rate for a design that was not run', () => {
    expect(statusOf(percent('30.0'), { labelSet: 'another' })).toMatchObject({
      rate: null,
      rateReason: 'design-not-run',
      status: 'not-comparable',
      statusReason: 'this design was not run here',
    })
  })

  it('has no rate for a group that this dataset does not have, and does not blame the design', () => {
    expect(statusOf(percent('30.0'), { attribute: 'age' })).toMatchObject({
      rate: null,
      rateReason: 'attribute-absent',
      status: 'not-comparable',
      statusReason: 'this audit has no such group',
    })
  })

  it('is not comparable with a group without images', () => {
    const scene = raceScene([['A', 0, 0], ['B', 10, 300]]) // prettier-ignore
    expect(statusOf(percent('30.0'), {}, { blocks: scene.blocks })).toMatchObject({
      status: 'not-comparable',
      statusReason: 'no images',
    })
  })

  it('has no status on simulated data, which says nothing about any model', () => {
    expect(statusOf(percent('30.0'), {}, { simulated: true })).toMatchObject({
      status: null,
      statusReason: 'simulated',
    })
  })
})
