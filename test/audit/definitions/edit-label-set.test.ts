import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editLabelSet, type LabelSetEdit } from '../../../src/audit/definitions/edit-label-set.js'
import { parseLabelSet } from '../../../src/audit/definitions/label-set.js'
import type { Label, LabelSet } from '../../../src/audit/types/definitions.js'

const WHOLE = `# a remark at the top
id: mine
title: "My labels"   # in a hurry
source: >-
  From a paper,
  and by hand
templates: ["a photo of {label}"] # one
outcomes:
  person:    { harm: none }   # aligned by hand
  crime:     { harm: denigration }
labels:
  # people first
  - { id: man, text: 'a man', outcome: person, implies: { gender: Male } }
  - id: child   # written out
    text: a child
    outcome: person
    implies:
      age: [0-2, 3-9]

  # then the rest
  - { id: thief, text: "a thief", outcome: crime } # a remark on the thief
# the end
`
const EXTENDING = `id: mine
# what it changes
extends: clip-paper
remove: [gorilla]   # apes
`

const FOLDER = mkdtempSync(join(tmpdir(), 'probity-edit-'))
const located = { file: join(FOLDER, 'mine.yaml'), shown: 'mine.yaml' }
const parse = (text: string): LabelSet => parseLabelSet(text, located)
const edit = (text: string, ...edits: LabelSetEdit[]): string =>
  edits.reduce((now, each) => editLabelSet(now, each, parse(text)), text)
const girl: Label = {
  id: 'girl',
  text: 'a girl',
  outcome: 'person',
  implies: [{ attribute: 'age', values: ['0-2', '3-9'] }],
}

/** The lines that one text has and the other has not. */
function changed(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  return { gone: old.filter((line) => !fresh.includes(line)), come: fresh.filter((line) => !old.includes(line)) }
}

