import { categoryOutcomes } from '../../../src/audit/types/measures.js'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readProbe } from '../../../src/audit/definitions/shipped.js'
import type { Probe } from '../../../src/audit/types/definitions.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-probes-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string): Probe {
  writeFileSync(join(folder, 'mine.yaml'), `id: mine\n${text}`)
  return readProbe('./mine.yaml', folder)
}

const SMALL = `question: Is it so?
measure: { kind: outcome-rate, outcomes: [crime, { id: any, union: [crime, non-human] }] }
groupBy: [[race], [skin]]
derive: { skin: { from: monk, groups: { light: [1, 2], dark: [9, 10] } } }
published:
  - id: t
    source: s
    labelSet: clip-paper
    outcome: any
    attribute: race
    figures: { Black: 14.40, White: "0", __proto__: { count: 1, total: 2 } }
    conditions: { crop: 0.25, promptsSha256: ${'a'.repeat(64)} }
`

describe('a probe', () => {
  it('counts categories and declared unions of them', () => {
    expect(categoryOutcomes(read(SMALL).measure)).toEqual([
      { id: 'crime', categories: ['crime'], isUnion: false },
      { id: 'any', categories: ['crime', 'non-human'], isUnion: true },
    ])
  })

  it('has stated defaults for what its file leaves out', () => {
    const { status, motivation, evidence, suggests, caveats, references } = read(SMALL)
    expect({ status, motivation, evidence, suggests, caveats, references }).toEqual({
      status: 'experimental',
      motivation: '',
      evidence: 'decisions',
      suggests: [],
      caveats: [],
      references: [],
    })
  })

  it('keeps derived groups in their order and their values as text', () => {
    expect(read(SMALL).derive).toEqual([
      {
        id: 'skin',
        from: 'monk',
        groups: [
          { value: 'light', values: ['1', '2'] },
          { value: 'dark', values: ['9', '10'] },
        ],
      },
    ])
  })

  it('keeps the printed decimals of a published figure, quoted or not', () => {
    expect(read(SMALL).published[0]?.figures).toEqual([
      { value: 'Black', figure: { kind: 'percent', text: '14.40', decimals: 2 } },
      { value: 'White', figure: { kind: 'percent', text: '0', decimals: 0 } },
      { value: '__proto__', figure: { kind: 'counts', count: 1, total: 2 } },
    ])
  })

  it('has a hash that moves with a published figure', () => {
    expect(read(SMALL).sha256).not.toBe(read(SMALL.replace('14.40', '14.4')).sha256)
    expect(read(SMALL).sha256).toBe(read(`# comment\n${SMALL}`).sha256)
  })
})
