import { describe, expect, it } from 'vitest'
import { readTexts } from '../../../../src/audit/embedding/import/ids.js'
import { readTextVectors } from '../../../../src/audit/embedding/import/prompt-vectors.js'
import { DefinitionError } from '../../../../src/audit/errors.js'
import { refusal, testFolder, write } from '../../dataset/helpers.js'
import { writeNpy } from './vector-files.js'

const folder = testFolder()

async function all(path: string): Promise<string[]> {
  const texts: string[] = []
  for await (const batch of readTexts(path)) texts.push(...batch)
  return texts
}

describe('readTexts', () => {
  it.each([
    ['lines.txt', 'a.jpg\n얼굴.jpg\n=b.jpg\n'],
    ['no-end.txt', 'a.jpg\n얼굴.jpg\n=b.jpg'],
    ['windows.txt', 'a.jpg\r\n얼굴.jpg\r\n=b.jpg\r\n'],
    ['list.json', '["a.jpg", "얼굴.jpg", "=b.jpg"]'],
    ['export.csv', `row,image,sha256\n0,a.jpg,x\n1,얼굴.jpg,y\n2,"'=b.jpg",z\n`],
  ])('reads %s', async (name, content) => {
    expect(await all(write(folder, content, name))).toEqual(['a.jpg', '얼굴.jpg', '=b.jpg'])
  })

  it('keeps blank lines, which name nothing, so that the others stay where they are', async () => {
    expect(await all(write(folder, 'a\n\nb\n', 'blank.txt'))).toEqual(['a', '', 'b'])
  })

  it.each([
    [
      'number.json',
      '["a", 1]',
      'expected a JSON list of texts but received 1 in the list. Write json.dump(ids, file) with ids as a list of str',
    ],
    [
      'object.json',
      '{"a": 1}',
      'expected a JSON list of texts but received {"a":1}. Write json.dump(ids, file) with ids as a list of str',
    ],
    [
      'cut.json',
      '["a", ',
      'expected a JSON list of texts but received something else. Write json.dump(ids, file) with ids as a list of str',
    ],
    [
      'other.csv',
      'file,x\na,1\n',
      'expected a column image but received "file", "x". Call the column of ids image, or give a text file with one id a line',
    ],
  ])('refuses %s with one line of cure', async (name, content, message) => {
    const { message: said } = await refusal(all(write(folder, content, name)))
    expect(said.slice(said.indexOf('expected'))).toBe(message)
  })
})

describe('readTextVectors', () => {
  const vectors = writeNpy(folder, 'prompts.npy', [
    [1, 2],
    [3, 4],
    [5, 6],
  ])
  const prompts = write(folder, 'a photo of a man\na photo of a woman\na face\n', 'prompts.txt')

  it('gives the vectors of prompts word for word', async () => {
    const given = await readTextVectors(vectors, prompts)
    expect([...given.vectorsOf(['a face', 'a photo of a man', 'a face'])]).toEqual([5, 6, 1, 2, 5, 6])
    expect([given.dim, given.prompts, given.files]).toEqual([2, 3, [vectors, prompts]])
  })

  it('names every prompt without a vector, or what it may say of it', async () => {
    const { vectorsOf } = await readTextVectors(vectors, prompts)
    const missing = (texts: string[], said?: (text: string) => string): string => {
      try {
        vectorsOf(texts, said)
      } catch (error) {
        if (error instanceof DefinitionError) return error.message
      }
      return 'nothing was refused'
    }
    expect(missing(['A face', 'a face', 'a face '])).toBe(
      `${prompts}: expected the prompt "A face" but received a list without it. Embed these texts as well, letter by letter as they stand here\n${prompts}: expected the prompt "a face " but received a list without it`,
    )
    expect(missing(['somebody'], () => 'a name')).not.toContain('somebody')
    expect(
      missing(Array.from({ length: 30 }, (_, index) => `prompt ${index}`))
        .split('\n')
        .slice(19),
    ).toEqual([`${prompts}: expected the prompt "prompt 19" but received a list without it`, '... and 10 more'])
  })

  it.each([
    ['fewer.txt', 'a\nb\n', 'expected 3 prompts, one for each vector of'],
    ['twice.txt', 'a\nb\na\n', 'expected every prompt once but received "a" twice. Keep one vector for each prompt'],
  ])('refuses a list of prompts like %s', async (name, content, message) => {
    expect((await refusal(readTextVectors(vectors, write(folder, content, name)))).message).toContain(message)
  })
})
