import { describe, expect, it } from 'vitest'
import {
  associationThresholdSchema,
  toAssociationThreshold,
} from '../../../../src/audit/definitions/measures/association-threshold.js'
import { readLabelSet, readProbe } from '../../../../src/audit/definitions/shipped.js'

const read = (written: object) =>
  toAssociationThreshold(associationThresholdSchema.parse({ kind: 'association-threshold', ...written }))

describe('how a probe writes an association by threshold', () => {
  it('has the thresholds and the twenty labels of the CLIP paper where it names none', () =>
    expect(read({})).toEqual({
      kind: 'association-threshold',
      thresholds: [0.005, 0.04],
      top: 20,
      keyness: 'image',
      named: null,
    }))

  it('refuses a threshold twice, or one that is no share', () => {
    expect(() => read({ thresholds: [0.01, 0.01] })).toThrow('each threshold once')
    expect(() => read({ thresholds: [0] })).toThrow('a share above 0 and below 1')
    expect(() => read({ thresholds: [1] })).toThrow('a share above 0 and below 1')
  })
})

describe('the probe congress', () => {
  const probe = readProbe('congress')
  const { measure } = probe
  if (measure.kind !== 'association-threshold' || measure.named === null) throw new Error('another measure')
  const { thresholds, named } = measure

  it('names only labels that its label sets have, at thresholds that it asks', () => {
    for (const { labelSet, threshold, labels } of named.said) {
      const ids = readLabelSet(labelSet).labels.map(({ id }) => id)
      expect(probe.suggests).toContain(labelSet)
      expect(thresholds).toContain(threshold)
      expect(labels.filter((label) => !ids.includes(label))).toEqual([])
    }
  })

  it('suggests 311 labels of cloud services and 300 occupations that are marked as ours', () => {
    expect(readLabelSet('congress-cloud-labels').labels).toHaveLength(311)
    const occupations = readLabelSet('occupations')
    expect(occupations.labels).toHaveLength(300)
    expect(occupations.source).toMatch(/^Ours; not the list of the CLIP paper/)
  })
})
