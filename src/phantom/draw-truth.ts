import { createRandom } from '../audit/statistics/random.js'
import type { Random } from '../audit/statistics/random.js'
import { dealPeople } from './deal-people.js'
import type { Fate, Person } from './deal-people.js'
import { decideAttribute } from './decide-attribute.js'
import { pickBernoulli, pickQuota } from './pick.js'
import { personLabel, plantedLabelSets, valueLabel } from './world.js'
import type { World } from './world.js'

/** `quota`: the planted counts come out exactly. `bernoulli`: every image is drawn on its own, with its cell's rates. */
export type Sampling = 'quota' | 'bernoulli'

/** One simulated image with its annotations and the exact decision of each label set. */
export type TruthRow = {
  readonly file: string
  readonly race: string
  readonly gender: string
  readonly age: string
  /** Winning label ids, in the order of `Truth.labelSets`. */
  readonly winners: readonly string[]
}

export type Truth = { readonly labelSets: readonly string[]; readonly rows: readonly TruthRow[] }

/**
 * The annotations and the exact decisions of every simulated image, without writing any image.
 * Annotations are the same for all seeds. With exact quotas the seed moves only the order of the images and which of them
 * are decided otherwise than annotated or are taken by the neutral class; with `bernoulli` it draws every decision.
 */
export function drawTruth(world: World, sampling: Sampling, seed: number): Truth {
  const people = dealPeople(world)
  const stream = (name: string) => createRandom(seed, `phantom/${name}`)
  const pick = sampling === 'quota' ? pickQuota : pickBernoulli

  const genders = decideAttribute(people, world.gender, 'gender', pick, stream('gender'))
  const races = decideAttribute(people, world.race, 'race', pick, stream('race'))
  const ages = decideAttribute(people, world.age, 'age', pick, stream('age'))
  const fates = sampling === 'quota' ? people : drawFates(people, stream('outcome'))
  const kinds = people.map(({ race, age, gender }, row) => `${race} ${age} ${gender} ${fates[row]?.fate.outcome}`)
  const takenByPerson = pick(kinds, world.person.takes, stream('person'))

  const rows = people.map(({ race, gender, age, ...planted }, row) => {
    const drawn = fates[row] ?? planted
    const base = baseWinner(world, drawn, races[row] ?? race, genders[row] ?? gender)
    const winners = [
      base,
      drawn.fate.takenByChild ? world.child.label : base,
      takenByPerson[row] === true ? world.person.label : base,
      valueLabel(world.gender, genders[row] ?? gender),
      valueLabel(world.race, races[row] ?? race),
      valueLabel(world.age, ages[row] ?? age),
    ]
    return { race, gender, age, winners }
  })
  const inOrder = stream('order').shuffle(rows)
  return { labelSets: plantedLabelSets(world), rows: inOrder.map((row, index) => ({ file: imageName(index), ...row })) }
}

type Drawn = { readonly fate: Fate; readonly turn: number }

const TURNS = 27720 // divisible by every number of labels up to 12, so that each label of an outcome is equally likely

/** For each image one fate by the shares of its cell, and a turn at random, which says what label of the outcome wins. */
function drawFates(people: readonly Person[], random: Random): Drawn[] {
  return people.map(({ cellQuotas, fate }) => {
    const images = cellQuotas.reduce((sum, quota) => sum + quota.images, 0)
    let rest = random.below(images)
    const drawn = cellQuotas.find((quota) => {
      rest -= quota.images
      return rest < 0
    })
    return { fate: drawn?.fate ?? fate, turn: random.below(TURNS) }
  })
}

function baseWinner(world: World, { fate, turn }: Drawn, race: string, gender: string): string {
  if (fate.outcome === 'unflagged') return personLabel(world, race, gender)
  const labels = world.outcomes[fate.outcome]
  return labels[turn % labels.length] ?? ''
}

function imageName(index: number): string {
  return `val/${index + 1}.png`
}
