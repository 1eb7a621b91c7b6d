/** How a resized pixel is mixed from its neighbours; the names are Pillow's. */
export type Resample = 'bicubic' | 'bilinear' | 'lanczos'

/** For every output position: the first input position, how many follow, and their fixed-point weights. */
export type FilterWeights = {
  readonly first: Int32Array
  readonly count: Int32Array
  /** outputs x `taps`, row-major, scaled by 2^{@link WEIGHT_BITS}. */
  readonly weights: Int32Array
  readonly taps: number
}

/** Bits after the point in a weight: 32 less 8 for the pixel and 2 against overflow (Pillow, PRECISION_BITS). */
export const WEIGHT_BITS = 22

type Kernel = { readonly support: number; readonly weightAt: (distance: number) => number }

const CUBIC_SHARPNESS = -0.5 // Pillow's "a"; other libraries take -0.75 or -0.6

const KERNELS: Readonly<Record<Resample, Kernel>> = {
  bilinear: { support: 1, weightAt: triangle },
  bicubic: { support: 2, weightAt: cubic },
  lanczos: { support: 3, weightAt: lanczos },
}

/**
 * The weights with which Pillow resizes one axis from `inputs` to `outputs` pixels, for the outputs
 * `from` to `from + length` only. Downscaling widens the filter (antialiasing); upscaling does not narrow it.
 * Source: python-pillow/Pillow `src/libImaging/Resample.c`, precompute_coeffs and normalize_coeffs_8bpc.
 */
export function filterWeights(
  resample: Resample,
  axis: { readonly inputs: number; readonly outputs: number; readonly from: number; readonly length: number },
): FilterWeights {
  const kernel = KERNELS[resample]
  const scale = axis.inputs / axis.outputs
  const stretch = Math.max(scale, 1)
  const support = kernel.support * stretch
  const taps = Math.ceil(support) * 2 + 1
  const first = new Int32Array(axis.length)
  const count = new Int32Array(axis.length)
  const weights = new Int32Array(axis.length * taps)
  const raw = new Float64Array(taps)
  for (let output = 0; output < axis.length; output++) {
    const centre = (output + axis.from + 0.5) * scale
    const start = Math.max(0, Math.trunc(centre - support + 0.5))
    const end = Math.min(axis.inputs, Math.trunc(centre + support + 0.5))
    first[output] = start
    count[output] = end - start
    writeFixedPointWeights(weights.subarray(output * taps), raw, kernel, { start, end, centre, stretch })
  }
  return { first, count, weights, taps }
}

function writeFixedPointWeights(
  target: Int32Array,
  raw: Float64Array,
  kernel: Kernel,
  { start, end, centre, stretch }: { start: number; end: number; centre: number; stretch: number },
): void {
  const inverse = 1 / stretch // multiplied, not divided by, as Pillow does: the last bit depends on it
  let sum = 0
  for (let position = 0; position < end - start; position++) {
    raw[position] = kernel.weightAt((position + start - centre + 0.5) * inverse)
    sum += raw[position]
  }
  for (let position = 0; position < end - start; position++) {
    const share = sum === 0 ? raw[position] : raw[position] / sum
    target[position] = Math.trunc((share < 0 ? -0.5 : 0.5) + share * (1 << WEIGHT_BITS))
  }
}

function triangle(distance: number): number {
  const x = Math.abs(distance)
  return x < 1 ? 1 - x : 0
}

/** The terms stand in Pillow's order: another order rounds differently in the last bit. */
function cubic(distance: number): number {
  const a = CUBIC_SHARPNESS
  const x = Math.abs(distance)
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a
  return 0
}

function lanczos(distance: number): number {
  return distance >= -3 && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0
}

function sinc(x: number): number {
  if (x === 0) return 1
  const angle = x * Math.PI
  return Math.sin(angle) / angle
}
