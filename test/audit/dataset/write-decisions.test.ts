import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { readDecisionsFile } from '../../../src/audit/dataset/read-decisions.js'
import { writeDecisions } from '../../../src/audit/dataset/write-decisions.js'
import type { Decisions } from '../../../src/audit/types/decisions.js'
import { datasetOf, labelSetOf } from './decisions-fixture.js'
import { testFolder } from './helpers.js'

const folder = testFolder()

function decided(labelSet: string, winner: number[], scores: Decisions['scores'] = null): Decisions {
  return {
    labelSet,
    winner: Int32Array.from(winner),
    runnerUp: Int32Array.from(winner, (label) => (label < 0 || scores === null ? -1 : label === 0 ? 1 : 0)),
    scores,
    exactTies: new Uint8Array(winner.length),
  }
}

describe('writeDecisions', () => {
  it('writes label set by label set, in dataset order, without undecided rows', async () => {
    const file = join(folder, 'decisions.csv')
    const sets = [labelSetOf('s', ['human', 'thief']), labelSetOf('o', ['x', 'y'])]
    const scores = {
      similarity: Float32Array.of(0.3, -0.25, NaN),
      margin: Float32Array.of(1e-7, 0, NaN),
      probability: Float64Array.of(0.9, 1 / 3, NaN),
    }
    const made = [decided('o', [1, -1, 0]), decided('s', [0, 1, 1], scores)]
    expect(await writeDecisions(file, 'csv', datasetOf(['val/b.jpg', '=a,"1".jpg', 'c']), sets, made)).toBe(file)
    expect(readFileSync(file, 'utf8')).toBe(
      'image,labelSet,label,outcome,similarity,probability,margin,runnerUp\n' +
        'val/b.jpg,s,human,person,0.3,0.9,1e-7,thief\n' +
        '"\'=a,""1"".jpg",s,thief,crime,-0.25,0.3333333333333333,0,human\n' +
        'c,s,thief,crime,,,,human\n' +
        'val/b.jpg,o,y,crime,,,,\n' +
        'c,o,x,person,,,,\n',
    )
  })

  it.skipIf(process.platform === 'win32')('is readable by its owner alone', async () => {
    const file = join(folder, 'mode.csv')
    await writeDecisions(file, 'csv', datasetOf(['a']), [labelSetOf('s', ['x', 'y'])], [decided('s', [0])])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('leaves nothing behind when it fails', async () => {
    const file = join(folder, 'absent', 'decisions.csv')
    await expect(writeDecisions(file, 'csv', datasetOf(['a']), [], [])).rejects.toThrow()
    expect(existsSync(file)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('leaves out rows that are not processed', async () => {
    const file = join(folder, 'skipped.csv')
    const dataset = datasetOf(['a', 'a'], { quarantined: new Map([[1, { code: 'row.duplicate', reason: '' }]]) })
    await writeDecisions(file, 'csv', dataset, [labelSetOf('s', ['x', 'y'])], [decided('s', [0, 0])])
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3)
  })

  it.each(['csv', 'jsonl', 'parquet'] as const)(
    'writes what readDecisionsFile reads, as %s: names, ids and scores come back as they were',
    async (format) => {
      const file = join(folder, `round.${format}`)
      const name = fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('=x', "'=x", '-1', '__proto__', '\0', 'a\r\nb', '@'),
      )
      const uniqueNames = fc.uniqueArray(
        name.map((text) => `${text}/x`),
        { minLength: 1, maxLength: 10, selector: (text) => text.normalize('NFC').replace(/^(\.?\/)+/, '') },
      )
      const cosine = fc.float({ min: -1, max: 1, noNaN: true })
      await fc.assert(
        fc.asyncProperty(
          uniqueNames,
          cosine,
          fc.double({ min: 0, max: 1, noNaN: true }),
          async (names, similarity, share) => {
            const set = labelSetOf('-s', ['=x', "'+y"])
            const dataset = datasetOf(names)
            const scores = {
              similarity: new Float32Array(names.length).fill(similarity),
              margin: new Float32Array(names.length).fill(Math.abs(similarity)),
              probability: new Float64Array(names.length).fill(share),
            }
            const made = decided(
              '-s',
              names.map((_, row) => (row === 0 ? 0 : (row % 3) - 1)),
              scores,
            )
            await writeDecisions(file, format, dataset, [set], [made])
            const [read] = (await readDecisionsFile(file, dataset, [set])).decisions
            expect(read.winner).toEqual(made.winner)
            expect(read.runnerUp).toEqual(made.runnerUp)
            for (const [row, label] of made.winner.entries()) {
              if (label < 0) continue
              expect(read.scores?.similarity[row]).toBeCloseTo(similarity, 30)
              expect(read.scores?.margin[row]).toBe(Math.abs(similarity))
              expect(read.scores?.probability?.[row]).toBeCloseTo(share, 30)
            }
          },
        ),
        { numRuns: 40 },
      )
    },
  )

  it('writes JSON lines and Parquet with null for what is not there, and no mark before a text', async () => {
    const dataset = datasetOf(['=a', 'b'])
    const set = labelSetOf('s', ['human', 'thief'])
    const scores = { similarity: Float32Array.of(0.3, NaN), margin: Float32Array.of(1e-7, NaN), probability: null }
    const made = [{ ...decided('s', [1, 0], scores), runnerUp: Int32Array.of(0, -1) }]
    const jsonl = await writeDecisions(join(folder, 'd.jsonl'), 'jsonl', dataset, [set], made)
    const row = { image: '=a', labelSet: 's', label: 'thief', outcome: 'crime', similarity: 0.3, probability: null, margin: 1e-7, runnerUp: 'human' } // prettier-ignore
    const without = { ...row, image: 'b', label: 'human', outcome: 'person', similarity: null, margin: null, runnerUp: null } // prettier-ignore
    expect(readFileSync(jsonl, 'utf8')).toBe(`${JSON.stringify(row)}\n${JSON.stringify(without)}\n`)
    const parquet = await writeDecisions(join(folder, 'd.parquet'), 'parquet', dataset, [set], made)
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(parquet) })
    expect(rows).toEqual([{ ...row, similarity: Math.fround(0.3), margin: Math.fround(1e-7) }, without])
  })

  it('writes Parquet in row groups that read back in order', async () => {
    const names = Array.from({ length: 70_000 }, (_, row) => `${row}.jpg`)
    const set = labelSetOf('s', ['human', 'thief'])
    const dataset = datasetOf(names)
    const made = decided('s', names.map((_, row) => row % 2)) // prettier-ignore
    const file = await writeDecisions(join(folder, 'groups.parquet'), 'parquet', dataset, [set], [made])
    expect((await parquetMetadataAsync(await asyncBufferFromFile(file))).row_groups).toHaveLength(2)
    const [read] = (await readDecisionsFile(file, dataset, [set])).decisions
    expect(read.winner).toEqual(made.winner)
  })
})