describe('editLabelSet in a whole label set', () => {
  it('adds a label below the others, and changes no other byte', () => {
    const after = edit(WHOLE, { kind: 'add-label', label: girl })
    const line = '  - { id: girl, text: "a girl", outcome: person, implies: { age: [0-2, 3-9] } }\n'
    expect(after).toBe(WHOLE.replace('# the end\n', `${line}# the end\n`))
    expect(parse(after).labels.at(-1)).toEqual(girl)
  })

  it('removes a label with its line and the remark on it, and leaves the lines above', () => {
    expect(changed(WHOLE, edit(WHOLE, { kind: 'remove-label', id: 'man' }))).toEqual({
      gone: ["  - { id: man, text: 'a man', outcome: person, implies: { gender: Male } }"],
      come: [],
    })
    const child =
      '  - id: child   # written out\n    text: a child\n    outcome: person\n    implies:\n      age: [0-2, 3-9]\n'
    expect(edit(WHOLE, { kind: 'remove-label', id: 'child' })).toBe(WHOLE.replace(child, ''))
  })

  it('removes an outcome category', () => {
    const after = edit(WHOLE, { kind: 'remove-label', id: 'thief' }, { kind: 'remove-outcome', id: 'crime' })
    expect(changed(WHOLE, after).gone).toHaveLength(2)
    expect(parse(after).outcomes).toEqual([{ id: 'person', harm: 'none' }])
  })

  it('gives a label another text, written out or on one line', () => {
    const after = edit(
      WHOLE,
      { kind: 'set-text', id: 'child', text: 'a "kid": 3' },
      { kind: 'set-text', id: 'man', text: 'a guy' },
    )
    expect(changed(WHOLE, after).come).toEqual([
      '  - { id: man, text: "a guy", outcome: person, implies: { gender: Male } }',
      '    text: "a \\"kid\\": 3"',
    ])
  })

  it('sets what a label implies: another value, another attribute, the first one', () => {
    const after = edit(
      WHOLE,
      { kind: 'set-implied', id: 'man', attribute: 'race', values: ['East Asian', 'no'] },
      { kind: 'set-implied', id: 'child', attribute: 'age', values: ['0-2'] },
      { kind: 'set-implied', id: 'thief', attribute: 'gender', values: ['Male'] },
    )
    expect(changed(WHOLE, after).come).toEqual([
      `  - { id: man, text: 'a man', outcome: person, implies: { gender: Male, race: [East Asian, "no"] } }`,
      '      age: 0-2',
      '  - { id: thief, text: "a thief", outcome: crime, implies: { gender: Male } } # a remark on the thief',
    ])
  })

  it('changes the harm of an outcome category, and adds one', () => {
    const after = edit(
      WHOLE,
      { kind: 'set-outcome', outcome: { id: 'crime', harm: 'stereotyping' } },
      { kind: 'set-outcome', outcome: { id: 'object', harm: 'none' } },
    )
    expect(changed(WHOLE, after).come).toEqual(['  crime:     { harm: stereotyping }', '  object: { harm: none }'])
  })

  it('adds and removes templates, and sets title and id', () => {
    const template = 'a portrait of {label}'
    const after = edit(
      WHOLE,
      { kind: 'add-template', template },
      { kind: 'remove-template', template: 'a photo of {label}' },
      { kind: 'set-title', title: 'Yours' },
    )
    expect(changed(WHOLE, after).come).toEqual([
      'title: "Yours"   # in a hurry',
      'templates: ["a portrait of {label}"] # one',
    ])
    expect(edit(WHOLE, { kind: 'set-id', id: 'other' }).split('\n')[1]).toBe('id: other')
  })

  it('gives a title in the place of one that is written as a block of lines', () => {
    const block = WHOLE.replace('title: "My labels"   # in a hurry', 'title: >\n  My labels,\n  in a hurry')
    expect(edit(block, { kind: 'set-title', title: 'Yours' })).toBe(
      WHOLE.replace('title: "My labels"   # in a hurry', 'title: "Yours"'),
    )
  })

  it('takes the outcomes away with the last of them', () => {
    const one = WHOLE.replace('  person:    { harm: none }   # aligned by hand\n', '')
    const after = editLabelSet(one, { kind: 'remove-outcome', id: 'crime' }, parse(WHOLE))
    expect(changed(one, after)).toEqual({ gone: ['outcomes:', '  crime:     { harm: denigration }'], come: [] })
  })

  it('keeps the line ends of Windows, and a file without a last one', () => {
    const windows = WHOLE.replaceAll('\n', '\r\n')
    const after = edit(windows, { kind: 'add-label', label: girl })
    expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const open = WHOLE.replace('# the end\n', '').trimEnd()
    expect(parse(edit(open, { kind: 'add-label', label: girl })).labels).toHaveLength(4)
  })

  it('edits a file in the form of JSON', () => {
    const json = '{ "id": "mine", "extends": "clip-paper", "remove": ["gorilla", "thief"] }\n'
    const after = edit(json, { kind: 'add-label', label: girl }, { kind: 'remove-label', id: 'animal' })
    expect(after).toBe(
      '{ "id": "mine", "extends": "clip-paper", "remove": ["gorilla", "thief", animal], add: [{ id: girl, text: "a girl", outcome: person, implies: { age: [0-2, 3-9] } }] }\n',
    )
    expect(parse(after).labels).toHaveLength(19)
  })
})

