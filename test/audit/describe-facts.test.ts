import { describe, expect, it } from 'vitest'
import { parseAudit } from '../../src/audit/definitions/audit-schema.js'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { auditOf, factsOf, raceScene, type Scene } from '../support/facts.js'

const SCENE: Scene = {
  attributes: [{ name: 'race', values: ['A', 'B', 'unknown'], labelledBy: 'self' }],
  blocks: [
    { of: ['A'], images: 97, label: 'man' },
    { of: ['A'], images: 3, fate: 'unreadable' },
    { of: ['B'], images: 50, label: 'man' },
    { of: ['B'], images: 7, fate: 'excluded' },
    { of: ['unknown'], images: 5, label: 'thief' },
  ],
}

describe('describeFacts', () => {
  const { dataset } = factsOf(SCENE)

  it('accounts for every row: in = processed + quarantined + excluded', () => {
    expect(dataset.rows).toEqual({ in: 162, processed: 152, quarantined: 3, excluded: 7 })
  })

  it('counts the rows without a known value', () => {
    expect(dataset.attributes).toEqual([
      { name: 'race', labelledBy: 'self', values: ['A', 'B', 'unknown'], unknown: 5 },
    ])
  })

  it('gives a reason for what the dataset does not state', () => {
    expect(dataset).toMatchObject({
      crop: null,
      cropReason: 'not stated',
      licence: null,
      licenceReason: 'not stated',
      subjects: null,
      subjectsReason: 'no subject column was named: images are taken as independent',
    })
  })

  it('counts distinct subjects where the dataset names them', () => {
    expect(factsOf({ ...SCENE, imagesPerSubject: 1, crop: '0.25' }).dataset).toMatchObject({
      subjects: 162,
      subjectsReason: null,
      crop: '0.25',
      cropReason: null,
    })
  })

  it('keeps the whole policy, with the near-tie limit also on its own', () => {
    const facts = factsOf({ ...SCENE, policy: { nearTie: 0.002 } })
    expect([facts.policy.nearTie, facts.nearTie]).toEqual([0.002, 0.002])
  })

  it('gives a reason where only decisions were given', () => {
    const facts = factsOf(raceScene([['A', 1, 40], ['B', 1, 40]], { decisionsOnly: true })) // prettier-ignore
    expect(facts.evidence[0]).toMatchObject({ model: null, modelReason: 'decisions-only' })
    expect(facts.tallies[0]).toMatchObject({ nearTies: null, nearTiesReason: 'decisions-only' })
  })

  it('makes an audit that the reader of saved audits accepts', () => {
    const audit = auditOf(SCENE)
    expect(parseAudit(readableJson(audit), 'audit.json').auditId).toBe(audit.auditId)
  })
})
