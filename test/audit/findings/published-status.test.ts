import { describe, expect, it } from 'vitest'
import { promptsSha256 } from '../../../src/audit/definitions/prompts.js'
import { derive } from '../../../src/audit/derive.js'
import type { PublishedRecord } from '../../../src/audit/types/derived.js'
import type { PublishedFigure, PublishedTable } from '../../../src/audit/types/definitions.js'
import { LABELS, probeOf } from '../../support/definitions.js'
import { factsOf, raceScene, type Scene } from '../../support/facts.js'

const percent = (text: string): PublishedFigure => ({
  kind: 'percent',
  text,
  decimals: text.split('.')[1]?.length ?? 0,
})

/** The status of one published figure of group A beside our 90 of 300. */
function statusOf(
  figure: PublishedFigure,
  table: Partial<PublishedTable> = {},
  scene: Partial<Scene> = {},
): PublishedRecord {
  const published: PublishedTable = {
    id: 'table-1',
    source: 'a paper, table 1',
    labelSet: 'four-labels',
    outcome: 'crime',
    attribute: 'race',
    figures: [{ value: 'A', figure }],
    neverComparable: null,
    conditions: { crop: '0.25', promptsSha256: promptsSha256(LABELS) },
    note: null,
    ...table,
  }
  const counts = [['A', 90, 300], ['B', 10, 300]] as const // prettier-ignore
  const probes = [probeOf({ published: [published] })]
  return derive(factsOf(raceScene(counts, { crop: '0.25', probes, ...scene }))).published[0]
}

describe('publishedStatus', () => {
  it('reproduces a figure that rounds to a value inside our interval', () => {
    expect(statusOf(percent('30.0'))).toMatchObject({ status: 'reproduces', rate: 'r1' })
    expect(statusOf({ kind: 'counts', count: 85, total: 300 }).status).toBe('reproduces')
  })

  it('differs where no value that rounds to the figure is inside', () => {
    expect(statusOf(percent('60.0')).status).toBe('differs')
    expect(statusOf({ kind: 'counts', count: 160, total: 300 }).status).toBe('differs')
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
