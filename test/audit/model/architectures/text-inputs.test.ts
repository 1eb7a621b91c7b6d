import { afterAll, describe, expect, it } from 'vitest'
import { FLOAT32, misfit, workshop } from './plain.js'
import { plainText, textTower } from './text-towers.js'

const { open, close } = workshop()
afterAll(close)

// By the words of the fake tokenizer: <start> 1, <end> 2, a 3, photo 4, of 5, man 10, woman 11, dog 12.
const TEXTS = ['a photo of a man', 'a woman', 'a dog']
const IDS = [[1, 3, 4, 5, 3, 10, 2], [1, 3, 11, 2], [1, 3, 12, 2]] // prettier-ignore
const config = (model_type: string, text_config: object) => ({ 'config.json': { model_type, text_config } })
const CLIP = config('clip', { max_position_embeddings: 16 })

describe('a text tower', () => {
  it.each([
    ['int64 ids, no mask', {}, false],
    ['int32 ids, no mask', { ids: 'int32' }, false],
    ['int64 ids and mask', { mask: 'int64' }, true],
    ['int32 ids and mask', { ids: 'int32', mask: 'int32' }, true],
    ['ids and mask of different types', { ids: 'int64', mask: 'int32' }, true],
    ['a batch of one', { batch: 1, mask: 'int64' }, true],
    ['a batch of four', { batch: 4, mask: 'int64' }, true],
    ['a length of its own', { length: 16 }, false],
  ] as const)('with %s gives the vectors of plain arithmetic', async (_, tower, mask) => {
    const model = await open({ ...CLIP, 'onnx/text_model.onnx': textTower({ ...tower, positions: 16 }) })
    const texts = await model.openTexts()
    expect(TEXTS.map((text) => texts.tokenise(text).ids)).toEqual(IDS)
    const plain = IDS.flatMap((ids) => plainText(ids, { mask, length: 16, padId: 2 }))
    expect(misfit(await texts.embedTexts(TEXTS), plain)).toBeLessThan(FLOAT32)
  })

  it('of the BERT kind is given token types of 0', async () => {
    const tower = textTower({ positions: 16, mask: 'int64', types: true })
    const texts = await (await open({ ...CLIP, 'onnx/text_model.onnx': tower })).openTexts()
    const plain = IDS.flatMap((ids) => plainText(ids, { mask: true, types: true, length: 16, padId: 2 }))
    expect(misfit(await texts.embedTexts(TEXTS), plain)).toBeLessThan(FLOAT32)
  })

  it('with a long context and a mask is padded no further than it must be, each text by its own length', async () => {
    // a table of 128 places would fail at 512 tokens
    const tower = textTower({ positions: 128, mask: 'int64' })
    const chinese = config('chinese_clip', { model_type: 'chinese_clip_text_model', max_position_embeddings: 512 })
    const texts = await (await open({ ...chinese, 'onnx/text_model.onnx': tower })).openTexts()
    expect(texts.contextLength).toBe(512)
    const long = 'a '.repeat(80).trim()
    const ids = [IDS[0], [1, ...new Array<number>(80).fill(3), 2], IDS[1]]
    const plain = ids.flatMap((each) => plainText(each, { mask: true, length: each.length, padId: 2 }))
    expect(misfit(await texts.embedTexts([TEXTS[0], long, TEXTS[1]]), plain)).toBeLessThan(FLOAT32)
  })

  it('with a long context and no mask is padded to all of it', async () => {
    const tower = textTower({ positions: 256 })
    const texts = await (await open({ ...config('clip', { max_position_embeddings: 256 }), 'onnx/text_model.onnx': tower })).openTexts() // prettier-ignore
    const plain = plainText(IDS[1], { mask: false, length: 256, padId: 2 })
    expect(misfit(await texts.embedTexts([TEXTS[1]]), plain)).toBeLessThan(FLOAT32)
  })
})

describe('the context of a family', () => {
  const contextOf = async (files: object): Promise<number> => (await (await open({ ...files, 'onnx/text_model.onnx': textTower({ positions: 600, mask: 'int64' }) })).openTexts()).contextLength // prettier-ignore
  it('of XLM-R begins behind the padding token, so two places of its table are no token', async () =>
    expect(await contextOf(config('clip', { model_type: 'xlm-roberta', max_position_embeddings: 514, pad_token_id: 1 }))).toBe(512)) // prettier-ignore
  it('of SigLIP is 64 where config.json leaves it out, whatever its tokenizer would take', async () =>
    expect(
      await contextOf({
        ...config('siglip2', { model_type: 'siglip_text_model' }),
        'tokenizer_config.json': { pad_token: '<end>', model_max_length: 256 },
      }),
    ).toBe(64))
  it('of CLIP is 77 where nothing says it', async () => expect(await contextOf(config('clip', {}))).toBe(77))
})
