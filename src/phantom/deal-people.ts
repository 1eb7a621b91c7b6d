import type { World, WorldCell } from './world.js'

export type Outcome = 'crime' | 'nonHuman' | 'unflagged'

/** What becomes of an image: its outcome without `child`, and whether `child` takes it. */
export type Fate = { readonly outcome: Outcome; readonly takenByChild: boolean }

/** One simulated image: its annotations, its fate under exact quotas, and the shares of all fates in its cell. */
export type Person = {
  readonly race: string
  readonly age: string
  readonly gender: string
  readonly fate: Fate
  /** Which of its kind this image is, counted from 0 over the whole world: decides which label of an outcome wins. */
  readonly turn: number
  /** Images of each fate in the cell of this race and age. */
  readonly cellQuotas: readonly Quota[]
}

export type Quota = { readonly fate: Fate; readonly images: number }

/**
 * Deals the images of a world, cell by cell, in the order of its cells.
 * Genders take turns within each fate and the turns run on from cell to cell, so that in every cell, in every race and in
 * the whole world both genders have the same number of images of each fate, but for one: no difference by gender.
 */
export function dealPeople(world: World): Person[] {
  const genders = world.gender.labels.map(([value]) => value)
  const turns = new Map<string, number>()
  const carry = { owed: 0 }
  return world.cells.flatMap((cell) => {
    const cellQuotas = quotasOf(cell, world.child.takesUnflagged.get(cell.age) ?? 0, carry)
    return cellQuotas.flatMap(({ fate, images }) => {
      const kind = `${fate.outcome} ${fate.takenByChild}`
      const first = turns.get(kind) ?? 0
      turns.set(kind, first + images)
      return Array.from({ length: images }, (_, index) => {
        const turn = first + index
        const gender = genders[turn % genders.length] ?? ''
        return { race: cell.race, age: cell.age, gender, fate, turn: Math.floor(turn / genders.length), cellQuotas }
      })
    })
  })
}

function quotasOf(cell: WorldCell, takesUnflagged: number, carry: { owed: number }): Quota[] {
  const unflagged = cell.images - cell.crime - cell.nonHuman
  const childTakes = wholeImages(takesUnflagged * unflagged, unflagged, carry)
  return [
    { fate: { outcome: 'crime', takenByChild: false }, images: cell.crimeWithChild },
    { fate: { outcome: 'crime', takenByChild: true }, images: cell.crime - cell.crimeWithChild },
    { fate: { outcome: 'nonHuman', takenByChild: false }, images: cell.nonHumanWithChild },
    { fate: { outcome: 'nonHuman', takenByChild: true }, images: cell.nonHuman - cell.nonHumanWithChild },
    { fate: { outcome: 'unflagged', takenByChild: false }, images: unflagged - childTakes },
    { fate: { outcome: 'unflagged', takenByChild: true }, images: childTakes },
  ]
}

/** Rounds a share of images to whole images; what rounding leaves over is owed to the next cell, so that sums come out. */
export function wholeImages(wanted: number, most: number, carry: { owed: number }): number {
  if (wanted === 0) return 0
  const images = Math.min(most, Math.max(0, Math.round(wanted + carry.owed)))
  carry.owed += wanted - images
  return images
}
