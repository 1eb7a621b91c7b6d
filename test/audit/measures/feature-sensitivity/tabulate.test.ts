import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tabulateSensitivity } from '../../../../src/audit/measures/feature-sensitivity/tabulate.js'
import type { ProbeFactsOf, TableDraft } from '../../../../src/audit/measures/measure-kind.js'
import { readLocale } from '../../../../src/audit/report/locale.js'
import type { Figure, OwnFigure } from '../../../../src/audit/types/figures.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import type {
  FeatureSensitivityObserved,
  KeptLostGained,
} from '../../../../src/audit/types/observed/feature-sensitivity.js'
import { CRIME, LABELS, probeOf } from '../../../support/definitions.js'
import { factsOf, raceScene } from '../../../support/facts.js'

const MEASURE: MeasureOf<'feature-sensitivity'> = {
  kind: 'feature-sensitivity',
  transforms: [
    { id: 'blur-2', alter: 'blur', sigma: 2 },
    { id: 'brightness-0.6', alter: 'brightness', factor: 0.6 },
  ],
  outcomes: [CRIME],
  attributes: [],
}

type Cell = { readonly images: number; readonly blur: KeptLostGained; readonly dark: KeptLostGained }

/** Two or more races, each one cell, with made-up pairs. */
function tablesOf(cells: readonly Cell[], changes: Partial<FeatureSensitivityObserved> = {}): TableDraft[] {
  const before = cells.map(({ blur: [both, lost] }) => both + lost)
  const probe = probeOf({ measure: MEASURE, evidence: 'transformed images' })
  const observed: FeatureSensitivityObserved = {
    kind: 'feature-sensitivity',
    probe: probe.id,
    evidence: 'e1',
    labelSet: LABELS.id,
    outcomes: ['crime'],
    attributes: [],
    asTheyAre: cells.map(({ images }, cell) => ({ cell, images, inOutcome: [before[cell] ?? 0], right: [] })),
    transforms: (['blur', 'dark'] as const).map((which, index) => ({
      transform: MEASURE.transforms[index]?.id ?? '',
      cells: cells.map((of, cell) => {
        const [, lost, gained] = of[which]
        const inOutcome = [of[which]]
        return { cell, images: of.images, failed: 0, changed: lost + gained, inOutcome, right: [] }
      }),
    })),
    ...changes,
  }
  const scene = raceScene(cells.map(({ images }, index) => [`r${index}`, before[index] ?? 0, images] as const))
  const facts = factsOf({ ...scene, probes: [probe], observations: [observed] })
  return tabulateSensitivity(facts, facts.probes[0] as ProbeFactsOf<'feature-sensitivity'>)
}

function figuresOf(tables: readonly TableDraft[], key: string, row: number): readonly Figure[] {
  const table = tables.find((one) => one.key === key)
  if (table === undefined) throw new Error(`no table ${key} among ${tables.map((one) => one.key).join(', ')}`)
  return table.rows[row]?.figures ?? []
}

function own(figure: Figure | undefined): OwnFigure {
  if (figure?.kind !== 'own') throw new Error('expected a figure of ours')
  return figure
}

/** Pairs (both, lost, gained) out of `images`. */
const same = (flagged: number, images: number): Cell => ({
  images,
  blur: [flagged, 0, 0],
  dark: [flagged, 0, 0],
})

