import { expect, it } from 'vitest'
import { judge } from '../../../src/audit/model/judge-tasks.js'

const task = (name: string, ends = 0) => Object.freeze({ name, ends })

it('blames nobody for the first end: it may be the doing of the system, of a person or of a busy machine', () => {
  expect(judge([task('a')])).toEqual({ atFault: [], suspects: [task('a', 1)] })
})

it('blames who was alone the second time', () => {
  expect(judge([task('a', 1)])).toEqual({ atFault: [task('a', 2)], suspects: [] })
})

it('blames nobody in company, however often', () => {
  expect(judge([task('a', 4), task('b')])).toEqual({ atFault: [], suspects: [task('a', 5), task('b', 1)] })
})

it('has nobody to blame where nothing was under way', () => {
  expect(judge([])).toEqual({ atFault: [], suspects: [] })
})
