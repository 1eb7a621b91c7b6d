import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { fairfaceSizes, sizesOfAudit } from '../../src/audit/calibration-sizes.js'
import { POLICY, probeOf } from '../support/definitions.js'
import { auditOf, raceScene, type Scene } from '../support/facts.js'

function saved(scene: Scene): string {
  const file = join(mkdtempSync(join(tmpdir(), 'probity-test-')), 'audit.json')
  writeFileSync(file, readableJson(auditOf(scene)))
  return file
}

const TWO: Scene = {
  attributes: [
    { name: 'race', values: ['A', 'B'] },
    { name: 'gender', values: ['F', 'M'] },
  ],
  blocks: [
    { of: ['A', 'F'], images: 40, label: 'man' },
    { of: ['A', 'M'], images: 50, label: 'thief' },
    { of: ['B', 'F'], images: 60, label: 'man' },
    { of: ['B', 'M'], images: 20, label: 'man' },
  ],
  probes: [probeOf({ groupBy: [['race'], ['race', 'gender']] })],
}

describe('fairfaceSizes', () => {
  it('has 14 groups of 10,954 images, and the same images by race', () => {
    const { groups, recoveryGroups, policy } = fairfaceSizes(POLICY)
    const total = (sizes: readonly { images: number }[]): number => sizes.reduce((sum, { images }) => sum + images, 0)
    expect([groups.sizes.length, total(groups.sizes)]).toEqual([14, 10_954])
    expect([recoveryGroups.length, total(recoveryGroups)]).toEqual([7, 10_954])
    for (const { name, images } of recoveryGroups)
      expect(total(groups.sizes.filter((one) => one.name.startsWith(`${name}, `)))).toBe(images)
    expect(policy).toBe(POLICY)
  })
})

describe('sizesOfAudit', () => {
  it('takes the grouping with the most groups that have enough images, with the limits of the audit', async () => {
    const found = await sizesOfAudit(saved({ ...TWO, policy: { alpha: 0.1 } }), null)
    expect(found.groups).toMatchObject({
      source: 'audit',
      groupBy: ['race', 'gender'],
      sizes: [
        { name: 'A, F', images: 40 },
        { name: 'A, M', images: 50 },
        { name: 'B, F', images: 60 },
        { name: 'B, M', images: 20 },
      ],
    })
    expect(found.groups.auditId).toMatch(/^sha256:/)
    expect(found.recoveryGroups).toEqual(found.groups.sizes)
    expect(found.policy.alpha).toBe(0.1)
  })

  it('takes the grouping that is named', async () => {
    const { groups } = await sizesOfAudit(saved(TWO), ['race'])
    expect(groups.sizes).toEqual([
      { name: 'A', images: 90 },
      { name: 'B', images: 80 },
    ])
  })

  it('leaves out groups that are not known and groups without images', async () => {
    const scene = raceScene([
      ['A', 5, 50],
      ['B', 5, 50],
      ['none', 0, 0],
      ['unknown', 2, 40],
    ])
    const { groups } = await sizesOfAudit(saved(scene), null)
    expect(groups.sizes.map(({ name }) => name)).toEqual(['A', 'B'])
  })

  it('refuses a grouping that the audit does not have, and names those it has', async () => {
    await expect(sizesOfAudit(saved(TWO), ['age'])).rejects.toThrow(
      '--group-by: expected race or race,gender but received "age"',
    )
  })

  it('refuses an audit without two groups that are large enough', async () => {
    const scene = raceScene([
      ['A', 5, 50],
      ['B', 5, 29],
    ])
    await expect(sizesOfAudit(saved(scene), null)).rejects.toThrow(
      'race: expected at least 2 groups with 30 images or more but received 1',
    )
  })
})
