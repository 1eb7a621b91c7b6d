import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readInspectPlan } from '../../src/audit/definitions/read-inspect-plan.js'
import { runDatasetInspect } from '../../src/audit/run-dataset-inspect.js'
import type { Inspection } from '../../src/audit/types/inspection.js'
import { describeInspection } from '../../src/cli/describe-inspection.js'
import { encodeIndexedPng } from '../../src/phantom/png.js'
import { testFolder } from './dataset/helpers.js'

const folder = testFolder()
/** Planted: images of each race and gender; C has no man, and D is too few. */
const PLANTED = [
  ['A', 'M', 100],
  ['A', 'F', 60],
  ['B', 'M', 50],
  ['B', 'F', 40],
  ['C', 'F', 35],
  ['D', 'M', 4],
  ['unknown', 'M', 7],
] as const

const PALETTE = Uint8Array.from({ length: 12 }, (_, index) => index * 20)
const NOBODY = (): void => undefined

describe('probity dataset inspect', () => {
  let found: Inspection
  let text: string

  beforeAll(async () => {
    const rows = PLANTED.flatMap(([race, gender, images]) =>
      Array.from({ length: images }, (_, index) => `${race}-${gender}-${index}.jpg,${race},${gender}`),
    )
    writeFileSync(join(folder, 'people.csv'), `file,race,gender\n${rows.join('\n')}\n`)
    const plan = readInspectPlan({ dataset: 'csv', labels: 'people.csv', map: ['race=race', 'gender=gender'] }, folder)
    found = await runDatasetInspect(plan, NOBODY)
    text = describeInspection(found, 80)
  })

  const grouping = (...groupBy: string[]) => found.groupings.find((one) => one.groupBy.join() === groupBy.join())
  const groupOf = (...values: string[]) =>
    grouping(...['race', 'gender'].slice(0, values.length))?.groups.find(
      ({ group }) => group.map(([, value]) => value).join() === values.join(),
    )

  it('recovers the planted composition, with unknown values apart', () => {
    expect(found.rows).toEqual({ in: 296, processed: 296, excluded: 0, quarantined: 0 })
    expect(found.attributes).toMatchObject([
      { name: 'race', unknown: 7, values: [['A', 160], ['B', 90], ['C', 35], ['D', 4]] }, // prettier-ignore
      { name: 'gender', unknown: 0, values: [['F', 135], ['M', 161]] }, // prettier-ignore
    ])
    for (const [race, gender, images] of PLANTED.slice(0, 6)) expect(groupOf(race, gender)?.images).toBe(images)
  })

  it('tells groups that can be compared from those below the minimum and those that are empty', () => {
    expect(['A', 'B', 'C', 'D'].map((race) => groupOf(race)?.standing)).toEqual(['comparable', 'comparable', 'comparable', 'below-minimum']) // prettier-ignore
    expect([groupOf('C', 'M')?.standing, groupOf('D', 'F')?.standing]).toEqual(['empty', 'empty'])
    expect(grouping('race')?.comparisons).toBe(3)
  })

  it('asks more of a smaller group, and nothing of one that gets no verdict', () => {
    const [a, b, c] = ['A', 'B', 'C'].map((race) => groupOf(race)?.detectable ?? NaN)
    expect(a).toBeGreaterThan(0.0625) // the margin itself: 1.25 times 5 %
    expect(b).toBeGreaterThan(a)
    expect(c).toBeGreaterThan(b)
    expect(groupOf('D')?.detectable).toBeNull()
  })

  it('says it in plain sentences, tables and bars that fit the page', () => {
    expect(text).toContain('people.csv')
    expect(text).toMatch(/A {2,}160 {3}54\.1% {2}█{20,}/)
    expect(text).toMatch(/\(unknown\) {2,}7 {4}2\.4%/)
    expect(text).toContain('race: 3 of 4 groups can be compared (3 comparisons)')
    expect(text).toContain('race: 1 group has fewer than 30 on one side')
    expect(text.replaceAll(/\s+/g, ' ')).toContain('race x gender: 2 combinations have no image at all, and nothing can be said of them: C / M, D / F.') // prettier-ignore
    expect(text).toContain('No image was opened')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(Math.max(...describeInspection(found, 120).split('\n').map((line) => line.length))).toBeLessThanOrEqual(120) // prettier-ignore
  })

  it('counts people where the dataset names them', async () => {
    const rows = Array.from({ length: 120 }, (_, row) => `${row}.jpg,${row % 2 === 0 ? 'A' : 'B'},p${row % 80}`)
    writeFileSync(join(folder, 'subjects.csv'), `file,race,who\n${rows.join('\n')}\n`)
    const plan = readInspectPlan({ dataset: 'csv', labels: 'subjects.csv', map: ['race=race', 'subject=who'] }, folder)
    const inspected = await runDatasetInspect(plan, NOBODY)
    expect(inspected.subjects).toBe(80)
    expect(inspected.groupings[0].groups.map(({ images, units }) => [images, units])).toEqual([
      [60, 40],
      [60, 40],
    ])
  })

  it('opens images where their folder is named: repeated, unreadable and missing ones', async () => {
    const images = join(folder, 'images')
    mkdirSync(images)
    const png = (shade: number): Uint8Array => encodeIndexedPng(8, 8, new Uint8Array(64).fill(shade), PALETTE) // prettier-ignore
    for (const [name, shade] of [['a', 1], ['b', 1], ['c', 2]] as const) writeFileSync(join(images, `${name}.png`), png(shade)) // prettier-ignore
    writeFileSync(join(images, 'd.png'), png(3).slice(0, 40))
    const names = ['a', 'b', 'c', 'd', 'e'].map((name, row) => `${name}.png,${row === 1 ? 'B' : 'A'}`)
    writeFileSync(join(folder, 'few.csv'), `file,race\n${names.join('\n')}\n`)
    const plan = readInspectPlan({ dataset: 'csv', labels: 'few.csv', images: 'images', map: ['race=race'] }, folder)
    const inspected = await runDatasetInspect(plan, NOBODY)
    expect(inspected.images).toEqual({ contents: 1, images: 2, acrossGroups: 1 })
    expect(inspected.rows).toEqual({ in: 5, processed: 3, excluded: 0, quarantined: 2 })
    expect(inspected.quarantined.map(([, count]) => count)).toEqual([1, 1])
    expect(describeInspection(inspected, 80).replaceAll(/\s+/g, ' ')).toContain('with different labels: 1.')
  })
})
