import { effectSize, jointDeviation } from '../../statistics/effect-size.js'
import { partitionTest } from '../../statistics/partition-test.js'
import { percentileInterval } from '../../statistics/percentile-interval.js'
import { quantile } from '../../statistics/quantile.js'
import { createRandom, type Random } from '../../statistics/random.js'
import { twoSampleBootstrap } from '../../statistics/two-sample-bootstrap.js'
import type { EmbeddingAssociationObserved } from '../../types/observed/embedding-association.js'
import type { ReasonCode } from '../../types/verdict.js'
import { imagePools } from '../image-pool.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'
import { associationsOf } from './differences.js'

type Input = ObserveInput<'embedding-association'>
type Test = Input['measure']['tests'][number]
type Observed = EmbeddingAssociationObserved['tests'][number]

const BOOTSTRAP_DRAWS = 999 // 25 of them lie beyond each bound of a 95 % interval; partitions have a number of their own
const MOST_UNDEFINED = 0.05 // of the bootstrap samples; with more of them no interval is given

/** Effect sizes of every test for which a label set has the words and the dataset the people (measures.md B6). Images of each label count by
 *  their cosine with its vector, averaged over the templates. Cost of a test: draws x images of the smaller group, about 15 ns each. */
export async function observeEmbeddingAssociation(input: Input): Promise<EmbeddingAssociationObserved[]> {
  const { probe, evidence, measure, designs } = input
  const observed: EmbeddingAssociationObserved[] = []
  for (const design of designs) {
    const tests: Observed[] = []
    for (const test of measure.tests) {
      const measured = await measureTest(test, design, input)
      if (measured !== null) tests.push(measured)
    }
    observed.push({ kind: 'embedding-association', probe, evidence, labelSet: design.labelSet.id, tests })
  }
  return observed
}

/** null where the label set lacks the words, or the dataset the attribute. */
async function measureTest(test: Test, design: ScoredDesign, input: Input): Promise<Observed | null> {
  const { labels, id } = design.labelSet
  const wordsOf = (outcome: string): number[] =>
    labels.flatMap((label, index) => (label.outcome === outcome ? [index] : []))
  const [a, b] = [wordsOf(test.a), wordsOf(test.b)]
  const pool = imagePools(input.people, [[test.attribute]], input.derive).at(0)
  if (a.length === 0 || b.length === 0 || pool === undefined) return null
  const groupOf = (value: string): number => pool.groups.findIndex((group) => group[0][1] === value)
  const { x, y } = await associationsOf(design, pool, { a, b, x: groupOf(test.x), y: groupOf(test.y) })
  const named = { test: test.id, sizes: [x.length, y.length, a.length, b.length] as const }
  const stream = (purpose: string): Random =>
    createRandom(input.seed, `embedding-association/${input.probe}/${id}/${JSON.stringify(test.id)}/${purpose}`)
  return { ...named, ...effectOf(x, y, stream, input) }
}

function effectOf(
  x: Float64Array,
  y: Float64Array,
  stream: (purpose: string) => Random,
  { measure: { deviation, draws }, policy, people }: Input,
): Omit<Observed, 'test' | 'sizes'> {
  const difference = x.length === 0 || y.length === 0 ? null : meanOf(x) - meanOf(y)
  const without = (reason: ReasonCode) => ({ value: null, reason, difference, partitions: null })
  if (difference === null) return without('no-images')
  if (x.length < policy.minimumImages) return without('group-too-small')
  if (y.length < policy.minimumImages) return without('reference-too-small')
  const spread = jointDeviation(x, y, deviation)
  if (spread === null) return without('no-variation')
  const { differences, isExact, p } = partitionTest(x, y, { draws, random: stream('partition') })
  const effects = differences.map((one) => one / spread).sort() // the values, and so their deviation, are the same in every partition
  const chance = { centre: meanOf(effects), percentile95: quantile(effects, 0.95), p, draws: effects.length }
  const found = {
    value: difference / spread,
    difference,
    chance,
    partitions: isExact ? ('all' as const) : ('drawn' as const),
  }
  if (people.subjects !== null && new Set(people.subjects).size < people.subjects.length)
    return { ...found, interval: null, intervalReason: 'repeated-subjects' }
  const statistic = (again: Float64Array, other: Float64Array): number | null => effectSize(again, other, deviation)
  const replicates = twoSampleBootstrap(x, y, statistic, { draws: BOOTSTRAP_DRAWS, random: stream('bootstrap') })
  if (replicates.length < BOOTSTRAP_DRAWS * (1 - MOST_UNDEFINED))
    return { ...found, interval: null, intervalReason: 'no-variation' }
  const { low, high } = percentileInterval(replicates, policy.alpha)
  return { ...found, interval: [low, high] }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
