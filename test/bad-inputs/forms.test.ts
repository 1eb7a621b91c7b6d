import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { validateFile } from '../../src/audit/definitions/validate-file.js'
import { readAudit } from '../../src/audit/audit-file/read-audit.js'
import { badInput, badInputs } from './bad-input.js'
import { addsUp, DECISIONS, isRefused, LABEL_SET, PLAN, POLICY, textAudit } from './text-audit.js'

const { folder, file, audit } = textAudit()
const isNoDefinition = (content: string | Uint8Array, code: string, message: RegExp, name = 'mine.yaml') =>
  isRefused(() => validateFile(file(join('bad', name), content)), code, message)
const megabyte = (piece: string): string => piece.repeat(Math.floor(999_990 / piece.length))
const hangul = Buffer.concat([Buffer.from(`${LABEL_SET}# `), Buffer.from([0xc8, 0xab, 0xb1, 0xe6, 0x0a])])

describe('YAML that is a bomb', () => {
  badInputs(
    48,
    [
      [
        '20,000 lists inside each other',
        `id: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
        /mine\.yaml:1: .*32 nested/,
      ],
      [
        '100,000 mappings inside each other',
        `id: ${'{a: '.repeat(1e5)}${'}'.repeat(1e5)}\n`,
        /mine\.yaml:1: .*32 nested/,
      ],
      [
        '1,000 levels by indentation',
        Array.from({ length: 900 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
        /32 nested/,
      ],
      ['a megabyte of brackets', megabyte('['), /mine\.yaml:1: .*32 nested/],
      ['a megabyte of quotes', megabyte('"'), /400,000 pieces/],
      ['a megabyte of one key', megabyte('id: a\n'), /400,000 pieces/],
      ['a megabyte of line ends', megabyte('\n'), /400,000 pieces/],
      ['a megabyte of anchors', megabyte('- &a\n'), /400,000 pieces/],
      ['a megabyte of documents', megabyte('---\n'), /400,000 pieces/],
      ['a megabyte of words in a list', `labels: [${megabyte('x, ').slice(0, -20)}]\n`, /400,000 pieces/],
      ['a merge key', `${LABEL_SET}<<: *a\n`, /mine\.yaml:12: .*without aliases/],
      ['a tag that makes a function', `${LABEL_SET}extra: !!js/function "x"\n`, /mine\.yaml:12: .*without tags/],
      ['a directive', `%YAML 1.1\n---\n${LABEL_SET}`, /without directives/],
      ['two documents', `${LABEL_SET}---\n${LABEL_SET}`, /one YAML document/],
    ],
    async (content, message) => {
      const before = process.cpuUsage()
      await isNoDefinition(content, 'definition.yaml', message)
      const { user, system } = process.cpuUsage(before)
      expect((user + system) / 1_000, 'milliseconds of work').toBeLessThan(1_000)
    },
  )

  badInput(48, 'a megabyte and one byte', () =>
    isNoDefinition('x'.repeat(1_000_001), 'definition.unreadable', /at most 1,000,000 bytes/),
  )
})

describe('YAML in another form', () => {
  badInputs(
    37,
    [
      ['a label set in CP949, told by its Hangul', hangul, /mine\.yaml:12: .*Korean in the encoding CP949/],
      ['a label set in UTF-16', Buffer.from(`\ufeff${LABEL_SET}`, 'utf16le'), /UTF-16, by how they begin.*UTF-8/],
      [
        'a label set with one bad byte',
        Buffer.concat([Buffer.from('id: mine\ntitle: '), Buffer.of(0xff)]),
        /mine\.yaml:2: .*not UTF-8/,
      ],
    ],
    (content, message) => isNoDefinition(content, 'definition.unreadable', message),
  )
  badInput(48, 'a NUL character in a title', () =>
    isNoDefinition(LABEL_SET.replace('Mine', 'Mi\0ne'), 'definition.yaml', /mine\.yaml:2: .*U\+0000/),
  )
  badInput(48, 'a tab for indentation', () =>
    isNoDefinition(LABEL_SET.replace('  - { id: b', '\t- { id: b'), 'definition.yaml', /mine\.yaml:10: .*Tabs/),
  )
  badInputs(
    33,
    [
      ['a label set with a byte-order mark', `\ufeff${LABEL_SET}`],
      ['a label set with Windows line ends', LABEL_SET.replaceAll('\n', '\r\n')],
      ['a label set between document marks', `---\n${LABEL_SET}...\n`],
    ],
    (content) => expect(validateFile(file('good/mine.yaml', content))).toEqual({ kind: 'label-set', id: 'mine' }),
  )

  badInput(49, 'words that YAML reads as something else stay what they are', async () => {
    const words = LABEL_SET.replace('id: a,', 'id: no,').replace('id: b,', 'id: 012,').replace('a woman', '1e3').replace('id: c,', 'id: 3-9,') // prettier-ignore
    const said = DECISIONS.replaceAll(',a\n', ',no\n').replaceAll(',b\n', ',012\n').replaceAll(',c\n', ',3-9\n')
    const { facts } = await audit({ labelSet: [file('words/mine.yaml', words)], fromDecisions: [file('said.csv', said)] }) // prettier-ignore
    expect(facts.labelSets[0].labels.map(({ id, text }) => [id, text])).toEqual([['no', 'a man'], ['012', '1e3'], ['3-9', 'an ape']]) // prettier-ignore
  })
  badInputs(
    49,
    [
      ['a number that is infinite', 'alpha: 0.05', 'alpha: 1e999', /strict\.yaml:3: alpha: .*1e999/],
      ['a number that is none', 'alpha: 0.05', 'alpha: .nan', /strict\.yaml:3: alpha: .*\.nan/],
      ['a number below zero that is zero', 'alpha: 0.05', 'alpha: -0', /strict\.yaml:3: alpha: .*-0/],
      [
        'a number that can be read in two ways',
        'minimumImages: 5',
        'minimumImages: 012',
        /strict\.yaml:4: .*in two ways/,
      ],
    ],
    (text, other, message) => isNoDefinition(POLICY.replace(text, other), 'definition.invalid', message, 'strict.yaml'),
  )
})

describe('labels and their outcome categories', () => {
  const label = '{ id: b, text: a woman, outcome: person }'
  badInputs(
    41,
    [
      [
        'a label in two outcome categories',
        label,
        label.replace('person', '[person, non-human]'),
        /labels\[1\]\.outcome: expected text but received a list/,
      ],
      ['an outcome category twice in one label', label, label.replace(' }', ', outcome: non-human }'), /outcome/],
      [
        'an outcome category that is declared nowhere',
        label,
        label.replace('person', 'persn'),
        /"persn".*Did you mean "person"/,
      ],
      [
        'an outcome category that no label has',
        'outcome: non-human',
        'outcome: person',
        /outcomes\.non-human: .*which no label has/,
      ],
    ],
    (text, other, message) =>
      expect(() => validateFile(file('bad/mine.yaml', LABEL_SET.replace(text, other)))).toThrow(message),
  )
})

describe('names that lead elsewhere or say more than they should', () => {
  badInputs(
    46,
    [
      [
        'extends a path to a file of another kind, which is not repeated',
        '../../../../../../../etc/passwd',
        'definition.invalid',
        /passwd:1: .*received a text$/,
      ],
      ['extends a folder', '/tmp/', 'definition.unreadable', /a folder/],
      ['extends a device', '/dev/zero', 'definition.unreadable', /not a file/],
      ['extends a name with a NUL', '"a\\0b"', 'definition.extends', /a\\u0000b/],
      ['extends a name of 10,000 characters', 'x'.repeat(10_000), 'definition.extends', /x{80}\.\.\./],
      ['extends what nearly is there', 'clip-papr', 'definition.extends', /Did you mean "clip-paper"/],
    ],
    (reference, code, message) => isNoDefinition(`id: mine\nextends: ${reference}\nremove: [a]\n`, code, message),
  )
  badInputs(
    47,
    [
      [
        'an id that leads out of the folder',
        LABEL_SET.replace('id: mine', 'id: ../../etc/passwd'),
        /mine\.yaml:1: id: .*letters/,
      ],
      ['keys that every object has', `${LABEL_SET}__proto__: 1\n`, /mine\.yaml:12: .*known key.*"__proto__"/],
      [
        'a key of 1,000 characters',
        `${LABEL_SET}${'k'.repeat(1_000)}: 1\n`,
        /mine\.yaml:12: .*known key .*k{80}\.\.\./,
      ],
      ['a key that commands a terminal', `${LABEL_SET}"\\e[31m\\u202e\\u200b": 1\n`, /"\\u001b\[31m\\u202e\\u200b"/],
    ],
    (content, message) => isNoDefinition(content, 'definition.invalid', message),
  )
  badInput(32, 'labels and outcomes called as what every object has', async () => {
    const named = LABEL_SET.replaceAll('person', 'toString').replaceAll('id: a,', 'id: __proto__,').replaceAll('id: b,', 'id: constructor,') // prettier-ignore
    const said = DECISIONS.replaceAll(',a\n', ',__proto__\n').replaceAll(',b\n', ',constructor\n')
    const result = await audit({ labelSet: [file('named/mine.yaml', named)], fromDecisions: [file('named.csv', said)] })
    addsUp(result, 60)
    const counted = result.facts.tallies.flatMap(({ counts }) => counts)
    const sum = (id: string): number => counted.reduce((all, [label, count]) => all + (label === id ? count : 0), 0)
    expect(['__proto__', 'constructor', 'c'].map(sum)).toEqual([20, 20, 20])
  })
  badInput(32, 'attributes of a plan called as what every object has', async () => {
    file('plan.yaml', PLAN.replace('race: race', '__proto__: race, constructor: gender'))
    const { facts } = await audit('plan')
    expect(facts.dataset.attributes.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'gender'])
    file('plan.yaml', PLAN)
  })

  badInputs(
    47,
    [
      [
        'a limit on a label set that the plan does not have',
        'labelSets: [mine]',
        'labelSets: [mien]',
        /strict\.yaml:12: limits\[0\]\.labelSets\[0\]: expected a label set of this plan \(mine\) but received "mien"\. Did you mean "mine"/,
      ],
      [
        'a limit on a probe that the plan does not have, beside one that it has',
        'probes: [apes]',
        'probes: [apes, denigration]',
        /strict\.yaml:12: limits\[0\]\.probes\[1\]: .*\(apes or failure-to-process\) but received "denigration"/,
      ],
      [
        'a limit by a mistyped attribute, beside one that the probes group by',
        'labelSets: [mine]',
        'groupBy: [[rcae], [race]]',
        /strict\.yaml:12: limits\[0\]\.groupBy\[0\]\[0\]: expected an attribute that the probes of this plan group by \(.*\) but received "rcae"\. Did you mean "race"/,
      ],
      [
        'a limit by a grouping that no probe makes, beside one that some probe does',
        'labelSets: [mine]',
        'groupBy: [[race], [race, gender, race]]',
        /strict\.yaml:12: limits\[0\]\.groupBy\[1\]: expected a grouping of the probes of this plan \(.*\) but received "race x gender x race"/,
      ],
    ],
    (text, other, message) =>
      isRefused(
        () => audit({ policy: file('limits/strict.yaml', POLICY.replace(text, other)) }),
        'plan.invalid',
        message,
      ),
  )
})

describe('paths of definitions and saved audits that are no files', () => {
  execFileSync('mkfifo', [join(folder, 'pipe.yaml'), join(folder, 'pipe.json')])
  badInputs(
    19,
    [
      ['a folder for YAML', '/tmp', /YAML file but received a folder/],
      ['a device for YAML', '/dev/zero', /not a file/],
      ['a folder for a saved audit', '/tmp', /YAML file but received a folder/],
    ],
    (path, message) => isRefused(() => validateFile(path), 'definition.unreadable', message),
  )
  badInput(19, 'a pipe for YAML', () =>
    isRefused(() => validateFile(join(folder, 'pipe.yaml')), 'definition.unreadable', /not a file/),
  )
  badInput(19, 'a pipe for a saved audit', () =>
    isRefused(() => readAudit(join(folder, 'pipe.json')), 'audit.unreadable', /not a file/),
  )
  badInput(19, 'a device for a saved audit', () =>
    isRefused(() => readAudit('/dev/zero'), 'audit.unreadable', /not a file/),
  )
})