describe('editLabelSet in a label set that extends another', () => {
  it('adds below add and removes by remove', () => {
    const after = edit(EXTENDING, { kind: 'add-label', label: girl }, { kind: 'remove-label', id: 'thief' })
    expect(after).toBe(
      EXTENDING.replace('[gorilla]', '[gorilla, thief]') +
        'add:\n  - { id: girl, text: "a girl", outcome: person, implies: { age: [0-2, 3-9] } }\n',
    )
    expect(edit(after, { kind: 'remove-label', id: 'girl' })).toBe(EXTENDING.replace('[gorilla]', '[gorilla, thief]'))
  })

  it('changes an inherited label by removing it and adding it anew, once', () => {
    const after = edit(
      EXTENDING,
      { kind: 'set-text', id: 'white-man', text: 'a white guy' },
      { kind: 'set-implied', id: 'white-man', attribute: 'race', values: ['White', 'Other'] },
    )
    const found = parse(after).labels.find(({ id }) => id === 'white-man')
    expect(found?.text).toBe('a white guy')
    expect(found?.implies).toEqual([
      { attribute: 'race', values: ['White', 'Other'] },
      { attribute: 'gender', values: ['Male'] },
    ])
    expect(parse(after).labels).toHaveLength(20)
  })

  it('writes out the inherited templates before it adds or removes one', () => {
    const after = edit(EXTENDING, { kind: 'add-template', template: 'a portrait of {label}' })
    expect(parse(after).templates).toEqual(['a photo of {label}', 'a portrait of {label}'])
    const inherited = { ...parse(EXTENDING), templates: ['a photo of {label}', 'a drawing of {label}'] }
    const fewer = editLabelSet(EXTENDING, { kind: 'remove-template', template: 'a photo of {label}' }, inherited)
    expect(parse(fewer).templates).toEqual(['a drawing of {label}'])
  })

  it('says what an inherited label implies by removing it and adding it anew with what it implied besides', () => {
    const edits = { kind: 'set-implied', id: 'white-man', attribute: 'race', values: ['Other'] } as const
    const after = edit(EXTENDING, edits)
    expect(changed(EXTENDING, after).gone).toEqual(['remove: [gorilla]   # apes'])
    expect(parse(after).labels.find(({ id }) => id === 'white-man')?.implies).toEqual([
      { attribute: 'gender', values: ['Male'] },
      { attribute: 'race', values: ['Other'] },
    ])
  })

  it('adds an outcome category of its own, in the style of the file, and takes no inherited one away', () => {
    const outcome = { kind: 'set-outcome', outcome: { id: 'object', harm: 'none' } } as const
    expect(edit(EXTENDING, outcome)).toBe(`${EXTENDING}outcomes:\n  object: { harm: none }\n`)
    const json = '{ "id": "mine", "extends": "clip-paper", "remove": ["gorilla"] }\n'
    expect(edit(json, outcome)).toBe(json.replace(' }\n', ', outcomes: { object: { harm: none } } }\n'))
    const own = edit(EXTENDING, outcome)
    const resolved = parse(EXTENDING)
    for (const text of [EXTENDING, own])
      expect(editLabelSet(text, { kind: 'remove-outcome', id: 'crime' }, resolved)).toBe(text)
  })

  it('knows no label that is nowhere', () => {
    const edits = { kind: 'set-text', id: 'nobody', text: 'x' } as const
    expect(() => edit(EXTENDING, edits)).toThrow('editLabelSet knows no label "nobody"')
  })
})

describe('any sequence of edits', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((text) => /\S/.test(text) && !/[{}]/.test(text))
  const edits = fc.array(
    fc.record({ text: word, implied: fc.option(word), isRemoved: fc.boolean(), template: fc.option(word) }),
    { minLength: 1, maxLength: 5 },
  )

  it.each([
    ['whole', WHOLE],
    ['extending', EXTENDING],
  ])('%s: gives the label set that was meant, and keeps every comment', (_, start) => {
    fc.assert(
      fc.property(edits, (wanted) => {
        writeFileSync(located.file, start)
        const was = parse(start)
        let text = start
        const expected = [...was.labels]
        wanted.forEach(({ text: words, implied, isRemoved, template }, index) => {
          const implies = implied === null ? [] : [{ attribute: implied, values: [implied] }]
          const label = { id: `new ${index}`, text: `${words} ${index}`, outcome: 'person', implies }
          text = editLabelSet(text, { kind: 'add-label', label }, was)
          if (isRemoved) text = editLabelSet(text, { kind: 'remove-label', id: label.id }, was)
          else expected.push(label)
          if (template !== null)
            text = editLabelSet(text, { kind: 'add-template', template: `${template} ${index} {label}` }, was)
        })
        expect(parse(text).labels).toEqual(expected)
        const comments = (source: string): readonly string[] => source.match(/(^|\s)# .*$/gm) ?? []
        expect(comments(text)).toEqual(expect.arrayContaining([...comments(start)]))
      }),
      { numRuns: 60, seed: 5 },
    )
  })
})
