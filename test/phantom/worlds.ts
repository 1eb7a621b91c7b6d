import { readShippedWorld } from '../../src/phantom/read-world.js'
import type { World, WorldCell } from '../../src/phantom/world.js'

/** The default world with its rules and a few images of each race: 84 tiles, of which 21 are flagged. */
export function smallWorld(): World {
  const world = readShippedWorld()
  const cells = world.race.labels.flatMap(([race]): WorldCell[] => [
    { race, age: '3-9', images: 4, crime: 1, nonHuman: 1, crimeWithChild: 0, nonHumanWithChild: 0 },
    { race, age: '20-29', images: 6, crime: 1, nonHuman: 0, crimeWithChild: 1, nonHumanWithChild: 0 },
    { race, age: 'more than 70', images: 2, crime: 0, nonHuman: 0, crimeWithChild: 0, nonHumanWithChild: 0 },
  ])
  return { ...world, id: 'small', cells }
}
