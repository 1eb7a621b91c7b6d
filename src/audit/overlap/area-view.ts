import { THUMBNAIL_SIDE, type Window } from './thumbnail.js'

/** A part of a thumbnail at another size: each new pixel is the mean of the area that it covers, with shares of pixels at its edges.
 *  `thumbnail` is side x side grey values, row-major; gives width x height, row-major. */
export function areaView(thumbnail: Uint8Array, window: Window, width: number, height: number): Float64Array {
  const across = sharesOf(window.left, window.width, width)
  const down = sharesOf(window.top, window.height, height)
  const narrow = new Float64Array(THUMBNAIL_SIDE * width)
  for (let row = 0; row < THUMBNAIL_SIDE; row++)
    for (let column = 0; column < width; column++)
      narrow[row * width + column] = weighted(thumbnail, row * THUMBNAIL_SIDE, 1, across[column])
  const view = new Float64Array(width * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      view[row * width + column] = weighted(narrow, column, width, down[row])
  return view
}

/** The pixels that one new pixel covers: the first of them, and the share of each. */
type Shares = { readonly first: number; readonly shares: Float64Array }

function weighted(values: ArrayLike<number>, start: number, stride: number, { first, shares }: Shares): number {
  let sum = 0
  for (let index = 0; index < shares.length; index++) sum += shares[index] * values[start + (first + index) * stride]
  return sum
}

/** Of every window that was asked for: there are few, and each is asked for again and again. */
const known = new Map<string, Shares[]>()

function sharesOf(start: number, length: number, pixels: number): Shares[] {
  const key = `${start} ${length} ${pixels}`
  const before = known.get(key)
  if (before !== undefined) return before
  const shares = Array.from({ length: pixels }, (_, pixel) =>
    sharesBetween(start + (length * pixel) / pixels, start + (length * (pixel + 1)) / pixels),
  )
  known.set(key, shares)
  return shares
}

function sharesBetween(low: number, high: number): Shares {
  const first = Math.min(Math.floor(low), THUMBNAIL_SIDE - 1)
  const last = Math.max(first + 1, Math.min(THUMBNAIL_SIDE, Math.ceil(high - 1e-9))) // 64.00000001 is an edge, not a pixel
  const shares = Float64Array.from({ length: last - first }, (_, index) =>
    Math.max(0, Math.min(high, first + index + 1) - Math.max(low, first + index)),
  )
  const whole = shares.reduce((sum, share) => sum + share, 0)
  return { first, shares: shares.map((share) => share / whole) }
}
