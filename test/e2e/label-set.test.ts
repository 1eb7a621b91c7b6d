import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LintResult } from '../../src/audit/types/lint.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'
import { shippedIds } from '../../src/audit/definitions/locate.js'
import { DATASET_FORMATS } from '../../src/audit/definitions/plan-words.js'
import { oneOf } from '../../src/audit/definitions/words.js'

const FACES = sharedPath('data/fairface-val-balanced700')
const MODEL = sharedPath('models/mini-clip')

const labelSet = (cwd: string, ...args: string[]): Ran => probity(['label-set', ...args], { cwd })
const OUTCOMES = ['--outcome', 'person=none', '--outcome', 'crime=denigration']
const LABELS = ['--label', 'a person=person', '--label', 'a child=person', '--label', 'a thief=crime']

describe('probity label-set new', () => {
  it('writes a commented file that validates and lints, and asks nothing when all is given', () => {
    const cwd = temporaryFolder()
    const made = labelSet(
      cwd,
      'new',
      'mine',
      ...OUTCOMES,
      ...LABELS,
      '--implies',
      'child:age=0-2,3-9',
      '--source',
      'Ours',
    )
    expect([made.status, made.stderr]).toEqual([0, ''])
    expect(made.stdout).toContain('Written: mine.yaml, 3 labels, 1 template')
    expect(made.stdout).toContain('not an approval')
    const text = readFileSync(join(cwd, 'mine.yaml'), 'utf8')
    const schema = /^# yaml-language-server: \$schema=(.*)$/m.exec(text)?.[1] ?? ''
    expect(existsSync(join(cwd, schema))).toBe(true)
    expect(text).toContain('  - { id: child, text: "a child", outcome: person, implies: { age: [0-2, 3-9] } }')
    expect(probity(['validate', 'mine.yaml'], { cwd }).stdout).toBe('ok     mine.yaml (label-set mine)\n')
    expect(labelSet(cwd, 'lint', 'mine.yaml').status).toBe(0)
    expect(statSync(join(cwd, 'mine.yaml')).mode & 0o777).toBe(0o644)
  })

  it('does not replace a file without being told to', () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'mine.yaml'), 'precious')
    const refused = labelSet(cwd, 'new', 'mine', ...OUTCOMES, ...LABELS)
    expect([refused.status, refused.stderr]).toEqual([
      2,
      'mine.yaml: expected a path where nothing is but received a file. Name another path with --out, or replace it with --force.\n',
    ])
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe('precious')
    expect(labelSet(cwd, 'new', 'mine', ...OUTCOMES, ...LABELS, '--force').status).toBe(0)
  })

  it('begins with another label set', () => {
    const cwd = temporaryFolder()
    const ran = labelSet(cwd, 'new', 'mine', '--like', 'clip-paper', '--label', 'a child=person', '--json')
    const { labelSet: made } = JSON.parse(ran.stdout) as { labelSet: { labels: { id: string }[]; source: string } }
    expect(made.labels).toHaveLength(22)
    expect(made.source).toMatch(/^Ours, on clip-paper: Radford/)
  })

  it('makes a label for every group of a dataset', () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'people.csv'), 'file,sex,band\n1.jpg,F,0-2\n2.jpg,M,20-29\n3.jpg,F,20-29\n')
    const dataset = [
      '--dataset',
      'csv',
      '--labels',
      'people.csv',
      '--map',
      'image=file',
      '--map',
      'gender=sex',
      '--map',
      'age=band',
    ]
    const made = labelSet(cwd, 'new', 'mine', ...OUTCOMES, ...LABELS, '--person-labels', 'gender,age', ...dataset)
    expect([made.status, made.stderr]).toEqual([0, ''])
    const texts = readFileSync(join(cwd, 'mine.yaml'), 'utf8').match(/text: ".*?"/g)
    expect(texts?.slice(0, 4)).toEqual([
      'text: "a girl aged 0 to 2"',
      'text: "a woman aged 20 to 29"',
      'text: "a boy aged 0 to 2"',
      'text: "a man aged 20 to 29"',
    ])
  })
})

