import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { batchDependenceOf } from '../../../src/audit/model/batch-dependence.js'
import { buildOnnxModel } from '../../../src/audit/model/onnx-graph.js'
import type { OnnxAttribute, OnnxNode } from '../../../src/audit/model/onnx-graph.js'
import { scanOnnxFile } from '../../../src/audit/model/scan-onnx-file.js'
import { fakeVision } from './fake-model.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-graph-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function dependenceOfBytes(bytes: Uint8Array) {
  const at = join(folder, 'model.onnx')
  writeFileSync(at, bytes)
  return batchDependenceOf(scanOnnxFile(at))
}

function dependence(...nodes: readonly OnnxNode[]) {
  const value = { name: 'x', type: 'float32', shape: ['batch', 4] } as const
  return dependenceOfBytes(
    buildOnnxModel({ inputs: [value], outputs: [{ ...value, name: 'y' }], initializers: [], nodes }),
  )
}

const node = (op: string, attributes: Record<string, OnnxAttribute> = {}): OnnxNode => ({
  op,
  inputs: ['x'],
  outputs: ['y'],
  attributes,
})

describe('what a graph tells of its batch', () => {
  it('is that no image moves another where every operation treats each row by itself', () => {
    expect(dependenceOfBytes(fakeVision())).toBe('never')
    expect(dependence(node('MatMul'), node('Erf'), node('Softmax', { axis: { int: -1 } }))).toBe('never')
  })

  it('is that they do where one scale is chosen for a whole run', () => {
    expect(dependence(node('MatMul'), node('DynamicQuantizeLinear'), node('SomethingNew'))).toBe('always')
  })

  it.each([
    ['an operation that is not known', node('SomethingNew')],
    ['a reduction along the batch', node('ReduceMean', { axes: { ints: [1, 0] } })],
    ['a reduction along all axes', node('ReduceMean')],
    ['a softmax along the batch', node('Softmax', { axis: { int: 0 } })],
    ['batch normalisation, which may be in training mode', node('BatchNormalization')],
  ])('is nothing where there is %s', (_, odd) => {
    expect(dependence(node('MatMul'), odd)).toBe('unknown')
  })

  it.each([
    ['the last axis', [-1]],
    ['two axes of a row', [2, 3]],
  ])('is not clouded by a mean over %s', (_, ints) => {
    expect(dependence(node('ReduceMean', { axes: { ints } }))).toBe('never')
  })

  it('is nothing where the file is no ONNX model', () => {
    expect(dependenceOfBytes(Uint8Array.from([1, 2, 3]))).toBe('unknown')
  })
})
