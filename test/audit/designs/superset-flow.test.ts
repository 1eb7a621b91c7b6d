import { describe, expect, it } from 'vitest'
import { isSuperset, requireFlowToAddedLabels } from '../../../src/audit/designs/superset-flow.js'
import { readLabelSet } from '../../../src/audit/definitions/shipped.js'
import { decided, FEWER, labelSetOf, MORE } from './label-sets.js'

const [MAN, WOMAN, THIEF] = [0, 1, 2] // places in FEWER
const [MAN_THERE, CHILD_THERE, WOMAN_THERE, THIEF_THERE] = [0, 1, 2, 3] // places in MORE

describe('isSuperset', () => {
  it('holds where labels were added, in any order, or none', () => {
    expect(isSuperset(FEWER, MORE)).toBe(true)
    expect(isSuperset(FEWER, FEWER)).toBe(true)
    expect(isSuperset(readLabelSet('clip-paper'), readLabelSet('clip-paper-child'))).toBe(true)
  })

  it('fails where a label is gone, has another text, or is asked with other templates', () => {
    expect(isSuperset(MORE, FEWER)).toBe(false)
    const reworded = MORE.labels.map((label) => (label.id === 'thief' ? { ...label, text: 'a robber' } : label))
    expect(isSuperset(FEWER, { ...MORE, labels: reworded })).toBe(false)
    expect(isSuperset(FEWER, { ...MORE, templates: ['{label}'] })).toBe(false)
    expect(isSuperset(FEWER, { ...MORE, templates: [...MORE.templates, '{label}'] })).toBe(false)
    expect(isSuperset({ ...FEWER, templates: [] }, MORE)).toBe(false)
    const [there, here] = [['{label}', 'a drawing of {label}'], ['{label}', 'a photo of {label}']] // prettier-ignore
    expect(isSuperset({ ...FEWER, templates: there }, { ...MORE, templates: here })).toBe(false)
  })
})

describe('requireFlowToAddedLabels', () => {
  it('accepts images that stay or go to an added label, and those that one run did not decide', () => {
    const first = decided(FEWER, [MAN, WOMAN, THIEF, MAN, THIEF, -1, MAN])
    const there = [MAN_THERE, WOMAN_THERE, THIEF_THERE, CHILD_THERE, CHILD_THERE, THIEF_THERE, -1]
    expect(() => requireFlowToAddedLabels(first, decided(MORE, there))).not.toThrow()
  })

  it('refuses a flow into an old label, with both labels and the images', () => {
    const first = decided(FEWER, [THIEF, THIEF, MAN, THIEF])
    const second = decided(MORE, [MAN_THERE, MAN_THERE, WOMAN_THERE, CHILD_THERE])
    expect(() => requireFlowToAddedLabels(first, second)).toThrow(
      new RangeError(
        'requireFlowToAddedLabels expected images to move only to labels that "more" adds but received 2 from "thief" to "man", 1 from "man" to "woman"',
      ),
    )
  })

  it('excuses exact ties of the first label set only: one with an added label decides nothing between old ones', () => {
    const there = [WOMAN_THERE, MAN_THERE]
    expect(() => requireFlowToAddedLabels(decided(FEWER, [MAN, MAN], [0]), decided(MORE, there))).not.toThrow()
    expect(() => requireFlowToAddedLabels(decided(FEWER, [MAN, MAN]), decided(MORE, there, [0]))).toThrow(
      'received 1 from "man" to "woman"',
    )
  })

  it('names the pairs of labels with most images, and says how many more there are', () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((id) => [id, 'person'] as const)
    const five = labelSetOf('five', names)
    const first = decided(five, [0, 0, 1, 2, 2, 2, 3, 4])
    const second = decided(five, [1, 1, 2, 0, 0, 0, 4, 3])
    expect(() => requireFlowToAddedLabels(first, second)).toThrow(
      'received 3 from "c" to "a", 2 from "a" to "b", 1 from "b" to "c", and between 2 more pairs of labels',
    )
    expect(() => requireFlowToAddedLabels(decided(five, [2, 1, 0, 0]), decided(five, [0, 2, 1, 1]))).toThrow(
      /received 2 from "a" to "b", 1 from "b" to "c", 1 from "c" to "a"$/,
    )
  })

  it('refuses a label set that is no superset', () => {
    expect(() => requireFlowToAddedLabels(decided(MORE, [0]), decided(FEWER, [0]))).toThrow(
      'requireFlowToAddedLabels expected every label of "more" with its text and templates in "fewer"',
    )
  })
})
