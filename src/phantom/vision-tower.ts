import { buildOnnxModel } from '../audit/model/onnx-graph.js'
import type { OnnxTensor } from '../audit/model/onnx-graph.js'
import { CELL_PITCH, CELL_PIXELS, CELLS_PER_SIDE, MARGIN, TILE_PIXELS, ZONES } from './tile-layout.js'
import type { TileLayout } from './tile-layout.js'

const CHANNELS = 3
const CELLS = CELLS_PER_SIDE * CELLS_PER_SIDE
const KERNEL = MARGIN + CELL_PIXELS // starts in the margin, so that the strides of a convolution meet the cells

/** What every image shares with every text, so that no vector is zero. Takes the last place of the embedding. */
const IMAGE_COMMON = 1

/**
 * The image encoder of the phantom: reads the mean colour of each cell and says how strongly it shows its concept.
 * `pixel_values` [batch, 3, 40, 40], normalised to -1..1 -> `image_embeds` [batch, dimension]: one place per concept in
 * the order of the layout, and a constant in the last. Not normalised.
 */
export function buildVisionTower(layout: TileLayout, dimension: number): Uint8Array {
  const { weights, offsets } = readLevels(layout, dimension)
  return buildOnnxModel({
    name: 'phantom_vision',
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', CHANNELS, TILE_PIXELS, TILE_PIXELS] }],
    outputs: [{ name: 'image_embeds', type: 'float32', shape: ['batch', dimension] }],
    initializers: [cellMeanKernel(), weights, offsets],
    nodes: [
      {
        op: 'Conv',
        inputs: ['pixel_values', 'cell_mean'],
        outputs: ['cell_colours'],
        attributes: { group: { int: CHANNELS }, strides: { ints: [CELL_PITCH, CELL_PITCH] } },
      },
      { op: 'Flatten', inputs: ['cell_colours'], outputs: ['colours'] },
      { op: 'Gemm', inputs: ['colours', 'weights', 'offsets'], outputs: ['image_embeds'] },
    ],
  })
}

/** Averages the pixels of a cell in each channel and leaves the margin or the gap before it out. */
function cellMeanKernel(): OnnxTensor {
  const data = new Float32Array(CHANNELS * KERNEL * KERNEL)
  for (let channel = 0; channel < CHANNELS; channel += 1) {
    for (let row = MARGIN; row < KERNEL; row += 1) {
      const start = (channel * KERNEL + row) * KERNEL
      data.fill(1 / CELL_PIXELS ** 2, start + MARGIN, start + KERNEL)
    }
  }
  return { name: 'cell_mean', type: 'float32', dims: [CHANNELS, 1, KERNEL, KERNEL], data }
}

/** Weights that turn the colour of a cell into its place between the tint (0) and the ink (1) of its zone. */
function readLevels(layout: TileLayout, dimension: number): { weights: OnnxTensor; offsets: OnnxTensor } {
  const weights = new Float32Array(CHANNELS * CELLS * dimension)
  const offsets = new Float32Array(dimension)
  offsets[dimension - 1] = IMAGE_COMMON
  layout.concepts.forEach(({ zone, cell }, concept) => {
    const { tint, ink } = ZONES[zone]
    const range = ([0, 1, 2] as const).map((channel) => ink[channel] - tint[channel])
    const length = range.reduce((sum, step) => sum + step * step, 0)
    range.forEach((step, channel) => {
      const perUnit = (127.5 * step) / length // a pixel value from -1 to 1 is (value + 1) x 127.5 of 255
      weights[(channel * CELLS + cell) * dimension + concept] = perUnit
      offsets[concept] = (offsets[concept] ?? 0) + perUnit - ((tint[channel] ?? 0) * step) / length
    })
  })
  return {
    weights: { name: 'weights', type: 'float32', dims: [CHANNELS * CELLS, dimension], data: weights },
    offsets: { name: 'offsets', type: 'float32', dims: [dimension], data: offsets },
  }
}
