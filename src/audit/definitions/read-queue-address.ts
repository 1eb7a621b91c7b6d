import { DefinitionError } from '../errors.js'
import type { QueueAddress } from '../types/queue.js'

const PORT = 6379
const LONGEST = 2_048
const FORM = 'redis://host[:port][/database], or rediss:// with TLS'

/**
 * Reads the address of a Redis server, `redis://[user[:password]@]host[:port][/database]`, or `rediss://` for TLS. `password` is for an address that
 * names none: a process list shows what stands in a command. Throws DefinitionError (`queue.address`), which never quotes the text: a password may
 * stand anywhere in one that cannot be read.
 */
export function readQueueAddress(text: string, password: string | null = null): QueueAddress {
  if (text.length > LONGEST || !URL.canParse(text)) throw refusal('something that is no address', text)
  const url = new URL(text)
  const { protocol, hostname, pathname, search, hash } = url
  if (protocol !== 'redis:' && protocol !== 'rediss:') throw refusal('an address that begins with neither', text)
  if (hostname === '') throw refusal('an address without a host', text)
  if (search !== '' || hash !== '') throw refusal('an address with ? or #, which mean nothing here', text)
  if (!/^\/?\d{0,9}$/.test(pathname)) throw refusal('a path that is no number of a database', text)
  const db = Number(pathname.slice(1))
  const port = url.port === '' ? PORT : Number(url.port)
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    db,
    isEncrypted: protocol === 'rediss:',
    username: decoded(url.username, text),
    password: decoded(url.password, text) ?? password,
    shown: `${protocol}//${hostname}:${port}${db === 0 ? '' : `/${db}`}`,
  }
}

/** An argument of a command with user and password of an address in it replaced: it goes to logs, and is pasted into issues. */
export function withoutCredentials(argument: string): string {
  return argument.replace(/(rediss?:\/\/).*@/is, '$1***@')
}

function decoded(part: string, text: string): string | null {
  if (part === '') return null
  try {
    return decodeURIComponent(part)
  } catch {
    throw refusal('a user or password with a % that begins no code; write %25', text)
  }
}

function refusal(received: string, text: string): DefinitionError {
  const hint = /@/.test(text)
    ? 'Characters such as @ : / # ? % in a password are written as codes (%40 for @), or the password goes into PROBITY_QUEUE_PASSWORD'
    : 'For example: redis://queue.internal:6379'
  return new DefinitionError('queue.address', { at: 'command line', field: '--queue', expected: FORM, received, hint })
}
