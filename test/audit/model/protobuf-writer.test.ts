import { describe, expect, it } from 'vitest'
import {
  bytesField,
  floatField,
  integerField,
  joinFields,
  messageField,
  textField,
} from '../../../src/audit/model/protobuf-writer.js'

// The examples with 150 and "testing" are those of protobuf.dev, "Encoding".
describe('a protobuf message', () => {
  it('holds an integer as a varint', () => {
    expect(joinFields([integerField(1, 150)])).toEqual(Uint8Array.of(0x08, 0x96, 0x01))
  })

  it('holds a negative integer as ten bytes', () => {
    const ones = Array.from({ length: 9 }, () => 0xff)
    expect(joinFields([integerField(1, -1)])).toEqual(Uint8Array.of(0x08, ...ones, 0x01))
  })

  it('holds text with its length in bytes', () => {
    const bytes = new TextEncoder().encode('testing')
    expect(joinFields([textField(2, 'testing')])).toEqual(Uint8Array.of(0x12, 0x07, ...bytes))
    expect(joinFields([textField(2, 'é')])).toEqual(Uint8Array.of(0x12, 0x02, 0xc3, 0xa9))
  })

  it('holds a message in a message', () => {
    expect(joinFields([messageField(3, [integerField(1, 150)])])).toEqual(Uint8Array.of(0x1a, 0x03, 0x08, 0x96, 0x01))
  })

  it('holds floats and bytes as they are, and field numbers above 15 in two bytes', () => {
    expect(joinFields([floatField(2, 1)])).toEqual(Uint8Array.of(0x15, 0, 0, 0x80, 0x3f))
    expect(joinFields([bytesField(20, Uint8Array.of(7))])).toEqual(Uint8Array.of(0xa2, 0x01, 0x01, 7))
  })
})