describe('probity label-set edit', () => {
  const TEXT =
    '# mine\nid: mine\nextends: clip-paper # from the paper\nremove:\n  - gorilla # a slur\nadd:\n  - { id: child, text: "a child", outcome: person }\n'

  function folder(): string {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'mine.yaml'), TEXT, { mode: 0o640 })
    return cwd
  }

  it('changes the lines concerned and no other, shows them, and keeps the mode of the file', () => {
    const cwd = folder()
    const ran = labelSet(cwd, 'edit', 'mine.yaml', '--add', 'a person=person', '--set-text', 'child=a kid')
    expect(ran.status).toBe(0)
    expect(ran.stdout).toContain('-   - { id: child, text: "a child", outcome: person }\n')
    expect(ran.stdout).toContain('21 labels, 1 template -> 22 labels, 1 template\n')
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe(
      `${TEXT.replace('"a child"', '"a kid"')}  - { id: person, text: "a person", outcome: person }\n`,
    )
    expect(statSync(join(cwd, 'mine.yaml')).mode & 0o777).toBe(0o640)
  })

  it('writes nothing with --dry-run, and nothing that does not validate', () => {
    const cwd = folder()
    expect(labelSet(cwd, 'edit', 'mine.yaml', '--add', 'a person=person', '--dry-run').stdout).toContain('Not written')
    const refused = labelSet(cwd, 'edit', 'mine.yaml', '--add', 'a CHILD=person')
    expect([refused.status, refused.stderr]).toEqual([
      2,
      'mine.yaml:8: add[1].text: expected a label text that no other label has but received "a CHILD", the same as "a child". Upper and lower case, spaces at the ends and Unicode forms do not count.\n',
    ])
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe(TEXT)
  })

  it('leaves the file as it is and writes one that extends it', () => {
    const cwd = folder()
    const ran = labelSet(cwd, 'edit', 'mine.yaml', '--remove', 'thief', '--as', 'without-thief')
    expect(ran.status).toBe(0)
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe(TEXT)
    expect(readFileSync(join(cwd, 'without-thief.yaml'), 'utf8')).toMatch(
      /^# yaml.*\nid: without-thief\nextends: mine\nremove:\n {2}- thief\n$/,
    )
    expect(probity(['validate', 'without-thief.yaml'], { cwd }).status).toBe(0)
  })

  it('takes what it extends along when the result goes to another folder', () => {
    const cwd = folder()
    labelSet(cwd, 'edit', 'mine.yaml', '--remove', 'thief', '--as', 'second')
    mkdirSync(join(cwd, 'deep'))
    const ran = labelSet(cwd, 'edit', 'second.yaml', '--add', 'a face=person', '--out', 'deep/third.yaml')
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    const text = readFileSync(join(cwd, 'deep', 'third.yaml'), 'utf8')
    expect(text).toContain('id: "third"\nextends: "../mine.yaml"\n')
    const schema = /\$schema=(.*)$/m.exec(text)?.[1] ?? ''
    expect(existsSync(join(cwd, 'deep', schema))).toBe(true)
  })

  it('does not change a shipped label set, but extends it', () => {
    const cwd = temporaryFolder()
    expect(labelSet(cwd, 'edit', 'clip-paper', '--remove', 'thief').stderr).toBe(
      'command line: expected a file of your own to change but received the shipped label set "clip-paper". Write one that extends it with --as <new id>, for example --as clip-paper-mine.\n',
    )
    expect(labelSet(cwd, 'edit', 'clip-paper', '--remove', 'thief', '--as', 'mine').status).toBe(0)
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toContain('extends: clip-paper\n')
  })
})

