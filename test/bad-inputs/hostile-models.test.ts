import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect } from 'vitest'
import { buildOnnxModel } from '../../src/audit/model/onnx-graph.js'
import { integerField, joinFields, messageField, textField } from '../../src/audit/model/protobuf-writer.js'
import { externalTensorModel } from '../audit/model/broken-model-files.js'
import { fakeText, fakeVision, SIDE, writeFakeModel } from '../audit/model/fake-model.js'
import type { FakeFiles } from '../audit/model/fake-model.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { badInput, badInputs } from './bad-input.js'
import { ends, refused } from './refused.js'

const VISION = 'onnx/vision_model.onnx'
const TEXT = 'onnx/text_model.onnx'

let folder: string
let count = 0
beforeAll(() => {
  folder = temporaryFolder()
})

/** A tiny model folder that works, but for the files that are exchanged. */
const model = (files: FakeFiles = {}): string => writeFakeModel(join(folder, `model-${++count}`), files)

/** Loads and tries both encoders, as every audit does before it opens an image. */
const check = (path: string, ...flags: string[]): string[] => ['model', 'check', path, '--text', 'a man', ...flags]

/** Repeats one number in rows of 10,000: ten million rows are 400 GB of float32. */
function hugeVision(rows = 10_000_000n): Uint8Array {
  return buildOnnxModel({
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, SIDE, SIDE] }],
    outputs: [{ name: 'image_embeds', type: 'float32', shape: ['batch', 4] }],
    initializers: [
      { name: 'shape', type: 'int64', dims: [2], data: BigInt64Array.of(rows, 10_000n) },
      { name: 'w', type: 'float32', dims: [192, 4], data: new Float32Array(768).fill(1) },
    ],
    nodes: [
      { op: 'Flatten', inputs: ['pixel_values'], outputs: ['flat'] },
      { op: 'MatMul', inputs: ['flat', 'w'], outputs: ['raw'] },
      { op: 'ReduceMax', inputs: ['raw'], outputs: ['one'], attributes: { keepdims: { int: 0 } } },
      { op: 'Expand', inputs: ['one', 'shape'], outputs: ['huge'] },
      { op: 'ReduceMax', inputs: ['huge'], outputs: ['back'], attributes: { keepdims: { int: 0 } } },
      { op: 'Add', inputs: ['raw', 'back'], outputs: ['image_embeds'] },
    ],
  })
}

/** A graph in an attribute of a node in a graph, so many deep. */
function nested(levels: number): Uint8Array {
  let graph = [textField(2, 'graph')]
  for (let level = 0; level < levels; level++) graph = [messageField(1, [messageField(5, [messageField(6, graph)])])]
  return joinFields([integerField(1, 8), messageField(7, graph)])
}

const POINTER =
  'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n'

describe('encoder files that are none', () => {
  badInputs(
    52,
    [
      ['an encoder of zero bytes', '', /vision_model\.onnx: expected a file with content but received zero bytes/],
      ['a git-lfs pointer in place of an encoder', POINTER, /vision_model\.onnx.*git-lfs/],
    ],
    (content, message) => void refused(check(model({ [VISION]: content })), message),
  )

  badInput(52, 'an encoder that is cut in the middle', () => {
    const whole = fakeVision()
    refused(check(model({ [VISION]: whole.subarray(0, whole.length / 2) })), /vision_model\.onnx.*expected/)
  })

  badInput(52, 'an operator that nobody knows', () => {
    refused(check(model({ [VISION]: fakeVision({ op: 'FancyPooling' }) })), /the operator "FancyPooling"/)
  })

  badInput(52, 'a field that is longer than the file', () => {
    const huge = Buffer.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]) // graph, 2^63 - 1 bytes
    refused(check(model({ [VISION]: huge })), /vision_model\.onnx.*expected/)
  })

  badInput(52, 'graphs nested a thousand deep', () => {
    refused(check(model({ [VISION]: nested(1000) })), /vision_model\.onnx.*expected/)
  })
})

