// The two encoders of a CLIP ViT-B/32 as ONNX graphs, written operation by operation as exporters write them, so that
// ONNX Runtime fuses what it fuses in a real export. The weights are random: only the work is CLIP's, not the answers.
import { buildOnnxModel } from '../dist/audit/model/onnx-graph.js'
import { createParts } from './graph-parts.mjs'

/** Sizes of CLIP ViT-B/32. Source: openai/CLIP `clip/model.py`. */
export const SIZES = {
  image: { pixels: 224, patch: 32, width: 768, heads: 12, inner: 3072, blocks: 12 },
  text: { vocabulary: 49408, context: 77, width: 512, heads: 8, inner: 2048, blocks: 12 },
  embedding: 512,
}

const DEVIATION = 0.06 // of weights: images then differ about as much as a trained encoder's (cosines near 0.8)
const PIXEL_DEVIATION = 0.1 // wide enough that two images give clearly different vectors
const EPSILON = 1e-5
const LOWEST = -3.4028234663852886e38 // what exporters add to a score that must not count
const [FLOAT, INT32] = [1, 6] // TensorProto.DataType

/** `pixel_values` [batch, 3, 224, 224] -> `image_embeds` [batch, 512], not normalised. About 350 MB; `isQuantised`: 90 MB, its dense layers in eight
 *  bits as dynamic quantisation makes them of fp32. */
export function buildImageTower({ isQuantised = false } = {}) {
  const { pixels, width, blocks } = SIZES.image
  const parts = { ...createParts(), isQuantised }
  const tokens = addPatches(parts)
  let state = layerNorm(parts, tokens, 'pre_layernorm', width)
  for (let block = 0; block < blocks; block += 1) state = addBlock(parts, state, `layers.${block}`, SIZES.image, null)
  const first = parts.node('Gather', [state, parts.index('first', 0)], 'class_state', { axis: { int: 1 } })
  const pooled = layerNorm(parts, first, 'post_layernorm', width)
  parts.node(
    'MatMul',
    [pooled, parts.weights('visual_projection.weight', [width, SIZES.embedding], DEVIATION)],
    'image_embeds',
  )
  return buildOnnxModel({
    name: 'vision_model',
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, pixels, pixels] }],
    outputs: [{ name: 'image_embeds', type: 'float32', shape: ['batch', SIZES.embedding] }],
    initializers: parts.initializers,
    nodes: parts.nodes,
  })
}

/** `input_ids` [batch, sequence] -> `text_embeds` [batch, 512], read at the first `endId`, not normalised. About 250 MB. */
export function buildTextTower({ endId }) {
  const { width, blocks } = SIZES.text
  const parts = createParts()
  const { tokens, mask } = addTokens(parts)
  let state = tokens
  for (let block = 0; block < blocks; block += 1) state = addBlock(parts, state, `layers.${block}`, SIZES.text, mask)
  const last = layerNorm(parts, state, 'final_layer_norm', width)
  const pooled = stateAtEnd(parts, last, endId)
  parts.node(
    'MatMul',
    [pooled, parts.weights('text_projection.weight', [width, SIZES.embedding], DEVIATION)],
    'text_embeds',
  )
  return buildOnnxModel({
    name: 'text_model',
    inputs: [{ name: 'input_ids', type: 'int64', shape: ['batch', 'sequence'] }],
    outputs: [{ name: 'text_embeds', type: 'float32', shape: ['batch', SIZES.embedding] }],
    initializers: parts.initializers,
    nodes: parts.nodes,
  })
}

/** Patches of the picture behind one class token, each with its place: [batch, 50, width]. */
function addPatches(parts) {
  const { pixels, patch, width } = SIZES.image
  const places = (pixels / patch) ** 2 + 1
  const kernel = parts.weights('patch_embedding.weight', [width, 3, patch, patch], PIXEL_DEVIATION)
  const grid = parts.node('Conv', ['pixel_values', kernel], 'patch_grid', {
    kernel_shape: { ints: [patch, patch] },
    strides: { ints: [patch, patch] },
  })
  const rows = parts.node('Reshape', [grid, parts.integers('patch_rows', [0, width, -1])], 'patch_columns')
  const patches = parts.node('Transpose', [rows], 'patches', { perm: { ints: [0, 2, 1] } })

  // One class token for each picture: its shape depends on the batch, so it is put together while the model runs.
  const shape = parts.node('Shape', ['pixel_values'], 'pixel_shape')
  const batch = parts.node('Slice', [shape, ...range(parts, 'batch_only', [0], [1], [0])], 'batch_size')
  const classShape = parts.node('Concat', [batch, parts.integers('class_tail', [1, width])], 'class_shape', {
    axis: { int: 0 },
  })
  const token = parts.weights('class_embedding', [1, 1, width], DEVIATION)
  const classes = parts.node('Expand', [token, classShape], 'class_tokens')
  const sequence = parts.node('Concat', [classes, patches], 'sequence', { axis: { int: 1 } })
  return parts.node('Add', [sequence, parts.weights('position_embedding', [1, places, width], DEVIATION)], 'embeddings')
}

