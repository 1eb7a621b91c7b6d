import type { Random } from '../audit/statistics/random.js'
import { LEVELS } from './tile-layout.js'
import type { TileLayout } from './tile-layout.js'
import type { TruthRow } from './draw-truth.js'
import { personLabel, valueLabel } from './world.js'
import type { World } from './world.js'

/**
 * Shares of full strength, lowest and highest. A winner stands clear of everything below it: 0.08 is the narrowest step,
 * which is about 0.03 of cosine, far from a near-tie (0.0001), and each band lies above the next so that the decision stays
 * when `child` and `person` are offered together.
 */
const BANDS = {
  child: [0.96, 1],
  person: [0.82, 0.88],
  winner: [0.68, 0.74],
  annotated: [0.48, 0.56],
  related: [0.28, 0.46],
  other: [0.02, 0.38],
} as const
type Band = keyof typeof BANDS

/**
 * How strongly a tile shows each concept, 0 to `LEVELS` - 1, in the order of the layout's concepts.
 * The planted winners lead; what lies below them is drawn, with the annotated class second and its relatives near.
 */
export function drawLevels(world: World, layout: TileLayout, row: TruthRow, random: Random): Uint8Array {
  const bands = bandsOf(world, row)
  return Uint8Array.from(layout.concepts, ({ label }) => {
    const [low, high] = BANDS[bands.get(label) ?? 'other']
    return Math.round((low + (high - low) * random.uniform()) * (LEVELS - 1))
  })
}

/** The band of every label that is not `other`; later entries win over earlier ones. */
function bandsOf(world: World, row: TruthRow): Map<string, Band> {
  const [base = '', withChild, withPerson, ...attributeWinners] = row.winners
  const relatives = world.people.filter((person) => person.race === row.race || person.gender === row.gender)
  const annotated = [
    personLabel(world, row.race, row.gender),
    valueLabel(world.gender, row.gender),
    valueLabel(world.race, row.race),
    valueLabel(world.age, row.age),
  ]
  return new Map<string, Band>([
    ...relatives.map((person) => [person.label, 'related'] as const),
    [world.child.label, world.child.takesUnflagged.has(row.age) ? 'annotated' : 'other'],
    [world.person.label, 'annotated'],
    ...annotated.map((label) => [label, 'annotated'] as const),
    ...attributeWinners.map((label) => [label, 'winner'] as const),
    [base, 'winner'],
    ...(withChild === world.child.label ? [[withChild, 'child'] as const] : []),
    ...(withPerson === world.person.label ? [[withPerson, 'person'] as const] : []),
  ])
}
