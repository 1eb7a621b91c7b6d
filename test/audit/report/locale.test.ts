import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { countedText, localeFrom, readLocale, withStandingSlots } from '../../../src/audit/report/locale.js'
import { reportFile } from '../../../src/audit/report/report-files.js'
import { COUNTED_IN_GATE } from '../../../src/audit/report/view/gate.js'

const MESSAGES = [
  'disparity.higher',
  'disparity.lower',
  'within-margin.difference',
  'within-margin.ratio',
  'within-margin.each-side',
  'inconclusive.interval-too-wide',
  'inconclusive.interval-too-wide.beyond-hundredfold',
  'inconclusive.few-events',
  'inconclusive.near-ties-decide',
  'insufficient.group-too-small',
  'insufficient.group-too-small.subjects',
  'insufficient.reference-too-small',
  'insufficient.reference-too-small.subjects',
]
const GATE_SOURCE = ['evaluate-gate', 'incomplete-evidence']
  .map((name) => readFileSync(new URL(`../../../src/audit/gate/${name}.ts`, import.meta.url), 'utf8'))
  .join('\n')
const GATE = [
  'gate.not-requested',
  ...Object.entries(COUNTED_IN_GATE).flatMap(([id, counted]) =>
    counted === null ? [id] : [`${id}.one`, `${id}.other`],
  ),
]
const REASONS = [
  ...['no-images', 'group-too-small', 'reference-too-small', 'zero-reference-rate', 'both-rates-zero', 'few-events'],
  ...['interval-too-wide', 'near-ties-decide', 'settled', 'beyond-hundredfold', 'not-detectable', 'confirmatory'],
  ...['decisions-only', 'attribute-absent', 'outcome-absent', 'design-not-run', 'simulated', 'zero-margin'],
  ...['no-variation', 'single-group', 'too-few-groups', 'no-overlap', 'only-hidden', 'repeated-subjects'],
]

function leaves(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]])
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return new Map()
  return new Map(
    Object.entries(node).flatMap(([key, value]) => [...leaves(value, path === '' ? key : `${path}.${key}`)]),
  )
}

function english(): string[] {
  const folder = reportFile('locales/en')
  return readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
}

function templateFiles(): string[] {
  return [reportFile('.'), reportFile('partials')].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => `${folder}/${file}`),
  )
}

describe('readLocale', () => {
  const locale = readLocale('en')

  it('has a long, a short and a failure sentence for every message a finding can carry', () => {
    const ids = MESSAGES.flatMap((id) => [`messages.${id}`, `short.${id}`, `failure-messages.${id}`])
    expect(ids.filter((id) => !locale.has(id))).toEqual([])
  })

  it('has a sentence for every gate reason and words for every reason code', () => {
    const ids = [...GATE.map((id) => `messages.${id}`), ...REASONS.map((id) => `reasons.${id}`)]
    expect(ids.filter((id) => !locale.has(id))).toEqual([])
  })

  it('knows every reason that the gate can give, and the value that each sentence counts', () => {
    const given = new Set([...GATE_SOURCE.matchAll(/'(gate\.[^']+)'/g)].map(([, id]) => id))
    expect(Object.keys(COUNTED_IN_GATE).sort()).toEqual([...given].sort())
    for (const counted of Object.values(COUNTED_IN_GATE)) {
      if (counted !== null) expect(GATE_SOURCE).toContain(`'${counted}'`)
    }
  })

  it('has both forms of every sentence with a count, with the same slots', () => {
    const texts = new Map(english().flatMap((source) => [...leaves(parse(source))]))
    const slots = (text = ''): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    const counted = [...texts.keys()].filter((id) => /\.(one|other)$/.test(id)).map((id) => id.replace(/\.\w+$/, ''))
    expect(counted.length).toBeGreaterThan(40)
    for (const id of counted) {
      const one = slots(texts.get(`${id}.one`)).filter((slot) => slot !== '{count}')
      expect(one, id).toEqual(slots(texts.get(`${id}.other`)).filter((slot) => slot !== '{count}'))
    }
  })

  it('has a word for every severity', () => {
    const ids = ['critical', 'serious', 'moderate', 'minor'].map((severity) => `severities.${severity}`)
    expect(ids.filter((id) => !locale.has(id))).toEqual([])
  })

  it('has every text that a template asks for', () => {
    const ids = templateFiles().flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\{\{t "([^"]+)"/g)].map(([, id]) => id ?? ''),
    )
    expect(ids.length).toBeGreaterThan(80)
    expect(ids.filter((id) => !locale.has(id))).toEqual([])
  })

  it('never uses the words that a report must not say', () => {
    expect(
      english()
        .flatMap((source) => [...leaves(parse(source))].map(([, text]) => text))
        .join('\n')
        .match(/\b(unfair|fair|unbiased|debias\w*|compliant|ground truth|prediction|confidence|minority)\b/gi),
    ).toBeNull()
  })
})

describe('countedText', () => {
  it('takes the singular for one and the plural for nothing and for many', () => {
    const locale = localeFrom(
      'xx',
      'a: { one: "{n} cat", other: "{n} cats" }\nlocale: { plural: [{ form: one, when: "n = 1" }, { form: other }] }',
    )
    expect([0, 1, 2].map((n) => countedText(locale, 'a', n, { n: String(n) }))).toEqual(['0 cats', '1 cat', '2 cats'])
  })
})

describe('withStandingSlots', () => {
  it('fills its slots in every text and list, and lets a sentence have its own', () => {
    const locale = withStandingSlots(localeFrom('xx', 'a: "{level}"\nb: [{ c: "{level}!" }]'), { level: '99' })
    expect([locale.text('a'), locale.text('a', { level: '90' })]).toEqual(['99', '90'])
    expect(locale.list('b')).toEqual([{ c: '99!' }])
  })
})

describe('localeFrom', () => {
  it('refuses a missing sentence by its id', () => {
    const locale = localeFrom('xx', 'a: { b: "text" }')
    expect(locale.text('a.b')).toBe('text')
    expect(() => locale.text('a.c')).toThrow('reports/locales/xx: expected a text for "a.c" but received none')
  })

  it('refuses a slot without a value, and does not fill one from the prototype', () => {
    const locale = localeFrom('xx', 'a: "{count} and {constructor}"')
    expect(() => locale.text('a', { count: '1' })).toThrow('the slot {constructor} has no value')
  })

  it('fills a slot with text that looks like a slot or a pattern without reading it again', () => {
    expect(localeFrom('xx', 'a: "<{x}>"').text('a', { x: '{y} $& $1' })).toBe('<{y} $& $1>')
  })

  it('refuses a key given twice', () => {
    expect(() => localeFrom('xx', 'a.b: "one"\na: { b: "two" }')).toThrow('"a.b" is given twice')
  })
})
