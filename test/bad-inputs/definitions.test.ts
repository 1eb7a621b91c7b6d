import { beforeAll, describe } from 'vitest'
import { badInput } from './bad-input.js'
import { refused } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

let small: SmallAudit
beforeAll(async () => {
  small = await smallAudit()
})

/** A label set with one thing wrong, and an audit that uses it. */
function withLabelSet(id: string, text: string): string[] {
  return small.audit('--label-set', small.file(`${id}.yaml`, `id: ${id}\ntitle: t\nsource: s\n${text}`))
}

describe('label sets', () => {
  badInput(47, 'an unknown key, with the nearest one', () => {
    const args = withLabelSet(
      'typo',
      'templats: ["{label}"]\noutcomes: {person: {harm: none}}\nlabels: [{id: a, text: a, outcome: person}, {id: b, text: b, outcome: person}]\n',
    )
    refused(args, /typo\.yaml:4: .*"templats"\. Did you mean "templates"/)
  })

  badInput(40, 'a label that is there twice but for case and spaces', () => {
    const args = withLabelSet(
      'twice',
      'templates: ["{label}"]\noutcomes: {person: {harm: none}}\nlabels: [{id: a, text: a man, outcome: person}, {id: b, text: "A man ", outcome: person}]\n',
    )
    refused(args, /twice\.yaml:6.*/)
  })

  badInput(43, 'a template without {label}', () => {
    const args = withLabelSet(
      'bare',
      'templates: ["a photo"]\noutcomes: {person: {harm: none}}\nlabels: [{id: a, text: a man, outcome: person}, {id: b, text: b, outcome: person}]\n',
    )
    refused(args, /bare\.yaml:4.*\{label\}/)
  })

  badInput(48, 'a YAML bomb of aliases', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array<string>(9).fill(`*a${i}`).join(', ')}]`,
    )
    refused(withLabelSet('bomb', `a0: &a0 [x]\n${levels.join('\n')}\n`), /bomb\.yaml/)
  })

  badInput(44, 'a prompt of a hundred words', () => {
    const args = withLabelSet(
      'long',
      `templates: ["{label}"]\noutcomes: {person: {harm: none}}\nlabels: [{id: short, text: a man, outcome: person}, {id: endless, text: "${'word '.repeat(100).trim()}", outcome: person}]\n`,
    )
    refused(args, /endless.*expected.*77 tokens.*102 tokens/)
  })
})
