import { describe, expect, it } from 'vitest'
import { openJsonl } from '../../../src/audit/dataset/jsonl.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()

async function cells(content: string, columns: string[]): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = []
  const table = await openJsonl(write(folder, content))
  for await (const row of table.rows(columns)) rows.push(row.cells)
  return rows
}
const refused = async (content: string, columns = ['a']): Promise<string> =>
  (await refusal(cells(content, columns))).message.replace(/^\S+\.csv/, 'F')

describe('openJsonl', () => {
  it('reads text, numbers, booleans, null and absent keys as text', async () =>
    expect(await cells('{"a":"x"}\n{"a":30}\n{"a":true}\n{"a":null}\n{"b":1}\n', ['a'])).toEqual([
      ['x'],
      ['30'],
      ['true'],
      [''],
      [''],
    ]))

  it('reads nested values by dotted columns and lists them in the header', async () => {
    expect(await cells('{"label":{"race":"White"}}\r\n', ['label.race'])).toEqual([['White']])
    expect((await openJsonl(write(folder, '{"f":1,"label":{"race":"White"}}'))).header).toEqual(['f', 'label.race'])
  })

  it('reads a key called __proto__ as an ordinary key', async () =>
    expect(await cells('{"__proto__":"x"}\n', ['__proto__'])).toEqual([['x']]))

  it('does not find keys that every object inherits', async () =>
    expect(await refused('{"a":1}\n', ['constructor'])).toContain('expected a column "constructor"'))

  it('accepts one blank line at the end', async () => expect(await cells('{"a":1}\n\n', ['a'])).toHaveLength(1))

  it('refuses a blank line inside', async () =>
    expect(await refused('{"a":1}\n\n{"a":1}\n')).toBe('F:2: expected a JSON object but received a blank line'))

  it('refuses a key that occurs twice', async () =>
    expect(await refused('{"a":1}\n{"a":1,"a":2}\n')).toBe('F:2: expected every key once but received "a" twice'))

  it('refuses an array, and says how to write it', async () =>
    expect(await refused('[{"a":1}]\n')).toContain('expected one JSON object per line'))

  it('refuses text that is not JSON with its line', async () =>
    expect(await refused('{"a":1}\n{"a":\n')).toContain('F:2: expected one JSON object per line'))

  it('refuses an object where text is needed', async () =>
    expect(await refused('{"a":{"b":1}}\n')).toContain('F:1: "a": expected a text, a number or a boolean'))

  it('refuses a column that no row has, with the nearest key', async () =>
    expect(await refused('{"race":1}\n{"age":2}\n', ['races'])).toBe(
      'F: columns: expected a column "races" but received the columns "age", "race". Did you mean "race"?',
    ))

  it('refuses an empty file and a line of 2 MB', async () => {
    expect(await refused('')).toContain('0 rows')
    expect(await refused(`{"a":"${'x'.repeat(2e6)}"}`)).toContain('F:1: expected')
  })
})
