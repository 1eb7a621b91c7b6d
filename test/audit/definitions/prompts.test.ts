import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { promptsOf, promptsSha256 } from '../../../src/audit/definitions/prompts.js'

const labels = [
  { id: 'man', text: 'a man', outcome: 'person', implies: [] },
  { id: 'thief', text: 'a thief', outcome: 'crime', implies: [] },
]
const templates = ['a photo of {label}', '{label}, drawn']

describe('promptsOf', () => {
  it('goes label by label, and for each label template by template', () => {
    expect(promptsOf({ labels, templates })).toEqual([
      { label: 0, template: 0, prompt: 'a photo of a man' },
      { label: 0, template: 1, prompt: 'a man, drawn' },
      { label: 1, template: 0, prompt: 'a photo of a thief' },
      { label: 1, template: 1, prompt: 'a thief, drawn' },
    ])
  })
})

describe('promptsSha256', () => {
  it('is the SHA-256 of the prompts, one line each', () => {
    const lines = 'a photo of a man\na man, drawn\na photo of a thief\na thief, drawn\n'
    expect(promptsSha256({ labels, templates })).toBe(createHash('sha256').update(lines, 'utf8').digest('hex'))
  })

  it('moves when one letter of one prompt moves, not when an id does', () => {
    const [man, thief] = labels
    const renamed = [{ ...man, id: 'person' }, thief]
    const reworded = [{ ...man, text: 'a Man' }, thief]
    expect(promptsSha256({ labels: renamed, templates })).toBe(promptsSha256({ labels, templates }))
    expect(promptsSha256({ labels: reworded, templates })).not.toBe(promptsSha256({ labels, templates }))
  })
})
