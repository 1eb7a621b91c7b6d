import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDecisionsFile } from '../../../src/audit/dataset/read-decisions.js'
import { writeDecisionsCsv } from '../../../src/audit/dataset/write-decisions.js'
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

describe('writeDecisionsCsv', () => {
  it('writes label set by label set, in dataset order, without undecided rows', async () => {
    const file = join(folder, 'decisions.csv')
    const sets = [labelSetOf('s', ['human', 'thief']), labelSetOf('o', ['x', 'y'])]
    const scores = {
      similarity: Float32Array.of(0.3, -0.25, NaN),
      margin: Float32Array.of(1e-7, 0, NaN),
      probability: Float64Array.of(0.9, 1 / 3, NaN),
    }
    const made = [decided('o', [1, -1, 0]), decided('s', [0, 1, 1], scores)]
    expect(await writeDecisionsCsv(file, datasetOf(['val/b.jpg', '=a,"1".jpg', 'c']), sets, made)).toBe(file)
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
    await writeDecisionsCsv(file, datasetOf(['a']), [labelSetOf('s', ['x', 'y'])], [decided('s', [0])])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('leaves nothing behind when it fails', async () => {
    const file = join(folder, 'absent', 'decisions.csv')
    await expect(writeDecisionsCsv(file, datasetOf(['a']), [], [])).rejects.toThrow()
    expect(existsSync(file)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('leaves out rows that are not processed', async () => {
    const file = join(folder, 'skipped.csv')
    const dataset = datasetOf(['a', 'a'], { quarantined: new Map([[1, { code: 'row.duplicate', reason: '' }]]) })
    await writeDecisionsCsv(file, dataset, [labelSetOf('s', ['x', 'y'])], [decided('s', [0, 0])])
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3)
  })

  it('writes what readDecisionsFile reads: names, ids and scores come back as they were', async () => {
    const file = join(folder, 'round.csv')
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
          await writeDecisionsCsv(file, dataset, [set], [made])
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
      { numRuns: 60 },
    )
  })
})
