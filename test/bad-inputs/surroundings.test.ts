import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { badInputs } from './bad-input.js'
import { ends } from './refused.js'
import { LABELS, textAudit } from './text-audit.js'
import { underClock } from './under-clock.js'

const { folder, file } = textAudit()
const PARTS = ['labels.csv', 'decisions.csv', 'mine.yaml', 'apes.yaml', 'strict.yaml', 'plan.yaml']
const USUAL = { LANG: 'en_US.UTF-8', LC_ALL: undefined, TZ: 'UTC' }

let expected: Results
beforeAll(() => {
  // letters whose order and case depend on the language
  const groups = LABELS.replaceAll('Black', 'z').replaceAll('White', 'Ä').replaceAll('Female', 'İ').replaceAll('Male', 'ı') // prettier-ignore
  file('labels.csv', groups)
  expected = audited('usual', USUAL)
})

/** Every file by its text; of audit.json without `run`, and of reports without the command that makes them again. */
type Results = readonly (readonly [name: string, text: string])[]

/** The audit in a folder of this name, run from beside it under these variables. */
function audited(name: string, environment: NodeJS.ProcessEnv): Results {
  const place = join(folder, name)
  mkdirSync(place)
  for (const part of PARTS) cpSync(join(folder, part), join(place, part))
  const env = { ...underClock('2030-12-31T23:59:30Z'), ...environment }
  ends(0, ['audit', join(name, 'plan.yaml'), '--decisions', '--out', join(name, 'run')], { cwd: folder, env })
  const text = (result: string): string => readFileSync(join(place, 'run', result), 'utf8')
  return readdirSync(join(place, 'run'))
    .sort()
    .map((result) => [result, result === 'audit.json' ? withoutRun(text(result)) : withoutCommand(text(result))])
}

function withoutRun(text: string): string {
  const { auditId, facts, derived } = JSON.parse(text) as AuditResult
  return JSON.stringify({ auditId, facts, derived })
}

function withoutCommand(text: string): string {
  return text.split('\n').filter((line) => !line.includes('probity audit ')).join('\n') // prettier-ignore
}

badInputs(
  73,
  [
    ['LANG=C', 'c', { LANG: 'C', LC_ALL: 'C' }],
    ['Turkish, whose small i is another', 'turkish', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }],
    ['a zone where it is tomorrow', 'east', { TZ: 'Pacific/Kiritimati' }],
    ['a zone half an hour beside the others', 'west', { TZ: 'America/St_Johns' }],
    ['a folder with spaces, quotes, Hangul and a percent sign', `it's "a" 한글 100%25 #1`, {}],
    ['a folder called as a Windows path', 'C:\\x y', {}],
  ],
  (name, environment) => {
    const results = audited(name, { ...USUAL, ...environment })
    expect(results.map(([result]) => result)).toEqual(expected.map(([result]) => result))
    for (const [index, [result, text]] of results.entries()) expect(text, result).toBe(expected[index][1])
    expect(results.map(([result]) => result)).toContain('report.html')
  },
)
