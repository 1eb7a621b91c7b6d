import { describe, expect, it } from 'vitest'
import { noteCode, readNoteCode } from '../../../src/audit/embedding/note-code.js'

describe('what is kept of an image beside its vector', () => {
  it.each([
    [{ format: 'jpeg', flags: [] }, 0],
    [{ format: 'png', flags: ['alpha-dropped', 'sixteen-bit'] }, 1 + 256 + 2048],
    [{ format: 'webp', flags: ['animated'] }, 2 + 512],
    [{ format: 'jpeg', flags: ['cmyk', 'exif-orientation-ignored'] }, 1024 + 4096],
  ] as const)('%j is kept as %i, for ever, and read back', (content, code) => {
    expect(noteCode(content)).toBe(code)
    expect(readNoteCode(code)).toEqual(content)
  })

  it.each([3, 255, 1 << 13])('refuses %i, which no image has', (code) => {
    expect(() => readNoteCode(code)).toThrow(RangeError)
  })
})
