import { describe, expect, it } from 'vitest'
import { readQueueAddress, withoutCredentials } from '../../../src/audit/definitions/read-queue-address.js'

describe('the address of a queue', () => {
  it('has a port, a database and no password of its own unless it says so', () => {
    expect(readQueueAddress('redis://queue.internal')).toEqual({
      ...{ host: 'queue.internal', port: 6379, db: 0, isEncrypted: false, username: null, password: null },
      shown: 'redis://queue.internal:6379',
    })
  })

  it('is read with all that it may say', () => {
    expect(readQueueAddress('rediss://ada:p%40ss%2Fword@[::1]:7000/3')).toEqual({
      ...{ host: '::1', port: 7000, db: 3, isEncrypted: true, username: 'ada', password: 'p@ss/word' },
      shown: 'rediss://[::1]:7000/3',
    })
  })

  it('takes the password of the environment where it names none', () => {
    expect(readQueueAddress('redis://h', 'secret').password).toBe('secret')
    expect(readQueueAddress('redis://:own@h', 'secret').password).toBe('own')
  })

  it.each([
    ['http://h', 'an address that begins with neither'],
    ['queue.internal:6379', 'an address that begins with neither'],
    ['redis://', 'an address without a host'],
    ['redis://h:99999', 'something that is no address'],
    ['redis://h/one', 'a path that is no number of a database'],
    ['redis://h/1?family=6', 'an address with ? or #'],
    ['redis://:100%@h', 'a user or password with a % that begins no code'],
    [`redis://${'h'.repeat(3_000)}`, 'something that is no address'],
  ])('is refused as %s', (text, received) => expect(() => readQueueAddress(text)).toThrow(received))

  it.each([
    'redis://u:geheim@[',
    'redis://u:gehe/im@h',
    'redis://u:gehe#im@h',
    'http://u:geheim@h',
    'redis://u:geheim@h/x',
  ])('is never quoted when it is refused: %s', (text) => {
    let message = ''
    try {
      readQueueAddress(text)
    } catch (error) {
      message = String(error)
    }
    expect(message).toContain('--queue')
    expect(message).not.toMatch(/geheim|gehe|im@/)
  })
})

describe('an argument of a command', () => {
  it.each([
    ['redis://ada:secret@h:1', 'redis://***@h:1'],
    ['--queue=rediss://:se cr@et@h', '--queue=rediss://***@h'],
    ['redis://h', 'redis://h'],
    ['--model=m@home', '--model=m@home'],
  ])('is recorded without user and password: %s', (argument, shown) => expect(withoutCredentials(argument)).toBe(shown))
})
