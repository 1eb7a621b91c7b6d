import fc from 'fast-check'
import { readIntegerVector } from '../../../src/audit/dataset/containers/integer-vector.js'
import { npyTexts, npyVectors } from '../../../src/audit/embedding/import/npy.js'
import { safetensorsVectors } from '../../../src/audit/embedding/import/safetensors.js'
import { openRows } from '../../../src/audit/embedding/import/vector-rows.js'
import type { VectorBlock } from '../../../src/audit/embedding/import/vector-rows.js'
import { npyHeader } from '../../../src/audit/embedding/npy-header.js'
import { safetensorsHeader } from '../../../src/audit/embedding/safetensors-header.js'
import { readSafetensorsScalars } from '../../../src/audit/model/safetensors-scalars.js'
import { npyBytes, safetensorsBytes } from '../../audit/embedding/import/vector-files.js'
import { safetensors } from '../../audit/model/broken-model-files.js'
import { jsonSeeds } from '../one-wrong.js'
import { hold } from '../target.js'
import type { FuzzTarget } from '../target.js'

const NUMBERS = new Uint8Array(Float32Array.from({ length: 12 }, (_, index) => Math.sin(index)).buffer)
const text = (bytes: ArrayLike<number>): Uint8Array => Uint8Array.from(bytes)

/** Headers of NumPy files as numpy writes them, with one thing wrong in most of them. */
const headers = fc
  .record({
    descr: fc.constantFrom(
      `'<f4'`,
      `'<f2'`,
      `'<f8'`,
      `'<i8'`,
      `'<i4'`,
      `'|u1'`,
      `'|O'`,
      `'<U4'`,
      `'<U0'`,
      `'<U999999'`,
      `'>f4'`,
      `[('a', '<f4')]`,
    ),
    order: fc.constantFrom('False', 'False', 'True', 'None', '0'),
    shape: fc.oneof(
      fc.constantFrom('(3, 4)', '(3,)', '()', '(12,)', '(0, 4)', '(-3, 4)', '(3, 4, 1)', '(1e1, 4)', '(4294967296, 4294967296)', '(9007199254740993, 1)', '3'), // prettier-ignore
      fc.array(fc.nat(20), { maxLength: 3 }).map((shape) => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`),
    ),
    version: fc.constantFrom(1, 1, 2, 3, 4),
    end: fc.constantFrom(', }\n', '}\n', ', }', ''),
  })
  .map(({ descr, order, shape, version, end }) =>
    npyBytes(`{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}${end}`, NUMBERS, version),
  )

const npySeeds = (): Uint8Array[] => [
  Buffer.concat([npyHeader([3, 4]), NUMBERS]),
  npyBytes(`{'descr': '<U6', 'fortran_order': False, 'shape': (2,), }\n`, Buffer.from('a\0\0\0.\0\0\0j\0\0\0p\0\0\0g\0\0\0\0\0\0\0'.repeat(2), 'latin1')), // prettier-ignore
  npyBytes(`{'descr': '<i8', 'fortran_order': False, 'shape': (4,), }\n`, Buffer.alloc(32, 1)),
  ...fc.sample(headers, { numRuns: 60, seed: 1 }),
]

/** The length of the header set to where its line ends. */
function repairNpy(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 12) return bytes
  const made = bytes.slice()
  const end = made.indexOf(0x0a, 10)
  if (end < 0) return made
  const view = new DataView(made.buffer)
  if (made[6] === 1) view.setUint16(8, end + 1 - 10, true)
  else view.setUint32(8, Math.max(0, end + 1 - 12), true)
  return made
}

async function readAll(block: VectorBlock, bytes: Uint8Array): Promise<void> {
  hold(block.rows * block.dim <= bytes.length, `${block.rows} x ${block.dim} numbers in ${bytes.length} bytes`)
  const rows = await openRows([block])
  try {
    hold((await rows.read(0, rows.rows)).length === block.rows * block.dim, 'other numbers than the shape promises')
  } finally {
    await rows.close()
  }
}

/** The length of the header set to where its JSON ends, as far as braces tell. */
function repairSafetensors(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 9) return bytes
  const made = bytes.slice()
  let depth = 0
  for (let at = 8; at < made.length; at++) {
    if (made[at] === 0x7b) depth++
    if (made[at] !== 0x7d || --depth > 0) continue
    new DataView(made.buffer).setBigUint64(0, BigInt(at + 1 - 8), true)
    break
  }
  return made
}

const TENSORS = {
  __metadata__: { format: 'pt' },
  embeddings: { dtype: 'F32', shape: [3, 4], data_offsets: [0, 48] },
  logit_scale: { dtype: 'F32', shape: [], data_offsets: [48, 52] },
}
const scale = Buffer.from(Float32Array.of(4.6).buffer)

const safetensorsSeeds = (): Uint8Array[] => [
  Buffer.concat([safetensorsHeader([3, 4]), NUMBERS]),
  safetensors('logit_scale', 'F32', scale),
  ...jsonSeeds([TENSORS], 60).map((header) =>
    safetensorsBytes(Buffer.from(header).toString(), Buffer.concat([NUMBERS, scale])),
  ),
]

export const VECTOR_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'npy-vectors',
    family: 'NumPy files',
    reads: ['src/audit/embedding/import/npy.ts', 'src/audit/embedding/import/npy-header.ts', 'src/audit/embedding/import/vector-rows.ts', 'src/audit/embedding/import/numbers.ts'], // prettier-ignore
    seeds: npySeeds,
    repair: repairNpy,
    run: async ({ bytes, file }) => readAll(await npyVectors(file('vectors.npy')), bytes),
  },
  {
    name: 'npy-texts',
    family: 'NumPy files',
    reads: ['src/audit/embedding/import/npy.ts', 'src/audit/embedding/import/npy-header.ts'],
    seeds: npySeeds,
    repair: repairNpy,
    run: async ({ bytes, file }) => {
      let count = 0
      for await (const batch of npyTexts(file('ids.npy'))) count += batch.length
      hold(count <= bytes.length, `${count} texts in ${bytes.length} bytes`)
    },
  },
  {
    name: 'npy-integers',
    family: 'NumPy files',
    reads: ['src/audit/dataset/containers/integer-vector.ts'],
    seeds: npySeeds,
    repair: repairNpy,
    run: ({ bytes }) => {
      const found = readIntegerVector(Buffer.from(text(bytes)))
      hold(found === null || found.every((number) => Number.isSafeInteger(number)), 'a number that is not whole')
    },
  },
  {
    name: 'safetensors-vectors',
    family: 'safetensors files',
    reads: ['src/audit/embedding/import/safetensors.ts', 'src/audit/definitions/json-form.ts'],
    seeds: safetensorsSeeds,
    repair: repairSafetensors,
    run: async ({ bytes, file }) => readAll(await safetensorsVectors(file('vectors.safetensors'), null), bytes),
  },
  {
    name: 'safetensors-scalars',
    family: 'safetensors files',
    reads: ['src/audit/model/safetensors-scalars.ts', 'src/audit/model/decode-scalar.ts'],
    seeds: safetensorsSeeds,
    repair: repairSafetensors,
    run: async ({ file }) => {
      const found = await readSafetensorsScalars(file('model.safetensors'), ['logit_scale', 'logit_bias'])
      hold([...found.values()].every(Number.isFinite), 'a number that is not finite')
    },
  },
]
