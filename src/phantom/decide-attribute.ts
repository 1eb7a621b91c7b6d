import type { Random } from '../audit/statistics/random.js'
import type { Person } from './deal-people.js'
import type { Pick } from './pick.js'
import type { WorldAttribute } from './world.js'

/** The value decided for each image: as annotated, but for the planted share of each group, where it is another value. */
export function decideAttribute(
  people: readonly Person[],
  attribute: WorldAttribute,
  name: 'race' | 'gender' | 'age',
  pick: Pick,
  random: Random,
): string[] {
  const values = attribute.labels.map(([value]) => value)
  const groups = people.map(({ race, age, gender }) => `${race} ${age} ${gender}`)
  const otherwise = pick(groups, 1 - attribute.accuracy, random)
  return people.map((person, row) => {
    if (otherwise[row] !== true) return person[name]
    const others = otherValues(values, values.indexOf(person[name]), name === 'age')
    return others[random.below(others.length)] ?? person[name]
  })
}

/** Any other value; of ordered values only the neighbours. */
function otherValues(values: readonly string[], annotated: number, areOrdered: boolean): string[] {
  return values.filter((_, index) => index !== annotated && (!areOrdered || Math.abs(index - annotated) === 1))
}
