import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runLabelSetEdit, type EditRequest } from '../../src/audit/run-label-set-edit.js'
import type { LabelSetChanges } from '../../src/audit/definitions/plan-edits.js'
import { temporaryFolder } from '../e2e/run-cli.js'

const TEXT = `# mine
id: mine
extends: clip-paper # from the paper
remove:
  - gorilla # a slur
add:
  - { id: child, text: "a child", outcome: person }
`
const NONE: LabelSetChanges = {
  ...{
    title: null,
    outcomes: [],
    add: [],
    remove: [],
    setText: [],
    implies: [],
    addTemplates: [],
    removeTemplates: [],
  },
}
const PERSON: LabelSetChanges = { ...NONE, add: [{ text: 'a person', outcome: 'person' }] }
const THIEF: LabelSetChanges = { ...NONE, remove: ['thief'] }

/** Paths of label sets are those of the working folder, as a user writes them. */
const before = process.cwd()
let folder = ''
beforeEach(() => {
  folder = temporaryFolder()
  process.chdir(folder)
  writeFileSync('mine.yaml', TEXT)
})
afterEach(() => process.chdir(before))

const edit = (idOrFile: string, changes: LabelSetChanges, more: Partial<EditRequest> = {}) =>
  runLabelSetEdit({ idOrFile, changes, as: null, out: null, mayReplace: false, isDryRun: false, ...more })
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8')

describe('a label set that is edited', () => {
  it('changes at the places concerned and nowhere else, and says what was', async () => {
    const changes = { ...PERSON, setText: [{ id: 'child', text: 'a kid' }] }
    const made = await edit('mine.yaml', changes)
    expect(textOf('mine.yaml')).toBe(
      `${TEXT.replace('"a child"', '"a kid"')}  - { id: person, text: "a person", outcome: person }\n`,
    )
    expect(made).toMatchObject({ file: 'mine.yaml', isWritten: true, before: TEXT, after: textOf('mine.yaml') })
    expect(made.labelSet.labels).toHaveLength(made.was.labels.length + 1)
  })

  it('is shown and not written on a dry run', async () => {
    const made = await edit('mine.yaml', PERSON, { isDryRun: true })
    expect(made.isWritten).toBe(false)
    expect(made.after).toContain('a person')
    expect(textOf('mine.yaml')).toBe(TEXT)
  })

  it('stays as it is where a new one is to extend it, which names it by its id', async () => {
    const made = await edit('mine.yaml', THIEF, { as: 'without-thief' })
    expect(made).toMatchObject({ file: 'without-thief.yaml', before: null })
    expect(textOf('without-thief.yaml')).toMatch(/\nid: without-thief\nextends: mine\nremove:\n {2}- thief\n$/)
    expect(textOf('mine.yaml')).toBe(TEXT)
  })

  it('may be one that is shipped, which a new file then extends', async () => {
    await edit('clip-paper', THIEF, { as: 'ours' })
    expect(textOf('ours.yaml')).toContain('extends: clip-paper\n')
  })

  it('takes along where its base and its schema lie when it goes to another folder', async () => {
    await edit('mine.yaml', THIEF, { as: 'second' })
    mkdirSync('deep')
    const made = await edit('second.yaml', PERSON, { out: 'deep/third.yaml' })
    expect(made.labelSet.id).toBe('third')
    expect(textOf('deep/third.yaml')).toContain('extends: "../mine.yaml"\n')
    const schema = /\$schema=(.*)$/m.exec(textOf('deep/third.yaml'))?.[1] ?? ''
    expect(existsSync(join(folder, 'deep', schema))).toBe(true)
  })

  it('keeps naming a shipped base by its id in another folder', async () => {
    mkdirSync('deep')
    await edit('mine.yaml', PERSON, { out: 'deep/other.yaml' })
    expect(textOf('deep/other.yaml')).toContain('id: "other"\nextends: clip-paper # from the paper\n')
  })

  it('names a base in the folder of the copy by its id, and keeps the base as it is in the same folder', async () => {
    mkdirSync('deep')
    await edit('mine.yaml', THIEF, { as: 'second' })
    await edit('mine.yaml', PERSON, { out: 'copy.yml' })
    expect(textOf('copy.yml')).toContain('id: "copy"\nextends: clip-paper # from the paper\n')
    writeFileSync('deep/fourth.yaml', 'id: fourth\nextends: ../mine.yaml\nremove: [thief]\n')
    await edit('deep/fourth.yaml', PERSON, { out: 'fifth.yaml' })
    expect(textOf('fifth.yaml')).toContain('extends: "mine"\n')
  })

  it('without a base is copied as it is to another folder', async () => {
    const alone = 'id: alone\ntitle: Alone\nsource: Ours\ntemplates: ["a photo of {label}"]\noutcomes: { person: { harm: none } }\nlabels:\n  - { id: man, text: a man, outcome: person }\n  - { id: woman, text: a woman, outcome: person }\n' // prettier-ignore
    writeFileSync('alone.yaml', alone)
    mkdirSync('deep')
    await edit('alone.yaml', NONE, { out: 'deep/copied.yaml' })
    expect(textOf('deep/copied.yaml')).toBe(alone.replace('id: alone', 'id: "copied"'))
  })
})

describe('an edit of a label set is refused', () => {
  it('where no change is named', async () => {
    await expect(edit('mine.yaml', NONE)).rejects.toThrow(
      /^command line: expected at least one change .* received none/,
    )
  })
  it('where the label set is a shipped one', async () => {
    await expect(edit('clip-paper', THIEF)).rejects.toThrow(
      'expected a file of your own to change but received the shipped label set "clip-paper". Write one that extends it with --as <new id>, for example --as clip-paper-mine.',
    )
  })
  it('where no label set has the id, and one has a similar id', async () => {
    await expect(edit('clip-papr', THIEF)).rejects.toThrow('Did you mean "clip-paper"?')
  })
  it('where a file would be replaced, unless that is allowed', async () => {
    writeFileSync('kept.yaml', 'precious')
    await expect(edit('mine.yaml', PERSON, { out: 'kept.yaml' })).rejects.toThrow(
      'kept.yaml: expected a path where nothing is but received a file.',
    )
    expect(textOf('kept.yaml')).toBe('precious')
    await edit('mine.yaml', PERSON, { out: 'kept.yaml', mayReplace: true })
    expect(textOf('kept.yaml')).toContain('a person')
  })
  it('where the result would not validate, and nothing is written', async () => {
    await expect(edit('mine.yaml', { ...NONE, add: [{ text: 'a CHILD', outcome: 'person' }] })).rejects.toThrow(
      'mine.yaml:8: add[1].text: expected a label text that no other label has',
    )
    expect(textOf('mine.yaml')).toBe(TEXT)
  })
})