describe('the tables of decisions on altered images', () => {
  it('count rates as they are and altered, with changes on the same images', () => {
    const tables = tablesOf([{ ...same(38, 50), blur: [36, 2, 12], dark: [38, 0, 0] }, same(40, 400)])
    const rates = figuresOf(tables, 'rate/outcome/crime/race', 0).map(own)
    expect(rates.map(({ count, total }) => [count, total])).toEqual([
      [38, 50],
      [48, 50],
      [38, 50],
    ])
    // Tango 1998 for (36, 12, 2, 0): measures.md A6
    const [blurred, darkened] = figuresOf(tables, 'change/outcome/crime/race', 0).map(own)
    expect(blurred?.value).toBeCloseTo(0.2, 12)
    expect(blurred?.interval?.[0]).toBeCloseTo(0.061112406, 9)
    expect(blurred?.interval?.[1]).toBeCloseTo(0.344708748, 9)
    expect(darkened?.value).toBe(0)
    expect(figuresOf(tables, 'moved/race', 0).map((figure) => own(figure).value)).toEqual([14 / 50, 0])
  })

  it('give the change of a difference the MOVER interval of the two changes', () => {
    // (20, 180 lost, 0 gained, 300) v (90, 12 lost, 2 gained, 896): measures.md A6, derived there
    const group: Cell = { images: 500, blur: [20, 180, 0], dark: [200, 0, 0] }
    const rest: Cell = { images: 1000, blur: [90, 12, 2], dark: [102, 0, 0] }
    const tables = tablesOf([group, rest])
    const [largest, ratio, blurred, darkened] = figuresOf(tables, 'change-of-difference/outcome/crime/race', 0).map(own)
    expect(blurred?.value).toBeCloseTo(-0.35, 12)
    expect(blurred?.interval?.[0]).toBeCloseTo(-0.393537399, 9)
    expect(blurred?.interval?.[1]).toBeCloseTo(-0.308141793, 9)
    expect(darkened?.value).toBe(0)
    expect(largest).toEqual(blurred)
    expect(ratio?.value).toBeCloseTo(0.35 / (200 / 500 - 102 / 1000), 12)
  })

  it('form no ratio where the difference as they are could be 0', () => {
    const tables = tablesOf([{ images: 100, blur: [10, 0, 50], dark: [10, 0, 0] }, same(50, 500)])
    const [largest, ratio] = figuresOf(tables, 'change-of-difference/outcome/crime/race', 0).map(own)
    expect(largest?.value).toBeCloseTo(0.5, 12)
    expect([ratio?.value, ratio?.reason]).toEqual([null, 'interval-too-wide'])
  })

  it('compare no group below the minimum, but show its rate', () => {
    const tables = tablesOf([same(5, 20), same(50, 500)])
    expect(own(figuresOf(tables, 'rate/outcome/crime/race', 0)[0]).value).toBe(0.25)
    const reasons = (row: number) =>
      figuresOf(tables, 'difference/outcome/crime/race', row).map((figure) => own(figure).reason)
    expect(reasons(0)).toEqual(Array(3).fill('group-too-small'))
    expect(reasons(1)).toEqual(Array(3).fill('reference-too-small'))
  })

  it.each<readonly [what: string, blur: KeptLostGained]>([
    ['shrinks', [100, 100, 0]],
    ['turns', [20, 180, 0]],
    ['grows', [200, 0, 150]],
  ])('say in short which alteration moves the largest difference, and that it %s', (direction, blur) => {
    const group: Cell = { images: 500, blur, dark: [200, 0, 0] }
    const [first] = tablesOf([group, { images: 1000, blur: [90, 12, 2], dark: [102, 0, 0] }])
    const note = first?.notes[0]
    expect(note?.id).toBe(`measures.feature-sensitivity.short.${direction}.outcome`)
    expect(Object.fromEntries(note?.values ?? [])).toMatchObject({
      group: 'r0',
      alteration: 'blur-2',
      ownShare: 200 / 500,
      restShare: 102 / 1000,
    })
  })

  it('say in short that nothing stands out, or that nothing moves it', () => {
    const idOf = (cells: readonly Cell[]): string | undefined => tablesOf(cells)[0]?.notes[0]?.id
    expect(idOf([same(20, 200), same(20, 200)])).toBe('measures.feature-sensitivity.short.none')
    expect(idOf([same(80, 200), same(20, 200)])).toBe('measures.feature-sensitivity.short.steady.outcome')
  })

  it('say how many altered images are missing', () => {
    const transforms = ['blur-2', 'brightness-0.6'].map((transform) => ({
      transform,
      cells: [0, 1].map((cell) => ({
        cell,
        images: 95,
        failed: 5,
        changed: 0,
        inOutcome: [[10, 0, 0] as const],
        right: [],
      })),
    }))
    const [first] = tablesOf([same(10, 100), same(10, 100)], { transforms })
    expect(first?.notes).toContainEqual({ id: 'measures.feature-sensitivity.note.failed', values: [['images', 20]] })
  })

  it('have a text for every wording', () => {
    const locale = readLocale('en')
    const tables = tablesOf([same(80, 200), same(20, 200)])
    const worded = tables.flatMap(({ title, rowHeading, columns, notes }) => [
      title,
      rowHeading,
      ...columns.map(({ heading }) => heading),
      ...notes,
    ])
    for (const { id, values } of worded)
      expect(locale.text(id, Object.fromEntries(values.map(([slot, value]) => [slot, String(value)])))).not.toBe('')
  })

  it('balance: the changes of two groups, weighted by their images, are effective robustness of zero', () => {
    const cell = fc
      .record({ both: fc.nat(60), lost: fc.nat(60), gained: fc.nat(60), neither: fc.nat(60) })
      .filter(({ both, lost, gained, neither }) => both + lost + gained + neither >= 30)
      .map(({ both, lost, gained, neither }): Cell => {
        const images = both + lost + gained + neither
        return { images, blur: [both, lost, gained], dark: [both + lost, 0, 0] }
      })
    fc.assert(
      fc.property(cell, cell, (first, second) => {
        const accuracy = accuracyTables([first, second])
        const values = [0, 1].map(
          (row) => own(figuresOf(accuracy, 'effective/accuracy/race/race', row)[0]).value ?? NaN,
        )
        // what everyone loses is taken away, so over everyone nothing is left
        const weighted = (values[0] ?? NaN) * first.images + (values[1] ?? NaN) * second.images
        expect(Math.abs(weighted)).toBeLessThan(1e-9)
        const [change] = figuresOf(accuracy, 'change/accuracy/race/race', 0).map(own)
        const pooled = ([first, second] as const).reduce((sum, { blur: [, lost, gained] }) => sum + gained - lost, 0)
        expect(values[0]).toBeCloseTo((change?.value ?? NaN) - pooled / (first.images + second.images), 12)
      }),
      { numRuns: 50 },
    )
  })
})

/** The same counts, read as right decisions about race. */
function accuracyTables(cells: readonly Cell[]): TableDraft[] {
  const [outcomes, attributes] = [[], ['race']]
  const before = cells.map(({ blur: [both, lost] }) => both + lost)
  return tablesOf(cells, {
    outcomes,
    attributes,
    asTheyAre: cells.map(({ images }, cell) => ({ cell, images, inOutcome: [], right: [before[cell] ?? 0] })),
    transforms: (['blur', 'dark'] as const).map((which, index) => ({
      transform: MEASURE.transforms[index]?.id ?? '',
      cells: cells.map((of, cell) => ({
        cell,
        images: of.images,
        failed: 0,
        changed: 0,
        inOutcome: [],
        right: [of[which]],
      })),
    })),
  })
}
