import { DefinitionError, quoted } from '../errors.js'

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** The address of a hub, as HF_ENDPOINT gives it. https, or http on this machine alone: a token and the checksums travel on it. Throws DefinitionError. */
export function readEndpoint(text: string): URL {
  const url = parsed(text)
  const refusal = (received: string, hint: string) =>
    new DefinitionError('hub.endpoint', {
      at: 'environment',
      field: 'HF_ENDPOINT',
      expected: 'an https address such as https://huggingface.co',
      received,
      hint,
    })
  if (url === null) throw refusal(quoted(text), 'Write it with https:// and the name of the host.')
  if (url.username !== '' || url.password !== '') {
    throw refusal('an address with a name or password in it', 'Put the token into HF_TOKEN instead.')
  }
  if (!isTrusted(url, url)) throw refusal(quoted(text), 'Use https; http is for a hub on this machine (localhost).')
  if (url.search !== '' || url.hash !== '') throw refusal(quoted(text), 'Leave out what stands from ? or # on.')
  return url
}

/** Whether files may come from an address: https, or http where both it and the hub are on this machine. */
export function isTrusted(address: URL, endpoint: URL): boolean {
  if (address.protocol === 'https:') return true
  return address.protocol === 'http:' && isHere(address) && isHere(endpoint)
}

function isHere({ hostname }: URL): boolean {
  return LOOPBACK.includes(hostname)
}

function parsed(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null // said by the caller, with what was received
  }
}
