import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { askLabelSet } from '../../src/cli/ask-label-set.js'

const nothing = { title: null, source: null, outcome: [], label: [] }

function answering(...answers: readonly string[]) {
  const input = new PassThrough()
  const output = new PassThrough()
  input.end(`${answers.join('\n')}\n`)
  return { input, output, asked: () => String(output.read() ?? '') }
}

describe('askLabelSet', () => {
  it('asks for everything that was left open, and ends a list at an empty answer', async () => {
    const terminal = answering('Mine', '', 'person=none', 'crime=denigration', '', 'a person=person', '')
    expect(await askLabelSet(nothing, terminal)).toEqual({
      title: 'Mine',
      source: null,
      outcome: ['person=none', 'crime=denigration'],
      label: ['a person=person'],
    })
  })

  it('asks for nothing that was given', async () => {
    const given = { title: 'T', source: 'S', outcome: ['person=none'], label: ['a person=person'] }
    const terminal = answering()
    expect(await askLabelSet(given, terminal)).toEqual(given)
    expect(terminal.asked()).toBe('')
  })

  it('takes the end of the input for empty answers', async () => {
    expect(await askLabelSet(nothing, answering('Mine'))).toEqual({ ...nothing, title: 'Mine' })
  })
})
