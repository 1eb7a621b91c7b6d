import { describe, expect, it } from 'vitest'
import { groupsOfAudit, groupsOfDataset } from '../../src/audit/seen-groups.js'
import type { Dataset } from '../../src/audit/types/dataset.js'
import { sampleAudit } from './definitions/sample-audit.js'

const DATASET: Dataset = {
  id: 'four',
  crop: null,
  licence: null,
  simulated: false,
  sources: [],
  images: ['1', '2', '3', '4', '5'],
  paths: null,
  subjects: null,
  attributes: [
    {
      name: 'race',
      values: ['Black', 'White', 'unknown'],
      codes: Uint16Array.of(0, 0, 1, 2, 0),
      labelledBy: 'annotator',
    },
    { name: 'gender', values: ['Male', 'Female'], codes: Uint16Array.of(0, 1, 1, 0, 0), labelledBy: 'annotator' },
  ],
  excluded: new Map([[4, 'where']]),
  quarantined: new Map(),
  warnings: [],
}

describe('groupsOfDataset', () => {
  const seen = groupsOfDataset(DATASET)

  it('counts images that are used, alone and crossed, and leaves out unknown values', () => {
    expect(seen.attributes).toEqual([
      { name: 'race', values: ['Black', 'White'] },
      { name: 'gender', values: ['Male', 'Female'] },
    ])
    expect(seen.imagesOf([['race', 'Black']])).toBe(2)
    expect(seen.imagesOf([['gender', 'Female'], ['race', 'Black']])).toBe(1) // prettier-ignore
    expect(seen.imagesOf([['race', 'White'], ['gender', 'Male']])).toBe(0) // prettier-ignore
  })
})

describe('groupsOfAudit', () => {
  it('counts what the audit counted, and says null of what it did not cross', () => {
    const audit = sampleAudit()
    const { cells, cellAttributes } = audit.facts.dataset
    const [name] = cellAttributes
    const values = [
      ...new Set(cells.flatMap(({ group }) => group.filter(([each]) => each === name).map(([, value]) => value))),
    ]
    const seen = groupsOfAudit(audit)
    const counted = values.map((value) => seen.imagesOf([[name, value]]) ?? -1)
    expect(counted.reduce((sum, images) => sum + images, 0)).toBe(audit.facts.dataset.rows.processed)
    expect(seen.imagesOf([['no such attribute', 'x']])).toBeNull()
  })
})
