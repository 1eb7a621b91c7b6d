import { join } from 'node:path'
import { truncateSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect } from 'vitest'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { readAudit } from '../../src/audit/audit-file/read-audit.js'
import { requireUnchanged } from '../../src/audit/require-unchanged.js'
import { runVerify } from '../../src/audit/run-verify.js'
import { trustedDay } from '../../src/cli/day.js'
import { badInput, badInputs } from './bad-input.js'
import { isRefused, textAudit } from './text-audit.js'

const { folder, file, audit } = textAudit()
let saved = ''
beforeAll(async () => {
  saved = readableJson(await audit())
})

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
const objects = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
/** The saved audit with a text put before its facts, or at their beginning. */
const before = (text: string): string => saved.replace('"facts":', `${text}"facts":`)
const inside = (text: string): string => saved.replace(/"facts":\s*\{/, (start) => `${start}${text}`)

describe('saved audits that are damaged', () => {
  badInputs(
    51,
    [
      ['cut in the middle', () => saved.slice(0, 2_000), 'audit.json', /JSON that ends in the middle/],
      ['empty', () => '', 'audit.json', /an empty file/],
      ['a list', () => '[]', 'audit.schema', /schema: /],
      ['null', () => 'null', 'audit.schema', /schema: /],
      ['a key twice', () => before('"facts": 1, '), 'audit.repeated-key', /each key of an object once/],
      [
        '100,000 levels beside the facts',
        () => before(`"x": ${nested(1e5)}, `),
        'audit.json',
        /at most 64 nested levels/,
      ],
      ['100,000 levels in the facts', () => inside(`"x": ${objects(1e5)}, `), 'audit.json', /at most 64 nested levels/],
      ['a million levels and nothing else', () => nested(1e6), 'audit.json', /at most 64 nested levels/],
      ['a number that is none', () => saved.replace('"seed": 1', '"seed": NaN'), 'audit.json', /not JSON/],
      [
        'a number that is infinite',
        () => saved.replace(/"total": \d+/, '"total": 1e999'),
        'audit.invalid',
        /total: .*number/,
      ],
      ['a count below zero', () => saved.replace(/"total": \d+/, '"total": -5'), 'audit.invalid', /total: .*-5/],
      ['a count that is a text', () => saved.replace(/"total": \d+/, '"total": "7"'), 'audit.invalid', /total: .*"7"/],
      ['UTF-16', () => Buffer.from(`\ufeff${saved}`, 'utf16le'), 'audit.unreadable', /UTF-16, by how they begin/],
      ['CP949', () => Buffer.concat([Buffer.from(saved.slice(0, 400)), Buffer.of(0xc8, 0xab, 0xb1, 0xe6), Buffer.from(saved.slice(400))]), 'audit.unreadable', /Korean in the encoding CP949/], // prettier-ignore
    ],
    (content, code, message) => isRefused(() => readAudit(file('bad.json', content())), code, message),
  )

  badInput(51, 'a saved audit with a byte-order mark is read', async () => {
    const read = await readAudit(file('marked.json', `\ufeff${saved}`))
    expect(runVerify(read).every(({ holds }) => holds)).toBe(true)
  })

  badInput(51, 'a file of 600 MB, which no text can hold', () => {
    const path = join(folder, 'large.json')
    writeFileSync(path, '{')
    truncateSync(path, 600_000_000)
    return isRefused(
      () => readAudit(path),
      'audit.unreadable',
      /at most 536,870,888 bytes but received 600000000 bytes/,
    )
  })

  badInputs(
    51,
    [
      ['facts called as what every object has', () => inside('"__proto__": {"a": 1}, "constructor": 1, ')],
      ['another seed', () => saved.replace('"seed": 1', '"seed": 2')],
      ['zero with a sign for the seed', () => saved.replace('"seed": 1', '"seed": -0')],
    ],
    async (content) => {
      const read = await readAudit(file('edited.json', content()))
      expect(runVerify(read).every(({ holds }) => holds)).toBe(false)
      await isRefused(() => requireUnchanged(read, 'edited.json'), 'audit.changed', /changed after it was written/)
    },
  )

  badInput(50, 'a limit that was eased after the run', async () => {
    const { facts, ...rest } = await audit({ policy: 'four-fifths' })
    const eased = { ...rest, facts: { ...facts, policy: { ...facts.policy, quarantineLimit: 0.5 } } }
    const read = await readAudit(file('eased.json', readableJson(eased)))
    expect(runVerify(read).every(({ holds }) => holds)).toBe(false)
    await isRefused(() => requireUnchanged(read, 'eased.json'), 'audit.changed', /facts\.policy: /)
  })
})

describe('a clock that cannot be right', () => {
  const made = { day: '2026-11-27', what: 'the audit was made' }
  badInputs(
    69,
    [
      ['1970', '1970-01-01', /clock is suspicious.*--on/],
      ['a day long before the audit', '2026-03-01', /after the audit was made \(2026-11-27\)/],
    ],
    (clock, message) => isRefused(() => trustedDay(clock, [made]), 'clock.suspicious', message),
  )
  badInputs(
    69,
    [
      ['midnight between two machines', '2026-11-26'],
      ['the day after 2038', '2038-01-20'],
    ],
    (clock) => expect(trustedDay(clock, [made])).toBe(clock),
  )
})
