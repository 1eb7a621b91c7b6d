import { join } from 'node:path'
import { parquetWriteFile } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { openObjectsTable } from '../../../src/audit/dataset/objects-table.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
let files = 0

function jsonl(...objects: readonly unknown[]): string {
  return write(folder, `${objects.map((object) => JSON.stringify(object)).join('\n')}\n`, `objects-${files++}.jsonl`)
}
async function rowsOf(file: string, columns: readonly string[], kind: 'jsonl' | 'parquet' = 'jsonl') {
  const rows: (readonly string[])[] = []
  for await (const { cells } of (await openObjectsTable(file, kind)).rows(columns)) rows.push(cells)
  return rows
}

describe('a table of objects', () => {
  it('has a column for each key of every object, nested ones dotted, and empty cells where one lacks it', async () => {
    const file = jsonl({ image: 'a', person: { race: 'x', age: 3 } }, { image: 'b', person: null, seen: true })
    expect((await openObjectsTable(file, 'jsonl')).header).toEqual([
      'image',
      'person.race',
      'person.age',
      'person',
      'seen',
    ])
    expect(await rowsOf(file, ['image', 'person.race', 'person.age', 'seen'])).toEqual([
      ['a', 'x', '3', ''],
      ['b', '', '', 'true'],
    ])
  })

  it('has a row for each item of the list that is asked for, and one for an object whose list is empty or absent', async () => {
    const file = jsonl(
      { image: 'a', labels: [{ name: 'x' }, { name: 'y' }] },
      { image: 'b', labels: [] },
      { image: 'c' },
    )
    expect(await rowsOf(file, ['image', 'labels.name'])).toEqual([
      ['a', 'x'],
      ['a', 'y'],
      ['b', ''],
      ['c', ''],
    ])
    expect(await rowsOf(file, ['image'])).toEqual([['a'], ['b'], ['c']])
  })

  it('reads items that are texts, and lists inside the items of a list', async () => {
    const file = jsonl({ image: 'a', tags: ['x', null, 'y'], people: [{ votes: [{ by: 1 }, { by: 2 }] }, 'nobody'] })
    expect(await rowsOf(file, ['image', 'tags'])).toEqual([['a', 'x'], ['a', 'y']]) // prettier-ignore
    expect(await rowsOf(file, ['people.votes.by'])).toEqual([['1'], ['2']])
  })

  it('takes a key that is spelt with a dot before the nested value of that path', async () => {
    expect(await rowsOf(jsonl({ 'a.b': 'spelt', a: { b: 'nested' } }), ['a.b'])).toEqual([['spelt']])
  })

  it('reads Parquet as JSON lines, integers of 64 bits too', async () => {
    const filename = join(folder, 'objects.parquet')
    const columnData = [
      { name: 'image', data: ['a', 'b'], type: 'STRING' as const },
      { name: 'n', data: [9007199254740993n, 2n], type: 'INT64' as const },
    ]
    parquetWriteFile({ filename, columnData })
    expect(await rowsOf(filename, ['image', 'n'], 'parquet')).toEqual([['a', '9007199254740993'], ['b', '2']]) // prettier-ignore
  })

  it('is refused where columns of two lists are asked for, a cell is no single value, or nothing is there', async () => {
    const file = jsonl({ one: [{ x: 1 }], two: [{ y: 2 }], deep: { inner: { z: 1 } } })
    const refused = async (columns: readonly string[]) => (await refusal(rowsOf(file, columns))).message
    expect(await refused(['one.x', 'two.y'])).toContain('columns: expected columns of one list but received columns of "one" and "two"') // prettier-ignore
    expect(await refused(['deep.inner'])).toContain(':1: "deep.inner": expected a text, a number or a boolean but received something else') // prettier-ignore
    expect((await refusal(openObjectsTable(write(folder, '', 'empty.jsonl'), 'jsonl'))).message).toContain(
      'empty.jsonl',
    )
  })
})
