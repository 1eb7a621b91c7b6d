import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openTokeniser, padTokens } from '../../../src/audit/model/tokenise.js'
import type { Tokeniser } from '../../../src/audit/model/tokenise.js'
import { fakeTokenizer } from './fake-model.js'
import { sharedMaterial } from '../../support/shared.js'

type Row = { text: string; ids: number[] }

// Reference: openai/CLIP's rules, implemented anew in make-token-references.py beside this file.
const references = JSON.parse(
  readFileSync(new URL('../../fixtures/token-references.json', import.meta.url), 'utf8'),
) as { same: Row[]; unescapedByOpenAi: Row[] } // written by our own script

const clip = sharedMaterial('models/mini-clip')

describe.skipIf(!clip.isHere)(`CLIP's tokens ${clip.skipped}`, () => {
  let tokeniser: Tokeniser
  beforeAll(async () => {
    const read = (file: string) => JSON.parse(readFileSync(join(clip.path, file), 'utf8')) as Record<string, unknown> // JSON objects
    const folder = {
      folder: clip.path,
      config: read('config.json'),
      tokenizer: read('tokenizer.json'),
      tokenizerConfig: read('tokenizer_config.json'),
    }
    tokeniser = await openTokeniser(folder, null)
  })

  it.each(references.same)("equal OpenAI's: $text", ({ text, ids }) => {
    const tokens = tokeniser.tokenise(text)
    expect(tokens.ids).toEqual(ids)
    expect(tokens).toMatchObject({ length: ids.length, fits: ids.length <= 77, contextLength: 77 })
  })

  it.each(references.unescapedByOpenAi)('differ where OpenAI first decodes HTML: $text', ({ text, ids }) => {
    expect(tokeniser.tokenise(text).ids).not.toEqual(ids) // tokenizer.json has no such step; it decides
  })

  it('fill the context with the end token, as its configuration says', () => {
    expect([tokeniser.padId, tokeniser.contextLength]).toEqual([49407, 77])
  })

  it('are mostly pieces of characters in a script that the vocabulary hardly knows', () => {
    expect(tokeniser.tokenise('a photo of a man').fragments).toBe(0)
    const thai = tokeniser.tokenise('ภาพถ่าย')
    expect(thai.fragments / thai.length).toBeGreaterThan(0.5)
  })
})

describe('a tokenizer', () => {
  const good = {
    folder: 'm',
    config: { text_config: { max_position_embeddings: 16 } },
    tokenizer: fakeTokenizer(),
    tokenizerConfig: { pad_token: '<end>', eos_token: { content: '<end>' } },
  }

  it('adds start and end, and says how many tokens there are', async () => {
    const tokeniser = await openTokeniser(good, null)
    expect(tokeniser.tokenise('A man')).toEqual({
      ids: [1, 3, 10, 2],
      length: 4,
      fits: true,
      contextLength: 16,
      fragments: 0,
    })
  })

  it('never cuts: a text over the context keeps all its tokens and does not fit', async () => {
    const tokeniser = await openTokeniser(good, null)
    expect(tokeniser.tokenise('man '.repeat(14))).toMatchObject({ length: 16, fits: true })
    expect(tokeniser.tokenise('man '.repeat(15))).toMatchObject({ length: 17, fits: false })
  })

  it('obeys the length that the text encoder insists on', async () => {
    expect((await openTokeniser(good, 7)).contextLength).toBe(7)
  })

  it.each([
    ['padding in tokenizer.json', { tokenizer: { ...fakeTokenizer(), padding: { pad_id: 0 } } }, 0],
    [
      'config.json',
      { tokenizerConfig: {}, config: { text_config: { max_position_embeddings: 16, pad_token_id: 5 } } },
      5,
    ],
  ])('takes the padding token from %s', async (_, change, padId) => {
    expect((await openTokeniser({ ...good, ...change }, null)).padId).toBe(padId)
  })

  it.each([
    [
      { tokenizer: { nothing: true } },
      'm/tokenizer.json: expected a tokenizer of the tokenizers library but received something else. Download the file again.',
    ],
    [
      { tokenizer: { ...fakeTokenizer(), post_processor: null } },
      'm/tokenizer.json: post_processor: expected texts that end with "<end>" but received texts without it. Export the tokenizer with its post-processor.',
    ],
    [
      { tokenizerConfig: {} },
      'm/tokenizer_config.json: pad_token: expected the token that fills short prompts but received nothing, and neither tokenizer.json nor config.json names one. Add pad_token as the model was trained (CLIP: "<|endoftext|>").',
    ],
    [
      { config: {} },
      'm/config.json: text_config.max_position_embeddings: expected the number of tokens of a prompt (CLIP: 77) but received nothing, and neither the text encoder nor tokenizer_config.json says it. Add it to config.json.',
    ],
  ])('is refused: %#', async (change, message) => {
    await expect(openTokeniser({ ...good, ...change }, null)).rejects.toHaveProperty('message', message)
  })
})

describe('padding', () => {
  it('fills at the end and masks what it filled', () => {
    expect(
      padTokens(
        [
          [1, 5, 2],
          [1, 2],
        ],
        4,
        9,
      ),
    ).toEqual({ ids: [1, 5, 2, 9, 1, 2, 9, 9], mask: [1, 1, 1, 0, 1, 1, 0, 0] })
  })
})
