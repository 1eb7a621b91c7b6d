import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publishAudit } from '../../../src/audit/disclosure/publish-audit.js'
import type { PublishedAudit, PublishedTableOfRates } from '../../../src/audit/types/published.js'
import { renderPublishedMarkdown } from '../../../src/audit/report/render-published.js'
import type { Limit, Waiver } from '../../../src/audit/types/policy.js'
import { LABELS, probeOf } from '../../support/definitions.js'
import { auditOf, raceScene, type Scene } from '../../support/facts.js'
import { foundBySubtraction } from './attack.js'
import { scenes, sceneOf } from './scenes.js'

function tableOf(published: PublishedAudit, outcome: string, groupBy = 'race'): PublishedTableOfRates {
  const found = published.tables.find((table) => table.outcome === outcome && table.groupBy.join() === groupBy)
  if (found === undefined) throw new Error(`no table of ${outcome} by ${groupBy}`)
  return found
}

/** A table as `group count/total`, with a dash for what is suppressed. */
function shown({ rows, everyone }: PublishedTableOfRates): string[] {
  const written = ({ count, total }: { count: number | null; total: number | null }): string =>
    `${count ?? '-'}/${total ?? '-'}`
  return [
    ...rows.map((row) => `${row.group.map(([, value]) => value).join(' ')} ${written(row)}`),
    `everyone ${written(everyone)}`,
  ]
}

const publish = (
  counts: readonly (readonly [string, number, number])[],
  changes: Partial<Scene> = {},
): PublishedAudit => publishAudit(auditOf(raceScene(counts, changes)), 10)

const SMALL_A = [
  ['A', 3, 200],
  ['B', 25, 210],
  ['C', 60, 220],
] as const

