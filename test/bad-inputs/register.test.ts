import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ELSEWHERE } from './elsewhere.js'
import { inputsOf, readRegister } from './register.js'

const LAST_ROW = 76

const { inputs, unclear } = readRegister(import.meta.dirname)

describe('the register of bad inputs', () => {
  it('is read from the source: every entry has its row and name written out, and is certain to run', () =>
    expect(unclear).toEqual([]))

  it('names no bad input twice', () => {
    const names = inputs.map(({ row, name }) => `row ${row}: ${name}`)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('has only rows that the list has', () =>
    expect(inputs.filter(({ row }) => !Number.isInteger(row) || row < 1 || row > LAST_ROW)).toEqual([]))

  it('has 90 bad inputs or more', () => expect(inputs.length).toBeGreaterThanOrEqual(90))

  it('has every row of the list, here or in another room', () => {
    const known = new Set([...inputs, ...ELSEWHERE.map(([row]) => ({ row }))].map(({ row }) => row))
    const rows = Array.from({ length: LAST_ROW }, (_, index) => index + 1)
    expect(rows.filter((row) => !known.has(row))).toEqual([])
  })

  it('names tests that stand in other rooms by words that are there', () => {
    for (const [row, file, words] of ELSEWHERE) {
      const path = join(import.meta.dirname, '..', file)
      expect(existsSync(path), `row ${row}: ${file}`).toBe(true)
      expect(readFileSync(path, 'utf8'), `row ${row}: ${file}`).toContain(words)
    }
  })
})

describe('what the register counts', () => {
  const count = (text: string): number => inputsOf('x.test.ts', text).inputs.length
  it('is each call, and each entry of a list', () => {
    expect(count(`badInput(3, 'zero bytes', () => {})`)).toBe(1)
    expect(count(`describe('images', () => { badInputs(8, [['a GIF', 1], ['a TIFF', 2]], (n) => {}) })`)).toBe(2)
  })

  it.each([
    ['in a condition', `if (process.env.CI) badInput(3, 'zero bytes', () => {})`],
    ['in a comment', `// badInput(3, 'zero bytes', () => {})`],
    ['in a skipped suite', `describe.skip('images', () => { badInput(3, 'zero bytes', () => {}) })`],
    ['in a function that nobody may call', `function never() { badInput(3, 'zero bytes', () => {}) }`],
    ['with a computed name', `badInput(3, name(), () => {})`],
    ['with a computed list', `badInputs(3, list.map((x) => [x]), () => {})`],
  ])('is nothing %s', (_, text) => expect(count(text)).toBe(0))
})