/** Tokens with their places [batch, sequence, width], and the mask that hides later tokens [sequence, sequence]. */
function addTokens(parts) {
  const { vocabulary, context, width } = SIZES.text
  const table = parts.weights('token_embedding.weight', [vocabulary, width], DEVIATION)
  const words = parts.node('Gather', [table, 'input_ids'], 'words')
  const shape = parts.node('Shape', ['input_ids'], 'ids_shape')
  const length = parts.node('Slice', [shape, ...range(parts, 'length_only', [1], [2], [0])], 'length')
  const zero = parts.integers('zero', [0])
  const firstAxis = parts.integers('first_axis', [0])
  const places = parts.weights('position_embedding', [context, width], DEVIATION)
  const placesHere = parts.node('Slice', [places, zero, length, firstAxis], 'places_here')
  const square = parts.node('Concat', [length, length], 'square', { axis: { int: 0 } })
  const causal = parts.floats('causal', [context, context], causalMask(context))
  const mask = parts.node(
    'Slice',
    [causal, parts.integers('zeros', [0, 0]), square, parts.integers('both_axes', [0, 1])],
    'mask',
  )
  return { tokens: parts.node('Add', [words, placesHere], 'embeddings'), mask }
}

function range(parts, name, starts, ends, axes) {
  return [
    parts.integers(`${name}.starts`, starts),
    parts.integers(`${name}.ends`, ends),
    parts.integers(`${name}.axes`, axes),
  ]
}

function causalMask(context) {
  return Float32Array.from({ length: context * context }, (_, index) =>
    index % context > Math.floor(index / context) ? LOWEST : 0,
  )
}

/** One transformer block: attention and MLP, each on the normalised state, each added to it. */
function addBlock(parts, state, name, sizes, mask) {
  const attended = addAttention(parts, layerNorm(parts, state, `${name}.layer_norm1`, sizes.width), name, sizes, mask)
  const middle = parts.node('Add', [state, attended], `${name}.middle`)
  const thought = addMlp(parts, layerNorm(parts, middle, `${name}.layer_norm2`, sizes.width), name, sizes)
  return parts.node('Add', [middle, thought], `${name}.state`)
}

function addAttention(parts, input, name, { width, heads }, mask) {
  const head = width / heads
  const split = parts.integers(`${name}.split`, [0, -1, heads, head])
  const project = (which, perm) => {
    const rows = linear(parts, input, `${name}.${which}_proj`, width, width)
    const shaped = parts.node('Reshape', [rows, split], `${name}.${which}_heads`)
    return parts.node('Transpose', [shaped], `${name}.${which}`, { perm: { ints: perm } })
  }
  const query = project('q', [0, 2, 1, 3])
  const key = project('k', [0, 2, 3, 1])
  const value = project('v', [0, 2, 1, 3])
  const scale = parts.filled(`${name}.scale`, [], head ** -0.5)
  const scaled = parts.node('Mul', [query, scale], `${name}.q_scaled`)
  const products = parts.node('MatMul', [scaled, key], `${name}.products`)
  const scores = mask === null ? products : parts.node('Add', [products, mask], `${name}.scores`)
  const shares = parts.node('Softmax', [scores], `${name}.shares`, { axis: { int: -1 } })
  const mixed = parts.node('MatMul', [shares, value], `${name}.mixed`)
  const back = parts.node('Transpose', [mixed], `${name}.mixed_rows`, { perm: { ints: [0, 2, 1, 3] } })
  const joined = parts.node('Reshape', [back, parts.integers(`${name}.join`, [0, -1, width])], `${name}.joined`)
  return linear(parts, joined, `${name}.out_proj`, width, width)
}

/** CLIP's MLP; its activation is QuickGELU, x * sigmoid(1.702 x). */
function addMlp(parts, input, name, { width, inner }) {
  const wide = linear(parts, input, `${name}.fc1`, width, inner)
  const steep = parts.node('Mul', [wide, parts.filled(`${name}.steepness`, [], 1.702)], `${name}.steep`)
  const gate = parts.node('Sigmoid', [steep], `${name}.gate`)
  const active = parts.node('Mul', [wide, gate], `${name}.active`)
  return linear(parts, active, `${name}.fc2`, inner, width)
}

function linear(parts, input, name, from, to) {
  const product = parts.isQuantised
    ? quantisedProduct(parts, input, name, [from, to])
    : parts.node('MatMul', [input, parts.weights(`${name}.weight`, [from, to], DEVIATION)], `${name}.product`)
  return parts.node('Add', [parts.weights(`${name}.bias`, [to], DEVIATION), product], `${name}.output`)
}

/** The four operations that dynamic quantisation puts in place of a product: the scale of the activations is that of the whole run. */
function quantisedProduct(parts, input, name, dims) {
  const [bytes, step, centre] = parts.nodeOf('DynamicQuantizeLinear', [input], ['bytes', 'step', 'centre'], name)
  const { weights, scale, zero } = parts.byteWeights(`${name}.weight`, dims, DEVIATION)
  const sums = parts.node('MatMulInteger', [bytes, weights, centre, zero], `${name}.sums`)
  const numbers = parts.node('Cast', [sums], `${name}.numbers`, { to: { int: FLOAT } })
  const scales = parts.node('Mul', [step, scale], `${name}.scales`)
  return parts.node('Mul', [numbers, scales], `${name}.product`)
}

function layerNorm(parts, input, name, width) {
  const scale = parts.filled(`${name}.weight`, [width], 1)
  const shift = parts.weights(`${name}.bias`, [width], DEVIATION)
  return parts.node('LayerNormalization', [input, scale, shift], `${name}.output`, {
    axis: { int: -1 },
    epsilon: { float: EPSILON },
  })
}

/** The state at the first end token of each text: [batch, width]. */
function stateAtEnd(parts, state, endId) {
  const isEnd = parts.node('Equal', ['input_ids', parts.index('end_id', endId)], 'is_end')
  const marks = parts.node('Cast', [isEnd], 'end_marks', { to: { int: INT32 } })
  const where = parts.node('ArgMax', [marks], 'end_place', { axis: { int: -1 }, keepdims: { int: 1 } })
  return parts.node('GatherND', [state, where], 'end_state', { batch_dims: { int: 1 } })
}