describe('weights that lie elsewhere', () => {
  badInputs(
    53,
    [
      ['external data by ..', '../secret.bin', 'initializer'],
      ['external data by an absolute path', '/etc/hostname', 'initializer'],
      ['external data by .. in a subgraph', '../../secret.bin', 'in a subgraph'],
      ['external data that is missing', 'weights.bin', 'initializer'],
    ],
    (location, where) => {
      const bytes = externalTensorModel(location, where)
      refused(check(model({ [VISION]: bytes })), /vision_model\.onnx.*expected|external|weights/)
    },
  )

  badInput(53, 'external data that is a link out of the folder', () => {
    const path = model({ [VISION]: externalTensorModel('weights.bin') })
    writeFileSync(join(folder, 'outside.bin'), 'four')
    symlinkSync(join(folder, 'outside.bin'), join(path, 'onnx/weights.bin'))
    refused(check(path), /expected/)
  })
})

describe('encoders that are not those of a dual encoder', () => {
  badInputs(
    54,
    [
      [
        'another input name',
        VISION,
        fakeVision({ input: 'image' }),
        /inputs: expected one input pixel_values.*but received image/,
      ],
      ['the text encoder as image encoder', VISION, fakeText(), /but received input_ids/],
      ['the image encoder as text encoder', TEXT, fakeVision(), /but received pixel_values/],
    ],
    (file, bytes, message) => void refused(check(model({ [file as string]: bytes })), message),
  )

  badInput(56, 'an input that only looks like an optional one', () => {
    refused(check(model({ [TEXT]: fakeText({ extra: 'atention_mask' }) })), /but received input_ids.*atention_mask/)
  })

  badInput(57, 'several outputs that fit', () => {
    refused(check(model({ [VISION]: fakeVision({ outputs: ['one', 'two'] }) })), /one float32.*two float32/)
  })

  badInput(57, 'vectors of different width', () => {
    refused(check(model({ [TEXT]: fakeText({ dim: 5 }) })), /as wide as image vectors \(4\) but received width 5/)
  })

  badInputs(
    58,
    [
      ['NaN for a drawn image', NaN],
      ['infinity for a drawn image', Infinity],
    ],
    (weight) => void refused(check(model({ [VISION]: fakeVision({ weight: () => weight }) })), /NaN or infinity/),
  )

  badInput(59, 'the same vector for every image', () => {
    refused(check(model({ [VISION]: fakeVision({ weight: () => 0 }) })), /the same vector for two different images/)
  })

  badInput(55, 'a batch that is fixed, and vectors that depend on their batch: used one at a time', () => {
    for (const [options, batch] of [
      [{ batch: 1 }, 1],
      [{ batch: 3 }, 3],
      [{ isCentred: true }, 1],
    ] as const) {
      // prettier-ignore
      const { stdout } = ends(0, check(model({ [VISION]: fakeVision(options) }), '--json'))
      expect(JSON.parse(stdout)).toMatchObject({ embeddedWith: { batch } })
    }
  })

  badInput(55, 'another size than that of the preprocessing', () => {
    const preprocessor = { do_resize: true, size: 16, resample: 3, do_center_crop: true, crop_size: 16, do_normalize: true, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] } // prettier-ignore
    refused(check(model({ 'preprocessor_config.json': preprocessor })), /\[batch, 3, 16, 16\] but received/)
  })
})

describe('a graph that asks for 400 GB', () => {
  badInput(61, 'in this process', () => {
    refused(check(model({ [VISION]: hugeVision() })), /expected a model that fits into memory/)
  })

  badInput(61, 'under --isolate', () => {
    refused(check(model({ [VISION]: hugeVision() }), '--isolate'), /expected a model that/)
  })

  badInput(71, 'a model that needs more than its process may have', () => {
    const args = check(model({ [VISION]: hugeVision(100_000n) }), '--isolate-memory', '300') // 4 GB
    refused(args, /expected a model that needs at most 0\.3 GB of memory but received one that needs more/)
  })
})
