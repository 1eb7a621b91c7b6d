import { describe, expect, it } from 'vitest'
import type { ProbeFactsOf } from '../../../../src/audit/measures/measure-kind.js'
import { tabulateAssociations } from '../../../../src/audit/measures/caption-association/tabulate.js'
import type { Chance } from '../../../../src/audit/types/chance.js'
import type { Facts } from '../../../../src/audit/types/facts.js'
import type { CaptionAssociationObserved } from '../../../../src/audit/types/observed/caption-association.js'
import type { MeasuredValue } from '../../../../src/audit/types/observed/observed.js'

const measured = (value: number | null, limit: number | null = 0.5): MeasuredValue =>
  value === null
    ? { value, reason: 'no-variation' }
    : { value, chance: { p: 0.01, percentile95: limit } as unknown as Chance }

function tables(captions: readonly (readonly MeasuredValue[])[], groups: number, subject: string | null = null) {
  const observed: CaptionAssociationObserved = {
    kind: 'caption-association',
    probe: 'p',
    evidence: 'e1',
    labelSet: 'l',
    groupBy: ['race'],
    groups: Array.from({ length: groups }, (_, group) => ({ group: [['race', `g${group}`]], images: 50 })),
    captions: captions.map((associations, index) => ({ caption: `c${index}`, associations })),
  }
  const dataset = subject === null ? { subjects: null } : { subjects: { attribute: subject, count: 10, largest: 5 } }
  const labelSets = [{ id: 'l', labels: [{ id: 'c0', text: 'a kind person' }] }]
  const facts = { observations: [observed], labelSets, dataset } as unknown as Facts // all it reads
  return tabulateAssociations(facts, { id: 'p', measure: { draws: 99 } } as unknown as ProbeFactsOf<'caption-association'>) // prettier-ignore
}

describe('the tables of captions and groups', () => {
  it('have one of the strongest pairs, furthest from chance first, where any lies beyond it', () => {
    const [strongest, all] = tables([[measured(0.6), measured(0.1), measured(-0.9)], [measured(0.7), measured(0), measured(0)]], 3) // prettier-ignore
    expect(strongest.rows.map(({ key }) => key)).toEqual(['c0/2', 'c1/0', 'c0/0'])
    expect(all.rows).toHaveLength(2)
    expect(JSON.stringify(strongest.rows[0].name)).toContain('a kind person')
    expect(JSON.stringify(strongest.rows[1].name)).toContain('c1') // a caption that no label set has is named by its id
  })

  it('name of two groups only the one that a caption is nearer to', () => {
    const [strongest] = tables([[measured(0.9), measured(-0.9)]], 2)
    expect(strongest.rows.map(({ key }) => key)).toEqual(['c0/0'])
    expect(JSON.stringify(strongest.notes[0])).toContain('"compared",1')
  })

  it('have none of the strongest where nothing lies beyond chance, or its limit is not known', () => {
    expect(tables([[measured(0.4), measured(0.1), measured(0)]], 3)).toHaveLength(1)
    expect(tables([[measured(0.9, null), measured(0), measured(0)]], 3)).toHaveLength(1)
  })

  it('say where images do not differ at all', () => {
    const notes = (value: number | null) =>
      JSON.stringify(tables([[measured(value), measured(0), measured(0)]], 3)[0].notes)
    expect(notes(null)).toContain('no-variation')
    expect(notes(0.1)).not.toContain('no-variation')
  })
})
