import type { HubFile, Repository } from '../types/pull.js'
import { checkContent } from './file-checksum.js'
import { fileUrl, hubError } from './hub.js'
import type { Hub } from './hub.js'
import { dropPart, openPart, partPath, readPart } from './part-file.js'
import type { PartFile } from './part-file.js'
import { refuseStatus } from './refuse-status.js'
import { send } from './send.js'
import type { Answer } from './send.js'
import { Passing, tryAgain } from './try-again.js'

export type Download = {
  readonly repository: Repository
  readonly file: HubFile
  /** Folder of unfinished files. */
  readonly parts: string
  /** Called as bytes come, with how many of the file are on the disk. */
  readonly onBytes: (bytes: number) => void
}

/** A whole file with the right checksum, still under its unfinished name. */
export type Downloaded = { readonly part: string; readonly sha256: string }

/**
 * Fetches one file into `<checksum>.part`, or what is missing of it: the rest is asked for by range, on condition that the file is still the same
 * (If-Range). When it is whole it is read back and held against the checksum that the hub lists. Throws ModelError or DatasetError; after
 * `hub.checksum` the part is gone, after anything else it stays for the next time.
 */
export async function downloadFile(hub: Hub, download: Download): Promise<Downloaded> {
  const { repository, file, parts } = download
  const path = partPath(parts, file)
  const url = fileUrl(hub, repository.id, repository.revision, file.path)
  let most = (await readPart(path, file.bytes)).bytes // the same bytes once more are no progress
  let hasGrown = false
  const onBytes = (bytes: number): void => {
    hasGrown ||= bytes > most
    most = Math.max(most, bytes)
    download.onBytes(bytes)
  }
  await tryAgain(
    hub,
    url.href,
    () => ((hasGrown = false), fetchRest(hub, { ...download, onBytes }, url, path)),
    () => hasGrown,
  )
  const { sha256, bytes, isRight } = await checkContent(path, file)
  if (isRight) return { part: path, sha256 }
  await dropPart(path)
  throw hubError(hub, 'hub.checksum', {
    at: url.href,
    expected: `${file.bytes} bytes with ${file.checksum.kind} ${file.checksum.hex}`,
    received: `${bytes} bytes with another checksum`,
    hint: 'Nothing was kept. Pull it again; if it comes back so, do not trust this endpoint or what stands between.',
  })
}

async function fetchRest(hub: Hub, download: Download, url: URL, path: string): Promise<void> {
  const { repository, file } = download
  const part = await readPart(path, file.bytes)
  if (part.bytes === file.bytes && file.bytes > 0) return download.onBytes(part.bytes)
  const answer = await send(hub, url, rangeOf(part))
  try {
    if (answer.status === 416) throw await startOver(part, 'status 416: no such range')
    if (answer.status !== 200 && answer.status !== 206) {
      throw refuseStatus(hub, { url, id: repository.id, what: 'file' }, answer)
    }
    if (answer.commit !== null && answer.commit !== repository.revision) throw otherCommit(hub, url, repository, answer)
    const isContinued = answer.status === 206
    if (isContinued && !continues(answer, part, file)) throw await startOver(part, 'another range than was asked for')
    await write(answer, part, isContinued, download)
  } finally {
    await answer.drop()
  }
}

function rangeOf({ bytes, etag }: PartFile): Record<string, string> {
  return bytes === 0 || etag === null ? {} : { range: `bytes=${bytes}-`, 'if-range': etag }
}

/** `Content-Range: bytes 100-199/200` must begin where the part ends, and end where the file does. */
function continues({ headers }: Answer, part: PartFile, file: HubFile): boolean {
  const [, from, to, whole] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? []
  return Number(from) === part.bytes && Number(to) === file.bytes - 1 && (whole === '*' || Number(whole) === file.bytes)
}

async function startOver({ path }: PartFile, received: string): Promise<Passing> {
  await dropPart(path)
  return new Passing(received, false, 0)
}

/** Writes what comes behind the part, or over it. More bytes than are listed are not taken: what is kept then fails its check. */
async function write(answer: Answer, part: PartFile, isContinued: boolean, download: Download): Promise<void> {
  const { file, onBytes } = download
  const handle = await openPart(part.path, isContinued, answer.headers.get('etag'))
  let bytes = isContinued ? part.bytes : 0
  try {
    for await (const piece of answer.pieces()) {
      await handle.writeFile(piece)
      bytes += piece.length
      onBytes(Math.min(bytes, file.bytes))
      if (bytes > file.bytes) return
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (bytes < file.bytes) throw new Passing(`a body that ended after ${bytes} of ${file.bytes} bytes`, false, null)
}

function otherCommit(hub: Hub, url: URL, { revision }: Repository, { commit }: Answer): Error {
  const hint = 'Pull it again; if it comes back so, do not trust this endpoint.'
  return hubError(hub, 'hub.commit', { at: url.href, expected: `the file of commit ${revision}`, received: `that of ${commit ?? ''}`, hint }) // prettier-ignore
}
