import { createBitCounter } from '../../scoring/count-bits.js'
import type { OutcomeBits } from '../../scoring/outcome-bits.js'

/** The images of some groups, group by group: the rows of group g are `order[starts[g]]` to before `order[starts[g + 1]]`. */
export type GroupOrder = { readonly order: Int32Array; readonly starts: Int32Array }

/** Rows sorted by their group; rows of group -1 are left out. */
export function orderByGroup(groupOf: Int32Array, groups: number): GroupOrder {
  const starts = new Int32Array(groups + 1)
  for (const group of groupOf) if (group >= 0) starts[group + 1]++
  for (let group = 0; group < groups; group++) starts[group + 1] += starts[group]
  const order = new Int32Array(starts[groups])
  const next = starts.slice()
  groupOf.forEach((group, row) => {
    if (group >= 0) order[next[group]++] = row
  })
  return { order, starts }
}

/** Counts of every group in every outcome and specification: `write` fills `counts`, which has one row a group, outcome-major as the counter. */
export type GroupCounter = { readonly counts: Uint32Array; readonly write: (order: Int32Array) => void }

/** Counts groups whose sizes stay and whose members change from call to call. The largest group is what the others leave of the whole, and
 *  images that no specification puts into any outcome are not looked at. */
export function createGroupCounter(bits: OutcomeBits, { order, starts }: GroupOrder): GroupCounter {
  const count = createBitCounter(bits)
  const width = bits.outcomes * bits.specifications
  const sizes = Array.from({ length: starts.length - 1 }, (_, group) => starts[group + 1] - starts[group])
  const largest = sizes.indexOf(Math.max(...sizes))
  const totals = count(order, 0, order.length).slice()
  const isMarked = markedRows(bits)
  const chosen = new Int32Array(order.length)
  const counts = new Uint32Array(sizes.length * width)
  const write = (members: Int32Array): void => {
    const left = counts.subarray(largest * width, (largest + 1) * width)
    left.set(totals)
    sizes.forEach((_, group) => {
      if (group === largest) return
      let marked = 0
      for (let place = starts[group]; place < starts[group + 1]; place++) {
        if (isMarked[members[place]] === 1) chosen[marked++] = members[place]
      }
      const ofGroup = count(chosen, 0, marked)
      counts.set(ofGroup, group * width)
      for (let column = 0; column < width; column++) left[column] -= ofGroup[column]
    })
  }
  return { counts, write }
}

function markedRows({ images, rows }: OutcomeBits): Uint8Array {
  const words = images === 0 ? 0 : rows.length / images
  return Uint8Array.from({ length: images }, (_, image) =>
    rows.subarray(image * words, (image + 1) * words).some((word) => word !== 0) ? 1 : 0,
  )
}
