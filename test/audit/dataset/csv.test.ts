import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCsv } from '../../../src/audit/dataset/csv.js'
import { allRows, readAllCsv, refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
const file = (content: string | Uint8Array): string => write(folder, content)
const refusedAt = async (content: string): Promise<string> => {
  const path = file(content)
  return (await refusal(readAllCsv(path))).message.replace(path, 'F')
}

/** What is left of a text in a UTF-8 file. */
const wellFormed = (text: string): string => Buffer.from(text).toString()

describe('openCsv', () => {
  it('reads LF and CRLF files alike', async () => {
    const rows = [{ line: 2, cells: ['1', '2'] }]
    expect(await readAllCsv(file('a,b\n1,2\n'))).toEqual(rows)
    expect(await readAllCsv(file('a,b\r\n1,2\r\n'))).toEqual(rows)
    expect(await readAllCsv(file('a,b\n1,2'))).toEqual(rows)
  })

  it('gives the line on which a row begins, also after quoted line ends', async () =>
    expect(await readAllCsv(file('a,b\r\n"x\r\ny",1\r\n2,3\r\n'))).toEqual([
      { line: 2, cells: ['x\r\ny', '1'] },
      { line: 4, cells: ['2', '3'] },
    ]))

  it('gives the asked columns in the asked order', async () => {
    const table = await openCsv(file('a,b,c\n1,2,3\n'))
    for await (const { cells } of table.rows(['c', 'a'])) expect(cells).toEqual(['3', '1'])
  })

  it('keeps spaces and never trims', async () =>
    expect((await readAllCsv(file('a,b\n x , \n')))[0].cells).toEqual([' x ', ' ']))

  it('keeps any text that is quoted', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), async (texts) => {
        const quote = (text: string) => `"${wellFormed(text).replaceAll('"', '""')}"`
        const rows = await readAllCsv(file(`a,b\n${texts.map((text) => `${quote(text)},x\n`).join('')}`))
        expect(rows.map(({ cells }) => cells[0])).toEqual(texts.map(wellFormed))
      }),
      { numRuns: 50 },
    ))
})

describe('a broken CSV file is refused with its line', () => {
  it('empty', async () =>
    expect(await refusedAt('')).toBe('F: expected a table with a header and at least one row but received 0 rows'))

  it('a long row', async () =>
    expect(await refusedAt('a,b\n1,2\n1,2,3\n')).toBe(
      'F:3: expected as many fields as the header has but received 3 fields. A comma inside a name needs quotes around the name',
    ))

  it('a short row', async () => expect(await refusedAt('a,b\n1\n')).toContain('F:2: expected as many fields'))

  it('a blank line', async () =>
    expect(await refusedAt('a,b\n\n1,2\n')).toContain(
      'F:2: expected as many fields as the header has but received a blank line',
    ))

  it('a quote that is never closed', async () =>
    expect(await refusedAt('a,b\n1,2\n1,"2\n3,4\n')).toBe(
      'F:3: expected a closing quote but received a quote that is opened here and never closed',
    ))

  it('a quote inside a field', async () =>
    expect(await refusedAt('a,b\n1,5"x"\n')).toContain('F:2: expected quotes around'))

  it('a duplicate column', async () =>
    expect(await refusedAt('a,b,a\n1,2,3\n')).toBe(
      'F:1: header: expected every column name once but received "a" twice',
    ))

  it.each([
    ['a,b\n1,2\r\n3,4\n', 'F:2: expected lines that all end in LF but received a line that ends in CRLF'],
    ['a,b\r\n1,2\r\n3,4\n', 'F:3: expected lines that all end in CRLF but received a line that ends in LF'],
    ['a,b\r1,2\r', 'F:1: expected lines that end in LF or CRLF but received a line that ends in CR'],
  ])('line ends of two kinds: %j', async (content, message) => expect(await refusedAt(content)).toContain(message))

  it('a field of 2 MB', async () =>
    expect(await refusedAt(`a,b\n1,${'x'.repeat(2_000_000)}\n`)).toContain(
      'F:2: expected a row of at most 1048576 bytes but received a longer one',
    ))

  it('a quote that swallows a large file', async () =>
    expect(await refusedAt(`a,b\n1,"2\n${'3,4\n'.repeat(500_000)}`)).toContain('quote of line 2 is never closed'))

  it('UTF-16 without its mark', async () => {
    const path = file(Buffer.from('a,b\n1,2\n', 'utf16le'))
    expect((await refusal(openCsv(path))).code).toBe('file.encoding')
  })

  it('a file that is separated by semicolons', async () =>
    expect(await refusedAt('file;race\n1;2\n')).toContain('separated by semicolons or tabs'))

  it('does not hang when reading stops early', async () => {
    const table = await openCsv(file(`a,b\n${'1,2\n'.repeat(100_000)}`))
    for await (const { line } of table.rows(['a'])) if (line > 10) break
    expect(await allRows(await openCsv(file('a\n1\n')))).toHaveLength(1)
  })
})
