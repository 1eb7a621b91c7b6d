import { plantedLabelSets } from './world.js'
import type { World } from './world.js'

/** A tile is a mosaic of 7 x 7 cells of 4 x 4 pixels, with a gap of 1 pixel between them and a margin of 3 around. */
export const CELLS_PER_SIDE = 7
export const CELL_PIXELS = 4
export const CELL_PITCH = 5
export const MARGIN = 3
export const TILE_PIXELS = 40
/** Strengths that a cell can show. */
export const LEVELS = 48

/** Colours of a zone: its cells run from `tint` (level 0) to `ink` (the highest). Cool colours only: no skin, no faces. */
export type Zone = { readonly name: string; readonly tint: Colour; readonly ink: Colour }
export type Colour = readonly [red: number, green: number, blue: number]

export const PAPER: Colour = [247, 248, 250]
export const ZONES = {
  classes: { name: 'classes', tint: [226, 229, 242], ink: [39, 48, 112] },
  race: { name: 'race', tint: [220, 236, 236], ink: [11, 95, 102] },
  gender: { name: 'gender', tint: [233, 225, 243], ink: [91, 42, 134] },
  age: { name: 'age', tint: [223, 238, 228], ink: [31, 107, 69] },
  serial: { name: 'serial', tint: [230, 233, 237], ink: [104, 116, 130] },
} as const satisfies Record<string, Zone>
export type ZoneName = keyof typeof ZONES

/** Where each concept is shown. `cell` counts row by row from the top left. */
export type ConceptCell = { readonly label: string; readonly zone: ZoneName; readonly cell: number }
export type TileLayout = { readonly concepts: readonly ConceptCell[]; readonly serialCells: readonly number[] }

/**
 * Gives every label of the planted label sets a cell: the classes in the outer ring, race and gender in the ring within,
 * age in the core. Cells that are left over carry the serial number, which makes every tile distinct and means nothing.
 * Throws RangeError when a ring is too small for its labels.
 */
export function layOutTile(world: World): TileLayout {
  const classes = [
    ...world.people.map((person) => person.label),
    ...world.outcomes.nonHuman,
    ...world.outcomes.crime,
    world.child.label,
    world.person.label,
  ]
  const labelsOf = (attribute: 'race' | 'gender' | 'age') => world[attribute].labels.map(([, label]) => label)
  const rings = [
    placeRing(world, [0], [['classes', classes]]),
    placeRing(
      world,
      [1],
      [
        ['race', labelsOf('race')],
        ['gender', labelsOf('gender')],
      ],
    ),
    placeRing(world, [2, 3], [['age', labelsOf('age')]]),
  ]
  return {
    concepts: rings.flatMap((ring) => ring.concepts),
    serialCells: rings.flatMap((ring) => ring.serialCells),
  }
}

type Placed = readonly (readonly [zone: ZoneName, labels: readonly string[]])[]

function placeRing(world: World, rings: readonly number[], placed: Placed): TileLayout {
  const cells = rings.flatMap(ringCells)
  const named = placed.flatMap(([zone, labels]) => labels.map((label) => ({ label, zone })))
  if (named.length > cells.length) {
    throw new RangeError(
      `world ${world.id}: a tile holds ${cells.length} labels of this kind, not ${named.length} (${plantedLabelSets(world).join(', ')})`,
    )
  }
  const concepts = named.map((concept, index) => ({ ...concept, cell: cells[index] ?? 0 }))
  return { concepts, serialCells: cells.slice(named.length) }
}

/** Cells of one ring, clockwise from its top left; ring 0 is the outermost. */
function ringCells(ring: number): number[] {
  const [low, high] = [ring, CELLS_PER_SIDE - 1 - ring]
  if (low === high) return [low * CELLS_PER_SIDE + low]
  const along = Array.from({ length: high - low }, (_, step) => step)
  return [
    ...along.map((step) => [low, low + step] as const),
    ...along.map((step) => [low + step, high] as const),
    ...along.map((step) => [high, high - step] as const),
    ...along.map((step) => [high - step, low] as const),
  ].map(([row, column]) => row * CELLS_PER_SIDE + column)
}