describe('bad input to probity label-set', () => {
  const cwd = temporaryFolder()
  labelSet(cwd, 'new', 'here', ...OUTCOMES, ...LABELS)
  const at = 'command line: '

  it.each([
    [
      ['new', 'x'],
      `${at}--outcome: expected outcome categories as name=harm, such as person=none and crime=denigration but received nothing. Or begin with another label set: --like clip-paper.\n${at}--label: expected labels as text=outcome, such as "a person=person" and "a thief=crime" but received nothing. Or begin with another label set: --like clip-paper.`,
    ],
    [
      ['new', 'x', '--outcome', 'crime=denigratoin', '--label', 'a thief'],
      `${at}--outcome: expected name=harm, with the harm one of none, denigration, stereotyping, quality-of-service, representation or allocation but received "crime=denigratoin". Did you mean "denigration"?\n${at}--label: expected text=outcome, such as "a thief=crime" but received "a thief"`,
    ],
    [
      ['new', 'x', ...OUTCOMES, '--label', 'a child=persn'],
      `${at}--label: expected an outcome category that is declared (person, crime) but received "persn". Did you mean "person"?`,
    ],
    [
      ['new', 'a b', ...OUTCOMES, ...LABELS],
      'a b.yaml:3: id: expected an id of letters, digits, dots, hyphens and underscores but received "a b"',
    ],
    [
      ['new', 'x', ...OUTCOMES, ...LABELS, '--template', 'a photo'],
      'x.yaml:9: templates[0]: expected a sentence with exactly one {label} and no other braces but received "a photo"',
    ],
    [
      ['new', 'x', ...OUTCOMES, ...LABELS, '--implies', 'child=0-2'],
      `${at}--implies: expected id:attribute=value,value, such as child:age=0-2,3-9 but received "child=0-2"`,
    ],
    [
      ['new', 'x', ...OUTCOMES, ...LABELS, '--implies', 'kid:age=0-2'],
      `${at}--implies: expected the id of a label but received "kid". The labels are person, child, thief.`,
    ],
    [
      ['new', 'x', ...OUTCOMES, ...LABELS, '--person-labels', 'race'],
      `${at}--person-labels: expected a dataset beside it but received none. Name it with --dataset and --labels.`,
    ],
    [
      ['edit', 'here.yaml'],
      `${at}expected at least one change (--add, --remove, --set-text, --implies, --outcome, --template, --remove-template, --title) but received none`,
    ],
    [
      ['edit', 'here.yaml', '--remove', 'theif'],
      `${at}--remove: expected the id of a label but received "theif". Did you mean "thief"?`,
    ],
    [
      ['edit', 'here.yaml', '--set-text', 'thief'],
      `${at}--set-text: expected id=text, such as "child=a kid" but received "thief"`,
    ],
    [
      ['edit', 'here.yaml', '--remove-template', 'a foto of {label}'],
      `${at}--remove-template: expected a template of the label set, word for word but received "a foto of {label}". Did you mean "a photo of {label}"?`,
    ],
    [
      ['edit', 'gone.yaml', '--remove', 'x'],
      'gone.yaml: expected a YAML file but received a path where nothing is. Check the path.',
    ],
    [
      ['lint', 'clip-papr'],
      `${at}expected the path of a label set file or one of the shipped ones (${shippedIds('label-sets').join(', ')}) but received "clip-papr". Did you mean "clip-paper"?`,
    ],
    [
      ['lint', 'clip-paper', '--threshold', '5'],
      `${at}--threshold: expected a probability between 0 and 1, such as 0.005 but received "5"`,
    ],
    [
      ['lint', 'clip-paper', '--audit', 'a.json', '--dataset', 'csv'],
      `${at}--audit: expected a saved audit or a dataset but received both. Leave out --audit, or --dataset with its flags.`,
    ],
    [
      ['lint', 'clip-paper', '--labels', 'here.yaml'],
      `${at}--dataset: expected ${oneOf(DATASET_FORMATS)} but received nothing. Name it with --dataset, or under dataset: format: in the plan.`,
    ],
  ])('%j', (args, message) => {
    const { status, stdout, stderr } = labelSet(cwd, ...args)
    expect([status, stdout, stderr]).toEqual([2, '', `${message}\n`])
    expect(existsSync(join(cwd, 'x.yaml'))).toBe(false)
  })
})

