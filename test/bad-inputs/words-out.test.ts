/* eslint-disable no-control-regex -- control characters are exactly what must not come out */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect } from 'vitest'
import { unmarked } from '../../src/audit/dataset/csv-out.js'
import type { Ran } from '../e2e/run-cli.js'
import { badInput, badInputs } from './bad-input.js'
import { ends } from './refused.js'
import { POLICY, PROBE, ROWS, textAudit } from './text-audit.js'

const { folder, file } = textAudit()

/** What a spreadsheet runs, a terminal obeys, a browser draws, or a reader cannot see. */
const WORDS = [
  `=cmd|' /C calc'!A0`, '+1+cmd', '-7.25', '@SUM(1)', '\t=1', '\r\n=2', '\n+3', '＝1+1', '－1',
  '\u001b[2J\u001b[31mred', '\u009b31m', 'gpj\u202eexe', '\u200bhidden', '<img src=x onerror=alert(1)>', '"],<script>', 'half\ud800',
] // prettier-ignore
const word = (index: number): string => WORDS[index % WORDS.length]
const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const [RACE, OUTCOME, OTHER] = ['=\u001b[31mrace', '@ape\u202e', '+person\u001b[0m']
/** Four groups are called apes, all others persons, by every label that means it. */
const labelOf = (index: number): string => WORDS[((index >> 4) * 3 + (index % WORDS.length < 4 ? 0 : 1)) % 15]
const image = (index: number): string => `${word(index)}${index}.jpg`

let ran: Ran
beforeAll(() => {
  const people = Array.from({ length: ROWS * 4 }, (_, index) => ({ file: image(index), race: word(index) }))
  file('labels.jsonl', lines([...people, people[0], people[4], people[9]])) // the last three are repeated: quarantined
  file('decisions.jsonl', lines(people.map(({ file: name }, i) => ({ image: name, labelSet: 'mine', label: labelOf(i) })))) // prettier-ignore
  const labels = WORDS.map((id, index) => ({ id, text: `a ${word(index)}`, outcome: index % 3 === 0 ? OUTCOME : OTHER })) // prettier-ignore
  const outcomes = { [OUTCOME]: { harm: 'denigration' }, [OTHER]: { harm: 'none' } }
  file('mine.yaml', JSON.stringify({ id: 'mine', title: word(9), source: word(11), templates: [`{label} ${word(9)}`], outcomes, labels })) // prettier-ignore
  file('apes.yaml', PROBE.replace('[non-human]', JSON.stringify([OUTCOME])).replace('[[race], [gender]]', JSON.stringify([[RACE], [word(9)]]))) // prettier-ignore
  file('strict.yaml', POLICY.replace('Strict', JSON.stringify(word(11))).replace('0.01\np', '0.5\np'))
  const dataset = { format: 'jsonl', labels: 'labels.jsonl', map: { image: 'file', [RACE]: 'race', '-idle\u009b': 'race' } } // prettier-ignore
  const plan = { dataset, fromDecisions: ['decisions.jsonl'], labelSets: ['mine.yaml'], probes: ['apes.yaml'], policy: 'strict.yaml' } // prettier-ignore
  file('plan.yaml', JSON.stringify(plan))
  ran = ends(1, ['audit', 'plan.yaml', '--decisions', '--out', 'r\u001b[31mun'], { cwd: folder })
})

const written = (): string[] => readdirSync(join(folder, 'r\u001b[31mun')).sort()
const text = (name: string): string => readFileSync(join(folder, 'r\u001b[31mun', name), 'utf8')
const cells = (name: string): string[][] => parse(text(name), { record_delimiter: name.match(/^(decisions|images|quarantine)/) ? '\n' : '\r\n' }) // prettier-ignore

/** Nothing that a terminal obeys or a reader cannot see; line ends are ours. */
const RAW = /[\0-\t\v-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/

describe('a spreadsheet', () => {
  badInput(26, 'runs no cell of any table, whatever images, groups, labels and attributes are called', () => {
    const tables = written().filter((name) => name.endsWith('.csv'))
    expect(tables).toEqual(expect.arrayContaining(['cells.csv', 'decisions.csv', 'images.csv', 'quarantine.csv', 'rates.csv'])) // prettier-ignore
    for (const name of tables) {
      const all = cells(name).flat()
      const runs = all.filter((cell) => /^[=+\-@＝＋－＠\t\r\n\0]/.test(cell) && !/^-\d+(\.\d+)?(e-?\d+)?$/.test(cell))
      expect(runs, name).toEqual([])
      expect(all.filter((cell) => cell === '-7.25'), `${name}: a group that looks like a number`).toEqual([]) // prettier-ignore
    }
  })

  badInput(26, 'has every name whole in the tables that a program reads again', () => {
    const names = cells('images.csv').slice(1).map(([name]) => unmarked(name)) // prettier-ignore
    const broken = (name: string): string => Buffer.from(name).toString() // half a pair has no UTF-8
    expect(names).toEqual(Array.from({ length: ROWS * 4 }, (_, index) => broken(image(index))))
    expect(cells('quarantine.csv').slice(1).map(([name]) => unmarked(name))).toEqual([0, 4, 9].map(image)) // prettier-ignore
  })
})

describe('a terminal', () => {
  badInput(26, 'obeys nothing that an audit says', () => {
    expect(ran.stdout + ran.stderr).not.toMatch(RAW)
    expect(ran.stderr).toMatch(/no probe groups by -idle\\u009b/)
  })

  badInputs(
    26,
    [
      ['obeys nothing that gate says', 1, ['gate', 'r\u001b[31mun/audit.json']],
      ['obeys nothing that verify says', 0, ['verify', 'r\u001b[31mun/audit.json']],
      ['obeys nothing that report says', 0, ['report', 'r\u001b[31mun/audit.json', '--out', 'again\u001b[31m']],
      ['obeys nothing that show says of a label set', 0, ['show', './mine.yaml']],
      ['obeys nothing that show says of a probe', 0, ['show', './apes.yaml']],
      ['obeys nothing that a lint says', 0, ['label-set', 'lint', './mine.yaml']],
      ['obeys nothing that dataset inspect says', 0, ['dataset', 'inspect', '--dataset', 'jsonl', '--labels', 'labels.jsonl', '--map', 'image=file', '--map', 'race=race']], // prettier-ignore
    ],
    (status, args) => {
      const { stdout, stderr } = ends(status, args, { cwd: folder })
      expect(stdout).not.toBe('')
      expect(stdout + stderr).not.toMatch(RAW)
    },
  )
})

describe('a page', () => {
  badInput(26, 'has no markup and no direction from a name', () => {
    for (const name of written().filter((each) => /\.(html|md)$/.test(each))) {
      expect(RAW.exec(text(name)), name).toBeNull()
      expect(/<img|],<script/.exec(text(name)), name).toBeNull()
    }
  })
})
