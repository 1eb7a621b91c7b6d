import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SMALLEST_BOX, cutBox } from '../../../src/audit/model/cut-box.js'
import type { Box } from '../../../src/audit/types/dataset.js'

const [WIDTH, HEIGHT] = [120, 90]
/** Every pixel tells where it was: red is its column, green its row. */
const picture = {
  width: WIDTH,
  height: HEIGHT,
  rgb: Uint8Array.from({ length: 3 * WIDTH * HEIGHT }, (_, index) => {
    const pixel = Math.floor(index / 3)
    return [pixel % WIDTH, Math.floor(pixel / WIDTH), 7][index % 3]
  }),
}
const pixels = (left: number, top: number, width: number, height: number, padding = 0): Box => ({ unit: 'pixel', left, top, width, height, padding }) // prettier-ignore

/** `picture[top:bottom, left:right]` as numpy slices an array, flattened. */
function sliced(left: number, top: number, right: number, bottom: number): number[] {
  const found: number[] = []
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) found.push(x, y, 7)
  return found
}

function cut(box: Box): { width: number; height: number; rgb: number[] } | string {
  const part = cutBox(picture, box)
  return 'kind' in part ? `${part.code}: ${part.reason}` : { ...part, rgb: [...part.rgb] }
}

describe('cutBox', () => {
  it('takes what numpy slices, for any box inside the picture', () =>
    fc.assert(
      fc.property(
        ...[fc.nat(WIDTH - SMALLEST_BOX), fc.nat(HEIGHT - SMALLEST_BOX), fc.nat(88), fc.nat(58)],
        (left, top, more, deeper) => {
          const width = Math.min(SMALLEST_BOX + more, WIDTH - left)
          const height = Math.min(SMALLEST_BOX + deeper, HEIGHT - top)
          const rgb = sliced(left, top, left + width, top + height)
          expect(cut(pixels(left, top, width, height))).toEqual({ width, height, rgb })
        },
      ),
      { numRuns: 30 },
    ))

  it('reads shares of the width and of the height', () => {
    const box = { unit: 'share', left: 0.25, top: 0.1, width: 0.5, height: 0.6, padding: 0 } as const
    expect(cut(box)).toEqual({ width: 60, height: 54, rgb: sliced(30, 9, 90, 63) })
  })

  it('pads each side by a share of the longer one, as far as the picture reaches', () => {
    expect(cut(pixels(40, 30, 40, 32, 0.25))).toEqual({ width: 60, height: 52, rgb: sliced(30, 20, 90, 72) })
    expect(cut(pixels(0, 50, 40, 40, 0.5))).toEqual({ width: 60, height: 60, rgb: sliced(0, 30, 60, 90) })
  })

  it('rounds edges to whole pixels, and forgives one pixel beyond the edge', () => {
    expect(cut(pixels(10.4, 10.6, 40.2, 39.8))).toEqual({ width: 41, height: 39, rgb: sliced(10, 11, 51, 50) })
    expect(cut(pixels(80, 50, 41, 41))).toEqual({ width: 40, height: 40, rgb: sliced(80, 50, 120, 90) })
  })

  it.each([
    [pixels(-2, 0, 40, 40), 'box.outside: the box reaches out of the picture of 120 x 90 pixels'],
    [pixels(90, 0, 40, 40), 'box.outside: the box reaches out of the picture of 120 x 90 pixels'],
    [pixels(0, 60, 40, 40), 'box.outside: the box reaches out of the picture of 120 x 90 pixels'],
    [pixels(0, 0, 31, 90), 'box.small: the box has 31 x 90 pixels; 32 x 32 are needed'],
    [pixels(0, 0, -40, 90), 'box.small: the box has -40 x 90 pixels; 32 x 32 are needed'],
    [pixels(Number.NaN, 0, 40, 40), 'box.outside: the box reaches out of the picture of 120 x 90 pixels'],
  ])('refuses %j', (box, said) => expect(cut(box)).toBe(said))
})
