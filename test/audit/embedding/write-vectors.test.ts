import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { npyHeader } from '../../../src/audit/embedding/npy-header.js'
import { embedImages } from '../../../src/audit/embedding/embed-images.js'
import { writeVectors } from '../../../src/audit/embedding/write-vectors.js'
import { preprocessingFacts } from '../../../src/audit/model/preprocessing.js'
import { clipLike } from '../model/clip-like.js'
import { datasetOf, deskOf, fakeModel, sha256 } from './fake-model.js'

/** A Python that has numpy; Debian's own is asked too, since another one may stand before it on the path. */
const PYTHON = ['python3', '/usr/bin/python3'].find(
  (python) => spawnSync(python, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
)

const folder = mkdtempSync(join(tmpdir(), 'probity-npy-'))
const FROM = {
  folder: join(folder, '..', 'models', 'a "b"'),
  name: 'a "b"',
  sha256: 'f'.repeat(64),
  preprocessing: preprocessingFacts(clipLike(224), 'exact'),
  isSimulated: false,
}

describe('exported vectors', () => {
  it('are a NumPy array of unit vectors, with a table that names its rows; images without a vector are in neither', async () => {
    const dataset = { ...datasetOf(['3 4', 'bad', null, '0 2']), images: ['a.jpg', 'b.jpg', 'c.jpg', '=d,"e".jpg'] }
    const images = await embedImages(dataset, fakeModel(), deskOf())
    const [array, table, description] = await writeVectors(join(folder, 'vectors.npy'), dataset, images, FROM)
    expect(table).toBe(join(folder, 'vectors.csv'))
    expect(readFileSync(table, 'utf8')).toBe(
      `row,image,sha256\n0,a.jpg,${sha256('3 4')}\n1,"'=d,""e"".jpg",${sha256('0 2')}\n`,
    )
    const bytes = readFileSync(array)
    expect([...new Float32Array(bytes.buffer, bytes.byteOffset + 128, 4)]).toEqual([0.6, 0.8, 0, 1].map(Math.fround))
    expect([bytes.length, statSync(array).mode & 0o777]).toEqual([128 + 16, 0o600])
    expect(
      readFileSync(description, 'utf8')
        .split('\n')
        .filter((line) => /^(#|model:|vectors|ids|text|sim)/.test(line)),
    ).toEqual([
      '# Written by probity embed --export. How to write one yourself: docs/embeddings.md',
      'model: "a \\"b\\""',
      'vectors: "vectors.npy"',
      'ids: "vectors.csv"',
      'textModel: "../models/a \\"b\\""',
    ])
  })

  it.each([
    [[0, 512], 128],
    [[10_954, 768], 128],
  ] as const)('have the header that numpy.lib.format describes, for %j', (shape, length) => {
    const header = npyHeader(shape)
    expect(header.length % 64).toBe(0)
    const text = Buffer.from(header).toString('latin1')
    const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape[0]}, ${shape[1]}), }`
    expect(text).toBe(`\x93NUMPY\x01\x00${String.fromCharCode(length - 10, 0)}${dictionary}`.padEnd(length - 1) + '\n')
  })

  it.skipIf(PYTHON === undefined)(
    'are read by numpy itself (skipped where python3 with numpy is not here)',
    async () => {
      const dataset = datasetOf(['3 4', '0 2', '-1 0'])
      const images = await embedImages(dataset, fakeModel(), deskOf())
      const [array] = await writeVectors(join(folder, 'again.npy'), dataset, images, FROM)
      const script =
        'import sys, numpy as n; a = n.load(sys.argv[1]); print(a.shape, a.dtype, (a * 10).round().tolist())'
      const printed = execFileSync(PYTHON ?? '', ['-c', script, array], { encoding: 'utf8' })
      expect(printed.trim()).toBe('(3, 2) float32 [[6.0, 8.0], [0.0, 10.0], [-10.0, 0.0]]')
    },
  )
})
