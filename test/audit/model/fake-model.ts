import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildOnnxModel } from '../../../src/audit/model/onnx-graph.js'
import type { OnnxGraph, OnnxNode } from '../../../src/audit/model/onnx-graph.js'

export const SIDE = 8 // pixels of the fake model's images
const PIXELS = 3 * SIDE * SIDE
const WORDS = ['<unk>', '<start>', '<end>', 'a', 'photo', 'of', 'house', 'three', 'red', 'lines', 'man', 'woman', 'dog']

/** A file of the folder: text, bytes, something written as JSON, or null to leave the file out. */
export type FakeFiles = Readonly<Record<string, object | Uint8Array | string | null>>

/** Writes a tiny dual encoder that works (8 x 8 images, vectors of 4 numbers, 16 tokens), with some files exchanged. */
export function writeFakeModel(folder: string, exchanged: FakeFiles = {}): string {
  const files: FakeFiles = {
    'config.json': { model_type: 'clip', text_config: { max_position_embeddings: 16 } },
    'preprocessor_config.json': fakePreprocessor(),
    'tokenizer.json': fakeTokenizer(),
    'tokenizer_config.json': { pad_token: '<end>', eos_token: '<end>' },
    'onnx/vision_model.onnx': fakeVision(),
    'onnx/text_model.onnx': fakeText(),
    ...exchanged,
  }
  for (const [name, content] of Object.entries(files)) {
    if (content === null) continue
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    const isRaw = typeof content === 'string' || content instanceof Uint8Array
    writeFileSync(join(folder, name), isRaw ? content : JSON.stringify(content))
  }
  return folder
}

export function fakePreprocessor(): Record<string, unknown> {
  return {
    do_resize: true,
    size: { shortest_edge: SIDE },
    resample: 3,
    do_center_crop: true,
    crop_size: SIDE,
    do_normalize: true,
    image_mean: [0.5, 0.5, 0.5],
    image_std: [0.5, 0.5, 0.5],
  }
}

export function fakeTokenizer(): Record<string, unknown> {
  const special = (content: string, id: number) => ({ id, content, special: true, normalized: false })
  const one = (id: string, number: number) => ({ id, ids: [number], tokens: [id] })
  return {
    version: '1.0',
    added_tokens: [special('<start>', 1), special('<end>', 2)],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '<start>', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '<end>', type_id: 0 } },
      ],
      pair: [],
      special_tokens: { '<start>': one('<start>', 1), '<end>': one('<end>', 2) },
    },
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '<unk>',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    },
  }
}

type VisionOptions = {
  readonly input?: string
  readonly batch?: number | string
  readonly outputs?: readonly string[]
  readonly dim?: number
  readonly weight?: (index: number) => number
  /** Subtract half the mean of the batch: a vector then depends on its neighbours. */
  readonly isCentred?: boolean
  readonly op?: string
}

/** Image encoder: pixels times a matrix. */
export function fakeVision(options: VisionOptions = {}): Uint8Array {
  const { input = 'pixel_values', batch = 'batch', outputs = ['image_embeds'], dim = 4, isCentred = false } = options
  const weight = options.weight ?? ((index: number) => ((index * 37) % 11) - 5)
  const last: OnnxNode[] = isCentred
    ? [
        { op: 'ReduceMean', inputs: ['raw'], outputs: ['mean'], attributes: { axes: { ints: [0] } } },
        { op: 'Mul', inputs: ['mean', 'half'], outputs: ['shift'] },
        { op: 'Sub', inputs: ['raw', 'shift'], outputs: ['vector'] },
      ]
    : [{ op: options.op ?? 'Identity', inputs: ['raw'], outputs: ['vector'] }]
  const graph: OnnxGraph = {
    inputs: [{ name: input, type: 'float32', shape: [batch, 3, SIDE, SIDE] }],
    outputs: outputs.map((name) => ({ name, type: 'float32', shape: [batch, dim] })),
    initializers: [
      {
        name: 'w',
        type: 'float32',
        dims: [PIXELS, dim],
        data: Float32Array.from({ length: PIXELS * dim }, (_, i) => weight(i)),
      },
      { name: 'half', type: 'float32', dims: [1], data: Float32Array.of(0.5) },
    ],
    nodes: [
      { op: 'Flatten', inputs: [input], outputs: ['flat'] },
      { op: 'MatMul', inputs: ['flat', 'w'], outputs: ['raw'] },
      ...last,
      ...outputs.map((name) => ({ op: 'Identity', inputs: ['vector'], outputs: [name] })),
    ],
  }
  return buildOnnxModel(graph)
}

type TextOptions = {
  readonly type?: 'int64' | 'int32'
  readonly batch?: number | string
  readonly length?: number | string
  readonly mask?: 'int64' | 'int32' | null
  readonly extra?: string
  readonly dim?: number
  readonly weight?: (index: number) => number
}

/** Text encoder: the sum of a row per token; with a mask, of the attended tokens. */
export function fakeText(options: TextOptions = {}): Uint8Array {
  const { type = 'int64', batch = 'batch', length = 'tokens', dim = 4, mask = null } = options
  const weight = options.weight ?? ((index: number) => ((index * 29) % 13) - 6)
  const extra = options.extra === undefined ? [] : [options.extra]
  const graph: OnnxGraph = {
    inputs: [
      { name: 'input_ids', type, shape: [batch, length] },
      ...(mask === null ? [] : [{ name: 'attention_mask', type: mask, shape: [batch, length] }]),
      ...extra.map((name) => ({ name, type: 'int64' as const, shape: [batch, length] })),
    ],
    outputs: [{ name: 'text_embeds', type: 'float32', shape: [batch, dim] }],
    initializers: [
      {
        name: 'table',
        type: 'float32',
        dims: [WORDS.length, dim],
        data: Float32Array.from({ length: WORDS.length * dim }, (_, index) => weight(index)),
      },
      { name: 'last', type: 'int64', dims: [1], data: BigInt64Array.of(2n) },
      { name: 'tokenAxis', type: 'int64', dims: [1], data: BigInt64Array.of(1n) },
    ],
    nodes: [
      { op: 'Gather', inputs: ['table', 'input_ids'], outputs: ['rows'] },
      ...(mask === null ? [{ op: 'Identity', inputs: ['rows'], outputs: ['kept'] }] : maskNodes()),
      {
        op: 'ReduceSum',
        inputs: ['kept', 'tokenAxis'],
        outputs: ['text_embeds'],
        attributes: { keepdims: { int: 0 } },
      },
    ],
  }
  return buildOnnxModel(graph)
}

function maskNodes(): OnnxNode[] {
  return [
    { op: 'Cast', inputs: ['attention_mask'], outputs: ['attended'], attributes: { to: { int: 1 } } },
    { op: 'Unsqueeze', inputs: ['attended', 'last'], outputs: ['factor'] },
    { op: 'Mul', inputs: ['rows', 'factor'], outputs: ['kept'] },
  ]
}
