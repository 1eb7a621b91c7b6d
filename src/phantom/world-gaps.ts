import { quoted } from '../audit/errors.js'
import type { Fault } from '../audit/errors.js'
import type { World, WorldAttribute } from './world.js'

/** What a world leaves open although it must say it: a label for each group of its cells, and words for each label. */
export function worldGaps(world: World, file: string): Fault[] {
  const { race, gender, age, people, outcomes, child, person, cells } = world
  const pairs = valuesOf(race).flatMap((each) => valuesOf(gender).map((other) => `${each}, ${other}`))
  const labels = [
    ...people.map((each) => each.label),
    ...[...outcomes.crime, ...outcomes.nonHuman, child.label, person.label],
    ...[race, gender, age].flatMap((attribute) => attribute.labels.map(([, label]) => label)),
  ]
  const checks = [
    { field: 'race.labels', what: 'a label for race', wanted: cells.map((cell) => cell.race), given: valuesOf(race) },
    { field: 'age.labels', what: 'a label for age', wanted: cells.map((cell) => cell.age), given: valuesOf(age) },
    {
      field: 'people',
      what: 'a label for',
      wanted: pairs,
      given: people.map((each) => `${each.race}, ${each.gender}`),
    },
    { field: 'words', what: 'words for label', wanted: labels, given: world.words.map(([label]) => label) },
  ]
  return checks.flatMap(({ field, what, wanted, given }) => {
    const missing = [...new Set(wanted)].filter((each) => !given.includes(each))
    return missing.map((each) => ({ at: file, field, expected: `${what} ${quoted(each)}`, received: 'none' }))
  })
}

function valuesOf(attribute: WorldAttribute): string[] {
  return attribute.labels.map(([value]) => value)
}
