import type { HubFile } from '../types/pull.js'
import { apiUrl } from './hub.js'
import type { Hub } from './hub.js'
import { asObject, readJson, strangeAnswer } from './read-json.js'
import type { JsonObject } from './read-json.js'

const MOST_PAGES = 200 // of a thousand files each
const LARGEST_LISTING = 64_000_000 // bytes of all pages; a file has about 200

/** Every file of a repository at one commit, with size and checksum, page by page. Throws ModelError or DatasetError, also when all pages
 *  together have more than `largest` bytes: they are held at once. */
export async function listFiles(hub: Hub, id: string, commit: string, largest = LARGEST_LISTING): Promise<HubFile[]> {
  let left = largest
  const files: HubFile[] = []
  let url: URL | null = apiUrl(hub, id, 'tree', commit)
  url.searchParams.set('recursive', 'true')
  for (let page = 0; url !== null; page++) {
    if (page >= MOST_PAGES) throw strangeAnswer(hub, url, `a listing of more than ${MOST_PAGES} pages`)
    const { value, headers, bytes } = await readJson(hub, { url, id, what: 'revision' }, left)
    left -= bytes
    if (!Array.isArray(value)) throw strangeAnswer(hub, url, 'an answer that is no list of files')
    for (const entry of value as readonly unknown[]) {
      const read = asObject(entry)
      if (read?.['type'] === 'file') files.push(readFile(hub, url, read))
    }
    url = nextPage(hub, url, headers.get('link'))
  }
  return files
}

function readFile(hub: Hub, url: URL, entry: JsonObject): HubFile {
  const { path, size, oid } = entry
  const large = asObject(entry['lfs'])
  const bytes = large?.['size'] ?? size
  const sha256 = hexOf(large?.['oid'], 64) ?? hexOf(large?.['sha256'], 64)
  const gitSha1 = large === null ? hexOf(oid, 40) : null
  const checksum =
    sha256 !== null
      ? ({ kind: 'sha256', hex: sha256 } as const)
      : gitSha1 !== null
        ? ({ kind: 'git-sha1', hex: gitSha1 } as const)
        : null
  if (typeof path !== 'string' || typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) {
    throw strangeAnswer(hub, url, 'a file without path or size')
  }
  if (checksum === null) throw strangeAnswer(hub, url, 'a file without a checksum')
  return { path, bytes, checksum }
}

function hexOf(value: unknown, digits: number): string | null {
  if (typeof value !== 'string') return null
  const hex = value.replace(/^sha256:/, '').toLowerCase()
  return hex.length === digits && /^[0-9a-f]+$/.test(hex) ? hex : null
}

/** `Link: <address>; rel="next"`. It must be on the hub itself: the token goes there. */
function nextPage(hub: Hub, url: URL, link: string | null): URL | null {
  const target = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1]
  if (target === undefined) return null
  const next = URL.canParse(target, url.href) ? new URL(target, url) : null
  if (next?.origin !== hub.endpoint.origin) throw strangeAnswer(hub, url, 'a next page that is elsewhere')
  return next
}
