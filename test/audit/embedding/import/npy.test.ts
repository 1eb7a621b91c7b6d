import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DatasetError } from '../../../../src/audit/errors.js'
import { npyTexts, npyVectors } from '../../../../src/audit/embedding/import/npy.js'
import { parseNpyHeader } from '../../../../src/audit/embedding/import/npy-header.js'
import { refusal, testFolder, write } from '../../dataset/helpers.js'
import { allOf, npyBytes } from './vector-files.js'

const PYTHON = ['python3', '/usr/bin/python3'].find(
  (python) => spawnSync(python, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
)
const folder = testFolder()
const header = (descr: string, shape: string, order = 'False'): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`
const numbers = (...values: number[]): Buffer => Buffer.from(Float32Array.from(values).buffer)

describe('vectors of a NumPy file', () => {
  it.skipIf(PYTHON === undefined)(
    'are to the last bit what numpy makes of float16, float32 and float64 as float32 (skipped where python3 with numpy is not here)',
    async () => {
      const script = `
import sys, numpy as n
r = n.random.default_rng(1)
wide = r.standard_normal((40, 7)) * 10.0 ** r.integers(-46, 40, (40, 7))
wide[0] = [1 + 2**-24, 1 + 3 * 2**-24, 3.4028235677973366e38, 1e39, -0.0, 1e-45, 7e-46]  # ties, overflow, subnormal numbers
bits = n.arange(65536, dtype='<u2')
halves = bits[(bits & 0x7fff) <= 0x7c00].view('<f2').reshape(-1, 2)  # every half but NaN
with n.errstate(over='ignore'):
  for name, array in (('f2', halves), ('f4', wide.astype('<f4')), ('f8', wide)):
    for version in ((1, 0), (2, 0), (3, 0)):
      with open(f'{sys.argv[1]}/{name}-{version[0]}.npy', 'wb') as file: n.lib.format.write_array(file, array, version)
    array.astype('<f4').tofile(f'{sys.argv[1]}/{name}.raw')
n.save(f'{sys.argv[1]}/ids.npy', n.array(['a.jpg', '얼굴 😀.jpg', '', 'longer name.jpg']))
`
      execFileSync(PYTHON ?? '', ['-W', 'ignore', '-c', script, folder])
      for (const kind of ['f2', 'f4', 'f8'])
        for (const version of [1, 2, 3]) {
          const block = await npyVectors(join(folder, `${kind}-${version}.npy`))
          const bytes = Buffer.from(Float32Array.from(await allOf(block)).buffer)
          expect(bytes.equals(readFileSync(join(folder, `${kind}.raw`))), `${kind} of version ${version}`).toBe(true)
        }
      const texts: string[] = []
      for await (const batch of npyTexts(join(folder, 'ids.npy'))) texts.push(...batch)
      expect(texts).toEqual(['a.jpg', '얼굴 😀.jpg', '', 'longer name.jpg'])
    },
  )

  it('are read whatever the order and the quotes of the header', async () => {
    const text = `{"shape": (2, 2), "fortran_order": False, "descr": "<f4"}   \n`
    expect(await allOf(await npyVectors(write(folder, npyBytes(text, numbers(1, 2, 3, 4)), 'order.npy')))).toEqual([
      1, 2, 3, 4,
    ])
  })

  it.each([
    [
      'pickle',
      npyBytes(header("'|O'", '(2, 2)'), numbers(1)),
      'expected numbers but received Python objects (pickle), which could run any program. Save numbers: np.save(path, np.stack(vectors).astype("float32"))',
    ],
    [
      'records',
      npyBytes(header("[('id', '<i8'), ('v', '<f4', (2,))]", '(2,)'), numbers(1)),
      'expected one kind of number but received records of several fields. Save the array of vectors alone: np.save(path, table["vector"])',
    ],
    [
      'fortran',
      npyBytes(header("'<f4'", '(2, 2)', 'True'), numbers(1, 2, 3, 4)),
      'expected rows one after the other (C order) but received columns one after the other (Fortran order). Save it as np.save(path, np.ascontiguousarray(vectors))',
    ],
    [
      'big-endian',
      npyBytes(header("'>f4'", '(2, 2)'), numbers(1, 2, 3, 4)),
      'expected float16, float32 or float64, little-endian but received ">f4". Save it as np.save(path, vectors.astype("<f4"))',
    ],
    [
      'integers',
      npyBytes(header("'<i8'", '(2, 2)'), numbers(1, 2, 3, 4)),
      'expected float16, float32 or float64, little-endian but received "<i8". Save it as np.save(path, vectors.astype("float32")), if these are the vectors',
    ],
    [
      'one-dimension',
      npyBytes(header("'<f4'", '(4,)'), numbers(1, 2, 3, 4)),
      'expected rows and columns (two dimensions, none empty) but received the shape (4). One row for each image: np.save(path, vectors.reshape(images, -1))',
    ],
    [
      'no-rows',
      npyBytes(header("'<f4'", '(0, 4)'), numbers()),
      'expected rows and columns (two dimensions, none empty) but received the shape (0, 4). One row for each image: np.save(path, vectors.reshape(images, -1))',
    ],
    [
      'cut',
      npyBytes(header("'<f4'", '(2, 2)'), numbers(1, 2, 3)),
      'expected 2 x 2 numbers in 16 bytes but received 12 bytes of data. The file is cut or was joined to another: copy or save it again',
    ],
    [
      'cut-in-header',
      npyBytes(header("'<f4'", '(2, 2)'), numbers()).subarray(0, 30),
      'expected a whole NumPy array but received a file that is cut. Copy or save the file again',
    ],
    [
      'zip',
      Buffer.from('PK\x03\x04 something'),
      'expected a NumPy array (.npy) but received a zip file, perhaps .npz. Save the array alone: np.save("vectors.npy", np.load("file.npz")["name"])',
    ],
    [
      'pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\n'),
      'expected a NumPy array (.npy) but received a git-lfs pointer: the file was not downloaded. Run "git lfs pull", or download the file itself',
    ],
    [
      'empty',
      Buffer.alloc(0),
      'expected a NumPy array (.npy) but received zero bytes. Save it again with np.save(path, vectors.astype("float32"))',
    ],
    [
      'version-9',
      npyBytes(header("'<f4'", '(1, 1)'), numbers(1), 9),
      'expected version 1, 2 or 3 but received version 9. Save it again with np.save(path, vectors.astype("float32"))',
    ],
    [
      'long-header',
      npyBytes(header("'<f4'", '(1, 1)').padEnd(70_000), numbers(1), 2),
      'expected a header of at most 65536 bytes but received 70000 bytes. Save it again with np.save(path, vectors.astype("float32"))',
    ],
  ])('refuses %s with one line of cure', async (name, bytes, message) => {
    const path = write(folder, bytes, `${name}.npy`)
    const { code, message: said } = await refusal(npyVectors(path))
    expect([code, said]).toEqual(['vectors.npy', `${path}: ${message}`])
  })

  it('are never run, and neither hang nor crash on any header', () => {
    const piece = fc.constantFrom(
      "'descr'",
      "'shape'",
      "'fortran_order'",
      ':',
      ',',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      "'<f4'",
      "'|O'",
      'True',
      'False',
      '9'.repeat(400),
      '-1',
      '2',
      'L',
      ' ',
      '\n',
      "'",
      '__import__("os")',
      '\\',
      '\0',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
          fc.string(),
        ),
        (text) => {
          const inBraces = `{${text}}`
          try {
            const { descr, shape } = parseNpyHeader(inBraces, 'x.npy')
            expect([typeof descr, shape.every(Number.isSafeInteger)]).toEqual(['string', true])
          } catch (error) {
            expect(error).toBeInstanceOf(DatasetError)
          }
        },
      ),
    )
  })

  it('refuses texts that are of another kind, and characters that are none', async () => {
    const path = join(folder, 'texts.npy')
    writeFileSync(path, npyBytes(header("'|S4'", '(1,)'), Buffer.from('abcd')))
    await expect(npyTexts(path).next()).rejects.toThrow('expected texts (dtype <U) but received "|S4"')
    writeFileSync(path, npyBytes(header("'<U1'", '(1,)'), Buffer.from([0, 0, 0x20, 0])))
    await expect(npyTexts(path).next()).rejects.toThrow('expected Unicode characters')
  })

  it('reads texts of any width, also one that is longer than a call has room for arguments', async () => {
    const path = join(folder, 'wide.npy')
    const characters = 300_000
    const data = new Uint8Array(Uint32Array.from({ length: 2 * characters }, (_, at) => 0x1f600 + (at % 7)).buffer)
    writeFileSync(path, npyBytes(header(`'<U${characters}'`, '(2,)'), data))
    const texts: string[] = []
    for await (const batch of npyTexts(path)) texts.push(...batch)
    expect(texts.map((text) => Array.from(text).length)).toEqual([characters, characters])
    expect(Array.from(texts[1]).slice(0, 2).map((each) => each.codePointAt(0))).toEqual([0x1f600 + (characters % 7), 0x1f600 + ((characters + 1) % 7)]) // prettier-ignore
  })
})
