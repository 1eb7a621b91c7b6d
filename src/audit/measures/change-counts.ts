import type { LabelSetFacts } from '../types/facts.js'
import type { NearTiedFlow, PairedCell, PairedImages } from '../types/paired.js'

/** Paired counts of one outcome, and what they could be with near-tied images decided another way. */
export type ChangeCounts = {
  readonly counts: PairedImages
  /** The change as high, and as low, as near-ties allow; null where they are not known. */
  readonly nearTies: { readonly raised: PairedImages; readonly lowered: PairedImages } | null
  readonly unpaired: number
}

const NOBODY: PairedImages = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 }
const NOTHING_PAIRED: ChangeCounts = { counts: NOBODY, nearTies: { raised: NOBODY, lowered: NOBODY }, unpaired: 0 }

type Labels = Pick<LabelSetFacts, 'labels'>

/** Counts one outcome (a set of outcome categories) in every cell of a pair of runs (measures.md A6). Evidence needed: decisions. */
export function countChange(
  cells: readonly PairedCell[],
  [first, second]: readonly [Labels, Labels],
  categories: readonly string[],
): ChangeCounts[] {
  const inside = new Set(categories)
  const insideOf = ({ labels }: Labels): ReadonlySet<string> =>
    new Set(labels.filter(({ outcome }) => inside.has(outcome)).map(({ id }) => id))
  const [before, after] = [insideOf(first), insideOf(second)]
  return cells.map(({ flows, nearTies, onlyFirst, onlySecond }) => {
    const counts: Writable = { ...NOBODY }
    for (const [from, to, images] of flows) counts[placeOf(before.has(from), after.has(to))] += images
    const sides = { inside, before, after }
    return {
      counts,
      nearTies: nearTies === null ? null : withNearTies(counts, nearTies, sides),
      unpaired: onlyFirst + onlySecond,
    }
  })
}

/** The sum of paired counts. */
export function addPaired(counts: readonly PairedImages[]): PairedImages {
  return counts.reduce(plus, NOBODY)
}

/** The sum over some cells; near-ties are known only if they are in all of them. */
export function addChanges(counts: readonly ChangeCounts[]): ChangeCounts {
  return counts.reduce(
    (a, b) => ({
      counts: plus(a.counts, b.counts),
      nearTies:
        a.nearTies === null || b.nearTies === null
          ? null
          : {
              raised: plus(a.nearTies.raised, b.nearTies.raised),
              lowered: plus(a.nearTies.lowered, b.nearTies.lowered),
            },
      unpaired: a.unpaired + b.unpaired,
    }),
    NOTHING_PAIRED,
  )
}

type Writable = { -readonly [Place in keyof PairedImages]: number }
type Sides = {
  readonly inside: ReadonlySet<string>
  readonly before: ReadonlySet<string>
  readonly after: ReadonlySet<string>
}

function withNearTies(
  counts: PairedImages,
  nearTies: readonly NearTiedFlow[],
  { inside, before, after }: Sides,
): { raised: PairedImages; lowered: PairedImages } {
  const [raised, lowered] = [{ ...counts }, { ...counts }]
  for (const [from, nearFrom, to, nearTo, images] of nearTies) {
    const [isBefore, isAfter] = [before.has(from), after.has(to)]
    // an image near the border of the outcome may stand on either side of it, in each run on its own
    const beforeCan = bothSides(isBefore, nearFrom, inside)
    const afterCan = bothSides(isAfter, nearTo, inside)
    move(raised, { from: placeOf(isBefore, isAfter), to: placeOf(beforeCan.and, afterCan.or), images })
    move(lowered, { from: placeOf(isBefore, isAfter), to: placeOf(beforeCan.or, afterCan.and), images })
  }
  return { raised, lowered }
}

function bothSides(isInside: boolean, near: string | null, inside: ReadonlySet<string>): { and: boolean; or: boolean } {
  const isOther = near === null ? isInside : inside.has(near)
  return { and: isInside && isOther, or: isInside || isOther }
}

function move(counts: Writable, moved: { from: keyof Writable; to: keyof Writable; images: number }): void {
  counts[moved.from] -= moved.images
  counts[moved.to] += moved.images
}

function placeOf(isBefore: boolean, isAfter: boolean): keyof PairedImages {
  if (isBefore) return isAfter ? 'both' : 'onlyFirst'
  return isAfter ? 'onlySecond' : 'neither'
}

function plus(a: PairedImages, b: PairedImages): PairedImages {
  return {
    both: a.both + b.both,
    onlyFirst: a.onlyFirst + b.onlyFirst,
    onlySecond: a.onlySecond + b.onlySecond,
    neither: a.neither + b.neither,
  }
}
