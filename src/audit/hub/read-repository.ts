import type { Repository } from '../types/pull.js'
import { apiUrl } from './hub.js'
import type { Hub } from './hub.js'
import { listFiles } from './list-files.js'
import { partsOf } from './dataset-parts.js'
import { asObject, readJson, strangeAnswer } from './read-json.js'
import type { JsonObject } from './read-json.js'
import { readRepositoryName } from './read-repository-name.js'
import type { RepositoryName } from './read-repository-name.js'

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/**
 * A repository at the commit that its revision is now: licence, terms, and every file with its checksum. From here on nothing is asked by
 * branch or tag, so a repository that changes meanwhile changes nothing. Throws ModelError or DatasetError.
 */
export async function readRepository(hub: Hub, { id: asked, revision }: RepositoryName): Promise<Repository> {
  const url = apiUrl(hub, asked, 'revision', revision)
  const { value } = await readJson(hub, { url, id: asked, what: 'repository' })
  const about = asObject(value)
  const commit = about?.['sha']
  if (about === null || typeof commit !== 'string' || !COMMIT.test(commit)) {
    throw strangeAnswer(hub, url, 'an answer without the commit (sha)')
  }
  const id = nameNow(about, asked)
  const card = asObject(about['cardData'])
  return {
    kind: hub.kind,
    endpoint: hub.endpoint.href.replace(/\/$/, ''),
    id,
    asked: revision,
    revision: commit,
    licence: licenceOf(about, card),
    isGated: about['gated'] !== undefined && about['gated'] !== false,
    files: await listFiles(hub, id, commit),
    parts: partsOf(card),
  }
}

/** A repository that was renamed answers under its new name. */
function nameNow({ id }: JsonObject, asked: string): string {
  if (typeof id !== 'string' || id === asked) return asked
  try {
    return readRepositoryName(id).id
  } catch {
    return asked // a mirror with names of its own: the one that was asked for works, or the listing says so
  }
}

/** The licence as the card states it: a word such as `mit`; of a licence with a text of its own its name and where it stands. */
function licenceOf(about: JsonObject, card: JsonObject | null): string | null {
  const stated = card?.['license']
  if (stated === 'other' && card !== null) {
    const named = [card['license_name'], card['license_link']].filter((part) => typeof part === 'string')
    return named.length === 0 ? 'other' : oneLine(`other: ${named.join(', ')}`)
  }
  if (typeof stated === 'string' && stated !== '') return oneLine(stated)
  if (Array.isArray(stated)) return oneLine(stated.filter((one) => typeof one === 'string').join(', ')) || null
  const tag = Array.isArray(about['tags'])
    ? about['tags'].find((one): one is string => typeof one === 'string' && one.startsWith('license:'))
    : undefined
  return tag === undefined ? null : oneLine(tag.slice('license:'.length)) || null
}

const LONGEST_LICENCE = 200
// eslint-disable-next-line no-control-regex -- control characters are exactly what must go
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

/** Text of a stranger, on one line: it is printed, and kept in the audit. */
function oneLine(text: string): string {
  return text.replace(CONTROL, ' ').trim().slice(0, LONGEST_LICENCE)
}
