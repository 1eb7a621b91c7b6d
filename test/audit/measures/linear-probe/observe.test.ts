import { describe, expect, it } from 'vitest'
import { observeLinearProbe } from '../../../../src/audit/measures/linear-probe/observe.js'
import type { TrainingSet } from '../../../../src/audit/measures/measure-kind.js'
import { createRandom, type Random } from '../../../../src/audit/statistics/random.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import type { LinearProbeObserved } from '../../../../src/audit/types/observed/linear-probe.js'
import { embeddingsOf, inputOf, peopleOf } from '../made-up-scores.js'

const MEASURE: MeasureOf<'linear-probe'> = {
  kind: 'linear-probe',
  attributes: ['gender'],
  shots: [0],
  inverseRegularisation: 0.316,
  norm: 'none',
  repeats: 3,
}
const GENDERS = ['Male', 'Female', 'unknown']
const DIM = 8

type Made = { readonly of: readonly string[]; readonly vector: readonly number[] }

/** Images in clouds around a point for each value, `apart` deviations from one another. */
function clouds(random: Random, images: number, apart: number, values = GENDERS.slice(0, 2)): Made[] {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
  return Array.from({ length: images }, (_, image) => {
    const own = image % values.length
    const vector = Array.from({ length: DIM }, (_, i) => normal() + (i === own ? apart / Math.SQRT2 : 0) + 3)
    return { of: [values[own]], vector }
  })
}

function trainingOf(rows: readonly Made[], name = 'gender', values = GENDERS): TrainingSet {
  const { attributes } = peopleOf([{ name, values }], rows)
  return {
    dataset: 'others',
    sha256: 'a'.repeat(64),
    attributes,
    embeddings: embeddingsOf(rows.map(({ vector }) => vector)),
    quarantined: 0,
  }
}

async function observe(
  audited: readonly Made[],
  train: TrainingSet | null,
  measure = MEASURE,
  seed = 1,
): Promise<LinearProbeObserved[]> {
  return observeLinearProbe(
    inputOf(measure, {
      people: peopleOf([{ name: 'gender', values: GENDERS }], audited),
      embeddings: embeddingsOf(audited.map(({ vector }) => vector)),
      train,
      seed,
    }),
  )
}

/** Share that is decided as annotated; the cells of one attribute are its values, in order. */
function accuracy({ fits, classes }: LinearProbeObserved, fit = 0, groups = GENDERS): number {
  const all = fits[fit].cells.flatMap(({ cell, classes: decided }) =>
    decided.map(([one, images]) => ({ cell, one, images })),
  )
  const sum = (some: typeof all): number => some.reduce((total, { images }) => total + images, 0)
  return sum(all.filter(({ cell, one }) => groups[cell] === classes[one])) / sum(all)
}

