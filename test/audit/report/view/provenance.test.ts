import { describe, expect, it } from 'vitest'
import type { ModelSource } from '../../../../src/audit/types/facts.js'
import { toView } from '../../../../src/audit/report/to-view.js'
import { auditOf, raceScene } from '../../../support/facts.js'
import { exampleAudit } from '../example-audit.js'

describe('provenance', () => {
  it('speaks of the store only when images came from it', () => {
    const named = (cacheHits: number): string | undefined => {
      const audit = exampleAudit()
      const { pairs } = toView({ ...audit, run: { ...audit.run, cacheHits } }).provenance
      return pairs.find(({ name }) => name === 'Images taken from the store')?.value
    }
    expect(named(10954)).toBe('10,954')
    expect(named(0)).toBeUndefined()
  })

  it('speaks of a hash of images only when images were opened', () => {
    const names = (decisionsOnly: boolean): string[] =>
      toView(
        auditOf(
          raceScene(
            [
              ['A', 3, 40],
              ['B', 4, 40],
            ],
            { decisionsOnly },
          ),
        ),
      ).provenance.pairs.map(({ name }) => name)
    expect(names(false)).toContain('Hash of all images and labels')
    expect(names(true)).toContain('Hash of all labels; no image was opened')
    expect(names(true)).not.toContain('Hash of all images and labels')
  })

  it('says where a model was pulled from, its licence, and which files are others since', () => {
    const pulled = { endpoint: 'https://hub.test', id: 'org/name', revision: 'c'.repeat(40) }
    const lines = (source: ModelSource | undefined): readonly string[] | undefined => {
      const audit = exampleAudit()
      const models = audit.facts.models.map((model) => ({ ...model, ...(source === undefined ? {} : { source }) }))
      return toView({ ...audit, facts: { ...audit.facts, models } }).provenance.models[0]?.lines
    }
    expect(lines(undefined)).toEqual([])
    expect(lines({ ...pulled, licence: 'mit', licenceReason: null })).toEqual([
      `Pulled from https://hub.test: org/name, revision ${'c'.repeat(40)}, licence mit`,
    ])
    const more = { licence: null, licenceReason: 'not-stated', otherFiles: ['config.json'] } as const
    expect(lines({ ...pulled, ...more })).toEqual([
      `Pulled from https://hub.test: org/name, revision ${'c'.repeat(40)}, which states no licence`,
      'Written or changed since the pull: config.json',
    ])
  })
})
