import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../src/audit/dataset/read-dataset.js'
import type { DatasetPlan } from '../../../src/audit/types/definitions.js'
import { planOf, refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
const BOX = { columns: ['x', 'y', 'w', 'h'], unit: 'pixel' as const }
const GROUP = { attribute: 'group', column: 'group' }

const read = (content: string, parts: Partial<DatasetPlan> = {}) =>
  readDataset(planOf(write(folder, content), { map: [GROUP], reading: { box: BOX }, ...parts }))
const refused = async (content: string, parts: Partial<DatasetPlan> = {}) => {
  const { code, message } = await refusal(read(content, parts))
  return `${code} ${message.replaceAll(/\S+\.csv/g, 'F')}`
}

describe('boxes of a table', () => {
  it('make one image of each person, and of each photo a subject', async () => {
    const { images, subjects, quarantined } = await read('file,x,y,w,h,group\na.jpg,0,0,40,40,g\na.jpg,50,0,40,40,k\n')
    expect(images).toEqual(['a.jpg#1', 'a.jpg#2'])
    expect(subjects).toEqual(['a.jpg', 'a.jpg'])
    expect(quarantined.size).toBe(0)
  })

  it('are the same row where they come twice', async () => {
    const rows = 'a.jpg,0,0,40,40,g\na.jpg,50,0,40,40,k\na.jpg,0,0,40,40,g\n'
    const { images, quarantined } = await read(`file,x,y,w,h,group\n${rows}`)
    expect(images[2]).toBe('a.jpg#1')
    expect([...quarantined]).toEqual([[2, { code: 'row.duplicate', reason: 'the same as line 2' }]])
  })

  it('go by the id and the subject that the table has', async () => {
    const map = [GROUP, { attribute: 'id', column: 'who' }, { attribute: 'subject', column: 'scene' }]
    write(folder, 'x', 'own/a.jpg')
    const content = 'file,who,scene,x,y,w,h,group\na.jpg,p1,s,0,0,40,40,g\na.jpg,p2,s,50,0,40,40,k\n'
    const { images, subjects, paths, parts } = await read(content, { map, images: join(folder, 'own') })
    expect([images, subjects]).toEqual([['p1', 'p2'], ['s', 's']]) // prettier-ignore
    expect(paths).toEqual([join(folder, 'own/a.jpg'), join(folder, 'own/a.jpg')])
    expect(parts?.[1]?.box).toEqual({ unit: 'pixel', left: 50, top: 0, width: 40, height: 40, padding: 0 })
  })

  it('are two people where they have two subjects', async () => {
    const map = [GROUP, { attribute: 'subject', column: 'who' }]
    const { images, quarantined } = await read('file,who,x,y,w,h,group\na.jpg,p1,0,0,40,40,g\na.jpg,p2,0,0,40,40,k\n', { map }) // prettier-ignore
    expect([images, quarantined.size]).toEqual([['a.jpg#1', 'a.jpg#2'], 0]) // prettier-ignore
  })

  it.each([
    ['a.jpg,,0,40,40,g', 'the row has no box: its left edge is not given'],
    ['a.jpg,0,top,40,40,g', 'the row has no box: its top edge is "top"'],
    ['a.jpg,0,0,-3,40,g', 'the row has no box: it is -3 wide and 40 high'],
  ])('cannot be used as %s', async (row, reason) => {
    const { quarantined } = await read(`file,x,y,w,h,group\n${row}\nb.jpg,0,0,40,40,g\n`)
    expect([...quarantined]).toEqual([[0, { code: 'box.invalid', reason }]])
  })

  it('are refused where a column is not there', async () =>
    expect(await refused('file,x,y,w,group\na.jpg,0,0,40,g\n')).toContain('dataset.map F: map "box": expected a column "h"')) // prettier-ignore

  it('are refused where two rows of one id have different boxes', async () => {
    const map = [GROUP, { attribute: 'id', column: 'who' }]
    const content = 'file,who,x,y,w,h,group\na.jpg,p1,0,0,40,40,g\na.jpg,p1,50,0,40,40,g\n'
    expect(await refused(content, { map })).toContain(
      'row.conflict F:3: box: expected the same for "p1", as line 2 says',
    )
  })

  it('count a row without an id as one that cannot be used, whatever else it says', async () => {
    const map = [GROUP, { attribute: 'id', column: 'who' }]
    const content = 'file,who,x,y,w,h,group\na.jpg,,0,0,40,40,g\na.jpg,,50,0,40,40,k\na.jpg,p,0,0,40,40,g\n'
    expect([...(await read(content, { map })).quarantined.values()].map(({ code }) => code)).toEqual(['row.no-id', 'row.no-id']) // prettier-ignore
  })

  it('may come from JSON lines', async () => {
    const content = '{"file":"a.jpg","box":{"x":1,"y":2,"w":30.5,"h":40},"group":"g"}\n'
    const box = { columns: ['box.x', 'box.y', 'box.w', 'box.h'], unit: 'share' as const }
    const images = join(folder, 'jsonl')
    write(images, 'x', 'a.jpg')
    const { parts } = await read(content, { format: 'jsonl', images, reading: { box, boxPadding: 0.1 } })
    expect(parts?.[0]?.box).toEqual({ unit: 'share', left: 1, top: 2, width: 30.5, height: 40, padding: 0.1 })
  })
})
