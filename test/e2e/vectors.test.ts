import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { promptsOf } from '../../src/audit/definitions/prompts.js'
import { readLabelSet } from '../../src/audit/definitions/shipped.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import { smallWorld } from '../phantom/worlds.js'
import { probity, temporaryFolder } from './run-cli.js'

const PYTHON = ['python3', '/usr/bin/python3'].find(
  (python) => spawnSync(python, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
)

/** Vectors out by one command and in by the next, as a user types them. */
describe('vectors made elsewhere, through the command line', () => {
  const folder = temporaryFolder()
  const audited = (out: string): AuditResult =>
    JSON.parse(readFileSync(join(folder, out, 'audit.json'), 'utf8')) as AuditResult // our own file
  let model: string[]
  let labels: string[]

  beforeAll(async () => {
    const {
      model: path,
      images,
      labels: file,
    } = await buildPhantom({ world: smallWorld(), folder: join(folder, 'phantom'), sampling: 'quota', seed: 1 })
    labels = ['--dataset', 'fairface', '--crop', '0.25', '--labels', file]
    model = ['--model', path, '--images', images]
  })

  it('come out of one run and into another with the same figures, and the report says what is known of them', () => {
    const written = probity(['embed', ...labels, ...model, '--export', 'out/embeddings.npy'], { cwd: folder })
    expect([written.status, written.stdout]).toEqual([
      0,
      expect.stringContaining('embeddings.npy, out/embeddings.csv, out/embeddings.yaml'),
    ])
    const checked = probity(['validate', 'out/embeddings.yaml'], { cwd: folder })
    expect(checked.stdout).toBe('ok     out/embeddings.yaml (embeddings phantom-model)\n')
    const of = (out: string, evidence: string[]) =>
      probity(['audit', ...labels, ...evidence, '--label-set', 'clip-paper', '--out', out], { cwd: folder })
    expect([of('by-model', model).status, of('by-vectors', ['--from-embeddings', 'out']).status]).toEqual([0, 0])
    expect(audited('by-vectors').facts.tallies).toEqual(audited('by-model').facts.tallies)
    expect(audited('by-vectors').derived).toEqual(audited('by-model').derived)
    const report = readFileSync(join(folder, 'by-vectors/report.md'), 'utf8')
    expect(report).toContain('phantom-model (vectors made elsewhere)')
    expect(report).toContain('Each vector belongs to the image that its id names')
    expect(probity(['verify', join(folder, 'by-vectors/audit.json')]).status).toBe(0)
    const compared = probity(['compare', 'by-model/audit.json', 'by-vectors/audit.json', '--out', 'compared'], {
      cwd: folder,
    })
    expect([compared.status, compared.stderr]).toEqual([0, ''])
  })

  it.skipIf(PYTHON === undefined)(
    'are written by the Python of docs/embeddings.md (skipped where python3 with numpy is not here)',
    () => {
      const [, example = ''] =
        /```python\n([\s\S]*?)```/.exec(readFileSync(join(import.meta.dirname, '../../docs/embeddings.md'), 'utf8')) ??
        []
      mkdirSync(join(folder, 'vectors'))
      writeFileSync(
        join(folder, 'prompts.json'),
        JSON.stringify(promptsOf(readLabelSet('clip-paper')).map(({ prompt }) => prompt)),
      )
      const around = `
import csv, json, numpy
names = [row["file"] for row in csv.DictReader(open(${JSON.stringify(labels[5])}))][1:]
prompts = json.load(open("prompts.json"))
drawn = numpy.random.default_rng(1)
image_vectors, prompt_vectors = drawn.standard_normal((len(names), 16)), drawn.standard_normal((len(prompts), 16))
`
      execFileSync(PYTHON ?? '', ['-c', around + example], { cwd: folder })
      const ran = probity(
        ['audit', ...labels, '--from-embeddings', 'vectors', '--label-set', 'clip-paper', '--out', 'drawn'],
        { cwd: folder },
      )
      expect(ran.status).toBe(3) // one of 84 images has no vector: over 1%
      expect(audited('drawn').facts.dataset.rows).toEqual({ in: 84, processed: 83, quarantined: 1, excluded: 0 })
      expect(readFileSync(join(folder, 'drawn/quarantine.csv'), 'utf8')).toContain(
        'embed.missing,no vector was given for it',
      )
      expect(readFileSync(join(folder, 'drawn/report.md'), 'utf8')).toContain('Hash of the weights: not stated')
    },
  )

  it('are refused by file, field and cure, with exit code 2 and no stack', () => {
    mkdirSync(join(folder, 'bad'))
    writeFileSync(join(folder, 'bad/images.npy'), 'PK\x03\x04')
    writeFileSync(join(folder, 'bad/ids.txt'), 'a\n')
    writeFileSync(join(folder, 'bad/embeddings.yaml'), 'model: m\nvectors: images.npy\nids: ids.txt\ntextModel: .\n')
    const { status, stderr } = probity(['audit', ...labels, '--from-embeddings', 'bad', '--out', 'bad-run'], {
      cwd: folder,
    })
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 1])
    expect(stderr).toMatch(
      /bad\/images\.npy: expected a NumPy array \(\.npy\) but received a zip file, perhaps \.npz\. Save the array alone: np\.save/,
    )
  })
})
