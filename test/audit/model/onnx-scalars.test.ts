import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { buildOnnxModel } from '../../../src/audit/model/onnx-graph.js'
import { readOnnxScalars } from '../../../src/audit/model/onnx-scalars.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-scalars-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const NODES = [
  { op: 'Cast', inputs: ['logit_scale'], outputs: ['wide'], attributes: { to: { int: 1 } } },
  { op: 'Exp', inputs: ['wide'], outputs: ['y'] },
]
const CIRCLE = [
  { op: 'Cast', inputs: ['logit_scale'], outputs: ['logit_scale'], attributes: { to: { int: 1 } } },
  { op: 'Cast', inputs: ['logit_scale'], outputs: ['a'], attributes: { to: { int: 1 } } },
  { op: 'Cast', inputs: ['a'], outputs: ['logit_scale'], attributes: { to: { int: 1 } } },
]

it.each([
  ['sees that a scale is exponentiated after conversions of its type', NODES, true],
  ['follows conversions that lead in a circle once', CIRCLE, false],
  ['finds the exponent beside a circle', [...CIRCLE, ...NODES], true],
])('%s', (name, nodes, isExponentiated) => {
  const path = join(folder, `${name}.onnx`)
  const initializers = [{ name: 'logit_scale', type: 'float32' as const, dims: [], data: Float32Array.of(4.5) }]
  const outputs = [{ name: 'y', type: 'float32' as const, shape: [] }]
  writeFileSync(path, buildOnnxModel({ inputs: [], outputs, initializers, nodes }))
  expect(readOnnxScalars(path, ['logit_scale']).get('logit_scale')).toEqual({ value: 4.5, isExponentiated })
})