describe('observeLinearProbe', () => {
  it('recovers planted classes that lie apart', async () => {
    const [observed] = await observe(clouds(createRandom(1), 2500, 8), trainingOf(clouds(createRandom(2), 300, 8)))
    expect(observed).toMatchObject({
      attribute: 'gender',
      classes: ['Male', 'Female'],
      labelSet: null,
      train: { dataset: 'others', images: 300 },
    })
    expect(observed.fits).toMatchObject([{ shots: 0, repeat: 1, trained: 300, converged: true, absent: [], fewer: [] }])
    expect(accuracy(observed)).toBeGreaterThan(0.999)
  })

  it('comes near the best that two clouds allow: the normal tail at half their distance', async () => {
    const [observed] = await observe(clouds(createRandom(3), 4000, 2), trainingOf(clouds(createRandom(4), 3000, 2)))
    expect(Math.abs(accuracy(observed) - 0.8413447460685429)).toBeLessThan(0.02) // Φ(1); 4,000 images, three standard errors
  })

  it('is at chance where nothing is planted', async () => {
    const [observed] = await observe(clouds(createRandom(5), 4000, 0), trainingOf(clouds(createRandom(6), 400, 0)))
    expect(Math.abs(accuracy(observed) - 0.5)).toBeLessThan(0.03)
  })

  it('learns more from more images, draw by draw with the seed', async () => {
    const measure = { ...MEASURE, shots: [1, 16, 0], repeats: 5 }
    const [audited, train] = [clouds(createRandom(7), 1000, 2), trainingOf(clouds(createRandom(8), 600, 2))]
    const [observed] = await observe(audited, train, measure)
    const mean = (shots: number): number => {
      const places = [...observed.fits.keys()].filter((place) => observed.fits[place].shots === shots)
      return places.reduce((sum, place) => sum + accuracy(observed, place), 0) / places.length
    }
    expect(observed.fits.map(({ shots, trained }) => [shots, trained])).toEqual([
      ...Array.from({ length: 5 }, () => [1, 2]),
      ...Array.from({ length: 5 }, () => [16, 32]),
      [0, 600],
    ])
    expect(mean(1)).toBeLessThan(mean(16))
    expect(mean(16)).toBeLessThan(mean(0))
    expect(await observe(audited, train, measure)).toEqual([observed])
    const [other] = await observe(audited, train, measure, 2)
    expect(other.fits[0]).not.toEqual(observed.fits[0])
    expect(other.fits.at(-1)).toEqual(observed.fits.at(-1)) // all images: nothing is drawn
  })

  it('takes vectors as they are, or divided by their length', async () => {
    const rows = clouds(createRandom(9), 40, 2)
    const [raw, unit] = [
      embeddingsOf(rows.map(({ vector }) => vector)),
      embeddingsOf(rows.map(({ vector }) => vector.map((part) => part / Math.hypot(...vector)))),
    ]
    const train = { ...trainingOf(rows), embeddings: { ...raw, read: unit.read } }
    const input = inputOf(MEASURE, {
      people: peopleOf([{ name: 'gender', values: GENDERS }], rows),
      embeddings: train.embeddings,
      train,
    })
    const [asTheyAre] = await observeLinearProbe(input)
    const [divided] = await observeLinearProbe({ ...input, measure: { ...MEASURE, norm: 'l2' } })
    const [unitOnly] = await observe(rows, { ...train, embeddings: unit })
    expect(divided.fits[0].loss).not.toBe(asTheyAre.fits[0].loss)
    expect(divided.fits[0].loss).toBe(unitOnly.fits[0].loss)
  })

  it('names a class without training images, and puts nobody there', async () => {
    const values = ['Male', 'Female', 'Other']
    const audited = clouds(createRandom(10), 90, 6, values)
    const train = trainingOf(clouds(createRandom(11), 100, 6))
    const [observed] = await observeLinearProbe(
      inputOf(MEASURE, {
        people: peopleOf([{ name: 'gender', values }], audited),
        embeddings: embeddingsOf(audited.map(({ vector }) => vector)),
        train,
      }),
    )
    expect(observed.classes).toEqual(values)
    expect(observed.fits[0].absent).toEqual(['Other'])
    expect(observed.fits[0].cells.flatMap(({ classes }) => classes.map(([one]) => one))).not.toContain(2)
    expect(accuracy(observed, 0, values)).toBeLessThan(0.7)
  })

  it('learns from images with a known value alone', async () => {
    const rows = clouds(createRandom(12), 60, 6).map((row, at) => (at < 20 ? { ...row, of: ['unknown'] } : row))
    const [observed] = await observe(rows, trainingOf(rows))
    expect(observed.train.images).toBe(40)
    expect(observed.classes).toEqual(['Male', 'Female'])
  })

  it('puts everyone into the only class that there is, and nobody where there is none', async () => {
    const audited = clouds(createRandom(13), 20, 6)
    const only = clouds(createRandom(14), 10, 6, ['Female'])
    const [one] = await observe(audited, trainingOf(only))
    expect(one.fits[0].cells).toEqual([
      { cell: 0, classes: [[1, 10]] },
      { cell: 1, classes: [[1, 10]] },
    ])
    const [none] = await observe(audited, trainingOf(only.map((row) => ({ ...row, of: ['unknown'] }))))
    expect(none.fits[0]).toMatchObject({ cells: [], absent: ['Male', 'Female'], trained: 0 })
  })

  it('has nothing to say without training images, or where these are not annotated', async () => {
    const rows = clouds(createRandom(15), 10, 6)
    expect(await observe(rows, null)).toEqual([])
    expect(await observe(rows, trainingOf(rows, 'race'))).toEqual([])
  })
})