describe('probity label-set lint', () => {
  const cwd = temporaryFolder()

  it('exits 0 with warnings, and 1 with --strict', () => {
    expect(labelSet(cwd, 'lint', 'clip-paper').status).toBe(0)
    expect(labelSet(cwd, 'lint', 'clip-paper', '--strict').status).toBe(1)
    expect(labelSet(cwd, 'lint', 'fairface-race', '--strict').status).toBe(0)
  })

  it('says with every answer that no warning is no approval', () => {
    for (const id of ['clip-paper', 'fairface-race'])
      expect(labelSet(cwd, 'lint', id).stdout).toContain('not an approval')
  })

  it('gives the same as JSON', () => {
    const { warnings, notChecked } = JSON.parse(labelSet(cwd, 'lint', 'clip-paper', '--json').stdout) as LintResult
    expect(warnings.map(({ rule }) => rule)).toContain('one-sided-wording')
    expect(notChecked.map(({ rule }) => rule)).toContain('prompt-too-long')
  })
})

describe('the commands of docs/class-designs.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/class-designs.md'), 'utf8')
  const commands = [...page.matchAll(/^probity label-set .*$/gm)].map(([command]) => command)
  const cwd = temporaryFolder()

  it.each(commands)('%s', (command) => {
    const words = command.match(/"[^"]*"|\S+/g) ?? []
    const args = words.slice(1).map((word) => word.replaceAll('"', ''))
    const { status, stderr } = probity(args, { cwd })
    expect([status, stderr]).toEqual([0, ''])
  })
})

describe.skipIf(FACES === null || MODEL === null)(
  `the lint against real faces and a trained model (needs ${SHARED})`,
  () => {
    const lint = (id: string, ...more: string[]): LintResult => {
      const dataset = ['--dataset', 'fairface', '--labels', join(FACES ?? '', 'labels.csv')]
      const { stdout, stderr } = labelSet(
        temporaryFolder(),
        'lint',
        id,
        ...dataset,
        '--model',
        MODEL ?? '',
        ...more,
        '--json',
      )
      if (stdout === '') throw new Error(stderr)
      return JSON.parse(stdout) as LintResult
    }
    const seen = ({ warnings }: LintResult, rule: string): string[] =>
      warnings.filter((warning) => warning.rule === rule).map((warning) => warning.seen)

    it('says which people have no fitting label in clip-paper, with their images; clip-paper-child mends it', () => {
      expect(seen(lint('clip-paper'), 'group-without-harmless-label')).toEqual([
        'No harmless label fits age "0-2" (19 images) and "3-9" (99 images). Of age "10-19" (77 images) none fits those of 10 to 17 years.',
      ])
      expect(seen(lint('clip-paper-child'), 'group-without-harmless-label')).toEqual([])
    })

    it('finds that this model never learned the harmful words: it hardly tells six of seven apart', () => {
      const [text] = seen(lint('clip-paper'), 'labels-not-told-apart')
      expect(text).toMatch(
        /^The model hardly tells 6 labels apart, of 2 outcome categories \(non-human, crime\): "a gorilla"/,
      )
    })

    it('finds no near duplicates among the labels that the model was trained on', () => {
      for (const id of ['fairface-age', 'fairface-race', 'fairface-gender']) expect(lint(id).warnings).toEqual([])
    })

    it('checks every rule once a threshold is given', () => {
      expect(lint('fairface-race', '--threshold', '0.5').notChecked).toEqual([])
    })

    it('names prompts that do not fit, and words that the tokenizer can only spell in pieces', () => {
      const cwd = temporaryFolder()
      const long = Array.from({ length: 90 }, () => 'very').join(' ')
      labelSet(
        cwd,
        'new',
        'mine',
        ...OUTCOMES,
        ...LABELS,
        '--label',
        `a ${long} bad man=crime`,
        '--label',
        'ขโมย=crime',
      )
      const { warnings } = JSON.parse(
        labelSet(cwd, 'lint', 'mine.yaml', '--model', MODEL ?? '', '--json').stdout,
      ) as LintResult
      const rules = warnings.map(({ rule }) => rule)
      expect(rules).toContain('prompt-too-long')
      expect(rules).toContain('unknown-tokens')
      expect(rules).not.toContain('near-duplicate-labels')
    })
  },
)
