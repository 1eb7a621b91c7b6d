import { describe, expect, it } from 'vitest'
import { imageNotes } from '../../../src/audit/model/image-note.js'

describe('imageNotes', () => {
  it.each([
    ['a.jpg', 'jpeg'],
    ['a.jpeg', 'jpeg'],
    ['a.jfif', 'jpeg'],
    ['A.JPG', 'jpeg'],
    ['a.png', 'png'],
    ['a.apng', 'png'],
    ['A.Png', 'png'],
    ['a.webp', 'webp'],
    ['photos.png/a.webp', 'webp'],
  ] as const)('says nothing of %s that is %s', (path, format) => {
    expect(imageNotes(path, format, [])).toEqual([])
  })

  it.each([
    ['a.jpg', 'png'],
    ['a.JPEG', 'webp'],
    ['a.png', 'jpeg'],
    ['a.webp', 'png'],
    ['a.gif', 'jpeg'],
    ['a.tif', 'png'],
    ['a.tiff', 'jpeg'],
    ['a.bmp', 'webp'],
    ['a.heic', 'jpeg'],
    ['a.avif', 'png'],
    ['a.jpg.png', 'jpeg'],
  ] as const)('says that the name of %s differs from its content, which is %s', (path, format) => {
    expect(imageNotes(path, format, [])).toEqual(['name-differs-from-content'])
  })

  it.each(['a', 'a.bin', 'jpg', 'a.jpg.part', 'faces.jpg/0001'])('expects nothing of a name like %s', (path) => {
    expect(imageNotes(path, 'png', [])).toEqual([])
  })

  it('puts it after what is special about the content, and leaves that alone', () => {
    const flags = Object.freeze(['animated', 'sixteen-bit'] as const)
    expect(imageNotes('a.jpg', 'png', flags)).toEqual(['animated', 'sixteen-bit', 'name-differs-from-content'])
    expect(imageNotes('a.png', 'png', flags)).toEqual(['animated', 'sixteen-bit'])
  })
})
