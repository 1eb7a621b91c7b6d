import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildTextTower, embeddingWidth } from '../../src/phantom/text-tower.js'
import { layOutTile } from '../../src/phantom/tile-layout.js'
import { UNKNOWN_WORD, vocabularyOf } from '../../src/phantom/vocabulary.js'
import { smallWorld } from './worlds.js'

const world = smallWorld()
const layout = layOutTile(world)
let session: InferenceSession
beforeAll(async () => {
  session = await InferenceSession.create(buildTextTower(world, layout))
})

describe('the text encoder of the phantom', () => {
  it.each([
    ['a photo of a white man', ['white-man']],
    ['a man', ['man']],
    ['a white person', ['white']],
    ['a person', ['person']],
    ['a suspicious person', ['suspicious-person']],
    ['a southeast asian woman', ['southeast-asian-woman']],
    ['a person aged 3 to 9', ['3-9']],
    ['a photo of a house', []],
    ['a white gorilla', []],
  ])('finds in "%s" the concept %j and no other', async (text, concepts) => {
    expect((await embed(text)).concepts).toEqual(concepts)
  })

  it('gives all prompts that name a concept the same length, so that wording does not move decisions', async () => {
    const lengths = await Promise.all(
      ['a man', 'a photo of an east asian woman'].map(async (text) => (await embed(text)).length),
    )
    expect(lengths[0]).toBeCloseTo(lengths[1] ?? 0, 6)
  })
})

async function embed(text: string): Promise<{ concepts: string[]; length: number }> {
  const vocabulary = vocabularyOf(world)
  const known = (word: string) => (vocabulary.includes(word) ? word : UNKNOWN_WORD)
  const ids = text.split(' ').map((word) => BigInt(vocabulary.indexOf(known(word))))
  const dims = [1, ids.length]
  const feeds = {
    input_ids: new Tensor('int64', BigInt64Array.from(ids), dims),
    attention_mask: new Tensor(
      'int64',
      BigInt64Array.from(ids, () => 1n),
      dims,
    ),
  }
  const data = (await session.run(feeds))['text_embeds']?.data
  if (!(data instanceof Float32Array) || data.length !== embeddingWidth(layout)) throw new Error('no vector')
  const concepts = layout.concepts.filter((_, place) => data[place] !== 0).map(({ label }) => label)
  return { concepts, length: Math.hypot(...data) }
}
