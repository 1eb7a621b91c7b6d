import { describe, expect, it } from 'vitest'
import { openJsonArray } from '../../../src/audit/dataset/json-array.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()

describe('a JSON list of rows', () => {
  it('in which a text is never closed is refused at once, however many quotes are in it', async () => {
    const path = write(folder, `[{"a":"${'\\"'.repeat(50_000)}`, 'unclosed.json')
    const before = process.cpuUsage()
    const { code, message } = await refusal(openJsonArray(path))
    const { user, system } = process.cpuUsage(before)
    expect([code, message]).toEqual(['table.row', expect.stringContaining(`${path}:1: expected a list that ends here`)])
    expect((user + system) / 1_000, 'milliseconds of work').toBeLessThan(1_500) // six seconds when it began again at each quote
  })

  it('is taken apart at no bracket, comma or quote inside a text', async () => {
    const path = write(folder, '[\n{"a":"]},\\"[{"},\n{"a":"\\\\"}]\n', 'inside.json')
    const table = await openJsonArray(path)
    const rows: unknown[] = []
    for await (const row of table.rows(['a'])) rows.push(row)
    expect(rows).toEqual([
      { line: 2, cells: [']},"[{'] },
      { line: 3, cells: ['\\'] },
    ])
  })
})
