import { describe, expect, it } from 'vitest'
import { isTrusted, readEndpoint } from '../../../src/audit/hub/read-endpoint.js'

describe('readEndpoint', () => {
  it.each(['https://huggingface.co', 'https://hub.example.org/mirror/', 'http://localhost:8080', 'http://127.0.0.1:1', 'http://[::1]:80'])('takes %s', (text) => expect(readEndpoint(text).href).toContain(new URL(text).host)) // prettier-ignore

  it.each([
    ['http://huggingface.co', 'Use https; http is for a hub on this machine (localhost).'],
    ['http://127.0.0.1.example.org', 'Use https; http is for a hub on this machine (localhost).'],
    ['ftp://localhost', 'Use https; http is for a hub on this machine (localhost).'],
    ['huggingface.co', 'Write it with https:// and the name of the host.'],
    ['https://hub.example.org/?x=1', 'Leave out what stands from ? or # on.'],
    ['https://name:secret@hub.example.org', 'Put the token into HF_TOKEN instead.'],
  ])('refuses %s with its cure', (text, hint) => expect(() => readEndpoint(text)).toThrow(hint))

  it('does not print a password', () => {
    expect(() => readEndpoint('https://name:secret@hub.example.org')).toThrow(/^(?!.*secret)/)
  })
})

describe('isTrusted', () => {
  const here = new URL('http://127.0.0.1:1')
  const hub = new URL('https://huggingface.co')

  it('lets files come from any https address, and over http from this machine to this machine alone', () => {
    expect(isTrusted(new URL('https://files.example.org'), hub)).toBe(true)
    expect(isTrusted(new URL('http://localhost:2'), here)).toBe(true)
    expect(isTrusted(new URL('http://localhost:2'), hub)).toBe(false)
    expect(isTrusted(new URL('http://files.example.org'), here)).toBe(false)
    expect(isTrusted(new URL('file:///etc/passwd'), here)).toBe(false)
  })
})
