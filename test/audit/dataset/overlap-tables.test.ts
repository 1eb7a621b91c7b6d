import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasMarks, readMarkedPairs, writeOverlapCsv, writePairsCsv } from '../../../src/audit/dataset/overlap-tables.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
const HEADER = 'image,reference,cosine,hashDistance,correlation,same'
const refused = async (text: string): Promise<string> => (await refusal(readMarkedPairs(write(folder, text)))).message

describe('the tables of an overlap', () => {
  it('say yes or no of every image, and leave empty what is not known', async () => {
    const file = await writeOverlapCsv(join(folder, 'overlap.csv'), [
      { image: '=a.jpg', isOverlap: true, pixels: { reference: 'r.jpg', hashDistance: 3, correlation: 0.995 }, vectors: { reference: 'r.jpg', cosine: 0.9 } }, // prettier-ignore
      { image: 'b.jpg', isOverlap: false, pixels: { reference: 'r.jpg', hashDistance: 40, correlation: null }, vectors: null }, // prettier-ignore
    ])
    expect(readFileSync(file, 'utf8').trim().split('\n')).toEqual([
      'image,overlap,reference,hashDistance,correlation,similarReference,cosine',
      `"'=a.jpg",yes,r.jpg,3,0.995,r.jpg,0.9`,
      'b.jpg,no,r.jpg,40,,,',
    ])
  })
  it('come back with the marks of a person; what is empty is not marked', async () => {
    const file = write(folder, `${HEADER}\na,r,0.9,,,yes\nb,r,0.8,,, No\nc,r,0.7,,,\n`)
    expect(await readMarkedPairs(file)).toEqual([
      { cosine: 0.9, isSame: true },
      { cosine: 0.8, isSame: false },
    ])
  })
  it('are refused with another word, a cosine that is none, or no mark at all', async () => {
    expect(await refused(`${HEADER}\na,r,0.9,,,maybe\n`)).toContain('yes, no or nothing but received "maybe"')
    expect(await refused(`${HEADER}\na,r,9,,,yes\n`)).toContain('a cosine from -1 to 1')
    expect(await refused(`${HEADER}\na,r,0.9,,,\n`)).toContain('1 rows, none of them marked')
    expect(await refused('image,cosine\na,0.9\n')).toContain('a column "same"')
  })
  it('are not written over once somebody marked them', async () => {
    const file = await writePairsCsv(join(folder, 'pairs.csv'), [{ image: 'a', reference: 'r', cosine: 0.5, hashDistance: null, correlation: null }]) // prettier-ignore
    expect(await hasMarks(file)).toBe(false)
    expect(await hasMarks(join(folder, 'absent.csv'))).toBe(false)
    expect(await hasMarks(write(folder, `${HEADER}\na,r,0.9,,,yes\n`))).toBe(true)
    expect(await hasMarks(write(folder, 'other,columns\n1,2\n'))).toBe(true)
  })
})
