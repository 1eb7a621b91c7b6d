import { describe, expect, it } from 'vitest'
import { againstHalf, chosenShare } from '../../../../src/audit/measures/caption-test/figures.js'
import { observeCaptionTest } from '../../../../src/audit/measures/caption-test/observe.js'
import type { CaptionQuestion, CaptionSet } from '../../../../src/audit/types/captions.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import { embeddingsOf, inputOf, peopleOf } from '../made-up-scores.js'

const MEASURE: MeasureOf<'caption-test'> = { kind: 'caption-test', protocols: ['coarse', 'stress', 'fine'] }
/** Each caption is a direction of the plane; an image chooses the nearest. */
const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  'a white car': [1, 0],
  'a red car': [0.8, 0.6],
  'a tree': [-1, 0],
}
const CAPTIONS = Object.keys(DIRECTIONS)
const [correct, close, other] = [[1, 0], [0.8, 0.6], [-1, 0]] as const // prettier-ignore

function question(row: number, sequence: string | null = null): CaptionQuestion {
  const roles = ['correct', 'close', 'distractor'] as const
  return { protocol: 'stress', row, sequence, options: roles.map((role, caption) => ({ caption, role })) }
}

function observe(images: readonly (readonly number[])[], questions: readonly CaptionQuestion[]) {
  const captions: CaptionSet = { file: 'captions.csv', sha256: 'a'.repeat(64), captions: CAPTIONS, questions }
  const people = peopleOf([], images.map(() => ({ of: [] }))) // prettier-ignore
  const embedTexts = (texts: readonly string[]): Promise<Float32Array> =>
    Promise.resolve(Float32Array.from(texts.flatMap((text) => [...DIRECTIONS[text]])))
  return observeCaptionTest(inputOf(MEASURE, { people, captions, embedTexts, embeddings: embeddingsOf(images) }))
}

const DRAWING = { alpha: 0.05, seed: 1, stream: 'a test' }

describe('the caption test', () => {
  it('gives .5 .4 .1 of ten images that choose 5 correct, 4 close and 1 other', async () => {
    const images = [...Array<readonly number[]>(5).fill(correct), ...Array<readonly number[]>(4).fill(close), other]
    const [{ protocols, clusters }] = await observe(images, images.map((_, row) => question(row))) // prettier-ignore
    const stress = protocols.find(({ protocol }) => protocol === 'stress')
    expect([clusters, stress?.cells]).toEqual([null, [{ cell: 0, cluster: null, correct: 5, close: 4, other: 1 }]])
    const shares = (['correct', 'close', 'other'] as const).map((chosen) => chosenShare(stress?.cells ?? [], chosen, DRAWING).value) // prettier-ignore
    expect(shares).toEqual([0.5, 0.4, 0.1])
  })

  it('chooses among the options of the image alone', async () => {
    const options = question(0).options.filter(({ role }) => role !== 'close')
    const [{ protocols }] = await observe([[0.6, 0.8]], [{ ...question(0), protocol: 'coarse', options }])
    expect(protocols[0].cells[0]).toMatchObject({ correct: 1, close: 0 }) // nearest of all is the red car, which is not asked
  })

  it('numbers sequences without their names, and draws whole ones again', async () => {
    const images = Array.from({ length: 40 }, (_, row) => (row < 20 ? correct : other))
    const [{ protocols, clusters }] = await observe(images, images.map((_, row) => question(row, `scene ${Math.floor(row / 10)}`))) // prettier-ignore
    const { cells } = protocols[1]
    expect([clusters, cells.map(({ cluster }) => cluster)]).toEqual(['sequences', [0, 1, 2, 3]])
    const figure = chosenShare(cells, 'correct', DRAWING)
    expect(figure).toMatchObject({ value: 0.5, count: 20, total: 40, method: 'cluster-bootstrap' })
    expect(figure.interval).toEqual([0, 1]) // four sequences say next to nothing, forty images would say 0.35 to 0.65
    expect(againstHalf(cells)).toMatchObject({ value: null, reason: 'repeated-subjects' })
  })

  it('never closes an interval where none is chosen: 0 of 40 images of 4 sequences are 0 of 4', () => {
    const cells = [0, 1, 2, 3].map((cluster) => ({ cell: 0, cluster, correct: 0, close: 10, other: 0 }))
    const { interval, method } = chosenShare(cells, 'correct', DRAWING)
    expect([interval?.[0], method]).toEqual([0, 'wilson'])
    expect(interval?.[1]).toBeCloseTo(0.489890836, 8)
  })

  it('counts questions whose image was not embedded', async () => {
    const [{ protocols }] = await observe([correct], [question(0), question(7)])
    expect([protocols[1].notProcessed, protocols[1].cells.length]).toEqual([1, 1])
  })
})

describe('againstHalf', () => {
  const cells = (right: number, wrong: number) => [{ cell: 0, cluster: null, correct: right, close: 0, other: wrong }]

  it('is the two-sided exact binomial test (scipy.stats.binomtest)', () => {
    expect(againstHalf(cells(12, 2)).value).toBeCloseTo(0.012939453125, 14)
    expect(againstHalf(cells(8, 2)).value).toBeCloseTo(0.109375, 14)
    expect(againstHalf(cells(30, 10)).value).toBeCloseTo(0.00222143377, 10)
    expect(againstHalf(cells(5, 5)).value).toBe(1)
    expect(againstHalf([])).toMatchObject({ value: null, reason: 'no-images' })
  })
})