describe('publishAudit', () => {
  it('publishes everything but failures where no count is small', () => {
    const published = publish([
      ['A', 10, 200],
      ['B', 25, 210],
      ['C', 200, 210],
    ])
    expect(shown(tableOf(published, 'crime'))).toEqual(['A 10/200', 'B 25/210', 'C 200/210', 'everyone 235/620'])
    expect(tableOf(published, 'crime').rows[0]).toMatchObject({ value: 0.05, method: 'wilson' })
    expect(tableOf(published, 'crime').rows[0].interval?.[0]).toBeCloseTo(0.0274, 4)
    // nothing failed, and zero is suppressed: with the images decided, attempts would give the zeros away
    expect(shown(tableOf(published, 'failed'))).toEqual(['A -/-', 'B -/-', 'C -/-', 'everyone -/-'])
    expect(published.suppression).toEqual({ minDisclosed: 10, cells: 16, suppressed: 8 })
  })

  it('suppresses a small count and the next smallest, with everything computed from them', () => {
    const table = tableOf(publish(SMALL_A), 'crime')
    expect(shown(table)).toEqual(['A -/200', 'B -/210', 'C 60/220', 'everyone 88/630'])
    const nothing = { count: null, value: null, interval: null, reason: 'suppressed' }
    expect(table.rows[0]).toEqual({ group: [['race', 'A']], total: 200, method: 'wilson', ...nothing })
    expect(table.rows[1]).toEqual({ group: [['race', 'B']], total: 210, method: 'wilson', ...nothing })
    expect(table.contrasts?.[0]).toEqual({
      group: [['race', 'A']],
      reference: { kind: 'rest' },
      referenceGroup: null,
      difference: null,
      ratio: null,
      verdict: null,
      q: null,
      reason: 'suppressed',
    })
    expect(table.contrasts?.[2]).toMatchObject({
      verdict: { kind: 'disparity', direction: 'higher' },
      q: null,
      qReason: 'suppressed',
    })
    expect(table.contrasts?.[2].difference?.value).toBeCloseTo(60 / 220 - 28 / 410, 12)
    expect(table.contrasts?.[2]).not.toHaveProperty('reason')
  })

  it('suppresses a count that leaves few images outside the outcome', () => {
    const published = publish([
      ['A', 195, 200],
      ['B', 25, 210],
      ['C', 60, 220],
    ])
    expect(shown(tableOf(published, 'crime'))[0]).toBe('A -/200')
  })

  it('suppresses the total of a small group, and that of another', () => {
    const published = publish([
      ['A', 2, 9],
      ['B', 50, 210],
      ['C', 60, 220],
    ])
    expect(shown(tableOf(published, 'crime')).map((text) => text.split('/')[1])).toEqual(['-', '-', '220', '439'])
  })

  it('suppresses across a table and its margins', () => {
    const races = ['A', 'B', 'C']
    const published = publishAudit(
      auditOf(
        crossed(
          races.flatMap((race, i) => ['F', 'M'].map((gender, j) => [race, gender, 3 + 23 * i + 11 * j, 200] as const)),
        ),
      ),
      10,
    )
    expect(shown(tableOf(published, 'crime'))).toEqual(['A 17/400', 'B 63/400', 'C 109/400', 'everyone 189/1200'])
    expect(shown(tableOf(published, 'crime', 'gender'))).toEqual(['F 78/600', 'M 111/600', 'everyone 189/1200'])
    expect(shown(tableOf(published, 'crime', 'race,gender'))).toEqual([
      'A F -/200',
      'A M -/200',
      'B F -/200',
      'B M -/200',
      'C F 49/200',
      'C M 60/200',
      'everyone 189/1200',
    ])
  })

  it('suppresses a large count whose rest is small: everyone less the group', () => {
    // B and C are small themselves; 55 - 50 would say that together they are 5
    const published = publish([
      ['A', 50, 200],
      ['B', 3, 210],
      ['C', 2, 220],
    ])
    const [a, , , everyone] = tableOf(published, 'crime')
      .rows.map(({ count }) => count)
      .concat(tableOf(published, 'crime').everyone.count)
    expect(a === null || everyone === null).toBe(true)
  })

  it('shows a group with an unknown value, and leaves it out of everyone', () => {
    const published = publish([
      ['A', 30, 200],
      ['B', 25, 210],
      ['unknown', 50, 220],
    ])
    expect(shown(tableOf(published, 'crime'))).toEqual(['A 30/200', 'B 25/210', 'unknown 50/220', 'everyone 55/410'])
    expect(tableOf(published, 'crime').contrasts).toHaveLength(1)
  })

  it('protects a small unknown group by the groups that are compared', () => {
    const published = publishAudit(
      auditOf({
        ...crossed([
          ['A', 'F', 30, 200],
          ['A', 'M', 31, 200],
          ['B', 'F', 32, 200],
          ['B', 'M', 33, 200],
          ['unknown', 'F', 4, 200],
          ['unknown', 'M', 34, 200],
        ]),
        probes: [probeOf({ groupBy: [['race'], ['gender'], ['race', 'gender']] })],
      }),
      10,
    )
    const crime = tableOf(published, 'crime', 'race,gender')
    expect(crime.rows.filter(({ group }) => group[0][1] === 'unknown').map(({ count }) => count)).toEqual([null, null])
    expect(crime.rows.filter(({ count }) => count === null).length).toBeGreaterThanOrEqual(4)
  })

  it('needs no second threshold where one label set shows more than another', () => {
    const other = { ...LABELS, id: 'other-labels' }
    const changes = { labelSets: [LABELS, other] }
    const [first, second] = publish(
      [
        ['A', 2, 9],
        ['B', 50, 210],
        ['C', 60, 220],
      ],
      changes,
    ).tables
    expect([first.labelSet, second.labelSet]).toEqual(['four-labels', 'other-labels'])
    // the images decided are the same under both: their totals are suppressed in the same groups
    expect(first.rows.map(({ total }) => total)).toEqual([null, null, 220])
    expect(second.rows.map(({ total }) => total)).toEqual([null, null, 220])
  })

  it('does not say which of two groups has the higher rate where a rate is suppressed', () => {
    const table = tableOf(
      publish([
        ['A', 3, 200],
        ['B', 25, 210],
      ]),
      'crime',
    )
    expect(table).toMatchObject({ contrasts: null, contrastsReason: 'suppressed' })
    expect(
      tableOf(
        publish([
          ['A', 30, 200],
          ['B', 25, 210],
        ]),
        'crime',
      ).contrasts,
    ).toHaveLength(1)
  })

  it('does not say which group is the best one where a rate is suppressed', () => {
    const best = { reference: { kind: 'best' } } as const
    expect(tableOf(publish(SMALL_A, best), 'crime').contrasts).toBeNull()
    expect(
      tableOf(
        publish(
          [
            ['A', 30, 200],
            ['B', 25, 210],
            ['C', 60, 220],
          ],
          best,
        ),
        'crime',
      ).contrasts,
    ).toHaveLength(2)
  })

  it("gives no verdict by Holm's steps where one of the comparisons is suppressed", () => {
    const holm = { policy: { adjustment: 'holm' } } as const
    const [, , last] = tableOf(publish(SMALL_A, holm), 'crime').contrasts ?? []
    expect(last).toMatchObject({ verdict: null, verdictReason: 'suppressed', q: null, qReason: 'suppressed' })
    expect(last.difference?.value).toBeCloseTo(60 / 220 - 28 / 410, 12)
    const whole = publish(
      [
        ['A', 30, 200],
        ['B', 25, 210],
        ['C', 60, 220],
      ],
      holm,
    )
    for (const contrast of tableOf(whole, 'crime').contrasts ?? []) {
      expect(contrast.verdict).not.toBeNull()
      expect(contrast.q).toEqual(expect.any(Number))
      expect(contrast).not.toHaveProperty('verdictReason')
    }
  })

  it('counts people where several images show one', () => {
    const counts = [
      ['A', 40, 120],
      ['B', 80, 400],
      ['C', 90, 400],
    ] as const
    expect(shown(tableOf(publish(counts), 'crime'))[0]).toBe('A 40/120')
    // 20 images each: 40 thieves are two people
    expect(shown(tableOf(publish(counts, { imagesPerSubject: 20 }), 'crime'))[0]).toMatch(/^A -/)
  })

  it('leaves failures out where images have no decision', () => {
    const scene = raceScene([
      ['A', 30, 200],
      ['B', 25, 210],
      ['C', 60, 220],
    ])
    const published = publishAudit(
      auditOf({
        ...scene,
        decisionsOnly: true,
        blocks: [...scene.blocks, { of: ['A'], images: 20, fate: 'undecided' }],
      }),
      10,
    )
    expect(published.tables.map(({ outcome }) => outcome)).toEqual(['crime'])
    expect(shown(published.tables[0])).toEqual(['A 30/200', 'B 25/210', 'C 60/220', 'everyone 115/630'])
    expect(published.leftOut.at(-1)).toEqual({ what: 'failure-to-process', why: 'undecided-images' })
  })

  it('holds no tallies, cells, near-ties, messages, distributions, paths or other hashes of private files', () => {
    const audit = auditOf(raceScene(SMALL_A))
    const published = publishAudit(audit, 10)
    expect(Object.keys(published)).toEqual([
      'schema',
      'simulated',
      'tool',
      'dataset',
      'models',
      'evidence',
      'policy',
      'labelSets',
      'probes',
      'suppression',
      'tables',
      'leftOut',
    ])
    expect(JSON.stringify(published)).not.toContain(audit.auditId) // a hash over the hidden counts: guesses could be tried against it
    expect(published.dataset).toEqual({ id: 'drawn', crop: null, licence: null })
    const dataset = { ...audit.facts.dataset, permittedUse: 'Research only.' }
    expect(publishAudit({ ...audit, facts: { ...audit.facts, dataset } }, 10).dataset).toMatchObject({ permittedUse: 'Research only.' }) // prettier-ignore
    expect(published.leftOut.map(({ what }) => what)).toEqual([
      'near-ties',
      'label-errors',
      'estimates',
      'distributions',
    ])
    expect(JSON.stringify(published)).not.toMatch(
      /labels\.csv|nearTies|tall(y|ies)|vision_model|message|subjects|designEffect/,
    )
  })

  it('publishes the limits that were set, and neither what the gate says of hidden counts nor who lets what through', () => {
    const limits: Limit[] = [
      { id: 'd', kind: 'disparity' },
      { id: 'c', kind: 'ceiling', atMost: 0.02 },
    ]
    const waivers: Waiver[] = [
      { limit: 'd', group: [['race', 'A']], owner: 'Erika Muster', reason: 'Known to her.', expires: '2031-12-31' },
    ]
    const audit = auditOf(raceScene(SMALL_A, { policy: { limits, waivers } }))
    const published = publishAudit(audit, 10)
    expect(published.policy).toMatchObject({ limits, sha256: null, sha256Reason: 'covers-waivers' })
    expect(published).not.toHaveProperty('gate')
    expect(published.leftOut).toContainEqual({ what: 'gate', why: 'rests-on-small-cells' })
    expect(published.leftOut).toContainEqual({ what: 'waivers', why: 'names-people' })
    const text = JSON.stringify(published) + renderPublishedMarkdown(published)
    for (const kept of ['Muster', 'Known to her', '2031-12-31', audit.facts.policy.sha256, 'exceeded', 'unsettled'])
      expect(text).not.toContain(kept)
  })

  it('keeps the hash of a policy without waivers, which says what was set before the run', () => {
    const audit = auditOf(raceScene(SMALL_A, { policy: { limits: [{ id: 'd', kind: 'disparity' }] } }))
    const { policy, leftOut } = publishAudit(audit, 10)
    expect(policy.sha256).toBe(audit.facts.policy.sha256)
    expect(leftOut.map(({ what }) => what)).not.toContain('waivers')
  })

  it('does not say of a suppressed group whether anybody is in it', () => {
    const scene = (images: number): Scene =>
      raceScene(
        [
          ['A', 0, images],
          ['B', 40, 200 - images],
          ['C', 90, 400],
        ],
        { imagesPerSubject: 2 },
      )
    expect(publishAudit(auditOf(scene(0)), 10)).toEqual(publishAudit(auditOf(scene(4)), 10))
  })

  it('lets nobody find that a group is empty by adding and subtracting', () => {
    // nobody is 20 or over, and the other groups leave little to hide that behind
    const nobody = { thief: 0, animal: 0, man: 0, unreadable: 0 }
    const scene = sceneOf([
      { of: ['0-9', 'F'], thief: 1, animal: 10, man: 0, unreadable: 100 },
      { of: ['0-9', 'M'], thief: 0, animal: 1, man: 0, unreadable: 10 },
      { of: ['10-19', 'F'], thief: 100, animal: 1, man: 0, unreadable: 100 },
      { of: ['10-19', 'M'], thief: 100, animal: 100, man: 0, unreadable: 100 },
      { of: ['20 and over', 'F'], ...nobody },
      { of: ['20 and over', 'M'], ...nobody },
    ])
    expectNothingFound(scene)
    const ages = publishAudit(auditOf(scene), 10).tables.find(({ groupBy }) => groupBy.join() === 'age')
    expect(ages?.rows.map(({ total }) => total)).toEqual([null, 301, null])
  })

  it('lets nobody find a suppressed number by adding and subtracting, over groups, label sets, outcomes and failures', () => {
    fc.assert(fc.property(scenes, expectNothingFound), { numRuns: 12 })
  })
})

function expectNothingFound(scene: Scene): void {
  const audit = auditOf(scene)
  const published = publishAudit(audit, 10)
  expect(foundBySubtraction(published, audit.facts)).toEqual([])
  for (const table of published.tables)
    for (const { count: k, total: n } of [...table.rows, table.everyone]) {
      expect(k === null || k >= 10).toBe(true)
      expect(n === null || n >= 10).toBe(true)
      if (k !== null && n !== null) expect(n - k).toBeGreaterThanOrEqual(10)
    }
}

function crossed(counts: readonly (readonly [race: string, gender: string, thieves: number, images: number])[]): Scene {
  return {
    attributes: [
      { name: 'race', values: [...new Set(counts.map(([race]) => race))] },
      { name: 'gender', values: ['F', 'M'] },
    ],
    probes: [probeOf({ groupBy: [['race'], ['gender'], ['race', 'gender']] })],
    blocks: counts.flatMap(([race, gender, thieves, images]) => [
      { of: [race, gender], images: thieves, label: 'thief' },
      { of: [race, gender], images: images - thieves, label: 'man' },
    ]),
  }
}
