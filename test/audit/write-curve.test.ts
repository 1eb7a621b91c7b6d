import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../src/audit/types/dataset.js'
import { CURVE_FORMATS, writeCurve, writeCurveReports } from '../../src/audit/write-curve.js'
import { parseCurve } from '../../src/audit/definitions/curve-schema.js'
import { readDataset } from '../../src/audit/dataset/read-dataset.js'
import { planOf, testFolder, write } from './dataset/helpers.js'
import { crossedFacts, curveOf, tableOf } from './curve-facts.js'

const folder = testFolder()
// thirds and sevenths: shares with more digits than a file keeps
const CURVE = curveOf({ ...crossedFacts([[0], [1]]), images: 400, tables: [tableOf([[10, 41], [20, 39]], [300, 100])] }) // prettier-ignore

async function datasetOf(quarantined: Dataset['quarantined'] = new Map()): Promise<Dataset> {
  const dataset = await readDataset(planOf(write(folder, 'file,race\na.png,A\nb.png,B\n'), { map: [{ attribute: 'race', column: 'race' }] })) // prettier-ignore
  return { ...dataset, quarantined }
}

describe('a folder that a specification curve is written to', () => {
  it('holds its reports and itself, in the order a reader wants them', async () => {
    const at = join(folder, 'whole')
    const written = await writeCurve({ curve: CURVE, dataset: await datasetOf() }, at)
    expect(written).toEqual(
      ['curve.html', 'curve.md', 'curve-specifications.csv', 'curve-summary.csv', 'curve.json'].map((name) => join(at, name)), // prettier-ignore
    )
    expect(written.map((path) => existsSync(path))).toEqual([true, true, true, true, true])
  })

  it('holds the list of images that could not be read, and never that of an earlier run', async () => {
    const at = join(folder, 'damaged')
    const unreadable = new Map([[1, { code: 'image.truncated', reason: 'the file ends early' }]])
    const written = await writeCurve({ curve: CURVE, dataset: await datasetOf(unreadable) }, at)
    expect(written.at(-1)).toBe(join(at, 'quarantine.csv'))
    expect(readFileSync(join(at, 'quarantine.csv'), 'utf8')).toBe(
      'image,code,reason\nb.png,image.truncated,the file ends early\n',
    )
    await writeCurve({ curve: CURVE, dataset: await datasetOf() }, at)
    expect(readdirSync(at)).not.toContain('quarantine.csv')
  })

  it('gives the same bytes from the saved curve alone, in the formats that are asked for', async () => {
    const [first, again] = [join(folder, 'first'), join(folder, 'again')]
    await writeCurve({ curve: CURVE, dataset: await datasetOf() }, first)
    const saved = parseCurve(readFileSync(join(first, 'curve.json'), 'utf8'), 'curve.json')
    expect(await writeCurveReports(saved, again, ['md'])).toEqual([join(again, 'curve.md')])
    await writeCurveReports(saved, again, CURVE_FORMATS)
    for (const name of readdirSync(again))
      expect(readFileSync(join(again, name), 'utf8')).toBe(readFileSync(join(first, name), 'utf8'))
  })

  it('has one Markdown file for each language, and one page for all', async () => {
    const at = join(folder, 'languages')
    const locales = ['ko', 'en']
    expect(await writeCurveReports(CURVE, at, ['html', 'md'], { locales })).toEqual(
      ['curve.html', 'curve.md', 'curve.en.md'].map((name) => join(at, name)),
    )
    expect(readFileSync(join(at, 'curve.html'), 'utf8')).toContain('lang="ko"')
  })
})
