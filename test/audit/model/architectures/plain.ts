import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openModel } from '../../../../src/audit/model/open-model.js'
import type { Model } from '../../../../src/audit/model/open-model.js'
import { FP32, readModelFolder } from '../../../../src/audit/model/read-model-folder.js'
import type { OnnxTensor } from '../../../../src/audit/model/onnx-graph.js'
import type { Dtypes } from '../../../../src/audit/types/dtype.js'
import { drawnImage } from '../drawn-image.js'
import { SIDE, writeFakeModel } from '../fake-model.js'
import type { FakeFiles } from '../fake-model.js'

/** Towers are held against these lines: plain loops over numbers in float64, nothing of the engine. A tensor is a list of lists. */
export type Plane = readonly (readonly number[])[]

/** Five images of the fake model's size. */
export const IMAGES = [1, 2, 3, 4, 5].map((seed) => drawnImage('noise', SIDE, SIDE, seed).rgb)

/** Small weights that float32 and float16 hold exactly: n/16 with n from -5 to 5. */
export const weight = (index: number, salt = 0): number => (((index * 37 + salt * 13) % 11) - 5) / 16

export function constant(name: string, dims: readonly number[], salt = 0): OnnxTensor {
  const size = dims.reduce((product, dimension) => product * dimension, 1)
  return { name, type: 'float32', dims, data: Float32Array.from({ length: size }, (_, index) => weight(index, salt)) }
}

/** Red, green and blue plane of an image: (x / 255 - 0.5) / 0.5. */
export function planesOf(pixels: Uint8Array, side = SIDE): Plane[] {
  return [0, 1, 2].map((channel) =>
    Array.from({ length: side }, (_, y) =>
      Array.from({ length: side }, (_, x) => (pixels[(y * side + x) * 3 + channel] / 255 - 0.5) / 0.5),
    ),
  )
}

/** Convolution with zero padding; weights [out][in][kernel][kernel] as {@link constant} makes them. */
export function convolve(
  input: readonly Plane[],
  { out, kernel, stride, pad, salt }: { out: number; kernel: number; stride: number; pad: number; salt: number },
): Plane[] {
  const size = Math.floor((input[0].length + 2 * pad - kernel) / stride) + 1
  const at = (plane: Plane, y: number, x: number): number => plane[y]?.[x] ?? 0
  return range(out).map((o) =>
    range(size).map((y) =>
      range(size).map((x) =>
        sum(
          input.flatMap((plane, c) =>
            range(kernel * kernel).map((k) => {
              const [dy, dx] = [Math.floor(k / kernel), k % kernel]
              const w = weight(((o * input.length + c) * kernel + dy) * kernel + dx, salt)
              return w * at(plane, y * stride + dy - pad, x * stride + dx - pad)
            }),
          ),
        ),
      ),
    ),
  )
}

/** Rows times a matrix of `columns`. */
export function multiply(rows: Plane, columns: number, salt: number): number[][] {
  return rows.map((row) => range(columns).map((j) => sum(row.map((value, i) => value * weight(i * columns + j, salt)))))
}

export const range = (size: number): number[] => Array.from({ length: size }, (_, index) => index)
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
export const mean = (values: readonly number[]): number => sum(values) / values.length

export function cosine(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const [a, b] = [Array.from(left), Array.from(right)]
  return sum(a.map((value, index) => value * b[index])) / (Math.hypot(...a) * Math.hypot(...b))
}

/** Largest difference over the largest number of the plain arithmetic. */
export function misfit(found: ArrayLike<number>, plain: readonly number[]): number {
  if (found.length !== plain.length) throw new Error(`${found.length} numbers instead of ${plain.length}`)
  const largest = Math.max(...plain.map(Math.abs))
  return Math.max(...plain.map((value, index) => Math.abs(found[index] - value))) / largest
}

/** What float32 may lose in a few hundred additions. */
export const FLOAT32 = 1e-5

/** Opens model folders through the engine, and cleans up after them. */
export function workshop(): {
  readonly folder: () => string
  readonly open: (files: FakeFiles, options?: { batch?: number; dtypes?: Dtypes }) => Promise<Model>
  readonly close: () => Promise<void>
} {
  const made: string[] = []
  const opened: Model[] = []
  const folder = (): string => {
    made.push(mkdtempSync(join(tmpdir(), 'probity-tower-')))
    return made[made.length - 1]
  }
  return {
    folder,
    open: async (files, { batch = 4, dtypes = FP32 } = {}) => {
      const read = await readModelFolder(writeFakeModel(folder(), files), dtypes)
      const model = await openModel(read, { resize: 'exact', threads: 1, batch, inProcess: true })
      opened.push(model)
      return model
    },
    close: async () => {
      await Promise.all(opened.map((model) => model.close()))
      for (const path of made) rmSync(path, { recursive: true })
    },
  }
}

export function unitVector(vector: ArrayLike<number>): number[] {
  const values = Array.from(vector)
  return values.map((value) => value / Math.hypot(...values))
}
