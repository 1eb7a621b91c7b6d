import { describe, expect, it } from 'vitest'
import { promptsOf } from '../../../src/audit/definitions/prompts.js'
import { embedPrompts } from '../../../src/audit/embedding/embed-classes.js'
import { DefinitionError } from '../../../src/audit/errors.js'
import { LABELS } from '../../support/definitions.js'
import { fakeModel } from './fake-model.js'

const SET = { ...LABELS, templates: ['a photo of {label}', 'one more rather long photo of {label}'] }
const PROMPTS = promptsOf(SET).map(({ prompt }) => prompt)

describe('embedPrompts', () => {
  it('encodes every prompt, label by label and template by template', async () => {
    const vectors = await embedPrompts(SET, PROMPTS, fakeModel({ contextLength: 20 }))
    expect([...vectors].filter((_, index) => index % 2 === 0)).toEqual(PROMPTS.map(({ length }) => length))
  })

  it('refuses prompts that are too long, each by label and template, and never cuts them', async () => {
    const refusal = await embedPrompts(SET, PROMPTS, fakeModel({ contextLength: 9 })).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DefinitionError)
    if (!(refusal instanceof DefinitionError)) return
    expect(refusal.code).toBe('prompt.too-long')
    expect(refusal.faults).toHaveLength(4)
    expect(refusal.faults[0]).toEqual({
      at: 'label set four-labels',
      field: 'label man with template 2',
      expected: 'a prompt of at most 9 tokens',
      received: '10 tokens',
      hint: 'Shorten the label or the template; prompts are never cut',
    })
  })
})
