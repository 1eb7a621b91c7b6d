import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openText } from '../../../src/audit/dataset/text-file.js'
import { refusal, testFolder, write } from './helpers.js'

const folder = testFolder()

async function textOf(path: string): Promise<string> {
  let text = ''
  for await (const chunk of (await openText(path)).chunks) text += chunk
  return text
}

describe('openText', () => {
  it('drops the byte-order mark of UTF-8', async () => expect(await textOf(write(folder, '\ufefffile'))).toBe('file'))

  it('reads UTF-16 with a byte-order mark in either byte order', async () => {
    const little = Buffer.from('\ufefffile,한', 'utf16le')
    expect(await textOf(write(folder, little))).toBe('file,한')
    expect(await textOf(write(folder, Buffer.from(little).swap16()))).toBe('file,한')
  })

  it('refuses CP949 text, naming the line and the encodings', async () => {
    const bytes = Buffer.concat([
      Buffer.from('file,race\na.jpg,x\nb.jpg,'),
      Buffer.from([0xc7, 0xd1, 0xb1, 0xdb, 0x0a]),
    ])
    const path = write(folder, bytes)
    const error = await refusal(textOf(path))
    expect(error.message).toBe(
      `${path}:3: encoding: expected UTF-8 text (or UTF-16 with a byte-order mark) but received bytes that are not UTF-8 (they look like Korean in the encoding CP949). ` +
        'Save the file as "CSV UTF-8", or name what a label file is in: --encoding cp949 (Excel on a Korean system writes it)',
    )
  })

  it('names the flag for a file of Excel on a Western system', async () => {
    const path = write(folder, Buffer.from('file,name\na.jpg,Ren\xe9e', 'latin1'))
    expect((await refusal(textOf(path))).message).toBe(
      `${path}:2: encoding: expected UTF-8 text (or UTF-16 with a byte-order mark) but received bytes that are not UTF-8 (they look like a Western language in the encoding Windows-1252). ` +
        'Save the file as "CSV UTF-8", or name what a label file is in: --encoding windows-1252 (Excel on a Western system writes it)',
    )
  })

  it('says that a workbook is a workbook', async () => {
    const path = write(folder, Buffer.from('PK\x03\x04\x14\x00\x06\x00\xff', 'latin1'))
    const { code, message } = await refusal(textOf(path))
    expect([code, message]).toEqual([
      'table.kind',
      `${path}: expected a table as text but received an Excel workbook, or another zip file. Save it in Excel as "CSV UTF-8"; unpack another zip`,
    ])
  })

  it('refuses a character that is cut at the end of the file', async () =>
    expect((await refusal(textOf(write(folder, Buffer.from([0x61, 0xed, 0x95]))))).code).toBe('file.encoding'))

  it('keeps characters whole that lie across two pieces of a large file', async () => {
    const text = 'a' + '한'.repeat(200_000)
    expect(await textOf(write(folder, text))).toBe(text)
  })

  it('counts lines over the pieces of a large file', async () => {
    const lines = 'a'.repeat(99) + '\n'
    const path = write(folder, Buffer.concat([Buffer.from(lines.repeat(10_000)), Buffer.from([0xff, 0x0a])]))
    expect((await refusal(textOf(path))).faults[0].at).toBe(`${path}:10001`)
  })

  it('hashes the bytes as they are in the file', async () => {
    const path = write(folder, '\ufeffa\r\n')
    const text = await openText(path)
    for await (const chunk of text.chunks) expect(chunk).toBe('a\r\n')
    expect(text.sha256()).toBe(createHash('sha256').update('\ufeffa\r\n').digest('hex'))
  })

  it('refuses a missing file and a folder', async () => {
    expect((await refusal(openText(`${folder}/absent.csv`))).code).toBe('file.missing')
    expect((await refusal(openText(folder))).code).toBe('file.not-regular')
  })
})
